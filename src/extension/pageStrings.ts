/** The texts of the page in the person's language. */
import * as vscode from "vscode";
import { PAGE_STRINGS, type StringKey } from "../protocol/strings";

/** Every text of the page by its key. */
export function pageStrings(): Record<StringKey, string> {
  const texts: Record<string, string> = {};
  // Without arguments l10n.t leaves the placeholders in place for the page to fill.
  for (const [key, english] of Object.entries(PAGE_STRINGS)) texts[key] = vscode.l10n.t(english);
  return texts;
}
