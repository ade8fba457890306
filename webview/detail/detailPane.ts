/** The detail pane: everything about the property at which the grid stands, and the editor of its whole value. */
import type { PropertyDetail } from "../../src/protocol/viewModel";
import { h, icon, on, setDataText } from "../dom";
import { HostError, reasonOf } from "../host";
import { IS_MAC } from "../menu";
import { t } from "../strings";
import { iconButton, textButton } from "../ui/controls";
import { type DetailEditors, editorsKey, type EditorServices, makeEditors } from "./detailEditors";
import { factsView, flagsView, noteLine, readingsView, typeView } from "./facts";
import { HexEditor } from "./hex/hexEditor";
import { TimeEditor } from "./timeEditor";
import { MAX_EDITOR_TEXT } from "./valueEditor";
import type { ValueEditor } from "./valueField";

/** Values of a list that are shown at the most; longer ones can be saved, not edited. */
export const MAX_LIST_VALUES = 500;

const ERROR_ID = "detail-error";

/** What the pane asks of the page. */
export interface DetailActions extends Pick<EditorServices, "request" | "changeStructure"> {
  /** Why nothing can be edited, if so. */
  readOnlyReason(): string | undefined;
  /** Writes all values; rejects with the reason. */
  apply(detail: PropertyDetail, values: readonly string[]): Promise<void>;
  /** Asks for the detail anew, after it was written. */
  reload(): void;
  setFlags(detail: PropertyDetail, flags: number): void;
  changeType(detail: PropertyDetail, type: number): void;
  saveAs(detail: PropertyDetail): void;
  load(detail: PropertyDetail): void;
  setCollapsed(collapsed: boolean): void;
  /** Back to the grid. */
  leave(): void;
}

/** The values an editor begins with. */
function valuesOf(detail: PropertyDetail): readonly string[] {
  return detail.editor === "list" ? (detail.values ?? []) : [detail.text ?? ""];
}

/** What keeps a value from being edited here because of its size. */
function sizeNote(detail: PropertyDetail): string | undefined {
  const { text, values, bytes, byteLength } = detail;
  if (bytes !== undefined && byteLength !== undefined && byteLength > bytes.length) {
    return t("bytesCut", bytes.length.toLocaleString(), byteLength.toLocaleString());
  }
  if (text !== undefined && text.length > MAX_EDITOR_TEXT) {
    return t("textCut", MAX_EDITOR_TEXT.toLocaleString(), text.length.toLocaleString());
  }
  if (values !== undefined && values.length > MAX_LIST_VALUES) {
    return t("valuesCut", MAX_LIST_VALUES.toLocaleString(), values.length.toLocaleString());
  }
  return undefined;
}

function cut(values: readonly string[]): readonly string[] {
  return values.slice(0, MAX_LIST_VALUES).map((value) => value.slice(0, MAX_EDITOR_TEXT));
}

/** The pane. */
export class DetailPane {
  readonly element: HTMLElement;
  readonly #title = h("h2", { class: "detail-title isolate" });
  readonly #toolbar = h("div", { class: "detail-toolbar" });
  readonly #notes = h("div", { class: "detail-notes" });
  readonly #value = h("div", { class: "detail-value" });
  readonly #facts = h("div", { class: "detail-facts" });
  readonly #error = h("div", { class: "field-error", id: ERROR_ID, role: "alert" });
  readonly #buttons: HTMLElement;
  readonly #body: HTMLElement;
  #detail: PropertyDetail | undefined;
  #editors: DetailEditors = { value: undefined, structure: undefined };
  #focusWhenShown: { readonly tag: number; readonly typed: string | undefined } | undefined;
  /** The property whose list of types takes the focus as soon as it is shown. */
  #typeFocus: number | undefined;
  #collapsed = false;
  #applying: Promise<boolean> | undefined;

  constructor(private readonly actions: DetailActions) {
    this.#buttons = h(
      "div",
      { class: "detail-buttons" },
      textButton(t("apply"), "primary", () => void this.apply(), {
        title: `${t("apply")} (${IS_MAC ? "⌘⏎" : "Ctrl+Enter"})`,
      }),
      textButton(t("cancel"), "secondary", () => this.cancel(), { title: `${t("cancel")} (Esc)` }),
    );
    this.#body = h(
      "div",
      { class: "detail-body", id: "detail-body" },
      h("div", { class: "detail-main" }, this.#notes, this.#value, this.#error, this.#buttons),
      this.#facts,
    );
    this.element = h(
      "section",
      { class: "detail", id: "detail", "aria-label": t("detailLabel"), tabindex: -1, "data-pane": "detail" },
      h("div", { class: "detail-head" }, this.#title, this.#toolbar),
      this.#body,
    );
    on(this.element, "keydown", (event) => this.#onKey(event));
    this.#draw();
  }

  /** The property shown. */
  get detail(): PropertyDetail | undefined {
    return this.#detail;
  }

  /** Whether the editor holds something that was not written. */
  get isDirty(): boolean {
    return this.#editor?.isDirty() === true || this.#editors.structure?.isFieldDirty === true;
  }

  get #editor(): ValueEditor | undefined {
    return this.#editors.value;
  }

