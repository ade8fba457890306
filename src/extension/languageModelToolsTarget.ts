/** What a language model's tool is about: a message by its file, an object in it, a property by any of its names. */
import * as vscode from "vscode";
import {
  hex8,
  type MessageOutline,
  type NamedView,
  namedViews,
  type ObjectAddress,
  propId,
  type PropertyDictionary,
} from "../core";
import { RefusedError } from "./diskFile";
import { isMessageFile } from "./messageSource";
import type { Sessions } from "./sessions";

/** Whether somebody let the person's tools look at a file: it is in the workspace, or open in an editor. */
function isAllowed(sessions: Sessions, uri: vscode.Uri): boolean {
  return vscode.workspace.getWorkspaceFolder(uri) !== undefined || sessions.get(uri) !== undefined;
}

/**
 * The message of a path in the workspace, or of a URI.
 * @throws RefusedError for what is no message's file, or is neither in the workspace nor open
 */
export function resolveFile(sessions: Sessions, file: string): vscode.Uri {
  const isUri = /^[a-z][a-z0-9+.-]+:/i.test(file);
  const folders = vscode.workspace.workspaceFolders ?? [];
  const isAbsolute = file.startsWith("/") || /^[a-z]:[\\/]/i.test(file);
  const candidates = isUri
    ? [vscode.Uri.parse(file)]
    : isAbsolute
      ? [vscode.Uri.file(file), ...folders.map(({ uri }) => uri.with({ path: file.replaceAll("\\", "/") }))]
      : folders.map(({ uri }) => vscode.Uri.joinPath(uri, file));
  const found = candidates.find((uri) => isMessageFile(uri) && isAllowed(sessions, uri));
  if (found) return found;
  throw new RefusedError(
    vscode.l10n.t(
      "“{0}” is no .msg or .oft file in the workspace, and none that is open.",
      file.slice(0, 200),
    ),
  );
}

/**
 * The object of a path such as "attachment 1/message/recipient 0": by the numbers in the file, which last longer than the
 * addresses of an open session. "" is the message itself.
 * @throws RefusedError when there is none
 */
export function resolveObject(outline: MessageOutline, path: string): ObjectAddress {
  let address: ObjectAddress = "";
  for (const step of path.split("/").map((part) => part.trim().toLowerCase())) {
    if (step === "") continue;
    const next = step === "message" ? `${address}/m` : listed(outline, address, step);
    if (next === undefined) {
      throw new RefusedError(vscode.l10n.t("The message has no object “{0}”.", path.slice(0, 200)));
    }
    address = next;
  }
  return address;
}

/** The recipient or attachment of a step: "recipient 0". */
function listed(outline: MessageOutline, message: ObjectAddress, step: string): ObjectAddress | undefined {
  const [, kind, digits] = /^(recipient|attachment) (\d{1,10})$/.exec(step) ?? [];
  if (kind === undefined) return undefined;
  const { recipients, attachments } = outline.message(message);
  return kind === "recipient"
    ? recipients.find(({ rowId }) => rowId === Number(digits))?.address
    : attachments.find(({ number }) => number === Number(digits))?.address;
}

const plain = (text: string): string => text.replace(/[^\p{L}\p{N}]/gu, "").toLowerCase();

/** Every name of a property, letters and digits alone. */
function namesOf({ view, named, description }: NamedView): Set<string> {
  const names = [description.name, description.words, description.mapiName ?? "", ...description.aliases];
  const short = description.name.replace(/^Pid(?:Tag|Lid|Name)(?=[A-Z])/, "");
  const key = named && "name" in named ? named.name : "";
  return new Set(
    [...names, short, key, hex8(view.tag), `0x${hex8(view.tag)}`].filter((name) => name !== "").map(plain),
  );
}

/** The property of an object that is called so; undefined when the object has none. */
export function findProperty(
  outline: MessageOutline,
  dictionary: PropertyDictionary,
  object: string,
  name: string,
): NamedView | undefined {
  const wanted = plain(name);
  return namedViews(outline, object, dictionary).find((property) => namesOf(property).has(wanted));
}

/** The tag of a property that is called so, for an object that does not have it yet. @throws RefusedError */
export function tagOfProperty(dictionary: PropertyDictionary, name: string): number {
  const wanted = plain(name);
  for (const known of dictionary.findProperties(name.slice(0, 200), 20)) {
    if (known.kind !== "tag" || propId(known.tag) >= 0x8000) continue;
    const { description } = known;
    const names = [
      description.name,
      description.words,
      description.mapiName ?? "",
      hex8(known.tag),
      `0x${hex8(known.tag)}`,
    ];
    const short = description.name.replace(/^PidTag/, "");
    if ([...names, short].some((each) => plain(each) === wanted)) return known.tag;
  }
  throw new RefusedError(vscode.l10n.t("No property is called “{0}”.", name.slice(0, 200)));
}
