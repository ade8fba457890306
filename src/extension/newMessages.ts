/** What an untitled editor is to begin with: chosen by 'New Message Session', looked up when VS Code opens it. */
import * as vscode from "vscode";
import { createItem, MAPI_UNICODE, type MailUser, openStorage, type PresetId } from "../core";
import { localTimeZone } from "./localTimeZone";
import { openOnStorage, type OpenFile, type SessionGroup } from "./sessionFile";

/** What a new message is to be. */
export interface NewMessageFormat {
  readonly unicode: boolean;
  /** Windows code page of an 8-bit message. */
  readonly codePage?: number;
  /** An unsent mail when left out. */
  readonly preset?: PresetId;
  /** Who writes it. */
  readonly sender?: MailUser;
}

const UNICODE: NewMessageFormat = { unicode: true };
const formats = new Map<string, NewMessageFormat>();
/** Contents of untitled documents that do not begin with a preset. */
const contents = new Map<string, Uint8Array>();

/** Remembers what an untitled document that is about to be opened is to be. */
export function rememberFormat(uri: string, format: NewMessageFormat): void {
  contents.delete(uri);
  formats.set(uri, format);
}

/** Remembers the file that an untitled document that is about to be opened begins with. */
export function rememberContent(uri: string, bytes: Uint8Array): void {
  formats.delete(uri);
  contents.set(uri, bytes);
}

/** Whether an untitled document is one that this window has just begun, and not one that is restored. */
export function isAwaited(uri: string): boolean {
  return formats.has(uri) || contents.has(uri);
}

/** A name for an untitled message that no open editor has. */
export function untitledUri(): vscode.Uri {
  const taken = new Set(
    vscode.window.tabGroups.all
      .flatMap((group) => group.tabs)
      .flatMap((tab) => (tab.input instanceof vscode.TabInputCustom ? [tab.input.uri.path] : [])),
  );
  let number = 1;
  while (taken.has(`Untitled-${number}.msg`)) number++;
  return vscode.Uri.from({ scheme: "untitled", path: `Untitled-${number}.msg` });
}

/** Random bytes for whatever has to be unlike everything else. */
export const randomBytes = (count: number): Uint8Array => crypto.getRandomValues(new Uint8Array(count));

/** A new message for an untitled document. */
export function newMessageFile(uri: string, group: SessionGroup): OpenFile {
  const content = contents.get(uri);
  if (content) return openOnStorage(openStorage(content), group);
  const format = formats.get(uri) ?? UNICODE;
  const storage = createItem({ preset: "unsentMail", ...format, timeZone: localTimeZone(), randomBytes });
  return openOnStorage(storage, group, format.unicode ? MAPI_UNICODE : 0);
}
