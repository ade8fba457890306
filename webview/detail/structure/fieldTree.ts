/** The tree of a structure's fields: a tree grid with virtual rows, whose values are edited in place. */
import type {
  NumberModel,
  StructureChange,
  StructureField,
  StructureModel,
} from "../../../src/protocol/editors";
import { h, innermostTarget, isTextInput, on, setAttributes } from "../../dom";
import { CellEditor, type CellTarget, type Leaving } from "../../grid/cellEditor";
import { t } from "../../strings";
import { ROW_HEIGHT, VirtualRows } from "../../ui/virtualRows";
import {
  elementNumber,
  fieldAt,
  isExpanded,
  nextEditable,
  outerPath,
  parentOf,
  partsAround,
  placeAmong,
  shownFields,
} from "./fieldModel";
import { createFieldRow, drawFieldRow, fieldHead } from "./fieldRow";

/** What the tree asks of its pane. */
export interface FieldTreeActions {
  /** Why no field can be edited now, if so. */
  readOnlyReason(): string | undefined;
  /** Another field is chosen; its bytes are to be marked. */
  chosen(field: StructureField | undefined): void;
  /** Changes a field, adds or removes an element; rejects with the reason. */
  change(change: StructureChange): Promise<void>;
  /** An addition or removal was refused, or a field is not edited. */
  refused(reason: string): void;
}

/** A field being edited. */
interface FieldTarget extends CellTarget {
  readonly path: string;
}

let nextId = 1;

/** The tree. */
export class FieldTree {
  readonly element: HTMLElement;
  readonly #id = `fields-${nextId++}`;
  readonly #scroller: HTMLElement;
  readonly #body = h("div", { class: "virtual-body", role: "rowgroup" });
  readonly #virtual: VirtualRows;
  readonly #folded = new Map<string, boolean>();
  #model: StructureModel | undefined;
  #shown: readonly number[] = [];
  #active = 0;
  #editor: CellEditor<FieldTarget> | undefined;

