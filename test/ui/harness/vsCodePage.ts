import path from "node:path";
import type { BrowserContext, Frame, FrameLocator, Locator, Page } from "playwright-core";
import { QuickInput } from "./quickInput";
import { countOfSavedEditors } from "./savedLayout";
import { currentSession, type ServerOptions } from "./session";
import { until } from "./waiting";
import { type Settings, Workspace } from "./workspace";

/** The kinds of look that a theme can have, named as VS Code marks its page. */
export type ThemeKind = "light" | "dark" | "hc-black" | "hc-light";

/** By the names that VS Code takes for a choice: its default, named plainly, gives way to what the system prefers. */
const THEMES: Readonly<Record<ThemeKind, { name: string; mark: string }>> = {
  light: { name: "Default Light Modern", mark: "vs" },
  dark: { name: "Default Dark Modern", mark: "vs-dark" },
  "hc-black": { name: "Default High Contrast", mark: "hc-black" },
  "hc-light": { name: "Default High Contrast Light", mark: "hc-light" },
};

/** How VS Code is to be started for one test. */
export interface LaunchOptions {
  /** Files of the workspace, by their names in it. */
  readonly files?: Readonly<Record<string, Uint8Array | string>>;
  /** Settings of the workspace; autosave is off unless they say otherwise. */
  readonly settings?: Settings;
  readonly theme?: ThemeKind;
  /** The language of the window as VS Code names it, such as "zh-cn"; VS Code's own texts stay English. */
  readonly language?: string;
  readonly server?: ServerOptions;
  readonly viewport?: { readonly width: number; readonly height: number };
}

/** The webviews in view. VS Code lays them over its editors, not into them. */
const EDITOR_WEBVIEW = "iframe.webview.ready:visible";
/** What VS Code shows for a file that no custom editor took: a text editor, or the words about a binary file. */
const PLAIN_EDITOR =
  ".editor-instance .monaco-editor:visible, .editor-instance .monaco-editor-pane-placeholder:visible";

/** Settings of every workspace, unless a test has others: most tests are about properties. */
const DEFAULT_SETTINGS: Settings = { "msgSession.defaultView": "properties" };

/** A VS Code in a browser page, in the terms of the person before it. Nothing here sleeps: everything waits for what it needs. */
export class VsCodePage {
  /** What the page's console said as errors, VS Code's own included. */
  readonly consoleErrors: string[] = [];
  /** The list at the top of the window: commands, files, questions. */
  readonly quickInput: QuickInput;

  private constructor(
    readonly page: Page,
    readonly workspace: Workspace,
    private readonly context: BrowserContext,
  ) {
    this.quickInput = new QuickInput(page);
    page.on("console", (message) => {
      if (message.type() === "error") this.consoleErrors.push(message.text());
    });
  }

  /** Starts VS Code on a workspace of its own, in a browser profile of its own. */
  static async launch(options: LaunchOptions = {}): Promise<VsCodePage> {
    const session = currentSession();
    const server = await session.server(options.server ?? {});
    const theme = { "workbench.colorTheme": THEMES[options.theme ?? "dark"].name };
    const settings = { ...theme, ...DEFAULT_SETTINGS, ...options.settings };
    const workspace = await Workspace.create(options.files ?? {}, settings);
    const context = await session.browser.newContext({
      viewport: options.viewport ?? { width: 1280, height: 800 },
      permissions: ["clipboard-read", "clipboard-write"],
    });
    await withoutIdleTime(context);
    if (options.language !== undefined) await setLanguage(context, options.language);
    const page = await context.newPage();
    const code = new VsCodePage(page, workspace, context);
    await page.goto(server.url(workspace.folder));
    await code.waitUntilReady();
    await code.waitForExtension();
    return code;
  }

  /**
   * Waits until VS Code knows the extension: a file that is opened before goes into a text editor, and may go there
   * again. Where VS Code has missed it while it looked for its extensions, the window is loaded once more.
   */
  private async waitForExtension(): Promise<void> {
    const isKnown = (): Promise<boolean> => this.quickInput.offersBeginning(">MSG Session", "MSG Session:");
    const wait = (timeout: number): Promise<void> => until("the commands of the extension", isKnown, timeout);
    await wait(30_000).catch(async () => {
      await this.loadAgain();
      await wait(60_000);
    });
  }

  /** Ends this VS Code; the server goes on for the next. */
  async close(): Promise<void> {
    await this.context.close();
  }

  private async waitUntilReady(): Promise<void> {
    await this.page.locator(".monaco-workbench .part.statusbar").waitFor({ timeout: 60_000 });
    await this.page.locator(".explorer-folders-view .monaco-list").waitFor({ timeout: 60_000 });
  }

  // -- commands and files ----------------------------------------------------------------------------------------

  /**
   * Runs a command by its title in the command palette, as "File: Save As...".
   * It returns when the command is chosen; what the command does is for the caller to wait for.
   */
  async runCommand(title: string): Promise<void> {
    await this.quickInput.choose(`>${title}`, title);
  }

