/** What the core reads in a file, in the form that other readers are asked for. */
import { createHash } from "node:crypto";
import {
  createAllocator,
  type IMessage,
  MessageOutline,
  type IStorage,
  openIMsgOnIStg,
  openStorage,
  PR_ATTACH_DATA_BIN,
  PR_ATTACH_DATA_OBJ,
  PR_ATTACH_FILENAME,
  PR_ATTACH_LONG_FILENAME,
  PR_BODY,
  PR_ADDRTYPE,
  PR_DISPLAY_CC,
  PR_DISPLAY_NAME,
  PR_DISPLAY_TO,
  PR_EMAIL_ADDRESS,
  PR_MESSAGE_CLASS,
  PR_RECIPIENT_TYPE,
  PR_SENDER_EMAIL_ADDRESS,
  PR_SENDER_NAME,
  PR_SMTP_ADDRESS,
  PR_SUBJECT,
  PR_TRANSPORT_MESSAGE_HEADERS,
  PROPERTY_TYPES,
  propId,
  propType,
  type PropValue,
  walkStorage,
} from "../../src/core";

/** SHA-256 of bytes, as hex digits. */
export const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

/** A stream or storage of a compound file. */
export interface Entry {
  /** Names from the root down, joined with "/"; "" is the root. */
  readonly path: string;
  readonly type: "storage" | "stream";
  readonly size: number;
  /** SHA-256 of a stream's bytes, "" for a storage. */
  readonly hash: string;
  /** Class id of a storage; "" for a stream and for none. */
  readonly clsid: string;
  /** FILETIMEs of a storage as decimal digits; "0" for a stream. */
  readonly created: string;
  readonly modified: string;
}

const NO_CLASS = "{00000000-0000-0000-0000-000000000000}";

function storageEntry(path: string, storage: IStorage): Entry {
  const { clsid, created, modified } = storage.stat();
  return {
    path,
    type: "storage",
    size: 0,
    hash: "",
    clsid: clsid === NO_CLASS ? "" : clsid.slice(1, -1),
    created: String(created),
    modified: String(modified),
  };
}

/** Everything in a compound file, sorted by path. */
export function entriesOf(bytes: Uint8Array): Entry[] {
  const root = openStorage(bytes);
  const entries = [storageEntry("", root)];
  walkStorage(root, (names, element, holder) => {
    const path = names.join("/");
    if (element.type === "storage") entries.push(storageEntry(path, holder.openStorage(element.name)));
    else {
      const content = holder.openStream(element.name);
      const hash = sha256(content);
      const { size } = element;
      entries.push({ path, type: "stream", size, hash, clsid: "", created: "0", modified: "0" });
    }
  });
  return entries.sort(byPath);
}

/** Sorts by path, the same on every system. */
export const byPath = (a: { path: string }, b: { path: string }): number =>
  a.path < b.path ? -1 : a.path > b.path ? 1 : 0;

/** A recipient as readers tell it. */
export interface Recipient {
  readonly kind: number;
  readonly name: string;
  readonly address: string;
  readonly addressType: string;
  /** PR_SMTP_ADDRESS, undefined where there is none. */
  readonly smtp: string | undefined;
}

/** An attachment as readers tell it. */
export interface Attachment {
  readonly name: string;
  /** Its long file name, else its short one, else nothing. */
  readonly fileName: string;
  /** SHA-256 of its bytes; undefined for an embedded message or object. */
  readonly hash: string | undefined;
  /** Subject of the message embedded in it. */
  readonly embedded: string | undefined;
}

/** A message as readers tell it. */
export interface Reading {
  readonly messageClass: string;
  readonly subject: string;
  readonly displayTo: string;
  readonly displayCc: string;
  /** Whether the internet headers it came with are in it. */
  readonly hasHeaders: boolean;
  /** Name and address of who sent it. */
  readonly sender: { readonly name: string; readonly address: string };
  readonly body: string;
  readonly recipients: readonly Recipient[];
  readonly attachments: readonly Attachment[];
}

