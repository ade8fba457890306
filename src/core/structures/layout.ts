/**
 * Descriptions of binary structures. A structure is declared once, as data, and read and written by that declaration:
 * fields in order, arrays by count, parts by condition, nested parts with a length of their own.
 */
import { elementsOf } from "./scope";
import type { Scope } from "./scope";
import type { Scalar, StructureNode } from "./types";

/**
 * How long something is, or how many there are: a number; a field's value times `unit` plus `add`; up to the end of the
 * part ("rest"); or what a function says, as for padding.
 */
export type Size = number | SizeOf | AllBut | "rest" | ((scope: Scope) => number);

/** All bytes of the part but the last few. */
export interface AllBut {
  readonly allBut: number;
}

/** A size out of the value of a field before. The field follows when what it counts is changed. */
export interface SizeOf {
  readonly of: string;
  readonly unit?: number;
  readonly add?: number;
}

/** Bytes that are still to come, for decisions that no field before them tells. */
export interface Peek {
  /** Bytes up to the end of the part; undefined while something new is written. */
  readonly remaining: number | undefined;
  /** A byte, counted from here; undefined past the end of the part. */
  readonly byte: (at: number) => number | undefined;
}

/** How a number is shown and typed. */
export type NumberForm =
  "decimal" | "hex" | "boolean" | "rTime" | "minutes" | "fileTime" | "fileTime48" | "tag" | "error";

/** A whole number. Values are `number`; of 8 bytes and of `fileTime48` they are `bigint`. */
export interface NumberLayout extends NumberRules {
  readonly kind: "number";
  /** Bytes: 1, 2, 3, 4, 6 or 8. */
  readonly size: number;
}

/** What is known of a number besides its size. */
export interface NumberRules {
  readonly signed?: boolean;
  readonly bigEndian?: boolean;
  readonly form?: NumberForm;
  /** The named values, for `structureFlagTable`. */
  readonly flags?: string;
  /** The only values there are. */
  readonly oneOf?: readonly number[];
  /** The bits there are. */
  readonly mask?: number;
  readonly min?: number;
  readonly max?: number;
  readonly multipleOf?: number;
  /** Values that are allowed beside the range. */
  readonly also?: readonly number[];
  /** The value of a new field; else 0, or the first of `oneOf`, or `min`. */
  readonly initial?: number;
}

/** A floating point number. */
export interface RealLayout {
  readonly kind: "real";
  readonly size: 4 | 8;
  readonly form: "number" | "appTime";
}

/** Text. */
export interface TextLayout {
  readonly kind: "text";
  readonly encoding: TextEncoding | ((scope: Scope) => TextEncoding);
  /** Where it ends: behind its NUL, or after a number of bytes. */
  readonly size: Size | "nul";
  /** With a size: a NUL at its end is part of the size and not of the text. */
  readonly terminated?: boolean;
  /** With a size: the text ends at the first NUL, the rest is filled with zeros. */
  readonly padded?: boolean;
  /** With "nul": the byte that ends it, when that is another one. */
  readonly delimiter?: number;
  /** Most characters it can have, where a count cannot say more. */
  readonly maxLength?: number;
}

/** How characters become bytes; "codePage" is the context's. */
export type TextEncoding = "utf16" | "codePage" | "utf8";

/** Bytes without a known meaning, or with none. */
export interface BytesLayout {
  readonly kind: "bytes";
  readonly size: Size;
  /** The only bytes that make sense here. */
  readonly fixed?: readonly number[];
}

/** 16 bytes of a GUID. */
export interface GuidLayout {
  readonly kind: "guid";
  /** Data1 to Data3 with their high bytes first. */
  readonly bigEndian?: boolean;
  readonly fixed?: string;
}

/** Fields within the bits of a number, the highest first. */
export interface BitsLayout {
  readonly kind: "bits";
  readonly size: number;
  readonly bigEndian?: boolean;
  readonly parts: readonly BitPart[];
}

/** Some bits of a number. */
export interface BitPart {
  readonly name: string;
  readonly bits: number;
  readonly flags?: string;
  readonly form?: "decimal" | "hex";
}

/** Fields one after the other. */
export interface StructLayout {
  readonly kind: "struct";
  readonly fields: readonly Field[];
  /** One line for the part as a whole. */
  readonly summary?: (scope: Scope) => string;
}

/** A field of a part. */
export interface Field {
  readonly name: string;
  readonly layout: Layout;
  readonly label?: string;
  /** Whether the field is there. */
  readonly when?: (scope: Scope, peek: Peek) => boolean;
  /** What the field has to say, from fields beside it; undefined for "anything". */
  readonly derive?: (scope: Scope) => Scalar | undefined;
  /** Written after the fields behind it, for what it holds follows from those. */
  readonly late?: true;
  /**
   * What is wrong with the field beside others. The field itself is not given such a value; when others are changed it is
   * said and not refused, for one of them has to be changed first.
   */
  readonly check?: (scope: Scope) => string | undefined;
  /**
   * What fields beside this one are set to in the same edit when this one gets a value: those that would not go with it.
   * `scope` has the values before.
   */
  readonly along?: (value: Scalar, scope: Scope) => Readonly<Record<string, number>>;
  /** What is wrong with the field beside others, and can always be kept from being so: refused, whichever is changed. */
  readonly rule?: (scope: Scope) => string | undefined;
}

/** Parts of the same kind. */
export interface ArrayLayout {
  readonly kind: "array";
  readonly element: Layout;
  /** How many; "rest" up to the end of the part, a function decides before each. */
  readonly count: Size | { readonly more: (peek: Peek, read: number) => boolean };
  /** Most elements it may get. */
  readonly max?: number;
}

