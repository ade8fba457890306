/** A message file out of its JSON; the form stands in `jsonFormat.ts`. */
import { MapiError } from "../mapi/errors";
import { PR_ATTACH_DATA_OBJ } from "../mapi/tags";
import { codePage } from "../text/codePages";
import type { CodePage } from "../text/types";
import { MAX_EMBEDDING_DEPTH } from "../session/constants";
import {
  appendNames,
  canonicalName,
  completeNameMap,
  NAMEID_STORAGE,
  type NameMap,
  readNameMap,
  writeNameMap,
} from "../session/namedProperties";
import {
  EMBEDDED_HEADER_SIZE,
  PROPERTY_STREAM,
  ROOT_HEADER_SIZE,
  SUB_OBJECT_HEADER_SIZE,
  substgName,
} from "../session/propertyStream";
import { ATTACHMENT_PREFIX, RECIPIENT_PREFIX, subStorageName } from "../session/state";
import type { NamedProperty } from "../session/types";
import { createStorage } from "../storage";
import { finish, type Steps } from "../steps";
import type { IStorage, RootStorage } from "../storage/types";
import { applyStat, at, writeExtra, writeProperties } from "./importProperties";
import { JSON_FORMAT, JSON_VERSION } from "./jsonFormat";
import { JsonReader } from "./jsonReader";

/** Longest text that is read: what `exportJson` writes at the most, and no more. */
const MAX_TEXT = 512 * 1024 * 1024;
const FIRST_NAMED_ID = 0x8000;

/** A storage of a recipient or an attachment, new. */
function listStorage(holder: IStorage, json: JsonReader, prefix: string): IStorage {
  const name = subStorageName(prefix, json.field("number").integer(0, 0xffffffff));
  const written = json.optional("storage");
  const isSame = written === undefined || written.text().toLowerCase() === name.toLowerCase();
  if (!isSame) written.fail(`is not a spelling of ${name}`);
  return at(json, () => holder.createStorage(written?.text() ?? name));
}

function* writeRecipient(holder: IStorage, json: JsonReader, page: CodePage): Steps<void> {
  const storage = listStorage(holder, json, RECIPIENT_PREFIX);
  yield* writeProperties(storage, json, new Uint8Array(SUB_OBJECT_HEADER_SIZE), page);
  yield* writeExtra(storage, json);
  applyStat(storage, json);
  storage.commit();
}

function* writeAttachment(holder: IStorage, json: JsonReader, page: CodePage, depth: number): Steps<void> {
  const storage = listStorage(holder, json, ATTACHMENT_PREFIX);
  const message = json.optional("message");
  const object = json.optional("object");
  if (message && object) json.fail("has both a “message” and an “object”");
  yield* writeProperties(storage, json, new Uint8Array(SUB_OBJECT_HEADER_SIZE), page, message !== undefined);
  const content = message ?? object;
  if (content) {
    const inner = at(content, () => storage.createStorage(substgName(PR_ATTACH_DATA_OBJ)));
    if (message) yield* writeMessage(inner, message, EMBEDDED_HEADER_SIZE, depth + 1);
    else {
      yield* writeExtra(inner, content);
      applyStat(inner, content);
      inner.commit();
    }
  }
  yield* writeExtra(storage, json);
  applyStat(storage, json);
  storage.commit();
}

/** The header of a new message: how many recipients and attachments it has, and the numbers of the next ones. */
function newHeader(
  size: number,
  recipients: readonly JsonReader[],
  attachments: readonly JsonReader[],
): Uint8Array {
  const header = new Uint8Array(size);
  const view = new DataView(header.buffer);
  const next = (list: readonly JsonReader[]): number =>
    list.reduce((most, each) => Math.max(most, each.field("number").integer(0, 0xffffffff) + 1), 0);
  view.setUint32(8, next(recipients), true);
  view.setUint32(12, next(attachments), true);
  view.setUint32(16, recipients.length, true);
  view.setUint32(20, attachments.length, true);
  return header;
}

function* writeMessage(storage: IStorage, json: JsonReader, headerSize: number, depth: number): Steps<void> {
  if (depth > MAX_EMBEDDING_DEPTH) {
    throw new MapiError(
      "MAPI_E_TOO_COMPLEX",
      `Messages can be embedded in each other at most ${MAX_EMBEDDING_DEPTH} deep.`,
    );
  }
  const pageId = json.field("codePage");
  const page = codePage(pageId.integer(0, 0xffff)) ?? pageId.fail("is not a code page that is known");
  const recipients = json.optional("recipients")?.list() ?? [];
  const attachments = json.optional("attachments")?.list() ?? [];
  for (const recipient of recipients) yield* writeRecipient(storage, recipient, page);
  for (const attachment of attachments) yield* writeAttachment(storage, attachment, page, depth);
  yield* writeProperties(storage, json, newHeader(headerSize, recipients, attachments), page);
  yield* writeExtra(storage, json);
  applyStat(storage, json);
  if (depth > 0) storage.commit();
}

