/** Answers to the requests that take properties away. */
import * as vscode from "vscode";
import { copyProperties, MapiError, type PropertyDictionary } from "../core";
import type { ExportRequests } from "../protocol/export";
import type { Handlers } from "./handlers";
import type { MsgDocument } from "./msgDocument";
import { RequestFailure } from "./pageEdits";

/** What the handlers work on. */
export interface ExportContext {
  readonly document: MsgDocument;
  readonly dictionary: PropertyDictionary;
}

/** Longest text that is put on the clipboard, in UTF-16 units: programs that read it have to hold it too. */
const MAX_CLIPBOARD = 64 * 1024 * 1024;

/** The text of properties for the clipboard. @throws RequestFailure */
export function textToCopy(
  { document, dictionary }: ExportContext,
  { object, tags, format }: ExportRequests["copyProperties"]["params"],
): { readonly text: string; readonly copied: number } {
  const { outline } = document;
  const present = new Set(
    outline.properties(object).flatMap(({ tag, change }) => (change === "deleted" ? [] : [tag])),
  );
  const wanted = tags.filter((tag) => present.has(tag));
  if (wanted.length === 0) {
    throw new RequestFailure({
      code: "notFound",
      message: vscode.l10n.t("The property is not there any more."),
    });
  }
  const text = copyProperties(outline, dictionary, object, wanted, format);
  if (text.length <= MAX_CLIPBOARD) return { text, copied: wanted.length };
  throw new MapiError(
    "MAPI_E_TOO_BIG",
    vscode.l10n.t("The value is too long for the clipboard. Save it to a file instead."),
  );
}

/** The handlers of this area, for one page. */
export function exportRequests(context: () => ExportContext): Handlers<ExportRequests> {
  return {
    copyProperties: async (params) => {
      const { text, copied } = textToCopy(context(), params);
      await vscode.env.clipboard.writeText(text);
      return { copied };
    },
  };
}
