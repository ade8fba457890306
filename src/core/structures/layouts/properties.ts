/** Property values outside of a message's own: in rows, restrictions and rules ([MS-OXCDATA] 2.11). */
import {
  elementType,
  hex8,
  isMultiValued,
  propType,
  PT_APPTIME,
  PT_BINARY,
  PT_BOOLEAN,
  PT_CLSID,
  PT_CURRENCY,
  PT_DOUBLE,
  PT_ERROR,
  PT_I2,
  PT_I8,
  PT_LONG,
  PT_NULL,
  PT_OBJECT,
  PT_R4,
  PT_STRING8,
  PT_SYSTIME,
  PT_UNICODE,
  PT_UNSPECIFIED,
} from "../../mapi/propertyTypes";
import type { Field, Layout } from "../layout";
import {
  array,
  bytes,
  choice,
  field,
  fileTime,
  guid,
  sized,
  struct,
  text,
  u16,
  u32,
  u64,
  u8,
} from "../layout";
import { structuresOf } from "../properties";
import type { Scope } from "../scope";
import { entryId } from "./entryIds";

/**
 * How values are laid out: `row` counts text and bytes in 2 bytes, `rule` ends text with a NUL and counts bytes in 4,
 * `nickname` has 16 bytes for every value and counts in 4 behind them.
 */
export type Flavour = "row" | "rule" | "nickname";

const real = (size: 4 | 8, form: "number" | "appTime" = "number"): Layout => ({ kind: "real", size, form });

/** Values of a fixed size. */
function fixedValue(type: number, tag: number, flavour: Flavour): Layout | undefined {
  const flags = { flags: `0x${hex8(tag)}` };
  const table: ReadonlyMap<number, Layout> = new Map<number, Layout>([
    [PT_I2, u16({ signed: true, ...flags })],
    [PT_LONG, u32({ signed: true, ...flags })],
    [PT_R4, real(4)],
    [PT_DOUBLE, real(8)],
    [PT_APPTIME, real(8, "appTime")],
    [PT_CURRENCY, u64({ signed: true })],
    [PT_I8, u64({ signed: true })],
    [PT_SYSTIME, fileTime()],
    [PT_ERROR, u32({ form: "error" })],
    [PT_BOOLEAN, flavour === "rule" ? u8({ form: "boolean" }) : u16({ form: "boolean" })],
    [PT_CLSID, guid()],
  ]);
  return table.get(type);
}

const TEXTS: ReadonlyMap<number, "codePage" | "utf16"> = new Map([
  [PT_STRING8, "codePage"],
  [PT_UNICODE, "utf16"],
]);
const EMPTY_TYPES: ReadonlySet<number> = new Set([PT_NULL, PT_UNSPECIFIED, PT_OBJECT]);

const counter = (flavour: Flavour): Layout =>
  flavour === "row" ? u16({ form: "hex" }) : u32({ form: "hex" });

/** Text or bytes with their count. */
function countedValue(type: number, tag: number, flavour: Flavour): Layout {
  const encoding = TEXTS.get(type);
  if (encoding !== undefined && flavour === "rule") return text(encoding, "nul");
  const size = { of: "Size" };
  const content = structuresOf({ tag }) === "EntryId" ? sized(size, entryId) : bytes(size);
  return struct(
    [
      field("Size", counter(flavour)),
      field("Content", encoding === undefined ? content : text(encoding, size, { terminated: true })),
    ],
    (scope) => scope.node("Content")?.display ?? "",
  );
}

function oneValue(type: number, tag: number, flavour: Flavour): Layout {
  const fixed = fixedValue(type, tag, flavour);
  if (fixed !== undefined) return fixed;
  return TEXTS.has(type) || type === PT_BINARY ? countedValue(type, tag, flavour) : bytes("rest");
}

function valueOf(scope: Scope, flavour: Flavour): Layout {
  const tag = scope.number("PropTag");
  const type = propType(tag) & ~0x2000;
  if (!isMultiValued(type)) return oneValue(type, tag, flavour);
  const element = oneValue(elementType(type), tag, flavour);
  return struct([field("Count", counter(flavour)), field("Values", array(element, { of: "Count" }))]);
}