/** The value of a tag in a list, of any type; undefined where there is none. */
export const valueOf = (properties: readonly PropValue[], tag: number): unknown =>
  properties.find((property) => propId(property.tag) === propId(tag))?.value;

const textOf = (properties: readonly PropValue[], tag: number): string => {
  const value = valueOf(properties, tag);
  return typeof value === "string" ? value : "";
};

function attachmentsOf(message: IMessage): Attachment[] {
  return message.getAttachmentTable().map(({ number, properties }) => {
    const data = valueOf(properties, PR_ATTACH_DATA_BIN);
    const fileName = textOf(properties, PR_ATTACH_LONG_FILENAME) || textOf(properties, PR_ATTACH_FILENAME);
    return {
      name: fileName || textOf(properties, PR_DISPLAY_NAME),
      fileName,
      hash: data instanceof Uint8Array ? sha256(data) : undefined,
      embedded: embeddedSubject(message, number),
    };
  });
}

function embeddedSubject(message: IMessage, number: number): string | undefined {
  const attach = message.openAttach(number);
  if (!attach.getPropList().includes(PR_ATTACH_DATA_OBJ)) return undefined;
  const object = attach.openProperty(PR_ATTACH_DATA_OBJ);
  return "getRecipientTable" in object ? textOf(object.getProps(), PR_SUBJECT) : undefined;
}

/**
 * What the core reads in a message file.
 * @param codePage reads 8-bit strings with this page, whatever the message says
 */
export function readingOf(bytes: Uint8Array, codePage?: number): Reading {
  const options = codePage === undefined ? {} : { codePage };
  const message = openIMsgOnIStg(null, createAllocator(), openStorage(bytes), options);
  const properties = message.getProps();
  return {
    messageClass: textOf(properties, PR_MESSAGE_CLASS),
    subject: textOf(properties, PR_SUBJECT),
    displayTo: textOf(properties, PR_DISPLAY_TO),
    displayCc: textOf(properties, PR_DISPLAY_CC),
    hasHeaders: textOf(properties, PR_TRANSPORT_MESSAGE_HEADERS) !== "",
    sender: {
      name: textOf(properties, PR_SENDER_NAME),
      address: textOf(properties, PR_SENDER_EMAIL_ADDRESS),
    },
    body: textOf(properties, PR_BODY),
    recipients: message.getRecipientTable().map(({ properties: row }) => ({
      kind: Number(valueOf(row, PR_RECIPIENT_TYPE) ?? 0) & 0xf,
      name: textOf(row, PR_DISPLAY_NAME),
      address: textOf(row, PR_EMAIL_ADDRESS),
      addressType: textOf(row, PR_ADDRTYPE),
      smtp: valueOf(row, PR_SMTP_ADDRESS) === undefined ? undefined : textOf(row, PR_SMTP_ADDRESS),
    })),
    attachments: attachmentsOf(message),
  };
}

/** A value of fixed size: its tag and its bytes as hex digits. */
export interface FixedValue {
  readonly tag: number;
  readonly bytes: string;
}

/** The values of fixed size of a message that are there once an id. */
export function fixedValuesOf(bytes: Uint8Array): FixedValue[] {
  const message = openIMsgOnIStg(null, createAllocator(), openStorage(bytes));
  const outline = new MessageOutline(message);
  return message.getPropList().flatMap((tag) => {
    const info = PROPERTY_TYPES.get(propType(tag));
    if (info?.place !== "fixed") return [];
    const stored = outline.storedBytes("", tag);
    return stored ? [{ tag, bytes: Buffer.from(stored.subarray(0, info.size)).toString("hex") }] : [];
  });
}

/** The tags of a message's properties. */
export const tagsOf = (bytes: Uint8Array): number[] =>
  openIMsgOnIStg(null, createAllocator(), openStorage(bytes)).getPropList();
