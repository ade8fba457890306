/**
 * What the core says, in the person's language. The core speaks English and knows nothing of languages; its sentences
 * are keys of the translation like all others, and a sentence with something put into it is found by its pattern.
 */
import * as vscode from "vscode";
import type { Say } from "../core";
import { translated } from "./textPatterns";

/** What the core says in the language that it is given: the person's. */
export const say: Say = (english, ...args) => vscode.l10n.t(english, ...args);

/** A sentence of the core in the person's language. */
export function coreText(message: string): string {
  const { bundle } = vscode.l10n;
  return bundle ? translated(message, bundle) : message;
}
