/** Questions one after the other, each a list to choose from, with a way back. */
import * as vscode from "vscode";

/** One of the things to choose from. */
export interface Choice<T> extends vscode.QuickPickItem {
  readonly value: T;
}

/** A question. */
export interface Question<T> {
  readonly title: string;
  readonly placeHolder: string;
  readonly choices: readonly Choice<T>[];
  /** The value that is chosen already. */
  readonly preset: T;
  /** Which of how many questions this is, from 1. */
  readonly step: number;
  readonly steps: number;
}

/** What came of a question: an answer, the way back, or an end of it all. */
export type Answer<T> = { readonly value: T } | "back" | undefined;

/** Asks a question; the choice that is set already has the focus, so that Enter takes it. */
export function ask<T>(question: Question<T>): Promise<Answer<T>> {
  const { title, placeHolder, choices, preset, step, steps } = question;
  return new Promise((resolve) => {
    const pick = vscode.window.createQuickPick<Choice<T>>();
    pick.title = title;
    pick.placeholder = placeHolder;
    pick.items = choices;
    pick.matchOnDescription = true;
    pick.step = step;
    pick.totalSteps = steps;
    if (step > 1) pick.buttons = [vscode.QuickInputButtons.Back];
    const active = choices.find(({ value }) => value === preset);
    if (active) pick.activeItems = [active];
    pick.onDidTriggerButton(() => {
      resolve("back");
      pick.hide();
    });
    pick.onDidAccept(() => {
      const [chosen] = pick.selectedItems;
      if (!chosen) return;
      resolve({ value: chosen.value });
      pick.hide();
    });
    pick.onDidHide(() => {
      resolve(undefined);
      pick.dispose();
    });
    pick.show();
  });
}
