/** The view "Message Sessions" as a person handles it. */
import type { Locator } from "playwright-core";
import { until, type VsCodePage } from "../harness";

/** The view in the Explorer. */
export class SessionsView {
  readonly pane: Locator;

  constructor(private readonly code: VsCodePage) {
    const header = code.page.locator(".pane-header", { hasText: "Message Sessions" });
    this.pane = code.page.locator(".pane", { has: header });
  }

  /** Brings the view up and waits until it shows something. */
  async show(): Promise<void> {
    await this.pane.waitFor();
    const header = this.pane.locator(".pane-header");
    if ((await header.getAttribute("aria-expanded")) === "false") await header.click();
    await this.pane.locator(".monaco-list-row").first().waitFor();
    // The folders give their room: rows out of sight are not there.
    await this.toggleFolders();
  }

  /** Folds the folders, or unfolds them. */
  async toggleFolders(): Promise<void> {
    await this.code.page.locator(".pane-header").first().click();
  }

  /** The node with exactly this label. */
  row(label: string): Locator {
    const escaped = label.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
    const text = this.code.page.locator(".label-name", { hasText: new RegExp(`^${escaped}$`) });
    return this.pane.locator(".monaco-list-row", { has: text }).first();
  }

  /** The labels that are to be seen, from the top. */
  async labels(): Promise<string[]> {
    return this.pane.locator(".monaco-list-row .label-name").allInnerTexts();
  }

  /** Unfolds a node. */
  async unfold(label: string): Promise<void> {
    const row = this.row(label);
    if ((await row.getAttribute("aria-expanded")) === "false")
      await row.locator(".monaco-tl-twistie").click();
    await until(`${label} to be unfolded`, async () => (await row.getAttribute("aria-expanded")) === "true");
  }

  /** Presses the button of a node. */
  async press(label: string, button: string): Promise<void> {
    const row = this.row(label);
    await row.hover();
    await row.getByRole("button", { name: button }).first().click();
  }

  /** Chooses from the context menu of a node. */
  async menu(label: string, item: string): Promise<void> {
    await this.row(label).click({ button: "right" });
    const entry = this.code.page
      .locator(".context-view .action-label", { hasText: new RegExp(`^${item}$`) })
      .first();
    await entry.waitFor();
    // A menu that has just come up takes a click for the end of the one that opened it.
    await until(`"${item}" to be chosen`, async () => {
      if (await entry.isVisible()) await entry.click({ timeout: 2000 }).catch(() => undefined);
      return entry.waitFor({ state: "hidden", timeout: 1000 }).then(
        () => true,
        () => false,
      );
    });
  }
}
