/** Single fields: how many bytes they take, their values, texts and bytes. */
import { formatAppTime, parseAppTime } from "../mapi/dateText";
import { formatBinary, parseBinary } from "../mapi/binaryText";
import { GUID_NULL, guidFromBytes, guidToBytes } from "../mapi/guid";
import { formatDouble, formatFloat, parseDouble } from "../mapi/numberText";
import { codePage, decodeUtf16le, decodeUtf8, encodeUtf16le, encodeUtf8 } from "../text/codePages";
import type { CodePage } from "../text/types";
import type { BytesLayout, GuidLayout, Layout, NumberLayout, RealLayout, Size, TextLayout } from "./layout";
import { checkNumber, numberText, parseNumber, readNumber, showNumber, writeNumber } from "./numbers";
import type { Outcome } from "./numbers";
import type { Scope } from "./scope";
import type { Scalar, StructureContext } from "./types";

/** Layouts of single fields. */
export type LeafLayout = NumberLayout | RealLayout | TextLayout | BytesLayout | GuidLayout;

/** Most bytes that are shown of a field. */
const SHOWN_BYTES = 64;
const FALLBACK_PAGE = 1252;
const GUID_SIZE = 16;

/** Whether a layout is that of a single field. */
export function isLeaf(layout: Layout): layout is LeafLayout {
  return ["number", "real", "text", "bytes", "guid"].includes(layout.kind);
}

/** The page of 8-bit text. */
export function pageOf(context: StructureContext): CodePage {
  const page = codePage(context.codePage) ?? codePage(FALLBACK_PAGE);
  return page ?? { id: 65001, decode: decodeUtf8, encode: encodeUtf8 };
}

/** A size in bytes or elements; "rest" is what remains. Never negative. */
export function sizeIn(size: Size, scope: Scope, remaining: number): number {
  if (size === "rest") return remaining;
  if (typeof size === "number") return size;
  if (typeof size === "function") return size(scope);
  if ("allBut" in size) return Math.max(0, remaining - size.allBut);
  return Math.max(0, scope.number(size.of) * (size.unit ?? 1) + (size.add ?? 0));
}

function encodingOf(layout: TextLayout, scope: Scope): "utf16" | "codePage" | "utf8" {
  return typeof layout.encoding === "function" ? layout.encoding(scope) : layout.encoding;
}

/** Bytes up to and with the character that ends a text; all of them when there is none. */
function lengthToEnd(bytes: Uint8Array, width: number, delimiter: number): number {
  for (let at = 0; at + width <= bytes.length; at += width) {
    if (bytes[at] === delimiter && (width === 1 || bytes[at + 1] === 0)) return at + width;
  }
  return bytes.length;
}

/** The bytes a field takes, out of those that remain. */
export function leafSize(layout: LeafLayout, scope: Scope, rest: Uint8Array): number {
  if (layout.kind === "number" || layout.kind === "real") return layout.size;
  if (layout.kind === "guid") return GUID_SIZE;
  if (layout.kind === "text" && layout.size === "nul") {
    return lengthToEnd(rest, encodingOf(layout, scope) === "utf16" ? 2 : 1, layout.delimiter ?? 0);
  }
  return sizeIn(layout.size as Size, scope, rest.length);
}

function decodeText(encoding: "utf16" | "codePage" | "utf8", bytes: Uint8Array, scope: Scope): string {
  if (encoding === "utf16") return decodeUtf16le(bytes);
  return encoding === "utf8" ? decodeUtf8(bytes) : pageOf(scope.context).decode(bytes);
}

function endOf(layout: TextLayout): string {
  return String.fromCharCode(layout.delimiter ?? 0);
}

function readText(layout: TextLayout, bytes: Uint8Array, scope: Scope): string {
  const encoding = encodingOf(layout, scope);
  const text = decodeText(encoding, bytes, scope);
  if (layout.padded === true) return text.split("\0", 1)[0] ?? "";
  const ends = layout.size === "nul" || layout.terminated === true;
  return ends && text.endsWith(endOf(layout)) ? text.slice(0, -1) : text;
}

function writeText(layout: TextLayout, text: string, scope: Scope): Outcome<Uint8Array> {
  const encoding = encodingOf(layout, scope);
  const ended = layout.size === "nul" || layout.terminated === true ? text + endOf(layout) : text;
  if (encoding === "utf16") return fit(layout, encodeUtf16le(ended));
  const page = encoding === "utf8" ? { encode: encodeUtf8, id: 65001 } : pageOf(scope.context);
  const { bytes, missing } = page.encode(ended);
  if (missing.length === 0) return fit(layout, bytes);
  return { message: `Code page ${page.id} has no ${missing.map((each) => `“${each}”`).join(", ")}.` };
}

