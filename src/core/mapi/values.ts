/**
 * The binary form of property values in a .msg file: [MS-OXMSG] 2.1.2, 2.1.3, 2.1.4 and 2.4.2.
 * In TypeScript a value has the form that the table of the core's public API gives for its type.
 */
import type { CodePage } from "../text/types";
import { decodeUtf16le, encodeUtf16le } from "../text/codePages";
import { MapiError } from "./errors";
import { guidFromBytes, guidToBytes } from "./guid";
import {
  elementType,
  hex8,
  isMultiValued,
  PROPERTY_TYPES,
  PT_APPTIME,
  PT_BOOLEAN,
  PT_CLSID,
  PT_CURRENCY,
  PT_DOUBLE,
  PT_ERROR,
  PT_I2,
  PT_I8,
  PT_LONG,
  PT_R4,
  PT_STRING8,
  PT_SYSTIME,
  PT_UNICODE,
} from "./propertyTypes";

/** Bytes that are read when they are first asked for. */
export interface ByteSource {
  readonly bytes: Uint8Array;
}

/**
 * A value as the file holds it. `fixed`: the 8 value bytes of the property entry; `stream`: one stream (also for
 * multi-valued types of fixed size); `streams`: the length stream and one stream an element.
 */
export type StoredValue =
  | { readonly place: "fixed"; readonly bytes: Uint8Array }
  | { readonly place: "stream"; readonly data: ByteSource }
  | { readonly place: "streams"; readonly lengths: ByteSource; readonly items: readonly ByteSource[] };

type FixedType = {
  read(view: DataView, at: number): unknown;
  write(view: DataView, at: number, value: unknown): void;
};

const bad = (type: number, expected: string): MapiError =>
  new MapiError(
    "MAPI_E_INVALID_PARAMETER",
    `A value of type ${PROPERTY_TYPES.get(type)?.mapi ?? hex8(type)} must be ${expected}.`,
  );

function asInteger(type: number, value: unknown, min: number, max: number): number {
  if (typeof value !== "number" || !Number.isInteger(value) || value < min || value > max) {
    throw bad(type, `a whole number from ${min} to ${max}`);
  }
  return value;
}

function asNumber(type: number, value: unknown): number {
  if (typeof value !== "number") throw bad(type, "a number");
  return value;
}

function asBigint(type: number, value: unknown, min: bigint, max: bigint): bigint {
  if (typeof value !== "bigint" || value < min || value > max)
    throw bad(type, `a bigint from ${min} to ${max}`);
  return value;
}

const I64_MIN = -(1n << 63n);
const I64_MAX = (1n << 63n) - 1n;
const U64_MAX = (1n << 64n) - 1n;

const signed64 = (type: number): FixedType => ({
  read: (view, at) => view.getBigInt64(at, true),
  write: (view, at, value) => view.setBigInt64(at, asBigint(type, value, I64_MIN, I64_MAX), true),
});

const float64 = (type: number): FixedType => ({
  read: (view, at) => view.getFloat64(at, true),
  write: (view, at, value) => view.setFloat64(at, asNumber(type, value), true),
});

/** Readers and writers of the types whose values always have the same size. */
const FIXED: ReadonlyMap<number, FixedType> = new Map<number, FixedType>([
  [
    PT_I2,
    {
      read: (view, at) => view.getInt16(at, true),
      write: (view, at, value) => view.setInt16(at, asInteger(PT_I2, value, -0x8000, 0xffff), true),
    },
  ],
  [
    PT_LONG,
    {
      read: (view, at) => view.getInt32(at, true),
      write: (view, at, value) => view.setInt32(at, asInteger(PT_LONG, value, -0x80000000, 0xffffffff), true),
    },
  ],
  [
    PT_R4,
    {
      read: (view, at) => view.getFloat32(at, true),
      write: (view, at, value) => view.setFloat32(at, asNumber(PT_R4, value), true),
    },
  ],
  [PT_DOUBLE, float64(PT_DOUBLE)],
  [PT_APPTIME, float64(PT_APPTIME)],
  [PT_CURRENCY, signed64(PT_CURRENCY)],
  [PT_I8, signed64(PT_I8)],
  [
    PT_SYSTIME,
    {
      read: (view, at) => view.getBigUint64(at, true),
      write: (view, at, value) => view.setBigUint64(at, asBigint(PT_SYSTIME, value, 0n, U64_MAX), true),
    },
  ],
  [
    PT_ERROR,
    {
      read: (view, at) => view.getUint32(at, true),
      write: (view, at, value) =>
        view.setUint32(at, asInteger(PT_ERROR, value, -0x80000000, 0xffffffff), true),
    },
  ],
  [
    PT_BOOLEAN,
    {
      read: (view, at) => view.getUint16(at, true) !== 0,
      write: (view, at, value) => {
        if (typeof value !== "boolean") throw bad(PT_BOOLEAN, "true or false");
        view.setUint16(at, value ? 1 : 0, true);
      },
    },
  ],
  [
    PT_CLSID,
    {
      read: (view, at) => guidFromBytes(new Uint8Array(view.buffer, view.byteOffset + at, 16)),
      write: (view, at, value) => {
        const bytes = typeof value === "string" ? guidToBytes(value) : undefined;
        if (!bytes) throw bad(PT_CLSID, "a GUID");
        new Uint8Array(view.buffer, view.byteOffset + at, 16).set(bytes);
      },
    },
  ],
]);