  /** Shows a property. Text that was being edited stays when it is the same property again. */
  show(detail: PropertyDetail | undefined): void {
    const before = this.#detail;
    const same = detail !== undefined && before !== undefined && editorsKey(before) === editorsKey(detail);
    const kept = same && this.#editor?.isDirty() === true;
    const hadFocus = this.#value.contains(document.activeElement);
    this.#detail = detail;
    if (!same) this.#makeEditor();
    if (!kept) this.#write(detail);
    this.#editors.structure?.show(detail?.structures ?? []);
    this.#draw();
    if (hadFocus && !same) this.#focusEditor(undefined);
    const wanted = this.#focusWhenShown;
    if (wanted === undefined || wanted.tag !== detail?.tag) return;
    this.#focusWhenShown = undefined;
    this.#focusEditor(wanted.typed);
  }

  #write(detail: PropertyDetail | undefined): void {
    const editor = this.#editor;
    const time = detail?.extras?.kind === "time" ? detail.extras.time : undefined;
    if (editor instanceof TimeEditor && time !== undefined) editor.show(time);
    else if (detail !== undefined) editor?.write(cut(valuesOf(detail)));
    this.#setError(undefined);
  }

  /** Puts the focus into the editor of a property, as soon as it is shown. */
  edit(tag: number, typed: string | undefined): void {
    if (this.#collapsed) this.actions.setCollapsed(false);
    if (this.#detail?.tag === tag) {
      this.#focusEditor(typed);
      return;
    }
    this.#focusWhenShown = { tag, typed };
  }

  /** Gives the focus back to the list of types, now that the property is one of another type. */
  focusType(tag: number): void {
    this.#typeFocus = tag;
    this.#settleTypeFocus();
  }

  #settleTypeFocus(): void {
    if (this.#typeFocus === undefined || this.#detail?.tag !== this.#typeFocus) return;
    this.#typeFocus = undefined;
    const { activeElement } = document;
    if (activeElement !== document.body && !this.element.contains(activeElement)) return;
    this.#facts.querySelector<HTMLElement>(".type-change select")?.focus();
  }

  /** Folds the pane to its title, or unfolds it. */
  setCollapsed(collapsed: boolean): void {
    this.#collapsed = collapsed;
    this.element.classList.toggle("collapsed", collapsed);
    this.#draw();
  }

  /** Draws again: whether values can be edited has changed. */
  refresh(): void {
    this.#draw();
  }

  /** Writes what was edited; says whether nothing unwritten is left. Asked again meanwhile, it gives the same answer. */
  apply(): Promise<boolean> {
    this.#applying ??= this.#writeAll().finally(() => {
      this.#applying = undefined;
    });
    return this.#applying;
  }

  async #writeAll(): Promise<boolean> {
    if ((await this.#editors.structure?.commitField()) === false) return false;
    const detail = this.#detail;
    const editor = this.#editor;
    if (detail === undefined || editor === undefined || !editor.isDirty()) return true;
    this.#value.setAttribute("aria-busy", "true");
    try {
      await editor.settle?.();
      const values = editor.read();
      await this.actions.apply(detail, values);
      if (this.#editor === editor) editor.write(values);
      this.#setError(undefined);
      this.#draw();
      this.actions.reload();
      return true;
    } catch (error: unknown) {
      this.#setError(reasonOf(error), error instanceof HostError ? error.index : undefined);
      return false;
    } finally {
      this.#value.removeAttribute("aria-busy");
    }
  }

  /** Puts the value back that was there before it was edited. */
  cancel(): void {
    this.#write(this.#detail);
    this.#draw();
    this.actions.leave();
  }

  /** Goes back to the refused text. */
  focusEditor(): void {
    this.#focusEditor(undefined);
  }

  #focusEditor(typed: string | undefined): void {
    if (this.#editor === undefined) this.element.focus();
    else this.#editor.focus(typed);
  }

  #makeEditor(): void {
    const detail = this.#detail;
    const none = { value: undefined, structure: undefined };
    this.#editors = detail === undefined ? none : makeEditors(detail, this.#services);
    const { value, structure } = this.#editors;
    const elements = [value?.element, structure?.element].filter((element) => element !== undefined);
    this.#value.replaceChildren(...new Set(elements));
    this.#body.classList.toggle("has-structure", structure !== undefined);
    this.#body.classList.toggle("fills", structure !== undefined || value instanceof HexEditor);
    if (elements.length > 0 || detail?.bytes === undefined || detail.bytes.length === 0) return;
    this.#body.classList.add("fills");
    const dump = new HexEditor(detail.name, { changed: () => undefined, refused: () => undefined });
    this.#value.append(dump.element);
    dump.setReadOnly(true);
    dump.setBytes(detail.bytes);
  }

  readonly #services: EditorServices = {
    request: (name, params) => this.actions.request(name, params),
    changeStructure: (detail, index, change) => this.actions.changeStructure(detail, index, change),
    readOnlyReason: () => this.#readOnly(),
    changed: () => {
      this.#setError(undefined);
      this.#drawButtons();
    },
    refused: (reason, index) => {
      this.#setError(reason, index);
      this.#drawButtons();
    },
  };

  #readOnly(): string | undefined {
    const detail = this.#detail;
    return this.actions.readOnlyReason() ?? detail?.readOnly;
  }

  #draw(): void {
    const detail = this.#detail;
    setDataText(this.#title, detail?.name ?? t("noSelection"));
    this.element.classList.toggle("nothing", detail === undefined);
    this.#drawToolbar(detail);
    if (detail === undefined) {
      this.#value.replaceChildren();
      this.#notes.replaceChildren();
      this.#facts.replaceChildren();
      this.#drawButtons();
      return;
    }
    const readOnly = this.#readOnly();
    const tooLarge = sizeNote(detail);
    this.#editor?.setReadOnly(readOnly !== undefined || tooLarge !== undefined);
    this.#editors.structure?.refresh();
    this.#notes.replaceChildren(
      ...(readOnly === undefined ? [] : [noteLine("lock", readOnly)]),
      ...(detail.problem === undefined ? [] : [noteLine("warning", detail.problem)]),
      ...(tooLarge === undefined ? [] : [noteLine("info", tooLarge)]),
    );
    const setFlags =
      readOnly === undefined ? (flags: number) => this.actions.setFlags(detail, flags) : undefined;
    const boxes = (): HTMLElement[] => [...this.#facts.querySelectorAll("vscode-checkbox")];
    const focusedBox = boxes().findIndex((box) => box === document.activeElement);
    this.#facts.replaceChildren(
      ...(detail.description === undefined
        ? []
        : [h("p", { class: "detail-description" }, detail.description)]),
      ...[readingsView(detail)].filter((view) => view !== undefined),
      factsView(detail),
      ...[
        typeView(
          detail,
          readOnly === undefined ? (type) => this.actions.changeType(detail, type) : undefined,
        ),
      ].filter((view) => view !== undefined),
      flagsView(detail.flags, setFlags),
    );
    boxes()[focusedBox]?.focus();
    this.#settleTypeFocus();
    this.#drawButtons();
  }

  #drawToolbar(detail: PropertyDetail | undefined): void {
    const focused = document.activeElement?.getAttribute("data-action");
    const collapse = this.#collapsed ? "expandDetail" : "collapseDetail";
    const mayLoad =
      detail !== undefined &&
      this.#readOnly() === undefined &&
      detail.editor !== "list" &&
      detail.editor !== "none";
    this.#toolbar.replaceChildren(
      ...(detail === undefined
        ? []
        : [
            iconButton(t("saveValueAs"), "save-as", () => this.actions.saveAs(detail), {
              "data-action": "save",
            }),
            ...(mayLoad
              ? [
                  iconButton(t("loadValue"), "folder-opened", () => this.actions.load(detail), {
                    "data-action": "load",
                  }),
                ]
              : []),
          ]),
      iconButton(
        t(collapse),
        this.#collapsed ? "chevron-up" : "chevron-down",
        () => this.actions.setCollapsed(!this.#collapsed),
        {
          "data-action": "collapse",
          "aria-expanded": String(!this.#collapsed),
          "aria-controls": "detail-body",
        },
      ),
    );
    if (focused !== null && focused !== undefined) {
      this.#toolbar.querySelector<HTMLElement>(`[data-action="${focused}"]`)?.focus();
    }
  }

  #drawButtons(): void {
    this.#buttons.hidden = this.#editor?.isDirty() !== true;
  }

  #setError(message: string | undefined, index?: number): void {
    this.#error.replaceChildren(...(message === undefined ? [] : [icon("error"), ` ${message}`]));
    this.#editor?.setInvalid(message === undefined ? undefined : ERROR_ID, index);
  }

  #onKey(event: KeyboardEvent): void {
    if (event.isComposing) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      event.stopPropagation();
      void this.apply().then((applied) => applied && this.actions.leave());
    } else if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      this.cancel();
    }
  }
}
