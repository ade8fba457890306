/**
 * A whole message as text for people and for `git diff`: an object a section, a property a line or a block, the same
 * text on every machine. Section titles stand at the start of a line, so that git shows them in the heads of its hunks;
 * properties are in the order of their tags and named ones in that of their names, whatever order the file has.
 */
import type { PropertyDictionary } from "../mapi/dictionaryTypes";
import { hex8, isNamedId, propId } from "../mapi/propertyTypes";
import {
  PR_ATTACH_DATA_OBJ,
  PR_ATTACH_FILENAME,
  PR_ATTACH_LONG_FILENAME,
  PR_DISPLAY_NAME,
  PR_EMAIL_ADDRESS,
  PR_SMTP_ADDRESS,
} from "../mapi/tags";
import { MAPI_BCC, MAPI_CC, MAPI_ORIG, MAPI_TO } from "../session/constants";
import type { AttachmentView, MessageOutline, ObjectAddress, RecipientView } from "../session/outline";
import { walkStorage } from "../storage";
import { finish, mapInSteps, type Steps } from "../steps";
import type { IStorage, RootStorage } from "../storage/types";
import { namedPropertyText, namedViews, type NamedView } from "./describeProperty";
import { bytesLines, type DumpContext, propertyLinesSteps } from "./dumpProperty";
import { foreignStorage, namedPropertiesOf } from "./parts";
import { unexplainedElements } from "./unexplained";

/** Options of `dumpText`. */
export interface DumpOptions {
  readonly dictionary: PropertyDictionary;
  /** The file, where its class id and what the message format does not explain are to be told too. */
  readonly storage?: RootStorage;
}

const INDENT = "  ";
const KINDS: ReadonlyMap<number, string> = new Map([
  [MAPI_ORIG, "From"],
  [MAPI_TO, "To"],
  [MAPI_CC, "Cc"],
  [MAPI_BCC, "Bcc"],
]);

/** The first text among the properties of an object. */
export function firstText(
  outline: MessageOutline,
  address: ObjectAddress,
  ...tags: readonly number[]
): string {
  for (const tag of tags) {
    const view = outline.property(address, tag);
    if (view && view.change !== "deleted" && typeof view.value === "string" && view.value !== "")
      return view.value;
  }
  return "";
}

const oneLine = (text: string): string => text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ").trim();

/** "Recipient 2, Cc: Bob <bob@example.com>". */
export function recipientTitle(
  outline: MessageOutline,
  { address, rowId, recipientKind }: RecipientView,
): string {
  const kind = KINDS.get((recipientKind ?? -1) & 0xf);
  const name = firstText(outline, address, PR_DISPLAY_NAME);
  const mail = firstText(outline, address, PR_SMTP_ADDRESS, PR_EMAIL_ADDRESS);
  const who = name !== "" && mail !== "" && name !== mail ? `${name} <${mail}>` : name || mail;
  return oneLine(
    [`Recipient ${rowId}`, kind === undefined ? "" : `, ${kind}`, who === "" ? "" : `: ${who}`].join(""),
  );
}

