/**
 * The part of a message's outline that is about whole messages in it: out into files, in from files, and edited on their
 * own. What goes in or out is converted as `transfer.ts` says; everything else is kept byte for byte.
 */
import { MapiError } from "../mapi/errors";
import { PR_DISPLAY_NAME, PR_RENDERING_POSITION, PR_SUBJECT } from "../mapi/tags";
import { openStorage, verifyBytes } from "../storage";
import { createAllocator } from "./allocator";
import type { AttachObject } from "./attach";
import { KEEP_OPEN_READWRITE } from "./constants";
import { MessageObject } from "./message";
import { completeNameMap } from "./namedProperties";
import { mergeNames } from "./nameMerge";
import { gone, messageOf, OutlineBase } from "./outlineBase";
import type { MessageSnapshot, ObjectAddress } from "./outlineViews";
import {
  type EmbeddedSession,
  openEmbeddedMessage,
  type OpenEmbeddedOptions,
  openIMsgOnIStg,
} from "./session";
import { embeddedForm, exportFile, fileForm, importMessage } from "./transfer";
import type { IMalloc, IMessage, IMsgSession, PropValue } from "./types";

/** A message as it is given to an outline: the bytes of a file, or an open message of any file. */
export type GivenMessage = Uint8Array | IMessage;

/** Does something with a given message; one that comes as bytes is open only for that. */
function withMessage<T>(given: GivenMessage, use: (message: MessageObject) => T): T {
  if (given instanceof MessageObject) return use(given);
  if (!(given instanceof Uint8Array)) {
    throw new MapiError("MAPI_E_INVALID_PARAMETER", "This message was not opened by openIMsgOnIStg.");
  }
  const message = openIMsgOnIStg(null, createAllocator(), openStorage(given));
  try {
    return withMessage(message, use);
  } finally {
    message.release();
  }
}

/** The subject of a message; an empty text when there is none. */
function subjectOf(message: MessageObject | undefined): string {
  const value = message?.getProps([PR_SUBJECT])[0]?.value;
  return typeof value === "string" ? value : "";
}

/** Whole messages in a message; see the head of this file. */
export abstract class OutlineEmbedded extends OutlineBase {
  /** The attachment of an address: its own, or that of the message in it. */
  private attachmentAt(address: ObjectAddress): AttachObject {
    const target = this.find(address);
    const attach = target.kind === "attachment" ? target.attach : target.message.container;
    if (target.kind !== "recipient" && attach) return attach;
    throw new MapiError("MAPI_E_NO_SUPPORT", "Only an attachment holds a message.");
  }

  /** The message of an address: its own, or the one in its attachment. */
  private messageAt(address: ObjectAddress): MessageObject {
    const target = this.find(address);
    const message = target.kind === "attachment" ? target.attach.openMessage() : target.message;
    if (target.kind !== "recipient" && message) return message;
    throw gone();
  }

  /**
   * A message as the bytes of a .msg file of its own, as it stands, unsaved edits included; nothing here changes.
   * Read back by the second reader (`verifyBytes`).
   * @param address of an embedded message or of its attachment; "" for a copy of the top message
   * @throws MapiError MAPI_E_OBJECT_DELETED when there is no message; STG_E_CANTSAVE when the second reader finds
   * anything else in the bytes
   */
  exportEmbedded(address: ObjectAddress): Uint8Array {
    const storage = exportFile(this.messageAt(address));
    const bytes = storage.toBytes();
    const [difference] = verifyBytes(bytes, storage);
    if (difference)
      throw new MapiError(
        "STG_E_CANTSAVE",
        `The message reads back otherwise. ${difference.path}: ${difference.message}`,
      );
    return bytes;
  }

  /**
   * Puts a message into an attachment, in the place of whatever it holds: bytes, a storage or another message. The
   * attachment becomes an ATTACH_EMBEDDED_MSG; its display name follows when the subject is another one. One edit.
   * @param address of the attachment or of the message in it
   * @param given taken as it is, unknown streams and storages included; bytes are read from later: do not change them
   * @throws MapiError STG_E_* for bytes that are no sound compound file (open a damaged one with `recover` and give its
   * message), MAPI_E_CORRUPT_DATA when there is no message in them, MAPI_E_TOO_COMPLEX when messages would be in each
   * other too deep, MAPI_E_TOO_BIG when there is no room for its named properties, MAPI_E_NOT_ENOUGH_MEMORY
   */
  replaceEmbedded(address: ObjectAddress, given: GivenMessage): void {
    this.attachmentAt(address);
    const at = address.endsWith("/m") ? address.slice(0, -2) : address;
    this.edit(at, () => {
      this.putGiven(this.attachmentAt(at), given);
    });
  }