const viewOf = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** Takes the NULs off that some writers leave at the end of strings ([MS-OXMSG] 2.4.2 has none there). */
function trimNuls(text: string): string {
  let end = text.length;
  while (end > 0 && text.charCodeAt(end - 1) === 0) end--;
  return end === text.length ? text : text.slice(0, end);
}

function decodeBytes(type: number, bytes: Uint8Array, codePage: CodePage): unknown {
  switch (type) {
    case PT_UNICODE:
      return trimNuls(decodeUtf16le(bytes));
    case PT_STRING8:
      return trimNuls(codePage.decode(bytes));
    case PT_CLSID:
      if (bytes.length < 16) {
        throw new MapiError("MAPI_E_CORRUPT_DATA", `A GUID has 16 bytes; the stream holds ${bytes.length}.`);
      }
      return guidFromBytes(bytes);
    default:
      return bytes;
  }
}

function encodeBytes(type: number, value: unknown, codePage: CodePage): Uint8Array {
  if (type === PT_UNICODE) {
    if (typeof value !== "string") throw bad(type, "a string");
    return encodeUtf16le(value);
  }
  if (type === PT_STRING8) {
    if (typeof value !== "string") throw bad(type, "a string");
    const { bytes, missing } = codePage.encode(value);
    if (missing.length === 0) return bytes;
    const named = missing.slice(0, 10).map((char) => `“${char}” (U+${codePointHex(char)})`);
    const more = missing.length - named.length;
    const list = more > 0 ? `${named.join(", ")} and ${more} more` : named.join(", ");
    throw new MapiError(
      "MAPI_E_BAD_CHARWIDTH",
      `Code page ${codePage.id} cannot hold ${list}. The message is 8-bit: use other characters, or save it as Unicode.`,
    );
  }
  const fixed = FIXED.get(type);
  const size = PROPERTY_TYPES.get(type)?.size ?? 0;
  if (fixed && size > 0) {
    const bytes = new Uint8Array(size);
    fixed.write(viewOf(bytes), 0, value);
    return bytes;
  }
  if (!(value instanceof Uint8Array)) throw bad(type, "bytes (Uint8Array)");
  // A copy, and a plain one: the caller may go on using its own array.
  return new Uint8Array(value);
}

