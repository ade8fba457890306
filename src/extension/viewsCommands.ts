/** 'Show Message', 'Show Properties', 'Show Storage', 'Show Names' and 'Copy Properties As…': commands the page carries out. */
import * as vscode from "vscode";
import { COPY_FORMATS, type CopyFormat } from "../protocol/export";
import type { PageCommand, ViewId } from "../protocol/views";
import { registerCommand } from "./commands";
import { RefusedError } from "./diskFile";
import { pageStrings } from "./pageStrings";
import type { Sessions } from "./sessions";
import { activeDocument } from "./sessionsView";

/** The command of each view. */
const SHOW: readonly (readonly [ViewId, string])[] = [
  ["message", "msgSession.showMessage"],
  ["properties", "msgSession.showProperties"],
  ["storage", "msgSession.showStorage"],
  ["names", "msgSession.showNames"],
];

/** Has the page do something at which the person is. Rejects with RefusedError when there is none. */
function runInPage(sessions: Sessions, command: PageCommand): Promise<void> {
  const document = activeDocument(sessions);
  const pages = document === undefined ? [] : sessions.pagesOf(document);
  const page = pages.find(({ isActive }) => isActive) ?? pages[0];
  if (!page) return Promise.reject(new RefusedError(vscode.l10n.t("Open a message first.")));
  page.run(command);
  return Promise.resolve();
}

async function chooseFormat(): Promise<CopyFormat | undefined> {
  const texts = pageStrings();
  const labels: Readonly<Record<CopyFormat, string>> = {
    name: texts.copyAsName,
    tag: texts.copyAsTag,
    value: texts.copyAsValue,
    text: texts.copyAsText,
    json: texts.copyAsJson,
    csv: texts.copyAsCsv,
    cpp: texts.copyAsCpp,
    csharp: texts.copyAsCsharp,
  };
  const items = COPY_FORMATS.map((format) => ({ label: labels[format], format }));
  return (await vscode.window.showQuickPick(items, { placeHolder: texts.copyAs }))?.format;
}

/** Registers the commands. */
export function registerViewsCommands(sessions: Sessions): vscode.Disposable {
  const show = SHOW.map(([view, id]) =>
    registerCommand(id, () => runInPage(sessions, { kind: "showView", view })),
  );
  return vscode.Disposable.from(
    ...show,
    registerCommand("msgSession.copyAs", async (given: unknown) => {
      const known = COPY_FORMATS.find((format) => format === given);
      const format = known ?? (await chooseFormat());
      if (format !== undefined) await runInPage(sessions, { kind: "copy", format });
    }),
  );
}