const hasValue = (scope: Scope): boolean => !EMPTY_TYPES.has(propType(scope.number("PropTag")));

function tagged(flavour: Flavour): Layout {
  return struct(
    [
      field("PropTag", u32({ form: "tag" })),
      field(
        "Value",
        choice((scope) => valueOf(scope, flavour)),
        { when: hasValue },
      ),
    ],
    (scope) => `${scope.node("PropTag")?.display ?? ""}: ${scope.node("Value")?.display ?? ""}`,
  );
}

/** A union of 8 bytes; text, bytes and multiple values follow it. */
function nicknameValue(scope: Scope): Layout {
  const tag = scope.number("PropTag");
  const type = propType(tag);
  const fixed = fixedValue(type, tag, "nickname");
  const small = fixed?.kind === "number" || fixed?.kind === "real" ? fixed.size : 8;
  const inUnion = fixed !== undefined && type !== PT_CLSID;
  return struct([
    ...(inUnion ? [field("Scalar", fixed)] : []),
    ...(inUnion && small === 8 ? [] : [field("Union", bytes(inUnion ? 8 - small : 8))]),
    ...(inUnion ? [] : [field("Content", valueOf(scope, "nickname"))]),
  ]);
}

/** A tag, 4 bytes that are nothing, and the value ([MS-OXOABK] does not have it; the autocomplete stream does). */
const nickname: Layout = struct(
  [
    field("PropTag", u32({ form: "tag" })),
    field("Reserved", u32({ form: "hex" })),
    field("Value", choice(nicknameValue)),
  ],
  (scope) => scope.node("PropTag")?.display ?? "",
);

const LAYOUTS: Readonly<Record<Flavour, Layout>> = { row: tagged("row"), rule: tagged("rule"), nickname };

/** A property's tag and value. */
export const propertyValue = (flavour: Flavour): Layout => LAYOUTS[flavour];

/** Property values up to the end. */
export const propertyValues = struct([field("Properties", array(propertyValue("row"), "rest"))]);

/** [MS-OXOCAL] 2.2.1.12 (unsendable recipients, forward notification recipients). */
export const recipientRowStream = struct([
  field("Version", u32({ oneOf: [1] })),
  field("RowCount", u32()),
  field(
    "Rows",
    array(
      struct([
        field("ValueCount", u32()),
        field("Reserved", u32({ form: "hex" })),
        field("Properties", array(propertyValue("row"), { of: "ValueCount" })),
      ]),
      { of: "RowCount" },
    ),
  ),
]);

/** Outlook's autocomplete list ("nickname cache"), as in PR_ROAMING_BINARYSTREAM. */
export const nicknameCache = struct([
  field("Metadata1", bytes(4)),
  field("MajorVersion", u32()),
  field("MinorVersion", u32()),
  field("RowCount", u32()),
  field(
    "Rows",
    array(
      struct([
        field("ValueCount", u32()),
        field("Properties", array(propertyValue("nickname"), { of: "ValueCount" })),
      ]),
      { of: "RowCount" },
    ),
  ),
  field("ExtraInfoSize", u32()),
  field("ExtraInfo", bytes({ of: "ExtraInfoSize" })),
  field("Metadata2", bytes(8)),
]);

/** Text of a length in a byte; 0xFF says that the length follows in 2 ([MS-OXOCFG] "packed"). */
export function packedText(name: string, encoding: "codePage" | "utf16"): readonly Field[] {
  const long = `${name}LengthExtended`;
  const unit = encoding === "utf16" ? 2 : 1;
  const LONG = 0xff;
  return [
    field(`${name}Length`, u8({ form: "hex" }), {
      derive: (scope) => (scope.own(long) === undefined ? scope.bytes(name) / unit : LONG),
    }),
    field(long, u16({ form: "hex" }), {
      when: (scope) => scope.number(`${name}Length`) === LONG,
      derive: (scope) => scope.bytes(name) / unit,
    }),
    field(
      name,
      text(
        encoding,
        (scope) =>
          unit * (scope.own(long) === undefined ? scope.number(`${name}Length`) : scope.number(long)),
      ),
    ),
  ];
}