function nameOf(json: JsonReader): NamedProperty {
  const guid = json.field("guid").guid();
  const number = json.optional("number");
  return number ? { guid, id: number.integer(0, 0xffffffff) } : { guid, name: json.field("name").text() };
}

/** The names of the document by their place in the map; undefined where an id has none. */
function namesOf(list: readonly JsonReader[]): (NamedProperty | undefined)[] {
  const names: (NamedProperty | undefined)[] = [];
  for (const json of list) {
    const id = json.field("id");
    const index = new DataView(id.hex(2).buffer).getUint16(0) - FIRST_NAMED_ID;
    if (index < 0) id.fail("is not an id from 8000 on");
    if (names[index]) id.fail("occurs twice");
    names[index] = nameOf(json);
  }
  return Array.from(names);
}

function sameName(a: NamedProperty | undefined, b: NamedProperty | undefined): boolean {
  if (!a || !b) return a === b;
  if (a.guid !== b.guid) return false;
  return "id" in a ? "id" in b && a.id === b.id : "name" in b && a.name === b.name;
}

/** Whether a map that was read gives the ids these names. */
function saysSame(map: NameMap, names: readonly (NamedProperty | undefined)[]): boolean {
  const count = Math.max(map.names.length, names.length);
  return Array.from({ length: count }, (_, at) => at).every((index) =>
    sameName(map.names[index], names[index]),
  );
}

/** Writes the map of named properties: its streams as they were while they say the same as the list. */
function* writeNames(root: IStorage, json: JsonReader): Steps<void> {
  const list = json.field("list");
  const names = namesOf(list.list());
  const streams = json.optional("streams")?.entries() ?? [];
  const storage = root.createStorage(NAMEID_STORAGE);
  for (const [name, field] of streams) {
    const bytes = yield* field.base64();
    at(field, () => storage.writeStream(name, bytes));
  }
  if (streams.length === 0 || !saysSame(readNameMap(root), names)) {
    const before = readNameMap(root);
    const known = names.map((name) =>
      name ? canonicalName(name) : list.fail("has a gap, and no streams that agree"),
    );
    const empty: NameMap = { names: [], streams: new Map(), exists: true };
    at(list, () => writeNameMap(root, before, completeNameMap(appendNames(empty, known))));
  }
  yield* writeExtra(storage, json);
  applyStat(storage, json);
  storage.commit();
}

/** As `importJson`, in steps. Reading the text itself is one of them. */
export function* importJsonSteps(text: string): Steps<RootStorage> {
  if (text.length > MAX_TEXT) throw new MapiError("MAPI_E_TOO_BIG", "The JSON is longer than 512 MB.");
  const json = JsonReader.parse(text);
  yield;
  if (json.field("format").text() !== JSON_FORMAT)
    json.fail(`is not a message: its format is not ${JSON_FORMAT}`);
  const version = json.field("version").integer(1, 0xffff);
  if (version > JSON_VERSION) {
    throw new MapiError(
      "MAPI_E_VERSION",
      `The document is of version ${version}; this program reads up to version ${JSON_VERSION}.`,
    );
  }
  const majorVersion = json.optional("compoundFile")?.integer(3, 4) === 4 ? 4 : 3;
  const root = createStorage({ majorVersion });
  const names = json.optional("names");
  if (names) yield* writeNames(root, names);
  const message = json.field("message");
  yield* writeMessage(root, message, ROOT_HEADER_SIZE, 0);
  if (root.elementType(PROPERTY_STREAM) !== "stream") message.fail("has no properties");
  yield;
  root.commit();
  return root;
}

/**
 * Makes a message file out of the JSON of `exportJson`, or of JSON of the same form from elsewhere. The file of an export
 * has the same content in every stream and storage as the one that was exported.
 * @returns the compound file, committed; `toBytes` gives the file, `openIMsgOnIStg` opens the message
 * @throws MapiError MAPI_E_CORRUPT_DATA for text that is no JSON or not of the form, with the place in it;
 * MAPI_E_VERSION for a newer form; MAPI_E_TOO_COMPLEX, MAPI_E_TOO_BIG; MAPI_E_BAD_CHARWIDTH and STG_E_INVALIDNAME for
 * text and names that cannot be stored
 */
export const importJson = (text: string): RootStorage => finish(importJsonSteps(text));
