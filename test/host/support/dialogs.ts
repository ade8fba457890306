/** Dialogs of VS Code that the tests answer. */
import assert from "node:assert/strict";
import * as vscode from "vscode";

/** Answers a dialog of VS Code in a person's place until `restore` is called; what was asked stands in `asked`. */
export function answer(
  dialog: "showSaveDialog" | "showOpenDialog" | "showWarningMessage",
  reply: unknown,
): { readonly asked: unknown[]; restore(): void } {
  const asked: unknown[] = [];
  const real = Object.getOwnPropertyDescriptor(vscode.window, dialog);
  assert.ok(real);
  Object.defineProperty(vscode.window, dialog, {
    configurable: true,
    value: (question: unknown) => {
      asked.push(question);
      return Promise.resolve(reply);
    },
  });
  return { asked, restore: () => Object.defineProperty(vscode.window, dialog, real) };
}
