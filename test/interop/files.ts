/**
 * The files that other readers are given: the samples; real files, each edited through the core in everything that can
 * be edited; and a message with as many recipients and attachments as it may have.
 */
import { mkdirSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { buildSamples, crowd } from "../../scripts/samples";
import { MADE, randomSource, utf8 } from "../../scripts/samples/kit";
import {
  attachmentProperties,
  createAllocator,
  createItem,
  createNewMessage,
  createStorage,
  KEEP_OPEN_READWRITE,
  MAPI_TO,
  MapiError,
  MAX_SUB_OBJECTS,
  type MessageView,
  MessageOutline,
  openIMsgOnIStg,
  MODRECIP_ADD,
  openStorage,
  PR_BODY,
  PR_SUBJECT,
  PRESET_IDS,
  PR_TRANSPORT_MESSAGE_HEADERS,
  recipientProperties,
  type RootStorage,
} from "../../src/core";

/** Where the real files are; there need not be any. */
const CORPUS = process.env.MSG_CORPUS ?? path.resolve(process.cwd(), "../shared/corpus");

/** The subject that every edited file gets. */
export const NEW_SUBJECT = "Moved: the meeting in Berlin";
/** The recipient that every edited file gets. */
export const NEW_RECIPIENT = { name: "Lena Hartmann", address: "lena.hartmann@example.com" };
/** The attachment that every edited file gets. */
export const NEW_ATTACHMENT = {
  fileName: "Agenda for Berlin.txt",
  bytes: utf8("10:00 Welcome\r\n10:15 Figures\r\n"),
};
/** The subject that every embedded message of an edited file gets. */
export const NEW_INNER_SUBJECT = "Inner: agenda";

/** A file for readers, on disk. */
export interface ReaderFile {
  /** Its title in a test. */
  readonly title: string;
  readonly file: string;
  readonly bytes: Uint8Array;
  /** Whether `NEW_SUBJECT` and the others are in it. */
  readonly isEdited: boolean;
  /** Whether it is too much for readers that copy everything many times. */
  readonly isHuge: boolean;
}

function editMessage(outline: MessageOutline, view: MessageView, subject: string): void {
  outline.deleteProperties(view.address, [PR_TRANSPORT_MESSAGE_HEADERS]);
  outline.setProperty(view.address, PR_SUBJECT, subject);
  const width = { unicode: view.unicode, codePage: view.codePage.id };
  outline.addRecipient(view.address, recipientProperties({ ...NEW_RECIPIENT, ...width, kind: MAPI_TO }));
  outline.addAttachment(view.address, attachmentProperties(NEW_ATTACHMENT));
  for (const { address, object } of view.attachments) {
    if (object === "message") editMessage(outline, outline.message(`${address}/m`), NEW_INNER_SUBJECT);
  }
}

/** Edits a file in all ways: headers deleted, subject, recipient, attachment, and the same in each message embedded in it. */
function edited(root: RootStorage): Uint8Array {
  const message = openIMsgOnIStg(null, createAllocator(), root, { now: () => MADE });
  const outline = new MessageOutline(message);
  editMessage(outline, outline.message(""), NEW_SUBJECT);
  message.saveChanges(KEEP_OPEN_READWRITE);
  message.release();
  return root.toBytes();
}

/** A message with as many recipients and attachments as the format allows. */
function full(): Uint8Array {
  const root = createNewMessage({ unicode: true, now: () => MADE, randomBytes: randomSource(99) });
  const message = openIMsgOnIStg(null, createAllocator(), root, { now: () => MADE });
  const rows = crowd(MAX_SUB_OBJECTS).map((person) => ({
    properties: recipientProperties({ ...person, kind: MAPI_TO, unicode: true }),
  }));
  message.modifyRecipients(0, rows);
  for (let i = 1; i <= MAX_SUB_OBJECTS; i++) {
    const { attach } = message.createAttach();
    attach.setProps(
      attachmentProperties({ fileName: `Page ${i}.txt`, bytes: utf8(`This is page ${i}.\r\n`) }),
    );
    attach.saveChanges();
  }
  message.setProps([{ tag: PR_SUBJECT, value: "All that fits" }]);
  message.saveChanges(KEEP_OPEN_READWRITE);
  message.release();
  return root.toBytes();
}

/** Takes the headers, the first recipient and the first attachment out, so that all the others move up. */
function shortenedLists(root: RootStorage): Uint8Array {
  const message = openIMsgOnIStg(null, createAllocator(), root, { now: () => MADE });
  const outline = new MessageOutline(message);
  outline.deleteProperties("", [PR_TRANSPORT_MESSAGE_HEADERS]);
  const { recipients, attachments } = outline.message("");
  for (const first of [recipients[0], attachments[0]]) if (first) outline.deleteObject(first.address);
  message.saveChanges(KEEP_OPEN_READWRITE);
  message.release();
  return root.toBytes();
}

/** The same content in a file of version 4, which has sectors of 4,096 bytes. */
function inVersion4(sound: Uint8Array): Uint8Array {
  const source = openStorage(sound);
  const root = createStorage({ majorVersion: 4 });
  source.copyTo(root);
  root.clsid = source.clsid;
  root.commit();
  return root.toBytes();
}

/** A mail so large that its sector table needs sectors of its own to be found ([MS-CFB] 2.5). */
function large(): Uint8Array {
  const randomBytes = randomSource(7);
  const root = createNewMessage({ unicode: true, now: () => MADE, randomBytes });
  const message = openIMsgOnIStg(null, createAllocator(), root, { now: () => MADE });
  const { attach } = message.createAttach();
  attach.setProps(attachmentProperties({ fileName: "Nine megabytes.bin", bytes: randomBytes(9_000_000) }));
  attach.saveChanges();
  message.setProps([{ tag: PR_SUBJECT, value: "Nine megabytes" }]);
  message.saveChanges(KEEP_OPEN_READWRITE);
  message.release();
  return root.toBytes();
}

/** A new item of every preset, with a subject, a text and where it has them a recipient, in Unicode and in 8 bits. */
function items(): Built[] {
  return PRESET_IDS.flatMap((preset) =>
    [undefined, 1252].map((codePage) => {
      const unicode = codePage === undefined;
      const width = { unicode, ...(unicode ? {} : { codePage }) };
      const sender = { name: "Jürgen Weiß", address: "juergen.weiss@example.de" };
      const randomBytes = randomSource(11);
      const root = createItem({ preset, ...width, sender, now: () => MADE, randomBytes });
      const message = openIMsgOnIStg(null, createAllocator(), root, { now: () => MADE });
      message.setProps([
        { tag: PR_SUBJECT, value: `Größe: ${preset}` },
        { tag: PR_BODY, value: "Eins\r\nzwei\r\n" },
      ]);
      message.modifyRecipients(MODRECIP_ADD, [
        { properties: recipientProperties({ ...NEW_RECIPIENT, ...width, kind: MAPI_TO }) },
      ]);
      message.saveChanges(KEEP_OPEN_READWRITE);
      message.release();
      return built(`item ${preset}${unicode ? "" : ", 8-bit"}`, root.toBytes());
    }),
  );
}

type Built = Omit<ReaderFile, "file">;

function corpusFiles(): string[] {
  const folder = path.join(CORPUS, "msg");
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true })
    .map(String)
    .filter((file) => /\.(msg|oft)$/i.test(file))
    .sort();
}