/** Text in a field of a fixed size. */
function fit(layout: TextLayout, bytes: Uint8Array): Outcome<Uint8Array> {
  if (typeof layout.size !== "number") return { value: bytes };
  if (bytes.length > layout.size) {
    return { message: `The text takes ${bytes.length} bytes; the field has ${layout.size}.` };
  }
  const whole = new Uint8Array(layout.size);
  whole.set(bytes);
  return { value: whole };
}

function swapped(bytes: Uint8Array): Uint8Array {
  const order = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15];
  return Uint8Array.from(order, (at) => bytes[at] ?? 0);
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** The value in the bytes of a field. */
export function readLeaf(layout: LeafLayout, bytes: Uint8Array, scope: Scope): Scalar {
  switch (layout.kind) {
    case "number":
      return readNumber(layout, bytes);
    case "real":
      return layout.size === 4 ? viewOf(bytes).getFloat32(0, true) : viewOf(bytes).getFloat64(0, true);
    case "text":
      return readText(layout, bytes, scope);
    case "bytes":
      return bytes;
    case "guid":
      return guidFromBytes(layout.bigEndian === true ? swapped(bytes) : bytes);
  }
}

function writeReal(layout: RealLayout, value: number): Uint8Array {
  const bytes = new Uint8Array(layout.size);
  if (layout.size === 4) viewOf(bytes).setFloat32(0, value, true);
  else viewOf(bytes).setFloat64(0, value, true);
  return bytes;
}

const wrongKind: { readonly message: string } = { message: "The value does not fit the field." };

/** The bytes of a value. */
export function writeLeaf(layout: LeafLayout, value: Scalar, scope: Scope): Outcome<Uint8Array> {
  switch (layout.kind) {
    case "number":
      if (typeof value === "string" || value instanceof Uint8Array) return wrongKind;
      return { value: writeNumber(layout, value) };
    case "real":
      return typeof value === "number" ? { value: writeReal(layout, value) } : wrongKind;
    case "text":
      return typeof value === "string" ? writeText(layout, value, scope) : wrongKind;
    case "bytes":
      return value instanceof Uint8Array ? { value } : wrongKind;
    case "guid": {
      const bytes = typeof value === "string" ? guidToBytes(value) : undefined;
      if (bytes === undefined) return wrongKind;
      return { value: layout.bigEndian === true ? swapped(bytes) : bytes };
    }
  }
}

/** The value of a field that is new. */
export function initialLeaf(layout: LeafLayout): Scalar {
  switch (layout.kind) {
    case "number": {
      const initial = layout.initial ?? layout.oneOf?.[0] ?? layout.min ?? 0;
      if (layout.form === "boolean") return initial !== 0;
      return layout.size > 6 || layout.form === "fileTime48" ? BigInt(initial) : initial;
    }
    case "real":
      return 0;
    case "text":
      return "";
    case "bytes":
      return Uint8Array.from(
        layout.fixed ?? new Uint8Array(typeof layout.size === "number" ? layout.size : 0),
      );
    case "guid":
      return layout.fixed ?? GUID_NULL;
  }
}

function showBytes(bytes: Uint8Array): string {
  const more = bytes.length > SHOWN_BYTES ? " …" : "";
  return `${formatBinary(bytes, SHOWN_BYTES)}${more}`;
}

/** The value as people read it. */
export function showLeaf(layout: LeafLayout, value: Scalar, context: StructureContext): string {
  if (value instanceof Uint8Array) return showBytes(value);
  if (layout.kind === "guid" && typeof value === "string") {
    const name = context.names?.guidName(value);
    return name === undefined ? value : `${value} ${name}`;
  }
  if (typeof value === "string") return value;
  if (layout.kind === "number") return showNumber(layout, value, context);
  return leafText(layout, value);
}

/** The text that `parseLeaf` takes for the value. */
export function leafText(layout: LeafLayout, value: Scalar): string {
  if (value instanceof Uint8Array) return formatBinary(value);
  if (typeof value === "string") return value;
  if (layout.kind === "number") return numberText(layout, value);
  if (layout.kind !== "real") return String(value);
  if (layout.form === "appTime") return formatAppTime(Number(value));
  return layout.size === 4 ? formatFloat(Number(value)) : formatDouble(Number(value));
}