  /** True where the command palette offers this title now. */
  async offersCommand(title: string): Promise<boolean> {
    return this.quickInput.offers(`>${title}`, title);
  }

  /**
   * Opens a file of the workspace and waits for its custom editor. While VS Code does not know the extension yet it may
   * open the file as text; then that editor is closed and the file opened once more.
   */
  async openFile(name: string): Promise<FrameLocator> {
    const webview = this.page.locator(EDITOR_WEBVIEW).first();
    const plain = this.page.locator(PLAIN_EDITOR).first();
    let instead = "";
    const asCustomEditor = async (): Promise<boolean> => {
      await this.openAnyFile(name);
      await webview.or(plain).first().waitFor();
      if (await webview.isVisible()) return true;
      instead = await plain.innerText({ timeout: 1000 }).catch(() => "");
      // A placeholder may stand there for a moment until the webview is ready.
      if (
        await webview.waitFor({ timeout: 2000 }).then(
          () => true,
          () => false,
        )
      )
        return true;
      await this.closeEditor();
      return false;
    };
    await until(`the custom editor of ${name}`, asCustomEditor, 60_000).catch((error: unknown) => {
      throw new Error(`${String(error)} In its place: ${instead.slice(0, 500)}`);
    });
    return this.webview();
  }

  /** Opens a file of the workspace in whatever editor it has. */
  async openAnyFile(name: string): Promise<void> {
    await this.quickInput.choose(name, path.basename(name));
    await this.tab(path.basename(name)).waitFor();
  }

  /** The document inside the custom editor in view; of several side by side, the one at this index in the order they were made. */
  webview(index = 0): FrameLocator {
    return this.page.locator(EDITOR_WEBVIEW).nth(index).contentFrame().frameLocator("iframe#active-frame");
  }

  // -- tabs, saving, undoing -------------------------------------------------------------------------------------

  /** The tab of a file, by its base name. */
  tab(name: string): Locator {
    return this.page.locator(`.tabs-container .tab[data-resource-name="${name}"]`).first();
  }

  /** The names on the tabs, from the left. */
  async tabNames(): Promise<string[]> {
    // All at once: one that closes meanwhile would be waited for.
    const tabs = this.page.locator(".tabs-container .tab");
    return tabs.evaluateAll((all) => all.map((tab) => tab.getAttribute("data-resource-name") ?? ""));
  }

  /** True where the tab shows unsaved changes now. */
  async tabIsDirty(name: string): Promise<boolean> {
    const classes = (await this.tab(name).getAttribute("class")) ?? "";
    return classes.split(" ").includes("dirty");
  }

  /** Waits until the tab does, or does not, show unsaved changes. */
  async waitForDirty(name: string, dirty = true): Promise<void> {
    const what = dirty ? "unsaved changes" : "no unsaved changes";
    await until(`${what} in the tab of ${name}`, async () => (await this.tabIsDirty(name)) === dirty);
  }

  /** The name of the tab in front. */
  async activeTab(): Promise<string> {
    const tab = this.page.locator(".editor-group-container.active .tabs-container .tab.active").first();
    return (await tab.getAttribute("data-resource-name")) ?? "";
  }

  /** Saves what is in front and waits until it is saved. */
  async save(): Promise<void> {
    const name = await this.activeTab();
    await this.waitForFocus();
    await this.page.keyboard.press("ControlOrMeta+S");
    await this.waitForDirty(name, false);
  }

  /** Waits until keys are heard: a webview that is made again when its tab is shown hears none until its page is there. */
  private async waitForFocus(): Promise<void> {
    const isHeard = async (): Promise<boolean> => {
      const focused = await this.page.evaluateHandle(() => document.activeElement);
      const frame = await focused.asElement()?.contentFrame();
      return frame ? frame.evaluate(() => document.activeElement?.id === "active-frame") : true;
    };
    await until("the focus in what is in front", isHeard);
  }

  /** Saves what is in front under another name in the workspace, through VS Code's own file dialog. */
  async saveAs(name: string): Promise<void> {
    await this.runCommand("File: Save As...");
    await this.answerFileDialog(name);
    await this.tab(path.basename(name)).waitFor();
  }

  /** Answers the file dialog that is open with a file of the workspace; `overwrite` also agrees to replace it. */
  async answerFileDialog(name: string, overwrite = false): Promise<void> {
    await this.quickInput.answerFileDialog(this.workspace.path(name), overwrite);
  }

  /** Undoes the last edit of the document in front. */
  async undo(): Promise<void> {
    await this.runCommand("Undo");
  }

  /** Does again what was undone in the document in front. */
  async redo(): Promise<void> {
    await this.runCommand("Redo");
  }

  /** Closes the editor in front; where VS Code asks about unsaved changes, `answer` is the button pressed. */
  async closeEditor(answer?: "Save" | "Don't Save" | "Cancel"): Promise<void> {
    const name = await this.activeTab();
    await this.runCommand("View: Close Editor");
    if (answer !== undefined) await this.answerDialog(answer);
    if (answer !== "Cancel") await this.tab(name).waitFor({ state: "detached" });
  }