/** "Attachment 0: notes.txt". */
export function attachmentTitle(
  outline: MessageOutline,
  { address, number, problem }: AttachmentView,
): string {
  const tags = [PR_ATTACH_LONG_FILENAME, PR_ATTACH_FILENAME, PR_DISPLAY_NAME];
  const name = problem === undefined ? firstText(outline, address, ...tags) : "";
  return oneLine(`Attachment ${number}${name === "" ? "" : `: ${name}`}`);
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Where a property stands among others: tags first, in order; then named ones by set and name. */
function orderKey({ view, named }: NamedView): string {
  const id = propId(view.tag);
  if (!isNamedId(id)) return `0 ${hex8(view.tag)}`;
  if (!named) return `2 ${hex8(view.tag)}`;
  return `1 ${named.guid} ${"id" in named ? `0 ${hex8(named.id)}` : `1 ${named.name}`}`;
}

/** Properties in the order of a dump. */
export function inDumpOrder(properties: readonly NamedView[]): NamedView[] {
  return properties
    .map((property) => ({ property, key: orderKey(property) }))
    .sort((a, b) => compareText(a.key, b.key))
    .map(({ property }) => property);
}

/** The lines for each element of a list, with a step after each. */
function* linesInSteps<T>(list: readonly T[], lines: (element: T) => Steps<string[]>): Steps<string[]> {
  return (yield* mapInSteps(list, lines)).flat();
}

function* objectLines(context: DumpContext, address: ObjectAddress): Steps<string[]> {
  const properties = inDumpOrder(namedViews(context.outline, address, context.dictionary));
  return yield* linesInSteps(properties, (property) =>
    propertyLinesSteps(context, address, property, INDENT),
  );
}

/** The streams and storages of a foreign storage. */
function* foreignLines(storage: IStorage): Steps<string[]> {
  const elements: (() => Steps<string[]>)[] = [];
  walkStorage(storage, (path, { name, type }, holder) => {
    const where = `${INDENT}${JSON.stringify(path.join("/"))}`;
    elements.push(function* () {
      if (type === "storage") return [`${where}: storage, class ${holder.openStorage(name).clsid}`];
      const { rest, lines } = yield* bytesLines(holder.openStream(name), INDENT + INDENT);
      return [`${where}: ${rest}`, ...lines];
    });
  });
  return [`${INDENT}class ${storage.clsid}`, ...(yield* linesInSteps(elements, (read) => read()))];
}

/** A section: a title, its lines, and an empty line before it. */
const section = (title: string, lines: readonly string[]): string[] => ["", title, ...lines];

function* attachmentSections(context: DumpContext, view: AttachmentView, path: string): Steps<string[]> {
  const title = path + attachmentTitle(context.outline, view);
  if (view.problem !== undefined) return section(title, [`${INDENT}unreadable: ${view.problem}`]);
  const lines = section(title, yield* objectLines(context, view.address));
  if (view.object === "message")
    return [...lines, ...(yield* messageSections(context, `${view.address}/m`, `${title} > `))];
  if (view.object !== "storage") return lines;
  const held = foreignStorage(context.outline, view.address);
  return held
    ? [...lines, ...section(`${title} > Object ${hex8(PR_ATTACH_DATA_OBJ)}`, yield* foreignLines(held))]
    : lines;
}

function* messageSections(context: DumpContext, address: ObjectAddress, path: string): Steps<string[]> {
  const { outline } = context;
  const view = outline.message(address);
  const format = view.unicode ? "Unicode" : `8-bit, code page ${view.codePage.id}`;
  return [
    ...section(`${path}Message, ${format}`, yield* objectLines(context, address)),
    ...(yield* linesInSteps(view.recipients, function* (each) {
      return section(path + recipientTitle(outline, each), yield* objectLines(context, each.address));
    })),
    ...(yield* linesInSteps(view.attachments, (each) => attachmentSections(context, each, path))),
  ];
}

function nameLines({ outline, dictionary }: DumpContext): string[] {
  return namedPropertiesOf(outline).map(({ id, name }) => {
    const known = dictionary.describeNamed(name);
    const text = namedPropertyText(dictionary, name);
    return `${INDENT}${hex8(id).slice(4)} ${text}${known.known ? ` ${known.name}` : ""}`;
  });
}

function* extraLines(storage: RootStorage): Steps<string[]> {
  return yield* linesInSteps(unexplainedElements(storage), function* ({ path, bytes }) {
    const where = `${INDENT}${JSON.stringify(path.join("/"))}`;
    if (!bytes) return [`${where}: storage`];
    const { rest, lines } = yield* bytesLines(bytes, INDENT + INDENT);
    return [`${where}: ${rest}`, ...lines];
  });
}

function fileLine(storage: RootStorage | undefined): string {
  if (!storage) return "Outlook message";
  const problems = storage.problems.length === 0 ? "" : `, damaged: ${storage.problems.length} problems`;
  return `Outlook message, compound file version ${storage.majorVersion}, class ${storage.clsid}${problems}`;
}

/** As `dumpText`, in steps. The message has to stay as it is in between. */
export function* dumpTextSteps(outline: MessageOutline, { dictionary, storage }: DumpOptions): Steps<string> {
  const context: DumpContext = { outline, dictionary };
  const names = nameLines(context);
  const extra = storage ? yield* extraLines(storage) : [];
  const lines = [
    fileLine(storage),
    ...(yield* messageSections(context, "", "")),
    ...(names.length === 0 ? [] : section("Named properties", names)),
    ...(extra.length === 0 ? [] : section("Other elements", extra)),
  ];
  return `${lines.join("\n")}\n`;
}

/**
 * The text of a message as it stands, saved or not. Values are told by what they mean; binary ones of a known layout
 * field by field, bodies line by line, others up to 256 bytes in hex and longer ones by size, SHA-256 and first bytes.
 */
export const dumpText = (outline: MessageOutline, options: DumpOptions): string =>
  finish(dumpTextSteps(outline, options));
