/** Property types and property tags: [MS-OXCDATA] 2.11.1, [MS-OXMSG] 2.4. */

export const PT_UNSPECIFIED = 0x0000;
export const PT_NULL = 0x0001;
export const PT_I2 = 0x0002;
export const PT_SHORT = PT_I2;
export const PT_LONG = 0x0003;
export const PT_I4 = PT_LONG;
export const PT_R4 = 0x0004;
export const PT_FLOAT = PT_R4;
export const PT_DOUBLE = 0x0005;
export const PT_R8 = PT_DOUBLE;
export const PT_CURRENCY = 0x0006;
export const PT_APPTIME = 0x0007;
export const PT_ERROR = 0x000a;
export const PT_BOOLEAN = 0x000b;
export const PT_OBJECT = 0x000d;
export const PT_I8 = 0x0014;
export const PT_LONGLONG = PT_I8;
export const PT_STRING8 = 0x001e;
export const PT_UNICODE = 0x001f;
export const PT_SYSTIME = 0x0040;
export const PT_CLSID = 0x0048;
export const PT_SVREID = 0x00fb;
export const PT_SRESTRICTION = 0x00fd;
export const PT_ACTIONS = 0x00fe;
export const PT_BINARY = 0x0102;

/** Set in a property type that is multi-valued. */
export const MV_FLAG = 0x1000;
export const PT_MV_I2 = 0x1002;
export const PT_MV_SHORT = PT_MV_I2;
export const PT_MV_LONG = 0x1003;
export const PT_MV_I4 = PT_MV_LONG;
export const PT_MV_R4 = 0x1004;
export const PT_MV_FLOAT = PT_MV_R4;
export const PT_MV_DOUBLE = 0x1005;
export const PT_MV_R8 = PT_MV_DOUBLE;
export const PT_MV_CURRENCY = 0x1006;
export const PT_MV_APPTIME = 0x1007;
export const PT_MV_I8 = 0x1014;
export const PT_MV_LONGLONG = PT_MV_I8;
export const PT_MV_STRING8 = 0x101e;
export const PT_MV_UNICODE = 0x101f;
export const PT_MV_SYSTIME = 0x1040;
export const PT_MV_CLSID = 0x1048;
export const PT_MV_BINARY = 0x1102;

/**
 * Where a value of a type lives in a .msg: `fixed` in the 16-byte property entry, `stream` in one stream,
 * `packed` in one stream of equal elements, `streams` in a length stream and a stream an element,
 * `storage` in a storage, `none` nowhere.
 */
export type ValuePlace = "fixed" | "stream" | "packed" | "streams" | "storage" | "none";

/** What the format says of one property type. */
export interface PropertyTypeInfo {
  readonly code: number;
  /** The name of the specification: "PtypString". */
  readonly ptyp: string;
  /** The name of the MAPI headers: "PT_UNICODE". */
  readonly mapi: string;
  readonly place: ValuePlace;
  /** Bytes of one value when they are always as many, else 0. */
  readonly size: number;
}

