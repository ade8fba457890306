/**
 * The home of a message that is embedded in another open one: it is opened in the session of that message, and its save
 * is an edit there, which undoes there and reaches the file when that message is saved.
 */
import * as vscode from "vscode";
import {
  MapiError,
  type MessageSnapshot,
  type ObjectAddress,
  rebaseSnapshot,
  type RootStorage,
  walkStorage,
} from "../core";
import { contentHash } from "./contentHash";
import { RefusedError } from "./diskFile";
import type { DocumentHome, HomeRead, HomeState } from "./documentHome";
import type { MsgDocument } from "./msgDocument";
import { attachmentAt } from "./msgFileSystemEntries";
import { baseName, locate } from "./msgFileSystemUris";
import {
  closeFile,
  openBytes,
  openFileOf,
  type OpenFile,
  SessionGroup,
  type SessionFile,
} from "./sessionFile";
import type { Sessions } from "./sessions";

/** The embedded message in its open parent. */
interface Place {
  readonly parent: MsgDocument;
  /** Of the attachment. */
  readonly address: ObjectAddress;
}

/** Where the embedded message of a URI is; undefined when its parent is not open or does not have it. */
function placeOf(sessions: Sessions, uri: vscode.Uri): Place | undefined {
  const inside = locate(uri);
  const parent = inside && sessions.get(inside.document);
  if (parent?.file.kind !== "open") return undefined;
  const attachment = attachmentAt(parent, inside?.steps ?? []);
  if (attachment?.view.object !== "message") return undefined;
  return { parent, address: attachment.view.address };
}

const contentAt = ({ parent, address }: Place): MessageSnapshot["message"] =>
  parent.outline.embeddedSnapshot(address).message;

/** Opens the message at a place in the session of its parent. */
function openAt({ parent, address }: Place, group: SessionGroup): OpenFile {
  const opened = group.open((session, allocator) => parent.outline.openEmbedded(address, session, allocator));
  return openFileOf(opened, group);
}

/** The key of a message in a storage of its own: a hash of all its streams, whatever the times of the storages. */
async function keyOf(storage: RootStorage): Promise<string> {
  const streams: [string, Uint8Array][] = [];
  walkStorage(storage, (path, { name, type }, holder) => {
    if (type === "stream") streams.push([path.join("/"), holder.openStream(name)]);
  });
  const hashes = streams.map(async ([path, bytes]) => `${path}:${await contentHash(bytes)}`);
  return contentHash(new TextEncoder().encode((await Promise.all(hashes)).sort().join("\n")));
}

/** What the parent held when the message was read or written last. */
class EmbeddedState implements HomeState {
  constructor(
    private readonly home: EmbeddedHome,
    /** The very content, told apart by identity. */
    private readonly content: MessageSnapshot["message"] | undefined,
    /** The content laid out as a file; its key where there is none. */
    private readonly stored: RootStorage | string,
  ) {}

  key(): Promise<string> {
    return typeof this.stored === "string" ? Promise.resolve(this.stored) : keyOf(this.stored);
  }

  async compare(): Promise<"same" | "changed" | "deleted"> {
    const { parent, place } = this.home;
    // Nothing can be said while the parent is closed; saving says so.
    if (!parent) return "same";
    if (!place) return "deleted";
    const content = contentAt(place);
    if (content === this.content) return "same";
    // A parent that was read again has other objects for what may still be the same content.
    if (content.origin === this.content?.origin) return "changed";
    return (await this.home.currentKey(place)) === (await this.key()) ? "same" : "changed";
  }
}

/** The home. */
export class EmbeddedHome implements DocumentHome {
  /** The session of the parent as it was first opened; it lasts until the last message in it is closed. */
  readonly #group: SessionGroup;

  constructor(
    private readonly sessions: Sessions,
    private readonly uri: vscode.Uri,
  ) {
    const { parent } = this;
    this.#group = parent?.file.kind === "open" ? parent.file.group : new SessionGroup();
  }

  /** The document of the message around this one, when it is open. */
  get parent(): MsgDocument | undefined {
    const inside = locate(this.uri);
    const parent = inside && this.sessions.get(inside.document);
    return parent?.file.kind === "open" ? parent : undefined;
  }

  /** Where the message is in its parent. */
  get place(): Place | undefined {
    return placeOf(this.sessions, this.uri);
  }

  /** @throws RefusedError when the parent is not open, or does not have the message any more */
  private requirePlace(): Place {
    const { parent, place } = this;
    if (place) return place;
    const outer = locate(this.uri)?.document;
    throw new RefusedError(
      parent
        ? vscode.l10n.t("The message is not in “{0}” any more.", baseName(parent.uri))
        : vscode.l10n.t(
            "This message is in “{0}”, which is not open. Open that message, then try again.",
            outer ? baseName(outer) : "",
          ),
    );
  }

  /** The key of what the parent holds now. */
  async currentKey(place: Place): Promise<string> {
    const file = openAt(place, this.#group);
    try {
      return await keyOf(file.storage);
    } finally {
      closeFile(file);
    }
  }

  readOnlyReason(): Promise<string | undefined> {
    return Promise.resolve(this.parent?.readOnlyReason);
  }

  async read(): Promise<HomeRead> {
    const place = this.requirePlace();
    const content = contentAt(place);
    const file = openAt(place, this.#group);
    const state = new EmbeddedState(this, content, file.storage);
    return { file, state, readOnly: await this.readOnlyReason() };
  }

  async readAs(key: string): Promise<HomeRead | undefined> {
    const { place } = this;
    if (!place || key === "" || (await this.currentKey(place)) !== key) return undefined;
    return this.read();
  }

  openBackup(bytes: Uint8Array, key: string): { file: SessionFile; state: HomeState } {
    return { file: openBytes(bytes, this.#group), state: new EmbeddedState(this, undefined, key) };
  }

  write(file: OpenFile): Promise<HomeState> {
    const place = this.requirePlace();
    const { parent, address } = place;
    parent.edit(vscode.l10n.t("Save {0}", baseName(this.uri)), (outline) => {
      const now = outline.embeddedSnapshot(address);
      const mine = file.outline.snapshot();
      const isSame = mine.message.origin === now.message.origin;
      outline.replaceEmbeddedContent(address, isSame ? mine : rebaseSnapshot(mine, now));
    });
    return Promise.resolve(this.stateAfterWrite(place));
  }

  private stateAfterWrite(place: Place): HomeState {
    const file = openAt(place, this.#group);
    const { storage } = file;
    closeFile(file);
    return new EmbeddedState(this, contentAt(place), storage);
  }
}

/** Whether a URI is that of an embedded message of an open one: it has a home there, and is no file to be written. */
export function isEmbedded(sessions: Sessions, uri: vscode.Uri): boolean {
  try {
    return placeOf(sessions, uri) !== undefined;
  } catch (error) {
    if (error instanceof MapiError) return false;
    throw error;
  }
}