  constructor(private readonly actions: FieldTreeActions) {
    this.#scroller = h(
      "div",
      { class: "field-tree", role: "treegrid", tabindex: 0, "aria-label": t("fields"), "aria-colcount": 4 },
      fieldHead(),
      this.#body,
    );
    this.element = this.#scroller;
    this.#virtual = new VirtualRows(
      this.#scroller,
      this.#body,
      {
        count: () => this.#shown.length,
        key: (at) => this.#fieldAt(at)?.path ?? `#${at}`,
        create: createFieldRow,
        draw: (element, at) => this.#draw(element, at),
        pinned: () => [this.#active],
      },
      ROW_HEIGHT,
    );
    this.#listen();
  }

  /** Shows a structure; the same field stays chosen when it is still there. */
  show(model: StructureModel, label: string): void {
    const path = this.active?.path;
    this.#model = model;
    this.#scroller.setAttribute("aria-label", t("structureOf", label));
    this.#arrange();
    const at = path === undefined ? -1 : this.#shown.findIndex((index) => model.fields[index]?.path === path);
    this.#active = at >= 0 ? at : Math.max(0, Math.min(this.#active, this.#shown.length - 1));
    this.#redraw();
    this.actions.chosen(this.active);
  }

  /** Another property is shown: what was folded and chosen in the one before means nothing. */
  reset(): void {
    this.#editor?.dispose();
    this.#editor = undefined;
    this.#folded.clear();
    this.#active = 0;
    this.#scroller.scrollTop = 0;
  }

  /** The chosen field. */
  get active(): StructureField | undefined {
    return this.#fieldAt(this.#active);
  }

  /** Chooses the field that a byte belongs to. */
  chooseByte(byte: number): void {
    const model = this.#model;
    if (model === undefined) return;
    const index = fieldAt(model, byte);
    if (index < 0) return;
    for (const part of partsAround(model, index)) {
      const path = model.fields[part]?.path;
      if (path !== undefined) this.#folded.set(path, true);
    }
    this.#arrange();
    this.#active = Math.max(0, this.#shown.indexOf(index));
    this.#virtual.reveal(this.#active);
    this.#redraw();
  }

  focus(): void {
    this.#scroller.focus();
  }

  /** Draws again: whether fields can be edited has changed. */
  refresh(): void {
    this.#redraw();
  }

  /** Writes the field being edited; says whether nothing unwritten is left. */
  async commit(): Promise<boolean> {
    await this.#editor?.commit("blur");
    return this.#editor?.isDirty !== true;
  }

  /** Whether a field is being edited that was not written. */
  get isDirty(): boolean {
    return this.#editor?.isDirty === true;
  }

  #fieldAt(at: number): StructureField | undefined {
    return this.#model?.fields[this.#shown[at] ?? -1];
  }

  #arrange(): void {
    this.#shown = this.#model === undefined ? [] : shownFields(this.#model, this.#folded);
  }

  #listen(): void {
    on(this.#scroller, "keydown", (event) => this.#onKey(event));
    on(this.#body, "mousedown", (event) => {
      const at = this.#rowAt(event);
      if (at === undefined || isTextInput(event.target)) return;
      this.#go(at);
      if (event.target instanceof Element && event.target.closest(".field-twistie") !== null)
        this.#toggle(at);
    });
    on(this.#body, "dblclick", (event) => {
      if (this.#rowAt(event) !== undefined && !isTextInput(event.target)) void this.#edit();
    });
    on(this.#scroller, "scroll", () => this.#editor?.placeError());
  }

  #rowAt(event: MouseEvent): number | undefined {
    const row = event.target instanceof Element ? event.target.closest<HTMLElement>(".field-row") : null;
    const at = row?.dataset["at"];
    return at === undefined ? undefined : Number(at);
  }

  #draw(element: HTMLElement, at: number): void {
    const model = this.#model;
    const index = this.#shown[at] ?? -1;
    const field = model?.fields[index];
    if (model === undefined || field === undefined) return;
    const { at: place, of } = placeAmong(model, index);
    drawFieldRow(element, field, {
      id: `${this.#id}-${index}`,
      at,
      place,
      of,
      size: model.bytes.length,
      expanded: field.hasChildren ? isExpanded(field, model, this.#folded) : undefined,
      active: at === this.#active,
      editing: this.#editor?.row.path === field.path,
      isEdited: this.actions.readOnlyReason() === undefined,
      insert: () => this.#insert(field),
      remove: () => this.#remove(field),
    });
  }

  #redraw(): void {
    this.#virtual.refresh();
    setAttributes(this.#scroller, {
      "aria-rowcount": this.#shown.length + 1,
      "aria-activedescendant":
        this.#shown.length === 0 ? undefined : `${this.#id}-${this.#shown[this.#active] ?? 0}`,
    });
    this.#editor?.placeError();
  }

  #go(at: number): void {
    const target = Math.max(0, Math.min(at, this.#shown.length - 1));
    this.#active = target;
    this.#virtual.reveal(target);
    this.#redraw();
    this.actions.chosen(this.active);
  }

  #toggle(at: number, expand?: boolean): void {
    const model = this.#model;
    const field = this.#fieldAt(at);
    if (model === undefined || field?.hasChildren !== true) return;
    this.#folded.set(field.path, expand ?? !isExpanded(field, model, this.#folded));
    this.#arrange();
    this.#redraw();
  }

  #onKey(event: KeyboardEvent): void {
    if (innermostTarget(event) !== this.#scroller || event.altKey) return;
    const { key, ctrlKey, metaKey, shiftKey } = event;
    const typed = key.length === 1 && key !== " " && !ctrlKey && !metaKey ? key : undefined;
    const run = typed === undefined ? this.#commands[key] : () => void this.#edit(typed);
    if (
      run === undefined ||
      ((ctrlKey || metaKey) && key !== "Home" && key !== "End") ||
      (shiftKey && key !== "Tab" && typed === undefined)
    )
      return;
    event.preventDefault();
    event.stopPropagation();
    run();
  }

  readonly #commands: Readonly<Record<string, () => void>> = {
    ArrowDown: () => this.#go(this.#active + 1),
    ArrowUp: () => this.#go(this.#active - 1),
    PageDown: () => this.#go(this.#active + this.#virtual.page),
    PageUp: () => this.#go(this.#active - this.#virtual.page),
    Home: () => this.#go(0),
    End: () => this.#go(this.#shown.length - 1),
    ArrowRight: () => this.#inward(),
    ArrowLeft: () => this.#outward(),
    " ": () => this.#toggle(this.#active),
    Enter: () => this.#enter(),
    F2: () => void this.#edit(),
    Insert: () => {
      const field = this.active;
      if (field !== undefined) this.#insert(field);
    },
    Delete: () => {
      const field = this.active;
      if (field !== undefined) this.#remove(field);
    },
  };

  #enter(): void {
    if (this.active?.hasChildren === true && this.active.text === undefined) this.#toggle(this.#active);
    else void this.#edit();
  }

  #inward(): void {
    const model = this.#model;
    const field = this.active;
    if (model === undefined || field?.hasChildren !== true) return;
    if (isExpanded(field, model, this.#folded)) this.#go(this.#active + 1);
    else this.#toggle(this.#active, true);
  }

  #outward(): void {
    const model = this.#model;
    const field = this.active;
    if (model === undefined || field === undefined) return;
    if (field.hasChildren && isExpanded(field, model, this.#folded)) {
      this.#toggle(this.#active, false);
      return;
    }
    const parent = parentOf(model, this.#shown[this.#active] ?? 0);
    if (parent >= 0) this.#go(this.#shown.indexOf(parent));
  }

  #insert(field: StructureField): void {
    const change: StructureChange | undefined =
      field.canInsert === true
        ? { kind: "insert", path: field.path }
        : field.canRemove === true
          ? { kind: "insert", path: outerPath(field.path), at: elementNumber(field.path) }
          : undefined;
    if (change !== undefined) this.#run(change);
  }

  #remove(field: StructureField): void {
    if (field.canRemove === true) this.#run({ kind: "remove", path: field.path });
  }

  #run(change: StructureChange): void {
    const reason = this.actions.readOnlyReason();
    if (reason !== undefined) {
      this.actions.refused(reason);
      return;
    }
    if (change.kind === "insert") this.#folded.set(change.path, true);
    this.actions.change(change).catch((error: unknown) => {
      this.actions.refused(error instanceof Error ? error.message : String(error));
    });
  }

  #numberOf(field: StructureField): NumberModel | undefined {
    return field.number === undefined ? undefined : this.#model?.numbers[field.number];
  }

  async #edit(typed?: string): Promise<void> {
    const before = this.#editor;
    await before?.commit("blur");
    if (before?.isOpen === true) return;
    const field = this.active;
    if (field === undefined) return;
    const reason = this.actions.readOnlyReason();
    // A field for one line would drop line breaks without a word.
    if (reason !== undefined || field.text === undefined || /[\r\n]/.test(field.text)) {
      if (!field.hasChildren) this.actions.refused(reason ?? t("fieldReadOnly"));
      return;
    }
    this.#virtual.reveal(this.#active);
    const cell = this.#virtual.element(field.path)?.children[1];
    if (!(cell instanceof HTMLElement)) return;
    const choices = this.#numberOf(field);
    const target: FieldTarget = {
      path: field.path,
      name: field.label,
      editor: field.isBoolean === true ? "boolean" : "line",
      editText: field.text,
      ...(choices === undefined ? {} : { choices }),
    };
    this.#editor = new CellEditor(target, cell, typed, {
      commit: (text) => this.actions.change({ kind: "set", path: field.path, text }),
      done: (leaving) => this.#editorDone(leaving),
    });
    this.#editor.open();
  }

  #editorDone(leaving: Leaving | "escape"): void {
    this.#editor = undefined;
    this.#redraw();
    if (leaving === "blur") return;
    this.focus();
    const model = this.#model;
    if (model === undefined || (leaving !== "next" && leaving !== "previous")) return;
    const at = nextEditable(model, this.#shown, this.#active, leaving === "next" ? 1 : -1);
    if (at === undefined) return;
    this.#go(at);
    void this.#edit();
  }
}
