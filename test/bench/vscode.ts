/**
 * Opening a message in VS Code beside opening what VS Code's own built-in editors show, on the same machine in the same
 * run: from the moment a file is chosen until its content has been drawn. A browser is driven as the browser tests do.
 */
import type { FrameLocator, Locator } from "playwright-core";
import { mail } from "../support/mail";
import { barChart } from "../../scripts/samples/png";
import { until, VsCodePage } from "../ui/harness";

/** Windows in which each kind of file is the first that is opened. */
const WINDOWS = 3;
/** Openings of each kind in a window in which each has been opened before. */
const ROUNDS = 7;

/** A line of the table, in milliseconds. */
export interface Opening {
  readonly what: string;
  readonly first: number;
  readonly again: number;
}

/** A kind of file, and how one sees that it is drawn. */
interface Kind {
  readonly what: string;
  readonly file: string;
  readonly drawn: (code: VsCodePage, content: FrameLocator) => Locator;
}

const KINDS: readonly Kind[] = [
  {
    what: "a message, until its grid is drawn",
    file: "mail.msg",
    drawn: (_, content) => content.locator(".grid-row[data-tag]").first(),
  },
  {
    what: "a picture in VS Code's preview",
    file: "picture.png",
    drawn: (_, content) => content.locator("body.ready img").first(),
  },
  {
    what: "a text in VS Code's editor",
    file: "notes.txt",
    drawn: (code) =>
      code.page.locator(".editor-instance .view-line", { hasText: "three words here" }).first(),
  },
];

const FILES = { "mail.msg": mail(), "picture.png": barChart([3, 1, 2]), "notes.txt": "three words here\n" };

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** What VS Code shows for a file whose editor it does not know yet, while its extensions are starting. */
const PLACEHOLDER = ".editor-instance .monaco-editor-pane-placeholder";

/** Chooses the file in the Explorer and waits until it is drawn; milliseconds. */
async function open(code: VsCodePage, kind: Kind): Promise<number> {
  const entry = code.page.locator(`.explorer-folders-view .monaco-list-row[aria-label^="${kind.file}"]`);
  await entry.waitFor();
  for (;;) {
    const start = performance.now();
    await entry.click();
    const drawn = kind.drawn(code, code.webview()).waitFor({ timeout: 60_000 });
    const unknown = code.page.locator(PLACEHOLDER).waitFor({ timeout: 60_000 });
    const isDrawn = await Promise.race([drawn.then(() => true), unknown.then(() => false)]);
    const time = performance.now() - start;
    // Whichever did not come to pass ends with the page.
    drawn.catch(() => undefined);
    unknown.catch(() => undefined);
    if (isDrawn) return time;
    await close(code);
  }
}

async function close(code: VsCodePage): Promise<void> {
  await code.closeEditor();
  await until("no editor", async () => (await code.tabNames()).length === 0);
}

/** In a window of its own. */
async function inWindow<T>(use: (code: VsCodePage) => Promise<T>): Promise<T> {
  const code = await VsCodePage.launch({ files: FILES });
  try {
    return await use(code);
  } finally {
    await code.close();
  }
}

/** Measures all kinds. */
export async function measureOpenings(): Promise<Opening[]> {
  const first = new Map<string, number[]>(KINDS.map(({ file }) => [file, []]));
  const again = new Map<string, number[]>(KINDS.map(({ file }) => [file, []]));
  for (let window = 0; window < WINDOWS; window++) {
    for (const kind of KINDS)
      await inWindow(async (code) => {
        // VS Code itself has to have come to rest: its extensions are listed once they run.
        await until("the extensions", () => code.offersCommand("MSG Session: New Message Session"));
        first.get(kind.file)?.push(await open(code, kind));
      });
  }
  await inWindow(async (code) => {
    for (let round = -1; round < ROUNDS; round++)
      for (const kind of KINDS) {
        const time = await open(code, kind);
        // The first round warms up.
        if (round >= 0) again.get(kind.file)?.push(time);
        await close(code);
      }
  });
  return KINDS.map(({ what, file }) => ({
    what,
    first: median(first.get(file) ?? []),
    again: median(again.get(file) ?? []),
  }));
}