  /**
   * Loads the page again, as soon as VS Code has written down which editors are open, has put its unsaved changes in
   * safety, and lets it go.
   */
  async reload(): Promise<void> {
    const isSaved = async (): Promise<boolean> => {
      const [saved, open] = await Promise.all([countOfSavedEditors(this.page), this.tabNames()]);
      return saved === open.length;
    };
    await until("VS Code to write down which editors are open", isSaved, 60_000);
    await this.loadAgain();
    await this.waitForExtension();
  }

  /** Loads the page again, as soon as VS Code lets it go. */
  private async loadAgain(): Promise<void> {
    const reloaded = async (): Promise<boolean> => {
      const refused = this.page.waitForEvent("dialog").then(async (dialog) => {
        await dialog.dismiss();
        return false;
      });
      const isPage = { predicate: (frame: Frame) => frame === this.page.mainFrame() };
      const gone = this.page.waitForEvent("framenavigated", isPage).then(() => true);
      // Whichever does not come to pass ends with the page or in a timeout.
      refused.catch(() => undefined);
      gone.catch(() => undefined);
      this.page.evaluate("location.reload()").catch(() => undefined);
      return Promise.race([refused, gone]);
    };
    await until("VS Code to let its page go", reloaded, 60_000);
    await this.waitUntilReady();
  }

  // -- what VS Code says -----------------------------------------------------------------------------------------

  private get dialog(): Locator {
    return this.page.locator(".monaco-dialog-box");
  }

  /** The text of the modal dialog that is open. */
  async dialogText(): Promise<string> {
    return this.dialog.locator(".dialog-message-row").innerText();
  }

  /** Presses a button of the modal dialog. */
  async answerDialog(button: string): Promise<void> {
    await this.dialog.getByRole("button", { name: button, exact: true }).click();
    await this.dialog.waitFor({ state: "detached" });
  }

  /** The notification centre, opened. While tests drive it, VS Code shows only errors as toasts; here are all. */
  private async notificationCentre(): Promise<Locator> {
    const centre = this.page.locator(".notifications-center.visible");
    if (!(await centre.isVisible())) await this.page.locator("[id='status.notifications'] a").click();
    await centre.waitFor();
    return centre;
  }

  /** The texts of all notifications, newest first. */
  async notifications(): Promise<string[]> {
    const centre = await this.notificationCentre();
    return centre.locator(".notification-list-item-message").allInnerTexts();
  }

  /** Waits for a notification and gives its text. */
  async waitForNotification(pattern: RegExp): Promise<string> {
    const centre = await this.notificationCentre();
    const message = centre.locator(".notification-list-item-message", { hasText: pattern }).first();
    await message.waitFor();
    return message.innerText();
  }

  /** Presses a button of the notification whose text matches. */
  async answerNotification(pattern: RegExp, button: string): Promise<void> {
    await this.waitForNotification(pattern);
    const centre = await this.notificationCentre();
    const row = centre.locator(".monaco-list-row", { hasText: pattern }).first();
    await row.getByRole("button", { name: button, exact: true }).click();
  }

  // -- looks -----------------------------------------------------------------------------------------------------

  /** Changes the colour theme and waits until the page has it. A change of the settings that VS Code missed is written again. */
  async setTheme(kind: ThemeKind): Promise<void> {
    const { name, mark } = THEMES[kind];
    const themed = this.page.locator(`.monaco-workbench.${mark}`);
    const isThemed = async (): Promise<boolean> => {
      await this.workspace.configure({ "workbench.colorTheme": name });
      return themed.waitFor({ timeout: 5000 }).then(
        () => true,
        () => false,
      );
    };
    await until(`the theme ${name}`, isThemed, 60_000);
  }

  /** Takes a picture of the whole window; gives the path of the file. */
  async screenshot(name: string): Promise<string> {
    const file = path.join(currentSession().screenshotFolder, `${name}.png`);
    await this.page.screenshot({ path: file });
    return file;
  }
}

/** VS Code takes its language from a global of its page, which a language pack would set. */
async function setLanguage(context: BrowserContext, language: string): Promise<void> {
  await context.addInitScript(`globalThis._VSCODE_NLS_LANGUAGE = ${JSON.stringify(language)};`);
}

/**
 * Takes from the window the browser's notion of idle time, so that VS Code counts it by a timer, as it does in Safari. A
 * browser without a screen may never call itself idle after a picture was taken of it, and VS Code writes down which
 * editors are open only then.
 */
async function withoutIdleTime(context: BrowserContext): Promise<void> {
  await context.addInitScript("delete globalThis.requestIdleCallback; delete globalThis.cancelIdleCallback;");
}

/** Starts VS Code, hands it to `use`, and ends it whatever happens; where `use` fails, the picture of that moment is kept. */
export async function withVsCode(
  options: LaunchOptions,
  use: (code: VsCodePage) => Promise<void>,
): Promise<void> {
  const code = await VsCodePage.launch(options);
  try {
    await use(code);
  } catch (error) {
    await code.screenshot(`failed-${String(Date.now())}`).catch(() => undefined);
    throw error;
  } finally {
    await code.close();
  }
}
