/** Sessions of other extensions: `api/msg-session.d.ts` over the session core. Loaded when one is opened. */
import type * as vscode from "vscode";
import type {
  MessageObject,
  MessageProperty,
  MessageSession,
  ObjectId,
  PropertyKey,
  PropertyValue,
} from "../../api/msg-session";
import {
  attachmentTitle,
  dumpText,
  MapiError,
  type NamedProperty,
  type NamedView,
  namedViews,
  propId,
  type PropertyDictionary,
  recipientTitle,
  trySave,
  verifyBytes,
} from "../core";
import { provideCodePages } from "./dataFiles";
import { loadDictionary } from "./dictionary";
import { closeFile, openBytes, type OpenFile, SessionGroup } from "./sessionFile";

/** An error of the session with the name of its code. */
class SessionError extends Error {
  override readonly name = "MsgSessionError";

  constructor(
    message: string,
    readonly code: string,
  ) {
    super(message);
  }
}

function isElement(value: unknown): value is string | number | bigint | Uint8Array {
  return ["string", "number", "bigint"].includes(typeof value) || value instanceof Uint8Array;
}

/** A value as the interface has it; bytes and lists are copies. */
function valueOf(value: unknown): PropertyValue | undefined {
  if (value instanceof Uint8Array) return new Uint8Array(value);
  if (Array.isArray(value))
    return value.filter(isElement).map((each) => (each instanceof Uint8Array ? new Uint8Array(each) : each));
  if (value === null || typeof value === "boolean" || isElement(value)) return value;
  return undefined;
}

function namedOf(named: NamedProperty): NonNullable<MessageProperty["named"]> {
  return "id" in named ? { set: named.guid, id: named.id } : { set: named.guid, name: named.name };
}

function propertyOf({ view, named, description }: NamedView): MessageProperty {
  return {
    tag: view.tag,
    name: description.name,
    ...(named ? { named: namedOf(named) } : {}),
    flags: view.flags,
    value: valueOf(view.value),
    ...(view.problem === undefined ? {} : { problem: view.problem }),
  };
}

/** A session for another extension. */
class Session implements MessageSession {
  #file: OpenFile | undefined;
  readonly problems: readonly string[];

  constructor(
    file: OpenFile,
    private readonly dictionary: PropertyDictionary,
  ) {
    this.#file = file;
    this.problems = file.problems.map(({ object, message }) => `${object}: ${message}`);
  }

  /** Does something with the open file; errors of the core come out with their code. */
  private use<T>(work: (file: OpenFile) => T): T {
    if (!this.#file) throw new SessionError("The session was closed.", "MAPI_E_INVALID_OBJECT");
    try {
      return work(this.#file);
    } catch (error) {
      throw error instanceof MapiError ? new SessionError(error.message, error.name) : error;
    }
  }

  objects(): readonly MessageObject[] {
    return this.use(({ outline }) => {
      const objects: MessageObject[] = [];
      const addMessage = (id: ObjectId, parent: ObjectId | undefined): void => {
        objects.push({
          id,
          kind: parent === undefined ? "message" : "embeddedMessage",
          parent,
          title: "Message",
        });
        const view = outline.message(id);
        for (const each of view.recipients)
          objects.push({
            id: each.address,
            kind: "recipient",
            parent: id,
            title: recipientTitle(outline, each),
          });
        for (const each of view.attachments) {
          objects.push({
            id: each.address,
            kind: "attachment",
            parent: id,
            title: attachmentTitle(outline, each),
          });
          if (each.object === "message") addMessage(`${each.address}/m`, each.address);
        }
      };
      addMessage("", undefined);
      return objects;
    });
  }

  properties(object: ObjectId): readonly MessageProperty[] {
    return this.use(({ outline }) => namedViews(outline, object, this.dictionary).map(propertyOf));
  }

  property(object: ObjectId, property: PropertyKey): MessageProperty | undefined {
    return this.use(({ outline }) => {
      const found = namedViews(outline, object, this.dictionary).find(({ view, named }) => {
        if (typeof property === "number") return propId(view.tag) === propId(property);
        if (named?.guid !== property.set.toUpperCase()) return false;
        return "id" in property
          ? "id" in named && named.id === property.id
          : "name" in named && named.name === property.name;
      });
      return found && propertyOf(found);
    });
  }

  setProperty(object: ObjectId, property: PropertyKey, value: PropertyValue): void {
    this.use(({ outline }) => {
      const before = outline.snapshot();
      try {
        outline.setProperty(object, this.tagOf(property, outline), valueOf(value));
      } catch (error) {
        outline.restore(before);
        throw error;
      }
    });
  }

  private tagOf(property: PropertyKey, outline: OpenFile["outline"]): number {
    if (typeof property === "number") return property >>> 0;
    const { set: guid, type } = property;
    return outline.tagOfName(
      "id" in property ? { guid, id: property.id } : { guid, name: property.name },
      type,
    );
  }

  deleteProperty(object: ObjectId, property: PropertyKey): void {
    const found = this.property(object, property);
    if (found) this.use(({ outline }) => outline.deleteProperties(object, [found.tag]));
  }

  toText(): string {
    return this.use(({ outline, storage }) => dumpText(outline, { dictionary: this.dictionary, storage }));
  }

  toBytes(): Uint8Array {
    return this.use(({ message, storage }) => {
      const trial = trySave(message, storage);
      try {
        const bytes = trial.storage.toBytes();
        const [difference] = verifyBytes(bytes, trial.storage);
        if (difference)
          throw new SessionError(`${difference.path}: ${difference.message}`, "MAPI_E_CALL_FAILED");
        // The very bytes that were opened may come out: they stay the session's own.
        return new Uint8Array(bytes);
      } finally {
        trial.rollBack();
      }
    });
  }

  close(): void {
    if (this.#file) closeFile(this.#file);
    this.#file = undefined;
  }
}

/** Opens a session on bytes, which it keeps. @throws SessionError when there is no message in them */
export async function openSession(extensionUri: vscode.Uri, bytes: Uint8Array): Promise<MessageSession> {
  await provideCodePages(extensionUri);
  const file = openBytes(bytes, new SessionGroup());
  if (file.kind === "failed") {
    const code = /[A-Z]+_E_[A-Z]+/.exec(file.details.join(" "))?.[0] ?? "MAPI_E_CORRUPT_DATA";
    throw new SessionError([file.title, file.details[0] ?? ""].join(" ").trim(), code);
  }
  return new Session(file, await loadDictionary(extensionUri));
}
