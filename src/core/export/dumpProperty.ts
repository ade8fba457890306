/** One property as lines of a text dump. */
import { formatBinary } from "../mapi/binaryText";
import type { PropertyDictionary } from "../mapi/dictionaryTypes";
import { hex8, isMultiValued, isNamedId, isStringType, propId, propType } from "../mapi/propertyTypes";
import { PR_HTML, PR_INTERNET_CPID, PR_RTF_COMPRESSED } from "../mapi/tags";
import { DEFAULT_FLAGS } from "../session/propertyRecord";
import { PROPATTR_MANDATORY, PROPATTR_READABLE, PROPATTR_WRITEABLE } from "../session/constants";
import type { MessageOutline, ObjectAddress } from "../session/outline";
import { describeStructure } from "../structures/describe";
import type { StructureNode, StructureTree } from "../structures/types";
import { decodeHtml } from "../text/htmlCodePage";
import { decompressRtf } from "../text/rtf/compressed";
import { finish, type Steps } from "../steps";
import { decodeLatin1 } from "./latin1";
import {
  byteCountText,
  meaningOf,
  namedPropertyText,
  type NamedView,
  structureIn,
  typeName,
} from "./describeProperty";
import { sha256Steps } from "./sha256";

/** Bytes that are written out whole; longer values are told by size, digest and their first bytes. */
const MAX_BYTES = 256;
const BYTES_A_LINE = 32;
const INDENT = "  ";

/** A value: what stands behind the names of its property, and the lines below. */
interface ValueLines {
  readonly rest: string;
  readonly lines: readonly string[];
}

const FLAG_NAMES: readonly (readonly [number, string])[] = [
  [PROPATTR_MANDATORY, "mandatory"],
  [PROPATTR_READABLE, "readable"],
  [PROPATTR_WRITEABLE, "writeable"],
];

/** Property flags that differ from those a property has unless something is said: " [flags 0x2 readable]". */
function flagsText(flags: number): string {
  if (flags === DEFAULT_FLAGS) return "";
  const names = FLAG_NAMES.filter(([bit]) => (flags & bit) !== 0).map(([, name]) => name);
  return ` [flags 0x${[flags.toString(16).toUpperCase(), ...names].join(" ")}]`;
}

/** What identifies the property: "PidTagSubject 0037001F PT_UNICODE". Ids of named ones differ between files: left out. */
export function headText(property: NamedView, dictionary: PropertyDictionary): string {
  const { view, named, description } = property;
  const where = named ? namedPropertyText(dictionary, named) : hex8(view.tag);
  const name =
    !named && isNamedId(propId(view.tag)) ? "(no name)" : description.known ? description.name : "";
  const names = name === "" || where.endsWith(` ${name}`) ? [where] : [name, where];
  return `${[...names, typeName(propType(view.tag))].join(" ")}${flagsText(view.flags)}`;
}

