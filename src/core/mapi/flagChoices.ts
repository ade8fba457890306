/** The named values of a number as a person chooses them: bits to check, parts with one of several values. */
import type { FlagTable, FlagValue, FlagValueKind } from "./flagNames";

/** A name for some bits: they are set together. */
export interface FlagBit {
  readonly name: string;
  /** Unsigned; never 0. */
  readonly mask: number;
}

/** A part of a number that has one of several values. */
export interface FlagPart {
  /** The bits of the part, unsigned. */
  readonly mask: number;
  /** The values in place, within the mask. */
  readonly values: readonly { readonly name: string; readonly value: number }[];
}

/** What there is to choose of a number; bits in neither keep what they are. */
export interface FlagChoices {
  readonly flags: readonly FlagBit[];
  readonly parts: readonly FlagPart[];
}

/** Bits of the groups that name a part of a number. */
const PART_MASKS: Partial<Record<FlagValueKind, { readonly shift: number; readonly mask: number }>> = {
  byte3: { shift: 8, mask: 0xff00 },
  byte4: { shift: 0, mask: 0x00ff },
  high: { shift: 16, mask: 0xffff0000 },
  nibble: { shift: 0, mask: 0x000f },
};

const union = (values: readonly number[]): number => values.reduce((all, value) => (all | value) >>> 0, 0);

/** Each once, the first of a value. */
function distinct<T>(items: readonly T[], keyOf: (item: T) => number): T[] {
  const seen = new Set<number>();
  return items.filter((item) => {
    const key = keyOf(item);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function partOf(entries: readonly FlagValue[], mask: number, shift: number): FlagPart | undefined {
  const values = entries
    .map(({ name, value }) => ({ name, value: (value << shift) >>> 0 }))
    .filter(({ value }) => (value & ~mask) === 0);
  return values.length === 0 ? undefined : { mask, values: distinct(values, ({ value }) => value) };
}

/**
 * The choices that a table offers for a number of `bits` bits. A name of 0 among flags says that none is set, and a
 * name of all bits beside flags is a value of its own: neither can be checked.
 */
export function flagChoices(table: FlagTable, bits: number): FlagChoices {
  const all = bits >= 32 ? 0xffffffff : 2 ** bits - 1;
  const ofKind = (kind: FlagValueKind): FlagValue[] => table.values.filter((entry) => entry.kind === kind);
  if (table.kind === "enum") {
    const values = table.values.map((entry) => ({ ...entry, value: (entry.value & all) >>> 0 }));
    const part = partOf(values, all, 0);
    return { flags: [], parts: part === undefined ? [] : [part] };
  }
  const flags = distinct(
    ofKind("flag")
      .filter(({ value }) => value !== 0 && (value & ~all) === 0)
      .map(({ name, value }) => ({ name, mask: value })),
    ({ mask }) => mask,
  );
  const parts = Object.entries(PART_MASKS).flatMap(([kind, { shift, mask }]) => {
    const entries = table.values.filter((entry) => entry.kind === kind);
    const part = (mask & ~all) === 0 ? partOf(entries, mask, shift) : undefined;
    return part === undefined ? [] : [part];
  });
  const taken = union([
    ...flags.map(({ mask }) => mask),
    ...parts.map(({ mask }) => mask),
    ...ofKind("clear").map(({ value }) => value),
  ]);
  const rest = (all & ~taken) >>> 0;
  const whole = ofKind("value").filter(({ value }) => (value & ~rest) === 0);
  const last = whole.some(({ value }) => value !== 0) ? partOf(whole, rest, 0) : undefined;
  return { flags, parts: last === undefined ? parts : [...parts, last] };
}

const NUMBER = /^(?:0x[0-9a-f]{1,8}|\d{1,10})$/i;

/**
 * A number out of names of a table joined by "|", any of them also in digits: "MSGFLAG_READ | 0x10". Unsigned.
 * @returns undefined when a part is neither a name nor a number of 32 bits
 */
export function parseFlagNames(table: FlagTable, text: string): number | undefined {
  let value = 0;
  for (const part of text.split("|").map((each) => each.trim())) {
    const named = table.values.find(({ name, kind }) => kind !== "clear" && same(name, part));
    const shift = named === undefined ? 0 : (PART_MASKS[named.kind]?.shift ?? 0);
    if (named !== undefined) value |= named.value << shift;
    else if (NUMBER.test(part) && Number(part) <= 0xffffffff) value |= Number(part);
    else return undefined;
  }
  return value >>> 0;
}

const same = (name: string, typed: string): boolean => name.toLowerCase() === typed.toLowerCase();