function parseBytes(layout: BytesLayout, text: string, scope: Scope): Outcome<Uint8Array> {
  const bytes = parseBinary(text);
  if (!bytes.ok) return { message: bytes.message.message };
  const size = typeof layout.size === "number" ? layout.size : undefined;
  if (size !== undefined && bytes.value.length !== size) {
    return { message: `The field has ${size} bytes; these are ${bytes.value.length}.` };
  }
  return checkedSize(layout.size, bytes.value, scope);
}

/** The bytes, when the field that holds their length can say it. */
function checkedSize(size: Size, bytes: Uint8Array, scope: Scope): Outcome<Uint8Array> {
  if (typeof size !== "object" || "allBut" in size) return { value: bytes };
  const unit = size.unit ?? 1;
  const count = (bytes.length - (size.add ?? 0)) / unit;
  if (!Number.isInteger(count)) return { message: `The length has to be a multiple of ${unit}.` };
  const source = scope.node(size.of)?.layout;
  const most = source?.kind === "number" ? 2 ** (source.size * 8) - 1 : Number.MAX_SAFE_INTEGER;
  if (count <= most) return { value: bytes };
  return { message: `Too long: ${count} where at most ${most} can be counted.` };
}

function parseText(layout: TextLayout, text: string, scope: Scope): Outcome<string> {
  const nulEnds = layout.size === "nul" || layout.padded === true || layout.terminated === true;
  if (nulEnds && text.includes(endOf(layout))) {
    const end = layout.delimiter === undefined ? "NUL" : `“${endOf(layout)}”`;
    return { message: `The text ends at its first ${end}: it cannot hold one.` };
  }
  if (layout.maxLength !== undefined && text.length > layout.maxLength) {
    return { message: `Too long: ${text.length} characters where at most ${layout.maxLength} are allowed.` };
  }
  const bytes = writeText(layout, text, scope);
  if ("message" in bytes) return bytes;
  const checked = layout.size === "nul" ? bytes : checkedSize(layout.size, bytes.value, scope);
  return "message" in checked ? checked : { value: text };
}

function parseReal(layout: RealLayout, text: string): Outcome<number> {
  const result = layout.form === "appTime" ? parseAppTime(text) : parseDouble(text, layout.size === 4);
  return result.ok ? result : { message: result.message.message };
}

/** A value out of what was typed, checked by the field's own rules. */
export function parseLeaf(layout: LeafLayout, text: string, scope: Scope): Outcome<Scalar> {
  switch (layout.kind) {
    case "number": {
      const parsed = parseNumber(layout, text, scope.context);
      const wrong = "value" in parsed ? checkNumber(layout, parsed.value) : undefined;
      return wrong === undefined ? parsed : { message: wrong };
    }
    case "real":
      return parseReal(layout, text);
    case "text":
      return parseText(layout, text, scope);
    case "bytes": {
      const parsed = parseBytes(layout, text, scope);
      const wrong = "value" in parsed ? checkLeaf(layout, parsed.value) : undefined;
      return wrong === undefined ? parsed : { message: wrong };
    }
    case "guid": {
      const bytes = guidToBytes(text);
      if (bytes === undefined)
        return { message: "Not a GUID. Write it like {00020329-0000-0000-C000-000000000046}." };
      const value = guidFromBytes(bytes);
      const wrong = checkLeaf(layout, value);
      return wrong === undefined ? { value } : { message: wrong };
    }
  }
}

/** What is wrong with a value by the field's own rules; undefined when nothing is. */
export function checkLeaf(layout: LeafLayout, value: Scalar): string | undefined {
  if (layout.kind === "number" && typeof value !== "string" && !(value instanceof Uint8Array)) {
    return checkNumber(layout, value);
  }
  if (layout.kind === "guid" && layout.fixed !== undefined && value !== layout.fixed) {
    return `The field has to be ${layout.fixed}.`;
  }
  if (layout.kind === "bytes" && layout.fixed !== undefined && value instanceof Uint8Array) {
    const same = layout.fixed.length === value.length && layout.fixed.every((byte, at) => value[at] === byte);
    return same ? undefined : `The field has to be ${formatBinary(Uint8Array.from(layout.fixed))}.`;
  }
  return undefined;
}
