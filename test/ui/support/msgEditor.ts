/** The editor of a message as a person handles it: by what is to be seen, with mouse and keyboard. */
import type { FrameLocator, Locator } from "playwright-core";
import { until, type VsCodePage } from "../harness";

/** The editor of one message. */
export class MsgEditor {
  constructor(
    readonly code: VsCodePage,
    readonly frame: FrameLocator,
  ) {}

  /** Opens a file of the workspace and waits until its properties are to be seen. */
  static async open(code: VsCodePage, name: string): Promise<MsgEditor> {
    const editor = new MsgEditor(code, await code.openFile(name));
    await editor.waitForRows();
    return editor;
  }

  /** The editor that is in view, as soon as its properties are to be seen. */
  static async inView(code: VsCodePage, index = 0): Promise<MsgEditor> {
    const editor = new MsgEditor(code, code.webview(index));
    await editor.waitForRows();
    return editor;
  }

  /** Waits until properties are to be seen. */
  async waitForRows(): Promise<void> {
    await this.frame.locator(".grid-row[data-tag]").first().waitFor({ timeout: 60_000 });
  }

  private get keyboard(): VsCodePage["page"]["keyboard"] {
    return this.code.page.keyboard;
  }

  // -- the grid --------------------------------------------------------------------------------------------------

  /** The row of a property by its tag in hex, while it is in sight. */
  row(tag: string): Locator {
    return this.frame.locator(`.grid-row[data-tag="${tag}"]`);
  }

  /** The row of a property by its name. */
  rowNamed(name: string): Locator {
    const label = this.frame.locator(".col-name .cell-text", { hasText: new RegExp(`^${name}$`) });
    return this.frame.locator(".grid-row[data-tag]", { has: label }).first();
  }

  /** Types into the filter and waits until a row of that tag is in sight. */
  async find(tag: string): Promise<Locator> {
    await this.filter(`tag:${tag}`);
    const row = this.row(tag);
    await row.waitFor();
    return row;
  }

  /** Types into the filter. */
  async filter(text: string): Promise<void> {
    const field = this.frame.locator(".filter-field input:visible");
    await field.click();
    await field.fill(text);
  }

  /** What the row shows as its value. */
  valueOf(row: Locator): Promise<string> {
    return row.locator(".col-value .cell-text").innerText();
  }

  /** Waits until the property's row shows this value. */
  async waitForValue(tag: string, value: string): Promise<void> {
    let last = "";
    const shows = async (): Promise<boolean> => {
      last = await this.row(tag)
        .locator(".col-value .cell-text")
        .innerText({ timeout: 1000 })
        .catch(() => "(no row)");
      return last === value;
    };
    await until(`the value "${value}" of ${tag}`, shows).catch((error: unknown) => {
      throw new Error(`${String(error)} It is "${last}".`);
    });
  }

  /** Chooses the property's row with the mouse. */
  async choose(tag: string): Promise<Locator> {
    const row = await this.find(tag);
    await row.locator(".col-name").click();
    await this.frame.locator(`.grid-row[data-tag="${tag}"][aria-selected="true"]`).waitFor();
    return row;
  }

  /** Opens the cell's editor by the keyboard and types a new value over the old one. */
  async typeInto(tag: string, text: string): Promise<void> {
    await this.choose(tag);
    await this.keyboard.press("F2");
    await this.cellInput.waitFor();
    await this.keyboard.type(text);
  }

  /** Changes a value in its cell by the keyboard, and waits until it is shown. */
  async setValue(tag: string, text: string, shown = text): Promise<void> {
    await this.typeInto(tag, text);
    await this.keyboard.press("Enter");
    await this.cellInput.waitFor({ state: "detached" });
    await this.waitForValue(tag, shown);
  }

  /** The field in the cell that is being edited. */
  get cellInput(): Locator {
    return this.frame.locator(".cell-input");
  }

  /** The reason why a value was refused, at its cell. */
  get cellError(): Locator {
    return this.frame.locator(".cell-error");
  }

  /** How the row differs from the file: added, changed, deleted, or nothing. */
  async changeOf(tag: string): Promise<string | null> {
    return this.row(tag).getAttribute("data-change");
  }

  /** Waits until the row differs from the file in this way. */
  async waitForChange(tag: string, change: string | null): Promise<void> {
    await until(`${tag} to be ${change ?? "unchanged"}`, async () => (await this.changeOf(tag)) === change);
  }

  // -- the rest of the page --------------------------------------------------------------------------------------

  /** An object in the tree, by the beginning of its label. */
  treeRow(label: string): Locator {
    const escaped = label.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
    const text = this.frame.locator(".node-label", { hasText: new RegExp(`^${escaped}`) });
    return this.frame.locator(".tree-row", { has: text }).first();
  }

  /** Chooses an object in the tree with the mouse. */
  async chooseObject(label: string): Promise<void> {
    await this.treeRow(label).click();
    await until(
      `${label} to be chosen`,
      async () => (await this.treeRow(label).getAttribute("aria-selected")) === "true",
    );
  }

  /** The detail pane. */
  get detail(): Locator {
    return this.frame.locator(".detail");
  }

  /** A button anywhere on the page, by its label. */
  button(label: string): Locator {
    return this.frame.locator("vscode-button", { hasText: label });
  }

  /** The text of the header. */
  header(): Promise<string> {
    return this.frame.locator(".header").innerText();
  }

  /** The bars above the page. */
  get banners(): Locator {
    return this.frame.locator(".banner");
  }

  /** The field of a form below its visible label. */
  field(label: string): Locator {
    const text = this.frame.locator(".form-label", { hasText: new RegExp(`^${label}$`) });
    return this.frame.locator(".form-field", { has: text }).locator("input, textarea").first();
  }
}