const built = (title: string, bytes: Uint8Array, about: Partial<Built> = {}): Built => ({
  title,
  bytes,
  isEdited: false,
  isHuge: false,
  ...about,
});

function editedCorpus(): Built[] {
  return corpusFiles().flatMap((file) => {
    const bytes = new Uint8Array(readFileSync(path.join(CORPUS, "msg", file)));
    const title = file.split(path.sep).join("/");
    const root = openStorage(bytes);
    const lists = root
      .enumElements()
      .filter(({ name }) => /^__(recip|attach)_version1\.0_#/.test(name)).length;
    return [
      built(title, edited(openStorage(bytes)), { isEdited: true }),
      ...(lists < 3 ? [] : [built(`shortened lists: ${title}`, shortenedLists(root))]),
    ];
  });
}

/** Whether the core opens a file without recovery; the damaged sample is there to be refused. */
function isSound(bytes: Uint8Array): boolean {
  try {
    openStorage(bytes);
    return true;
  } catch (error) {
    if (error instanceof MapiError) return false;
    throw error;
  }
}

function buildAll(): Built[] {
  const samples = buildSamples().filter(({ bytes }) => isSound(bytes));
  return [
    ...samples.map(({ name, bytes }) => built(name, bytes)),
    ...samples.slice(0, 2).map(({ name, bytes }) => built(`version 4: ${name}`, inVersion4(bytes))),
    ...items(),
    built("nine megabytes", large()),
    built("2,048 recipients and attachments", full(), { isHuge: true }),
    ...editedCorpus(),
  ];
}

/** The tests of one run are several bundles in one process: what the first one builds the others find here. */
const FOLDER = path.join(os.tmpdir(), `msg-session-interop-${process.pid}`);
const LIST = path.join(FOLDER, "list.json");

/** All files for readers. */
export function readerFiles(): ReaderFile[] {
  if (!existsSync(LIST)) writeAll();
  const list = JSON.parse(readFileSync(LIST, "utf8")) as Omit<ReaderFile, "bytes">[];
  return list.map((entry) => ({ ...entry, bytes: new Uint8Array(readFileSync(entry.file)) }));
}

function writeAll(): void {
  mkdirSync(FOLDER, { recursive: true });
  process.once("exit", () => rmSync(FOLDER, { recursive: true, force: true }));
  const list = buildAll().map(({ bytes, ...about }, i) => {
    // The name says nothing: readers must not depend on it, and titles may hold what file systems do not like.
    const file = path.join(FOLDER, `file-${String(i).padStart(3, "0")}.msg`);
    writeFileSync(file, bytes);
    return { ...about, file };
  });
  writeFileSync(LIST, JSON.stringify(list));
}
