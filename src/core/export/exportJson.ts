/** A message file as JSON; the form stands in `jsonFormat.ts`. */
import type { PropertyDictionary } from "../mapi/dictionaryTypes";
import { MapiError } from "../mapi/errors";
import { hex8 } from "../mapi/propertyTypes";
import { PR_ATTACH_DATA_OBJ } from "../mapi/tags";
import { chooseCodePage } from "../session/codePageOf";
import { MAX_EMBEDDING_DEPTH } from "../session/constants";
import {
  appendNames,
  completeNameMap,
  NAMEID_STORAGE,
  type NameMap,
  readNameMap,
} from "../session/namedProperties";
import {
  EMBEDDED_HEADER_SIZE,
  PROPERTY_STREAM,
  readPropertyStream,
  ROOT_HEADER_SIZE,
  sameBytes,
  SUB_OBJECT_HEADER_SIZE,
  substgName,
} from "../session/propertyStream";
import { ATTACHMENT_PREFIX, numberedStorages, RECIPIENT_PREFIX, subStorageName } from "../session/state";
import { foldName, walkStorage } from "../storage";
import { finish, mapInSteps, type Steps } from "../steps";
import type { IStorage, RootStorage } from "../storage/types";
import type { CodePage } from "../text/types";
import { base64Steps } from "./base64";
import {
  type ExportContext,
  extraOf,
  foreignJson,
  propertiesJson,
  statJson,
  withExtra,
} from "./exportProperties";
import {
  type AttachmentJson,
  type FileJson,
  JSON_FORMAT,
  JSON_VERSION,
  type MessageJson,
  type NameJson,
  type NamesJson,
  type RecipientJson,
} from "./jsonFormat";
import { jsonTextSteps } from "./jsonText";

/** Options of `exportJson`. */
export interface JsonExportOptions {
  /** Where the names come from that are written beside the tags for people. */
  readonly dictionary?: PropertyDictionary;
  /** Blanks that a level is indented by; 2 where it is left out, 0 for one line. */
  readonly indent?: number;
}

/** Most bytes a file may hold: the text would be longer than a string can be. */
const MAX_CONTENT = 300 * 1024 * 1024;

/** What the two lists of a message have in common. */
function elementOf(prefix: string, number: number, name: string): Pick<RecipientJson, "number" | "storage"> {
  return { number, ...(name === subStorageName(prefix, number) ? {} : { storage: name }) };
}

function* recipientJson(
  context: ExportContext,
  holder: IStorage,
  { number, name }: { number: number; name: string },
  page: CodePage,
): Steps<RecipientJson> {
  const storage = holder.openStorage(name);
  const { json, known } = yield* propertiesJson(context, storage, SUB_OBJECT_HEADER_SIZE, page);
  return {
    ...elementOf(RECIPIENT_PREFIX, number, name),
    ...statJson(storage),
    ...json,
    ...withExtra(yield* extraOf(storage, known)),
  };
}

function* attachmentJson(
  context: ExportContext,
  holder: IStorage,
  { number, name }: { number: number; name: string },
  page: CodePage,
  depth: number,
): Steps<AttachmentJson> {
  const storage = holder.openStorage(name);
  const { json, known } = yield* propertiesJson(context, storage, SUB_OBJECT_HEADER_SIZE, page);
  const objectName = substgName(PR_ATTACH_DATA_OBJ);
  const element = storage.enumElements().find((each) => each.name === objectName);
  let object: Pick<AttachmentJson, "message" | "object"> = {};
  if (element?.type === "storage") {
    known.add(objectName);
    const content = storage.openStorage(objectName);
    const isMessage = depth < MAX_EMBEDDING_DEPTH && content.elementType(PROPERTY_STREAM) === "stream";
    object = isMessage
      ? { message: yield* messageJson(context, content, EMBEDDED_HEADER_SIZE, page, depth + 1) }
      : { object: yield* foreignJson(content) };
  }
  return {
    ...elementOf(ATTACHMENT_PREFIX, number, name),
    ...statJson(storage),
    ...json,
    ...object,
    ...withExtra(yield* extraOf(storage, known)),
  };
}

/** The name of the storage with the named properties as it is written, in whatever case. */
function namesOf(root: IStorage): string[] {
  const folded = foldName(NAMEID_STORAGE);
  return root
    .enumElements()
    .filter(({ name, type }) => type === "storage" && foldName(name) === folded)
    .map(({ name }) => name);
}

