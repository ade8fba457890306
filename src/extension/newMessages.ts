/** What an untitled editor is to begin with: chosen by 'New Message Session', looked up when VS Code opens it. */
import { createNewMessage, MAPI_UNICODE } from "../core";
import { openOnStorage, type OpenFile } from "./sessionFile";

/** The format of a new message. */
export interface NewMessageFormat {
  readonly unicode: boolean;
  /** Windows code page of an 8-bit message. */
  readonly codePage?: number;
}

const UNICODE: NewMessageFormat = { unicode: true };
const formats = new Map<string, NewMessageFormat>();

/** Remembers the format for an untitled document that is about to be opened. */
export function rememberFormat(uri: string, format: NewMessageFormat): void {
  formats.set(uri, format);
}

/** Whether an untitled document is one that this window has just begun, and not one that is restored. */
export function isAwaited(uri: string): boolean {
  return formats.has(uri);
}

/** A new message for an untitled document. */
export function newMessageFile(uri: string): OpenFile {
  const format = formats.get(uri) ?? UNICODE;
  const randomBytes = (count: number): Uint8Array => crypto.getRandomValues(new Uint8Array(count));
  const storage = createNewMessage({ ...format, randomBytes });
  return openOnStorage(storage, format.unicode ? MAPI_UNICODE : 0);
}