/** Control characters but tabs as \\u0000, so that a terminal shows them and does not do them. */
function visible(text: string): string {
  return text.replace(
    /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** A text of several lines, one each; how they end is said where it is not CRLF throughout. */
function textBlock(text: string, indent: string): { note: string; lines: string[] } {
  const ends = new Set(text.match(/\r\n|\r|\n/g) ?? []);
  const kinds = [...ends].map((end) => ({ "\r\n": "CRLF", "\r": "CR", "\n": "LF" })[end] ?? "").sort();
  const note = kinds.length === 1 && kinds[0] === "CRLF" ? "" : `, lines end in ${kinds.join(" and ")}`;
  const lines = text.split(/\r\n|\r|\n/).map((line) => `${indent}|${line === "" ? "" : ` ${visible(line)}`}`);
  return { note, lines };
}

function textLines(text: string, indent: string): ValueLines {
  if (!/[\r\n]/.test(text)) return { rest: visible(JSON.stringify(text)), lines: [] };
  const { note, lines } = textBlock(text, indent);
  return { rest: `${lines.length} lines${note}`, lines };
}

/** The fields of a structure, what is in a part indented below it. */
function fieldLines(node: StructureNode, indent: string): string[] {
  const problem = node.problem === undefined ? "" : ` (${node.problem})`;
  const display = node.display === "" ? "" : ` ${visible(node.display)}`;
  return [
    `${indent}${node.label}:${display}${problem}`,
    ...(node.children ?? []).flatMap((child) => fieldLines(child, indent + INDENT)),
  ];
}

function structureLines(tree: StructureTree, indent: string): ValueLines {
  const summary = describeStructure(tree);
  const fields = tree.root.children ? tree.root.children.flatMap((child) => fieldLines(child, indent)) : [];
  return {
    rest: `${byteCountText(tree.bytes.length)}${summary === "" ? "" : `, ${visible(summary)}`}`,
    lines: fields,
  };
}

/** Bytes of which nothing is known. */
export function* bytesLines(bytes: Uint8Array, indent: string): Steps<ValueLines> {
  const size = byteCountText(bytes.length);
  if (bytes.length > MAX_BYTES) {
    const head = formatBinary(bytes, BYTES_A_LINE);
    return { rest: `${size}, SHA-256 ${yield* sha256Steps(bytes)}`, lines: [`${indent}${head} …`] };
  }
  if (bytes.length <= BYTES_A_LINE)
    return { rest: bytes.length === 0 ? size : `${size}: ${formatBinary(bytes)}`, lines: [] };
  const count = Math.ceil(bytes.length / BYTES_A_LINE);
  const lines = Array.from({ length: count }, (_, at) =>
    formatBinary(bytes.subarray(at * BYTES_A_LINE, (at + 1) * BYTES_A_LINE)),
  );
  return { rest: size, lines: lines.map((line) => indent + line) };
}

/** The text in a body that is stored as bytes: HTML, or RTF out of its container. */
function bodyText(property: NamedView, bytes: Uint8Array, internet: number | undefined): string | undefined {
  if (property.view.tag === PR_HTML)
    return decodeHtml(bytes, { override: undefined, internet, message: property.codePage }).text;
  if (property.view.tag !== PR_RTF_COMPRESSED) return undefined;
  const { rtf, problems } = decompressRtf(bytes);
  return problems.length === 0 ? decodeLatin1(rtf) : undefined;
}

/** What the lines of a property are made with. */
export interface DumpContext {
  readonly outline: MessageOutline;
  readonly dictionary: PropertyDictionary;
}

/** The code page that the object names for its HTML. */
function internetPage({ outline }: DumpContext, address: ObjectAddress): number | undefined {
  const value = outline.property(address, PR_INTERNET_CPID)?.value;
  return typeof value === "number" ? value : undefined;
}

function* valueLines(
  context: DumpContext,
  address: ObjectAddress,
  property: NamedView,
  value: unknown,
  indent: string,
): Steps<ValueLines> {
  if (property.view.problem !== undefined)
    return { rest: meaningOf(property, value, context.dictionary), lines: [] };
  if (typeof value === "string" && isStringType(propType(property.view.tag))) return textLines(value, indent);
  if (!(value instanceof Uint8Array))
    return { rest: meaningOf(property, value, context.dictionary), lines: [] };
  const body = bodyText(property, value, internetPage(context, address));
  if (body !== undefined) {
    const { rest, lines } = textLines(body, indent);
    return { rest: `${byteCountText(value.length)}, ${rest}`, lines };
  }
  const tree = structureIn(property, value, context.dictionary);
  return tree ? structureLines(tree, indent) : yield* bytesLines(value, indent);
}

/** As `propertyLines`, in steps. */
export function* propertyLinesSteps(
  context: DumpContext,
  address: ObjectAddress,
  property: NamedView,
  indent = "",
): Steps<string[]> {
  const head = `${indent}${headText(property, context.dictionary)}`;
  const { view } = property;
  const inner = indent + INDENT;
  if (view.problem !== undefined || !isMultiValued(propType(view.tag)) || !Array.isArray(view.value)) {
    const { rest, lines } = yield* valueLines(context, address, property, view.value, inner);
    return [`${head}: ${rest}`, ...lines];
  }
  const values: readonly unknown[] = view.value;
  const elements: string[][] = [];
  for (const [index, value] of values.entries()) {
    const { rest, lines } = yield* valueLines(context, address, property, value, inner + INDENT);
    elements.push([`${inner}[${index}] ${rest}`, ...lines]);
    yield;
  }
  return [`${head}: ${values.length === 1 ? "1 value" : `${values.length} values`}`, ...elements.flat()];
}

/** The lines of one property: its names, type and value; what does not fit a line is indented below it. */
export const propertyLines = (
  context: DumpContext,
  address: ObjectAddress,
  property: NamedView,
  indent = "",
): string[] => finish(propertyLinesSteps(context, address, property, indent));
