/** Progress and a way to call it off for what takes longer than a second; anything faster shows nothing. */
import * as vscode from "vscode";

/** Milliseconds after which progress is shown. */
const SLOW = 1000;

/** @throws CancellationError when it was called off */
export function stopIfCancelled(token: vscode.CancellationToken | undefined): void {
  if (token?.isCancellationRequested === true) throw new vscode.CancellationError();
}

/**
 * Does something that may take long.
 * @param task is told by its token when it was called off; it ends then as soon as it can, with a CancellationError
 * @param outer VS Code's own token for the same thing
 * @param delay milliseconds after which progress is shown
 */
export async function slowly<T>(
  title: string,
  task: (token: vscode.CancellationToken) => Promise<T>,
  outer?: vscode.CancellationToken,
  delay = SLOW,
): Promise<T> {
  const source = new vscode.CancellationTokenSource();
  const following = outer?.onCancellationRequested(() => source.cancel());
  if (outer?.isCancellationRequested === true) source.cancel();
  const run = task(source.token);
  const show = (): void => {
    const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
    void vscode.window.withProgress(options, (_, token) => {
      token.onCancellationRequested(() => source.cancel());
      return run.then(
        () => undefined,
        () => undefined,
      );
    });
  };
  const timer = setTimeout(show, delay);
  try {
    return await run;
  } finally {
    clearTimeout(timer);
    following?.dispose();
    source.dispose();
  }
}

/** As `slowly`; what is called off gives `calledOff`. */
export async function slowlyOr<T>(
  title: string,
  task: (token: vscode.CancellationToken) => Promise<T>,
  calledOff: T,
  outer?: vscode.CancellationToken,
): Promise<T> {
  try {
    return await slowly(title, task, outer);
  } catch (error) {
    if (error instanceof vscode.CancellationError) return calledOff;
    throw error;
  }
}

/** Waits for something that cannot be stopped itself; when it is called off, `discard` gets what comes too late. */
export function unlessCancelled<T>(
  run: PromiseLike<T>,
  token: vscode.CancellationToken | undefined,
  discard: (late: T) => void = () => undefined,
): Promise<T> {
  const running = Promise.resolve(run);
  if (token === undefined) return running;
  return new Promise((resolve, reject) => {
    const listening = token.onCancellationRequested(() => {
      reject(new vscode.CancellationError());
      void running.then(discard, () => undefined);
    });
    void running.then(resolve, reject).finally(() => void listening.dispose());
  });
}

/** The bytes of a file. @throws CancellationError when it was called off, and what VS Code says of a file it cannot read */
export async function readUnlessCancelled(
  uri: vscode.Uri,
  token: vscode.CancellationToken,
): Promise<Uint8Array> {
  stopIfCancelled(token);
  return unlessCancelled(vscode.workspace.fs.readFile(uri), token);
}
