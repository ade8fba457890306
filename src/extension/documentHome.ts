/** Where a document's message comes from and is saved to: a file, the message it is embedded in, or nowhere yet. */
import type { TrialSave } from "../core";
import type { OpenFile, SessionFile } from "./sessionFile";

/** The message in its home, as it was when it was last read from there or written to it. */
export interface HomeState {
  /** Names this state beyond a restart; "" where there is nothing that edits could be put onto again. */
  key(): Promise<string>;
  /** What has become of it since. */
  compare(): Promise<"same" | "changed" | "deleted">;
}

/** A message that was read from its home. */
export interface HomeRead {
  readonly file: SessionFile;
  readonly state: HomeState;
  /** Why it cannot be written back. */
  readonly readOnly: string | undefined;
}

/** The home of one document. */
export interface DocumentHome {
  /** Reads and opens the message. @throws any error when it cannot be read */
  read(): Promise<HomeRead>;
  /** As `read`, when the message is still in the state of this key. */
  readAs(key: string): Promise<HomeRead | undefined>;
  /** Opens the message in a backup, in the session of the home. */
  openBackup(bytes: Uint8Array, key: string): { file: SessionFile; state: HomeState };
  /** Writes what was saved on trial, with its bytes. @throws any error; nothing is lost then */
  write(file: OpenFile, trial: TrialSave, bytes: Uint8Array): Promise<HomeState>;
  /** Why the message cannot be written back now. */
  readOnlyReason(): Promise<string | undefined>;
}

/** The state of a message that is nowhere but in its editor. */
export const NOWHERE: HomeState = {
  key: () => Promise.resolve(""),
  compare: () => Promise.resolve("same"),
};
