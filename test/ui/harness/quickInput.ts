import type { Locator, Page } from "playwright-core";
import { until } from "./waiting";

const quoted = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** VS Code's list at the top of the window: the command palette, the files by name, questions, the file dialog. */
export class QuickInput {
  private readonly widget: Locator;
  /** Where one types. */
  readonly input: Locator;

  constructor(private readonly page: Page) {
    this.widget = page.locator(".quick-input-widget");
    this.input = this.widget.locator(".quick-input-box input");
  }

  /** The row with exactly this label. */
  row(label: string): Locator {
    const text = this.page.locator(".label-name", { hasText: new RegExp(`^${quoted(label)}$`) });
    return this.widget.locator(".monaco-list-row", { has: text }).first();
  }

  /** The labels of the rows in view. */
  async rows(): Promise<string[]> {
    await this.widget.locator(".monaco-list-row").first().waitFor();
    return this.widget.locator(".monaco-list-row .label-name").allInnerTexts();
  }

  private async type(text: string): Promise<void> {
    if (!(await this.input.isVisible())) await this.page.keyboard.press("F1");
    await this.input.fill("", { timeout: 3000 });
    await this.input.fill(text, { timeout: 3000 });
  }

  /** Opens the list, types, and chooses the row with this label. The row may come late: then it types again. */
  async choose(text: string, label: string, timeout = 30_000): Promise<void> {
    const row = this.row(label);
    const isThere = (): Promise<boolean> =>
      // The list closes when something else takes the focus: then it is opened again.
      this.type(text)
        .then(() => row.waitFor({ timeout: 2000 }))
        .then(
          () => true,
          () => false,
        );
    await until(`"${label}" in the list for "${text}"`, isThere, timeout);
    await row.click();
    // A command may ask on in the same widget: only the row that was chosen is sure to go.
    await row.waitFor({ state: "hidden" });
  }

  /** Chooses a row of a question that is already open. */
  async pick(label: string): Promise<void> {
    const row = this.row(label);
    await row.click();
    await row.waitFor({ state: "hidden" });
  }

  /** Answers a question for a text that is already open. */
  async answer(text: string): Promise<void> {
    await this.input.waitFor();
    await this.input.fill(text);
    await this.page.keyboard.press("Enter");
  }

  /** True where the list for this text has the row. The list is closed again. */
  async offers(text: string, label: string): Promise<boolean> {
    return this.hasRow(text, this.row(label));
  }

  /** True where the list for this text has a row whose label begins so. The list is closed again. */
  async offersBeginning(text: string, beginning: string): Promise<boolean> {
    const label = this.page.locator(".label-name", { hasText: new RegExp(`^${quoted(beginning)}`) });
    return this.hasRow(text, this.widget.locator(".monaco-list-row", { has: label }).first());
  }

  private async hasRow(text: string, row: Locator): Promise<boolean> {
    await this.type(text);
    // The list always has a row: that nothing matches is one, too.
    await this.widget.locator(".monaco-list-row").first().waitFor();
    const offered = await row.isVisible();
    await this.page.keyboard.press("Escape");
    await this.input.waitFor({ state: "hidden" });
    return offered;
  }

  /**
   * Puts a path into the file dialog that is open and confirms it; `overwrite` also agrees to replace the file. VS Code
   * writes its proposal into the field when it has read the folder, over anything that was typed by then: so the path
   * counts only after it has stayed for a while with the folder listed.
   */
  async answerFileDialog(file: string, overwrite: boolean): Promise<void> {
    await this.row("..").waitFor();
    let stable = 0;
    const isSettled = async (): Promise<boolean> => {
      const isThere = (await this.input.inputValue()) === file;
      stable = isThere ? stable + 1 : 0;
      if (!isThere) await this.input.fill(file);
      return stable > 10;
    };
    await until(`${file} in the file dialog`, isSettled);
    const name = /^(OK|Save|Open|Select|Compare|Export|Attach|Replace)/;
    const button = this.widget.getByRole("button", { name }).first();
    await button.click();
    if (overwrite) {
      await this.page.getByText(/already exists/).waitFor();
      await this.widget
        .getByRole("button", { name: /^(OK|Yes|Replace)/ })
        .first()
        .click();
    }
    await this.widget.waitFor({ state: "hidden" });
  }
}
