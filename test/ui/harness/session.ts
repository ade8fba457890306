import type { Browser } from "playwright-core";

/** A running VS Code server. */
export interface VsCodeServer {
  readonly port: number;
  /** The address of the workbench with a folder open. */
  url(folder: string): string;
}

/** How a server with the packaged extension installed is to run: one is started for each combination, and shared by all tests that ask for the same. */
export interface ServerOptions {
  /** Machine settings; those of one test belong into its workspace. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Whether a folder has to be trusted first, as on a desktop. */
  readonly workspaceTrust?: boolean;
}

/** What scripts/lib/ui-session.mjs starts before the first browser test and stops after the last. */
export interface UiSession {
  readonly browser: Browser;
  readonly screenshotFolder: string;
  server(options: ServerOptions): Promise<VsCodeServer>;
  temporaryFolder(prefix?: string): Promise<string>;
}

declare global {
  var uiSession: UiSession | undefined;
}

/** The session that mocha's root hooks have started. */
export function currentSession(): UiSession {
  if (globalThis.uiSession === undefined)
    throw new Error("Browser tests run through `npm test -- --only ui`.");
  return globalThis.uiSession;
}
