/** The values of a multi-valued property, each in the editor that a single value of its type has. */
import { h, icon } from "../dom";
import { HostError, reasonOf } from "../host";
import { t } from "../strings";
import { iconButton } from "../ui/controls";
import type { ValueEditor } from "./valueField";

/** Values that get their editor at once; those behind them get it when they are scrolled to. */
const EAGER_VALUES = 40;

/** What the editor of one value tells the list. */
export interface ElementActions {
  changed(): void;
  /** What was typed cannot be taken (or can again, undefined). */
  refused(reason: string | undefined): void;
}

/** What the list asks of its pane. */
export interface ListActions {
  /** Makes the editor for one value. */
  make(text: string, label: string, actions: ElementActions): ValueEditor;
  changed(): void;
  /** A value cannot be taken (or can again, undefined); `index` says which. */
  refused(reason: string | undefined, index: number): void;
}

/** A value in the list: what it was, and its editor once it is needed. */
interface Item {
  readonly original: string;
  readonly row: HTMLElement;
  editor: ValueEditor | undefined;
}

/** Moves the item at `index` by one; the same list when that leads out of it. Pure. */
export function moved<T>(items: readonly T[], index: number, by: 1 | -1): readonly T[] {
  const item = items[index];
  const other = items[index + by];
  if (item === undefined || other === undefined) return items;
  return items.map((old, place) => (place === index ? other : place === index + by ? item : old));
}

const textOf = ({ editor, original }: Item): string =>
  editor === undefined ? original : (editor.read()[0] ?? "");

/** The list editor. */
export class ListEditor implements ValueEditor {
  readonly element = h("div", { class: "value-list", role: "group", "aria-label": t("values") });
  #original: readonly string[] = [];
  #items: readonly Item[] = [];
  #readOnly = false;
  readonly #seen = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) {
      const index = isIntersecting ? this.#items.findIndex(({ row }) => row === target) : -1;
      const item = this.#items[index];
      if (item !== undefined) this.#show(item, index);
    }
  });

  constructor(private readonly actions: ListActions) {}

  read(): readonly string[] {
    return this.#items.map(textOf);
  }

  write(values: readonly string[]): void {
    const current = this.read();
    this.#original = values;
    if (current.length === values.length && current.every((value, index) => value === values[index])) return;
    this.#items = values.map((value) => this.#makeItem(value));
    this.#render();
  }

  isDirty(): boolean {
    const current = this.read();
    return (
      current.length !== this.#original.length ||
      current.some((value, index) => value !== this.#original[index])
    );
  }

  async settle(): Promise<void> {
    for (const [index, { editor }] of this.#items.entries()) {
      try {
        await editor?.settle?.();
      } catch (error: unknown) {
        throw new HostError("invalid", reasonOf(error), index);
      }
    }
  }

  setReadOnly(readOnly: boolean): void {
    if (this.#readOnly === readOnly && this.element.childElementCount > 0) return;
    this.#readOnly = readOnly;
    this.#render();
  }

  setInvalid(describedBy: string | undefined, index?: number): void {
    for (const [place, item] of this.#items.entries()) {
      const invalid = describedBy !== undefined && (index === undefined || index === place);
      if (invalid) this.#editorOf(item, place).setInvalid(describedBy);
      else item.editor?.setInvalid(undefined);
    }
    const item = describedBy === undefined || index === undefined ? undefined : this.#items[index];
    if (item !== undefined && index !== undefined && !item.row.contains(document.activeElement))
      this.#editorOf(item, index).focus();
  }

  focus(typed?: string): void {
    const [first] = this.#items;
    if (first === undefined) this.element.querySelector<HTMLElement>("vscode-button")?.focus();
    else this.#editorOf(first, 0).focus(typed);
  }

  #makeItem(original: string): Item {
    return { original, row: h("div", { class: "list-row" }), editor: undefined };
  }

  #editorOf(item: Item, index: number): ValueEditor {
    if (item.editor !== undefined) return item.editor;
    const editor = this.actions.make(item.original, t("valueNumber", index + 1), {
      changed: () => this.actions.changed(),
      refused: (reason) => this.actions.refused(reason, this.#items.indexOf(item)),
    });
    item.editor = editor;
    editor.element.classList.add("list-field");
    editor.write([item.original]);
    this.#draw(item, index);
    return editor;
  }

  #show(item: Item, index: number): void {
    this.#seen.unobserve(item.row);
    this.#editorOf(item, index);
  }

  #change(items: readonly Item[], focus: number | undefined): void {
    this.#items = items;
    this.#render();
    const index = focus === undefined ? undefined : Math.min(focus, items.length - 1);
    const item = index === undefined ? undefined : items[index];
    if (item !== undefined && index !== undefined) this.#editorOf(item, index).focus();
    else if (focus !== undefined) this.focus();
    this.actions.changed();
  }

  #render(): void {
    const add = h(
      "vscode-button",
      { appearance: "secondary", class: "list-add" },
      t("addValue"),
      h("span", { slot: "start" }, icon("add")),
    );
    add.addEventListener("click", () =>
      this.#change([...this.#items, this.#makeItem("")], this.#items.length),
    );
    this.#seen.disconnect();
    for (const [index, item] of this.#items.entries()) {
      this.#draw(item, index);
      if (item.editor !== undefined) continue;
      if (index < EAGER_VALUES) this.#editorOf(item, index);
      else this.#seen.observe(item.row);
    }
    this.element.replaceChildren(...this.#items.map(({ row }) => row), ...(this.#readOnly ? [] : [add]));
  }

  #draw(item: Item, index: number): void {
    const number = index + 1;
    const { editor, row } = item;
    editor?.setReadOnly(this.#readOnly);
    editor?.setLabel?.(t("valueNumber", number));
    row.replaceChildren(
      h("span", { class: "list-number", "aria-hidden": "true" }, String(number)),
      editor?.element ?? h("span", { class: "list-field list-waiting" }, item.original.slice(0, 200)),
      ...(this.#readOnly ? [] : this.#buttons(item, index, number)),
    );
  }

  #buttons(item: Item, index: number, number: number): readonly HTMLElement[] {
    const up = (): void => this.#change(moved(this.#items, index, -1), index - 1);
    const down = (): void => this.#change(moved(this.#items, index, 1), index + 1);
    const remove = (): void =>
      this.#change(
        this.#items.filter((other) => other !== item),
        index,
      );
    return [
      iconButton(t("moveUp", number), "arrow-up", up, { disabled: index === 0 }),
      iconButton(t("moveDown", number), "arrow-down", down, { disabled: index === this.#items.length - 1 }),
      iconButton(t("removeValue", number), "trash", remove),
    ];
  }
}