/** A part with a length of its own: what it does not use is left over in it. */
export interface WindowLayout {
  readonly kind: "window";
  readonly size: Size;
  readonly layout: Layout;
}

/** A part that is one of several, by what is known and by the bytes to come. */
export interface ChoiceLayout {
  readonly kind: "choice";
  readonly pick: (scope: Scope, peek: Peek) => Layout;
}

/** Parts that fields before them place by their offsets; they are overlaid on the bytes as they were. */
export interface PlacedLayout {
  readonly kind: "placed";
  /** Bytes from the start of the part around to this one. */
  readonly base: number;
  readonly parts: readonly { readonly name: string; readonly offset: string; readonly layout: Layout }[];
}

/** What is not stored but follows from other fields. */
export interface ComputedLayout {
  readonly kind: "computed";
  readonly compute: (scope: Scope) => { readonly value: Scalar; readonly display?: string } | undefined;
}

/** The description of anything. */
export type Layout =
  | NumberLayout
  | RealLayout
  | TextLayout
  | BytesLayout
  | GuidLayout
  | BitsLayout
  | StructLayout
  | ArrayLayout
  | WindowLayout
  | ChoiceLayout
  | PlacedLayout
  | ComputedLayout;

const number = (size: number, rules: NumberRules = {}): NumberLayout => ({ kind: "number", size, ...rules });

/** An unsigned byte. */
export const u8 = (rules?: NumberRules): NumberLayout => number(1, rules);
/** An unsigned number of 2 bytes, little-endian unless the rules say else. */
export const u16 = (rules?: NumberRules): NumberLayout => number(2, rules);
/** An unsigned number of 4 bytes. */
export const u32 = (rules?: NumberRules): NumberLayout => number(4, rules);
/** A signed number of 4 bytes. */
export const i32 = (rules?: NumberRules): NumberLayout => number(4, { signed: true, ...rules });
/** An unsigned number of 6 bytes. */
export const u48 = (rules?: NumberRules): NumberLayout => number(6, rules);
/** An unsigned number of 8 bytes. */
export const u64 = (rules?: NumberRules): NumberLayout => number(8, rules);
/** Minutes since 1601-01-01, local: "RTime". */
export const rTime = (rules?: NumberRules): NumberLayout => number(4, { form: "rTime", ...rules });
/** 100 ns since 1601-01-01 UTC. */
export const fileTime = (): NumberLayout => number(8, { form: "fileTime" });

/** Text of a size in bytes, or up to its NUL. */
export function text(
  encoding: TextLayout["encoding"],
  size: TextLayout["size"],
  more: Partial<Pick<TextLayout, "terminated" | "padded" | "maxLength" | "delimiter">> = {},
): TextLayout {
  return { kind: "text", encoding, size, ...more };
}

/** Bytes of a size. */
export const bytes = (size: Size, fixed?: readonly number[]): BytesLayout => ({
  kind: "bytes",
  size,
  ...(fixed === undefined ? {} : { fixed }),
});

/** A GUID; `fixed` is the only one that makes sense here. */
export const guid = (fixed?: string): GuidLayout => ({
  kind: "guid",
  ...(fixed === undefined ? {} : { fixed }),
});

/** Parts of the same kind. */
export const array = (element: Layout, count: ArrayLayout["count"], max?: number): ArrayLayout => ({
  kind: "array",
  element,
  count,
  ...(max === undefined ? {} : { max }),
});

/** A part in a number of bytes. */
export const sized = (size: Size, layout: Layout): WindowLayout => ({ kind: "window", size, layout });

/** A part that is one of several. */
export const choice = (pick: ChoiceLayout["pick"]): ChoiceLayout => ({ kind: "choice", pick });

/** What follows from other fields. */
export const computed = (compute: ComputedLayout["compute"]): ComputedLayout => ({
  kind: "computed",
  compute,
});

/** A field; the rest says when it is there and what it follows from. */
export const field = (name: string, layout: Layout, more: Omit<Field, "name" | "layout"> = {}): Field => ({
  name,
  layout,
  ...more,
});

/** A field that is the size of another one, with how that one says what it has to be. */
interface SizeSource {
  readonly of: string;
  readonly name: string;
  readonly measure: (node: StructureNode) => number;
}

function sizeSource(name: string, layout: Layout): SizeSource | undefined {
  if (layout.kind === "array") {
    const { count } = layout;
    if (typeof count !== "object" || !("of" in count)) return undefined;
    return {
      of: count.of,
      name,
      measure: (node) => (elementsOf(node).length - (count.add ?? 0)) / (count.unit ?? 1),
    };
  }
  if (layout.kind !== "text" && layout.kind !== "bytes" && layout.kind !== "window") return undefined;
  const { size } = layout;
  if (typeof size !== "object" || "allBut" in size) return undefined;
  return { of: size.of, name, measure: (node) => (node.length - (size.add ?? 0)) / (size.unit ?? 1) };
}

/** What a field has to say that counts or measures the first of some fields that is there. */
function follow(sources: readonly SizeSource[]): NonNullable<Field["derive"]> {
  return (scope) => {
    for (const { name, measure } of sources) {
      const node = scope.own(name);
      if (node !== undefined) return node.cut === true ? undefined : measure(node);
    }
    return undefined;
  };
}

/** Fields in order. Those that count or measure another one are made to follow it. */
export function struct(fields: readonly Field[], summary?: StructLayout["summary"]): StructLayout {
  const sources = fields
    .map(({ name, layout }) => sizeSource(name, layout))
    .filter((each) => each !== undefined);
  const linked = fields.map((each) => {
    const mine = sources.filter(({ of }) => of === each.name);
    return each.derive !== undefined || mine.length === 0 ? each : { ...each, derive: follow(mine) };
  });
  return { kind: "struct", fields: linked, ...(summary === undefined ? {} : { summary }) };
}