  /**
   * Adds an attachment that holds a message of a file; its address. One edit.
   * @param address of the message it is added to
   * @param properties of the attachment; its display name is the subject when they do not say
   * @throws MapiError as `replaceEmbedded`; MAPI_E_TOO_BIG for more than 2,048 attachments
   */
  addEmbeddedFile(
    address: ObjectAddress,
    given: GivenMessage,
    properties: readonly PropValue[] = [],
  ): ObjectAddress {
    return this.edit(address, (target) => {
      const { attach } = messageOf(target).createAttachment();
      this.putGiven(attach, given);
      attach.setProps([{ tag: PR_RENDERING_POSITION, value: -1 }, ...properties]);
      attach.saveChanges(KEEP_OPEN_READWRITE);
      return `${address}/a${attach.key}`;
    });
  }

  private putGiven(attach: AttachObject, given: GivenMessage): void {
    const before = subjectOf(attach.openMessage());
    const { message, names } = withMessage(given, (source) =>
      importMessage(source, attach.parent, attach.depth),
    );
    this.root.file.names = names;
    attach.putMessage(message);
    const subject = subjectOf(attach.openMessage());
    // A name that the attachment's 8-bit strings cannot hold is left as it is: it is only shown.
    if (subject !== "" && subject !== before) attach.setProps([{ tag: PR_DISPLAY_NAME, value: subject }]);
  }

  /**
   * Opens an embedded message as an editing session of its own: a top message on a storage of its own, for an outline,
   * edits, undo and `trySave` as with any file. It starts with the very content that is embedded here and shares every
   * part of it, so that afterwards `replaceEmbeddedContent` knows exactly what was edited. Both live on independently:
   * closing one, or its session, does not close the other.
   *
   * How a save of it goes into the file it is embedded in:
   * 1. `trySave(child.message, child.storage)`: numbers, times and what is computed are set, as in any save;
   * 2. `parent.replaceEmbeddedContent(address, childOutline.snapshot())`, as one edit of the parent, undone as any other;
   * 3. the parent is saved as ever. When step 2 fails, `rollBack` of step 1.
   *
   * The parent may have changed the message meanwhile (an undo there, say): compare `embeddedSnapshot(address).message`
   * with the one remembered from the last time; `childOutline.restore(parent.embeddedSnapshot(address))` brings the
   * child to what the parent has.
   * @param session tracks the new message, as in `openIMsgOnIStg`
   * @throws MapiError MAPI_E_OBJECT_DELETED when there is no message, and as `openIMsgOnIStg`
   */
  openEmbedded(
    address: ObjectAddress,
    session: IMsgSession | null,
    allocator: IMalloc,
    options: OpenEmbeddedOptions = {},
  ): EmbeddedSession {
    return openEmbeddedMessage(session, allocator, this.messageAt(address), options);
  }

  /**
   * The content of an embedded message as that of a top message: what `openEmbedded` starts with, and what can be put
   * into the outline of such a session by `restore`. The same content gives the very same `message`, also after a child
   * put it here: so two of them tell whether anything changed.
   * @throws MapiError MAPI_E_OBJECT_DELETED when there is no message
   */
  embeddedSnapshot(address: ObjectAddress): MessageSnapshot {
    return { message: fileForm(this.messageAt(address).state), names: completeNameMap(this.root.file.names) };
  }

  /**
   * Puts the content of a session that `openEmbedded` opened back to where it came from. Only what was edited there
   * differs here afterwards; a content that is as the file has it changes nothing. One edit.
   * @param address of the embedded message or of its attachment
   * @param content of the child's outline (`snapshot()`), saved or not
   * @throws MapiError MAPI_E_OBJECT_CHANGED when the attachment holds another message by now, as after the parent was
   * read again: `replaceEmbedded(address, child.message)` puts it there all the same; MAPI_E_TOO_BIG when there is no
   * room for its named properties
   */
  replaceEmbeddedContent(address: ObjectAddress, content: MessageSnapshot): void {
    const current = this.attachmentAt(address).savedMessage();
    if (current?.origin !== content.message.origin) {
      throw new MapiError("MAPI_E_OBJECT_CHANGED", "The attachment holds another message by now.");
    }
    const at = address.endsWith("/m") ? address.slice(0, -2) : address;
    this.edit(at, () => {
      const { message, names } = mergeNames(content, this.root.file.names);
      this.root.file.names = names;
      this.attachmentAt(at).putMessage(embeddedForm(message));
    });
  }
}
