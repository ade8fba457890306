/** The part of VS Code's API that the host's models use, for a browser without VS Code: texts stay English. */

type Argument = string | number | boolean;

/** Puts arguments into a text, as VS Code does. */
function fill(message: string, ...args: readonly Argument[]): string {
  return message.replace(/\{(\d+)\}/g, (whole, index: string) => {
    const argument = args[Number(index)];
    return argument === undefined ? whole : String(argument);
  });
}

interface StubUri {
  readonly scheme: string;
  readonly path: string;
  toString(): string;
}

const uriOf = (path: string): StubUri => ({ scheme: "file", path, toString: () => `file://${path}` });

/** What a test says of the world around the page. */
export const world = {
  /** The files there are, by path. */
  files: new Map<string, Uint8Array>(),
  /** Paths that the person chooses in the next dialog; none calls it off. */
  chosen: [] as readonly string[],
  /** Whether the person calls off everything that shows progress. */
  callsOff: false,
  /** How often progress was shown. */
  progressShown: 0,
  /** Runs a command of VS Code. */
  run: undefined as ((command: string) => void) | undefined,
};

export const l10n = { t: fill, bundle: undefined };
export const env = { language: "en", openExternal: (): Promise<boolean> => Promise.resolve(true) };
export const FileType = { Unknown: 0, File: 1, Directory: 2 };
export const Uri = {
  parse: (text: string): StubUri => uriOf(text.replace(/^file:\/\//, "")),
  joinPath: ({ path }: StubUri, ...parts: readonly string[]): StubUri => uriOf([path, ...parts].join("/")),
};
/** A token that nobody cancels but its source. */
export class CancellationTokenSource {
  readonly #listeners = new Set<() => void>();
  readonly token = {
    isCancellationRequested: false,
    onCancellationRequested: (listener: () => void): { dispose: () => void } => {
      this.#listeners.add(listener);
      return { dispose: () => void this.#listeners.delete(listener) };
    },
  };
  cancel(): void {
    this.token.isCancellationRequested = true;
    for (const listener of this.#listeners) listener();
  }
  dispose(): void {
    this.#listeners.clear();
  }
}
export class CancellationError extends Error {}
export const ProgressLocation = { SourceControl: 1, Window: 10, Notification: 15 };
export const window = {
  withProgress: <T>(
    _options: unknown,
    task: (progress: unknown, token: CancellationTokenSource["token"]) => T,
  ): T => {
    world.progressShown++;
    const source = new CancellationTokenSource();
    const result = task(undefined, source.token);
    if (world.callsOff) source.cancel();
    return result;
  },
  showWarningMessage: (): Promise<undefined> => Promise.resolve(undefined),
  showOpenDialog: (): Promise<StubUri[]> => Promise.resolve(world.chosen.map(uriOf)),
};
export const commands = {
  executeCommand: (command: string): Promise<void> => {
    world.run?.(command);
    return Promise.resolve();
  },
};
export const workspace = {
  getWorkspaceFolder: (): object => ({}),
  fs: {
    stat: ({ path }: StubUri): Promise<{ type: number; size: number }> => {
      const bytes = world.files.get(path);
      return bytes
        ? Promise.resolve({ type: FileType.File, size: bytes.length })
        : Promise.reject(new Error("There is no such file."));
    },
    readFile: ({ path }: StubUri): Promise<Uint8Array> =>
      Promise.resolve(world.files.get(path) ?? new Uint8Array()),
  },
};
