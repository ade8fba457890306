/**
 * The names under which attachments stand in the `msg:` file system: safe, unlike each other, and the same for as long
 * as the attachment has its name. A name that was given is not given to another attachment in the same session, so that
 * an editor that is still open on it never writes into the wrong one.
 */
import * as vscode from "vscode";
import {
  type AttachmentView,
  extensionOf,
  type MessageOutline,
  PR_ATTACH_FILENAME,
  PR_ATTACH_LONG_FILENAME,
  PR_DISPLAY_NAME,
  PR_SUBJECT,
  safeFileName,
} from "../core";

/** One attachment of a message under its name. */
export interface NamedAttachment {
  readonly view: AttachmentView;
  /** The name of its file: the bytes attached, or the embedded message as a .msg file. */
  readonly file: string;
  /** The name of the folder with what is in an embedded message; undefined for all others. */
  readonly folder: string | undefined;
}

/** The first text among an object's properties that is not empty. */
export function textOf(outline: MessageOutline, address: string, ...tags: readonly number[]): string {
  for (const tag of tags) {
    const row = outline.property(address, tag);
    if (row && row.change !== "deleted" && typeof row.value === "string" && row.value !== "")
      return row.value;
  }
  return "";
}

/** The name an attachment gives itself, for people; never a path or file name to be used as it is. */
export function attachmentTitle(outline: MessageOutline, view: AttachmentView): string {
  if (view.problem === undefined) {
    const own = textOf(outline, view.address, PR_ATTACH_LONG_FILENAME, PR_ATTACH_FILENAME, PR_DISPLAY_NAME);
    const subject =
      own === "" && view.object === "message" ? textOf(outline, `${view.address}/m`, PR_SUBJECT) : "";
    if (own !== "" || subject !== "") return own || subject;
  }
  return vscode.l10n.t("Attachment {0}", view.number + 1);
}

/** A file name made of an attachment's own; "!" at the end would mean a session in our URIs. */
function wantedName(outline: MessageOutline, view: AttachmentView): string {
  const title = attachmentTitle(outline, view);
  const name = view.object === "message" && !/\.(msg|oft)$/i.test(title) ? `${title}.msg` : title;
  return safeFileName(name).replace(/!+$/, "_");
}

interface Given {
  readonly wanted: string;
  readonly name: string;
}

/** The names given in one session. */
export class AttachmentNames {
  readonly #given = new Map<string, Given>();
  /** Whose a name is, in lower case, by the list it stands in: other programs tell no cases apart. */
  readonly #owners = new Map<string, Map<string, string>>();

  /** The attachments of a message, in order, with their names. */
  list(outline: MessageOutline, message: string): NamedAttachment[] {
    return outline.message(message).attachments.map((view) => {
      const wanted = wantedName(outline, view);
      const file = this.give(message, view.address, wanted);
      if (view.object !== "message") return { view, file, folder: undefined };
      const stem = file.slice(0, file.length - extensionOf(file).length);
      return { view, file, folder: this.give(message, `${view.address}/m`, stem.replace(/!+$/, "_")) };
    });
  }

  private give(message: string, key: string, wanted: string): string {
    const before = this.#given.get(key);
    if (before?.wanted === wanted) return before.name;
    const owners = this.#owners.get(message) ?? new Map<string, string>();
    this.#owners.set(message, owners);
    const isForeign = (name: string): boolean => (owners.get(name.toLowerCase()) ?? key) !== key;
    const extension = extensionOf(wanted);
    const stem = wanted.slice(0, wanted.length - extension.length);
    let name = wanted;
    for (let number = 2; isForeign(name); number++) name = `${stem} (${number})${extension}`;
    owners.set(name.toLowerCase(), key);
    this.#given.set(key, { wanted, name });
    return name;
  }
}