function* messageJson(
  context: ExportContext,
  storage: IStorage,
  headerSize: number,
  outer: CodePage | undefined,
  depth: number,
): Steps<MessageJson> {
  const { page } = chooseCodePage(readPropertyStream(storage, headerSize).records, undefined, outer);
  const { json, known } = yield* propertiesJson(context, storage, headerSize, page);
  const recipients = numberedStorages(storage, RECIPIENT_PREFIX);
  const attachments = numberedStorages(storage, ATTACHMENT_PREFIX);
  for (const { name } of [...recipients, ...attachments]) known.add(name);
  if (depth === 0) for (const name of namesOf(storage)) known.add(name);
  return {
    codePage: page.id,
    ...statJson(storage),
    ...json,
    ...(recipients.length === 0
      ? {}
      : { recipients: yield* mapInSteps(recipients, (each) => recipientJson(context, storage, each, page)) }),
    ...(attachments.length === 0
      ? {}
      : {
          attachments: yield* mapInSteps(attachments, (each) =>
            attachmentJson(context, storage, each, page, depth),
          ),
        }),
    ...withExtra(yield* extraOf(storage, known)),
  };
}

/** The map that would be written for a list of names; undefined where it has gaps. */
function plainMap(names: readonly NameMap["names"][number][]): NameMap | undefined {
  const list = names.flatMap((name) => (name ? [name] : []));
  if (list.length !== names.length) return undefined;
  return completeNameMap(appendNames({ names: [], streams: new Map(), exists: true }, list));
}

function sameStreams(a: ReadonlyMap<string, Uint8Array>, b: ReadonlyMap<string, Uint8Array>): boolean {
  return (
    a.size === b.size && [...a].every(([name, bytes]) => sameBytes(bytes, b.get(name) ?? new Uint8Array(1)))
  );
}

function* namesJson(root: IStorage, map: NameMap): Steps<NamesJson> {
  const storage = root.openStorage(NAMEID_STORAGE);
  const streams = new Map(
    storage
      .enumElements()
      .filter(({ type }) => type === "stream")
      .map(({ name }) => [name, storage.openStream(name)]),
  );
  const list = map.names.flatMap((name, index): NameJson[] => {
    if (!name) return [];
    const id = hex8(0x8000 + index).slice(4);
    return "id" in name
      ? [{ id, guid: name.guid, number: name.id }]
      : [{ id, guid: name.guid, name: name.name }];
  });
  const plain = plainMap(map.names);
  const isPlain = plain !== undefined && sameStreams(plain.streams, streams);
  const written: Record<string, string> = {};
  for (const [name, bytes] of streams) written[name] = yield* base64Steps(bytes);
  return {
    ...statJson(storage),
    list,
    ...(isPlain ? {} : { streams: written }),
    ...withExtra(yield* extraOf(storage, new Set(streams.keys()))),
  };
}

/** @throws MapiError MAPI_E_TOO_BIG when the file holds more than a text can */
function checkSize(storage: IStorage): void {
  let size = 0;
  walkStorage(storage, (_, element) => (size += element.size));
  if (size <= MAX_CONTENT) return;
  const most = MAX_CONTENT / 1024 / 1024;
  throw new MapiError(
    "MAPI_E_TOO_BIG",
    `The message holds ${Math.ceil(size / 1024 / 1024)} MB; as JSON at most ${most} MB can be written.`,
  );
}

function* fileJsonSteps(storage: RootStorage, options: JsonExportOptions): Steps<FileJson> {
  if (storage.elementType(PROPERTY_STREAM) !== "stream") {
    throw new MapiError(
      "MAPI_E_CORRUPT_DATA",
      `The compound file holds no message: it has no ${PROPERTY_STREAM}.`,
    );
  }
  checkSize(storage);
  const names = readNameMap(storage);
  const context: ExportContext = { names, dictionary: options.dictionary };
  const message = yield* messageJson(context, storage, ROOT_HEADER_SIZE, undefined, 0);
  return {
    format: JSON_FORMAT,
    version: JSON_VERSION,
    compoundFile: storage.majorVersion,
    message,
    ...(names.exists ? { names: yield* namesJson(storage, names) } : {}),
  };
}

/** The whole of a message file as plain values; see `jsonFormat.ts`. @throws as `exportJson` */
export const messageFileJson = (storage: RootStorage, options: JsonExportOptions = {}): FileJson =>
  finish(fileJsonSteps(storage, options));

/** As `exportJson`, in steps. */
export function* exportJsonSteps(storage: RootStorage, options: JsonExportOptions = {}): Steps<string> {
  const file = yield* fileJsonSteps(storage, options);
  return `${yield* jsonTextSteps(file, options.indent ?? 2)}\n`;
}

/**
 * A message file as JSON text, lossless: `importJson` makes a file of it with the same content in every stream and
 * storage, known or not. What is exported is what the storage holds; of a message with unsaved changes, save first.
 * @throws MapiError MAPI_E_CORRUPT_DATA for a compound file that holds no message, MAPI_E_TOO_BIG past 300 MB
 */
export function exportJson(storage: RootStorage, options: JsonExportOptions = {}): string {
  return finish(exportJsonSteps(storage, options));
}
