/** Does long work of the core a little at a time, so that the extension host answers everything else meanwhile. */
import type * as vscode from "vscode";
import type { Steps } from "../core";
import { stopIfCancelled } from "./slowly";

/** Milliseconds of work after which everything else has its turn. */
const TURN = 25;

/** Lets everything else that is waiting have its turn. */
const everythingElse = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

/**
 * Does all steps of some work.
 * @throws CancellationError when `stop` called it off, and what the work throws
 */
export async function inSteps<T>(steps: Steps<T>, stop: vscode.CancellationToken | undefined): Promise<T> {
  for (;;) {
    await everythingElse();
    stopIfCancelled(stop);
    const end = Date.now() + TURN;
    do {
      const step = steps.next();
      if (step.done === true) return step.value;
    } while (Date.now() < end);
  }
}
