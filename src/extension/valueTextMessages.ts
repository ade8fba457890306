/** Errors of typed values, localised: the core says them in English with a code and arguments. */
import * as vscode from "vscode";
import { VALUE_TEXT_MESSAGES, type ValueTextError } from "../core";

/** The message of an error in the person's language. */
export function valueTextMessage(error: ValueTextError): string {
  return vscode.l10n.t(VALUE_TEXT_MESSAGES[error.code], ...error.args);
}
