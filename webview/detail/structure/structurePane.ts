/** A value whose layout is known, in two halves that follow each other: the tree of its fields, and its bytes. */
import type { StructureChange, StructureModel } from "../../../src/protocol/editors";
import { h, on } from "../../dom";
import { t } from "../../strings";
import { HexEditor } from "../hex/hexEditor";
import { noteLine } from "../facts";
import type { ValueEditor } from "../valueField";
import { FieldTree } from "./fieldTree";

/** What the pane asks of the detail. */
export interface StructureActions {
  /** Why nothing can be edited, if so. */
  readOnlyReason(): string | undefined;
  /** Writes a change of a field; rejects with the reason. */
  change(index: number, change: StructureChange): Promise<void>;
  /** The fields of bytes that are not written yet; undefined where they are none. */
  decode(index: number, bytes: Uint8Array): Promise<StructureModel | undefined>;
  /** The bytes were edited. */
  changed(): void;
  refused(reason: string | undefined): void;
}

/** The pane. With `editsBytes` its bytes are the editor of the value, else they are only shown. */
export class StructurePane implements ValueEditor {
  readonly element: HTMLElement;
  readonly #tree: FieldTree;
  readonly #hex: HexEditor;
  readonly #title = h("div", { class: "structure-title" });
  readonly #which = h("select", { class: "value-select", "aria-label": t("whichValue") });
  readonly #notes = h("div", { class: "structure-notes" });
  #models: readonly StructureModel[] = [];
  #index = 0;
  #decoding = false;
  #again = false;

  constructor(
    private readonly label: string,
    private readonly editsBytes: boolean,
    private readonly actions: StructureActions,
  ) {
    this.#tree = new FieldTree({
      readOnlyReason: () => this.#readOnlyReason(),
      chosen: (field) => {
        const range =
          field && field.depth > 0 ? { start: field.offset, end: field.offset + field.length } : undefined;
        const fromBytes = this.#hex.element.contains(document.activeElement);
        this.#hex.mark(range !== undefined && range.end > range.start ? range : undefined, !fromBytes);
      },
      change: async (change) => {
        await this.actions.change(this.#index, change);
        this.actions.refused(undefined);
      },
      refused: (reason) => this.actions.refused(reason),
    });
    this.#hex = new HexEditor(label, {
      changed: () => {
        this.#decode();
        this.actions.changed();
      },
      moved: (byte) => this.#byteChosen(byte),
      refused: (reason) => this.actions.refused(reason),
    });
    this.#hex.setReadOnly(!editsBytes);
    on(this.#which, "change", () => this.#choose(Number(this.#which.value)));
    this.element = h(
      "div",
      { class: "structure" },
      h("div", { class: "structure-head" }, this.#which, this.#title),
      this.#notes,
      h("div", { class: "structure-halves" }, this.#tree.element, this.#hex.element),
    );
  }

  /** Shows the structures of a value, one or one for each of several. */
  show(models: readonly StructureModel[]): void {
    this.#models = models;
    const known = models.some(({ index }) => index === this.#index);
    this.#which.hidden = models.length < 2;
    this.#which.replaceChildren(
      ...models.map(({ index, summary }) =>
        h(
          "option",
          { value: String(index) },
          [t("valueNumber", index + 1), summary].filter(Boolean).join(": ").slice(0, 100),
        ),
      ),
    );
    this.#choose(known ? this.#index : (models[0]?.index ?? 0));
  }

  /** Whether a field is being edited that was not written. */
  get isFieldDirty(): boolean {
    return this.#tree.isDirty;
  }

  /** Writes the field being edited; says whether nothing of it is left. */
  commitField(): Promise<boolean> {
    return this.#tree.commit();
  }

  /** Draws again: whether anything can be edited has changed. */
  refresh(): void {
    this.#tree.refresh();
  }

  read(): readonly string[] {
    return this.#hex.read();
  }

  write(values: readonly string[]): void {
    this.#hex.write(values);
    const model = this.#model;
    if (model !== undefined) this.#show(model);
  }

  isDirty(): boolean {
    return this.editsBytes && this.#hex.isDirty();
  }

  setReadOnly(readOnly: boolean): void {
    this.#hex.setReadOnly(readOnly || !this.editsBytes);
    this.#tree.refresh();
  }

  setInvalid(describedBy: string | undefined): void {
    this.#hex.setInvalid(this.isDirty() ? describedBy : undefined);
  }

  focus(typed?: string): void {
    if (typed === undefined) this.#tree.focus();
    else this.#hex.focus(typed);
  }

  get #model(): StructureModel | undefined {
    return this.#models.find(({ index }) => index === this.#index);
  }

  #readOnlyReason(): string | undefined {
    return this.actions.readOnlyReason() ?? (this.isDirty() ? t("applyFirst") : undefined);
  }

  #choose(index: number): void {
    this.#index = index;
    this.#which.value = String(index);
    const model = this.#model;
    if (model === undefined) return;
    if (!this.editsBytes) this.#hex.setBytes(model.bytes);
    if (!this.isDirty()) this.#show(model);
  }

  #show(model: StructureModel): void {
    this.#title.textContent = [model.title, model.summary].filter(Boolean).join(": ");
    this.#title.title = this.#title.textContent;
    const problems =
      model.problems === 0
        ? []
        : [model.problems === 1 ? t("structureProblemsOne") : t("structureProblemsMany", model.problems)];
    const first = model.fields.find(({ problem }) => problem !== undefined);
    const said = problems.map((text) =>
      first?.problem === undefined ? text : `${text}: ${first.label}: ${first.problem}`,
    );
    this.#notes.replaceChildren(
      ...said.map((text) => noteLine("warning", text)),
      ...(model.more === 0 ? [] : [noteLine("info", t("fieldsMore", model.more.toLocaleString()))]),
    );
    this.#tree.show(model, this.label);
  }

  #byteChosen(byte: number): void {
    if (!this.#hex.element.contains(document.activeElement)) return;
    this.#tree.chooseByte(Math.min(byte, Math.max(0, this.#hex.bytes.length - 1)));
    const field = this.#tree.active;
    if (field !== undefined) this.#hex.mark({ start: field.offset, end: field.offset + field.length }, false);
  }

  /** Shows the fields of the bytes as they stand, while they are typed. */
  #decode(): void {
    this.#again = true;
    if (!this.#decoding) void this.#runDecode();
  }

  async #runDecode(): Promise<void> {
    this.#decoding = true;
    while (this.#again) {
      this.#again = false;
      const model = this.isDirty()
        ? await this.actions.decode(this.#index, this.#hex.bytes.slice()).catch(() => undefined)
        : this.#model;
      if (model !== undefined) this.#show(model);
    }
    this.#decoding = false;
  }
}