function codePointHex(char: string): string {
  return (char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
}

/** The elements of a stream of equal-sized values; bytes after the last whole one are left out. */
function decodePacked(type: number, bytes: Uint8Array): unknown[] {
  const fixed = FIXED.get(type);
  const size = PROPERTY_TYPES.get(type)?.size ?? 0;
  if (!fixed || size === 0)
    throw new MapiError("MAPI_E_INVALID_TYPE", `Type ${hex8(type)} has no fixed size.`);
  const view = viewOf(bytes);
  return Array.from({ length: Math.floor(bytes.length / size) }, (_, i) => fixed.read(view, i * size));
}

/**
 * The value that a stored value stands for.
 * @throws MapiError MAPI_E_INVALID_TYPE for a type that MS-OXCDATA does not know, MAPI_E_CORRUPT_DATA for bytes that
 * cannot be a value of the type.
 */
export function decodeValue(type: number, stored: StoredValue, codePage: CodePage): unknown {
  if (!PROPERTY_TYPES.has(type)) {
    throw new MapiError("MAPI_E_INVALID_TYPE", `0x${hex8(type).slice(4)} is not a property type.`);
  }
  const element = elementType(type);
  switch (stored.place) {
    case "fixed": {
      const fixed = FIXED.get(type);
      if (!fixed)
        throw new MapiError("MAPI_E_INVALID_TYPE", `Type ${hex8(type)} does not fit into a property entry.`);
      return fixed.read(viewOf(stored.bytes), 0);
    }
    case "stream":
      return isMultiValued(type)
        ? decodePacked(element, stored.data.bytes)
        : decodeBytes(element, stored.data.bytes, codePage);
    case "streams":
      return stored.items.map((item) => decodeBytes(element, item.bytes, codePage));
  }
}

const ownBytes = (bytes: Uint8Array): ByteSource => ({ bytes });

function appendNul(type: number, bytes: Uint8Array): Uint8Array {
  const terminated = new Uint8Array(bytes.length + (type === PT_UNICODE ? 2 : 1));
  terminated.set(bytes);
  return terminated;
}

/** The length stream of a multi-valued property: 4 bytes an element for text, 8 for binary ([MS-OXMSG] 2.1.4.2). */
function lengthStream(type: number, items: readonly Uint8Array[]): Uint8Array {
  const width = type === PT_UNICODE || type === PT_STRING8 ? 4 : 8;
  const lengths = new Uint8Array(items.length * width);
  const view = viewOf(lengths);
  items.forEach((item, i) => view.setUint32(i * width, item.length, true));
  return lengths;
}

/**
 * The stored form of a value. Elements of multi-valued text get their NUL, single text none, as Outlook writes them.
 * @throws MapiError MAPI_E_INVALID_TYPE for types that are not stored as values, MAPI_E_INVALID_PARAMETER for a value
 * that is not of the type or a multi-valued one without elements, MAPI_E_BAD_CHARWIDTH for text outside the code page.
 */
export function encodeValue(type: number, value: unknown, codePage: CodePage): StoredValue {
  const info = PROPERTY_TYPES.get(type);
  if (!info || info.place === "none" || info.place === "storage") {
    throw new MapiError("MAPI_E_INVALID_TYPE", `A value of type 0x${hex8(type).slice(4)} cannot be stored.`);
  }
  const element = elementType(type);
  if (!isMultiValued(type)) {
    const bytes = encodeBytes(element, value, codePage);
    if (info.place === "stream") return { place: "stream", data: ownBytes(bytes) };
    const entry = new Uint8Array(8);
    entry.set(bytes);
    return { place: "fixed", bytes: entry };
  }
  if (!Array.isArray(value)) throw bad(type, "an array");
  if (value.length === 0) {
    throw new MapiError("MAPI_E_INVALID_PARAMETER", "A multi-valued property needs at least one value.");
  }
  const items = value.map((item: unknown) => encodeBytes(element, item, codePage));
  if (info.place === "streams") {
    const terminated = element === PT_UNICODE || element === PT_STRING8;
    const stored = terminated ? items.map((item) => appendNul(element, item)) : items;
    return {
      place: "streams",
      lengths: ownBytes(lengthStream(element, stored)),
      items: stored.map(ownBytes),
    };
  }
  const packed = new Uint8Array(items.length * info.size);
  items.forEach((item, i) => packed.set(item, i * info.size));
  return { place: "stream", data: ownBytes(packed) };
}

/** Bytes a stored value holds, for counting. */
export function storedSize(stored: StoredValue): number {
  switch (stored.place) {
    case "fixed":
      return stored.bytes.length;
    case "stream":
      return stored.data.bytes.length;
    case "streams":
      return stored.items.reduce((sum, item) => sum + item.bytes.length, stored.lengths.bytes.length);
  }
}

/** Whether two values of the same type are equal: by content for bytes and arrays, NaN equal to itself, 0 unlike -0. */
export function sameValue(a: unknown, b: unknown): boolean {
  if (a instanceof Uint8Array && b instanceof Uint8Array) {
    return a === b || (a.length === b.length && a.every((byte, i) => byte === b[i]));
  }
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item: unknown, i) => sameValue(item, b[i]));
  }
  return Object.is(a, b);
}