const SINGLE: readonly PropertyTypeInfo[] = [
  { code: PT_UNSPECIFIED, ptyp: "PtypUnspecified", mapi: "PT_UNSPECIFIED", place: "none", size: 0 },
  { code: PT_NULL, ptyp: "PtypNull", mapi: "PT_NULL", place: "none", size: 0 },
  { code: PT_I2, ptyp: "PtypInteger16", mapi: "PT_I2", place: "fixed", size: 2 },
  { code: PT_LONG, ptyp: "PtypInteger32", mapi: "PT_LONG", place: "fixed", size: 4 },
  { code: PT_R4, ptyp: "PtypFloating32", mapi: "PT_R4", place: "fixed", size: 4 },
  { code: PT_DOUBLE, ptyp: "PtypFloating64", mapi: "PT_DOUBLE", place: "fixed", size: 8 },
  { code: PT_CURRENCY, ptyp: "PtypCurrency", mapi: "PT_CURRENCY", place: "fixed", size: 8 },
  { code: PT_APPTIME, ptyp: "PtypFloatingTime", mapi: "PT_APPTIME", place: "fixed", size: 8 },
  { code: PT_ERROR, ptyp: "PtypErrorCode", mapi: "PT_ERROR", place: "fixed", size: 4 },
  { code: PT_BOOLEAN, ptyp: "PtypBoolean", mapi: "PT_BOOLEAN", place: "fixed", size: 2 },
  { code: PT_OBJECT, ptyp: "PtypObject", mapi: "PT_OBJECT", place: "storage", size: 0 },
  { code: PT_I8, ptyp: "PtypInteger64", mapi: "PT_I8", place: "fixed", size: 8 },
  { code: PT_STRING8, ptyp: "PtypString8", mapi: "PT_STRING8", place: "stream", size: 0 },
  { code: PT_UNICODE, ptyp: "PtypString", mapi: "PT_UNICODE", place: "stream", size: 0 },
  { code: PT_SYSTIME, ptyp: "PtypTime", mapi: "PT_SYSTIME", place: "fixed", size: 8 },
  { code: PT_CLSID, ptyp: "PtypGuid", mapi: "PT_CLSID", place: "stream", size: 16 },
  { code: PT_SVREID, ptyp: "PtypServerId", mapi: "PT_SVREID", place: "stream", size: 0 },
  { code: PT_SRESTRICTION, ptyp: "PtypRestriction", mapi: "PT_SRESTRICTION", place: "stream", size: 0 },
  { code: PT_ACTIONS, ptyp: "PtypRuleAction", mapi: "PT_ACTIONS", place: "stream", size: 0 },
  { code: PT_BINARY, ptyp: "PtypBinary", mapi: "PT_BINARY", place: "stream", size: 0 },
];

/** The single-valued types that have a multi-valued form. */
const MULTI: readonly number[] = [
  PT_I2,
  PT_LONG,
  PT_R4,
  PT_DOUBLE,
  PT_CURRENCY,
  PT_APPTIME,
  PT_I8,
  PT_STRING8,
  PT_UNICODE,
  PT_SYSTIME,
  PT_CLSID,
  PT_BINARY,
];

function multiOf(info: PropertyTypeInfo): PropertyTypeInfo {
  return {
    code: info.code | MV_FLAG,
    ptyp: info.ptyp.replace("Ptyp", "PtypMultiple"),
    mapi: info.mapi.replace("PT_", "PT_MV_"),
    place: info.size > 0 ? "packed" : "streams",
    size: info.size,
  };
}

/** Every property type by its code. */
export const PROPERTY_TYPES: ReadonlyMap<number, PropertyTypeInfo> = new Map(
  [...SINGLE, ...SINGLE.filter((info) => MULTI.includes(info.code)).map(multiOf)].map((info) => [
    info.code,
    info,
  ]),
);

/** The type word of a tag: its low 16 bits. */
export function propType(tag: number): number {
  return tag & 0xffff;
}

/** The property id of a tag: its high 16 bits. */
export function propId(tag: number): number {
  return (tag >>> 16) & 0xffff;
}

/** The 32-bit tag of an id and a type, unsigned. */
export function propTag(type: number, id: number): number {
  return (((id & 0xffff) << 16) | (type & 0xffff)) >>> 0;
}

/** The same id with another type. */
export function changePropType(tag: number, type: number): number {
  return propTag(type, propId(tag));
}

/** Whether a type is multi-valued. */
export function isMultiValued(type: number): boolean {
  return (type & MV_FLAG) !== 0;
}

/** The type of one element of a multi-valued type; any other type as it is. */
export function elementType(type: number): number {
  return type & ~MV_FLAG;
}

/** Whether a type is text, single- or multi-valued. */
export function isStringType(type: number): boolean {
  const element = elementType(type);
  return element === PT_UNICODE || element === PT_STRING8;
}

/** Whether an id is that of a named property: 0x8000 to 0xFFFE. */
export function isNamedId(id: number): boolean {
  return id >= 0x8000 && id <= 0xfffe;
}

/** Eight upper-case hex digits of a 32-bit number: the form of tags in stream names. */
export function hex8(value: number): string {
  return (value >>> 0).toString(16).toUpperCase().padStart(8, "0");
}
