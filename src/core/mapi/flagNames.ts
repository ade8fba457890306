/** Names of the bits and values of numeric properties, and of fields in binary structures. */
import { textCell } from "./dictionaryTables";
import type { TableRow } from "./dictionaryTables";

/**
 * How one value of a table is compared:
 * `flag` bits; `value` all of what is left; `byte3` bits 8 to 15; `byte4` bits 0 to 7; `high` bits 16 to 31;
 * `nibble` bits 0 to 3; `clear` names nothing, it drops bits before the next group.
 */
export type FlagValueKind = "flag" | "value" | "byte3" | "byte4" | "high" | "nibble" | "clear";

/** One named value. */
export interface FlagValue {
  /** Unsigned, 32 bits. */
  readonly value: number;
  readonly name: string;
  readonly kind: FlagValueKind;
}

/** The named values of one property or field: bits, one of several values, or groups of both. */
export interface FlagTable {
  readonly kind: "flags" | "enum" | "mixed";
  readonly values: readonly FlagValue[];
}

const VALUE_KINDS: ReadonlySet<string> = new Set([
  "flag",
  "value",
  "byte3",
  "byte4",
  "high",
  "nibble",
  "clear",
]);

function isValueKind(text: string): text is FlagValueKind {
  return VALUE_KINDS.has(text);
}

function flagValue(cell: string, fallback: FlagValueKind): FlagValue {
  const equals = cell.indexOf("=");
  const [group, digits] = cell.slice(0, equals).includes(":")
    ? [cell.slice(0, cell.indexOf(":")), cell.slice(cell.indexOf(":") + 1, equals)]
    : ["", cell.slice(0, equals)];
  return {
    value: Number.parseInt(digits, 16) >>> 0,
    name: cell.slice(equals + 1),
    kind: isValueKind(group) ? group : fallback,
  };
}

/** The flag table of a row of the property tables. */
export function flagTableOf(row: TableRow): FlagTable {
  const kind = textCell(row, 1);
  const cells = row.slice(2).filter((cell) => typeof cell === "string");
  if (kind === "enum") return { kind, values: cells.map((cell) => flagValue(cell, "value")) };
  return { kind: kind === "mixed" ? kind : "flags", values: cells.map((cell) => flagValue(cell, "flag")) };
}

/** Bits of a part of a 32-bit number: where they start, and their mask once shifted down. */
const PARTS = {
  byte3: { shift: 8, mask: 0xff },
  byte4: { shift: 0, mask: 0xff },
  high: { shift: 16, mask: 0xffff },
  nibble: { shift: 0, mask: 0x0f },
} as const;

/** What comparing one value of a table with what is left of a number comes to. */
interface Match {
  readonly found: boolean;
  /** Bits that later values still look at. */
  readonly rest: number;
  /** Bits put aside without a name. */
  readonly unnamed: number;
}

function match(entry: FlagValue, rest: number, whole: number): Match {
  const { kind, value } = entry;
  const taken = (found: boolean, bits: number): Match => ({
    found,
    rest: found ? (rest & ~bits) >>> 0 : rest,
    unnamed: 0,
  });
  if (kind === "clear") return { found: false, rest: (rest & ~value) >>> 0, unnamed: (rest & value) >>> 0 };
  if (kind === "value") return taken(rest === value, value);
  if (kind === "flag") return taken(value === 0 ? whole === 0 : (rest & value) >>> 0 === value, value);
  const { shift, mask } = PARTS[kind];
  return taken(((rest >>> shift) & mask) === value, mask << shift);
}

function hexText(value: number): string {
  return `0x${value.toString(16).toUpperCase()}`;
}

/**
 * The names of a value, joined by " | ": "MSGFLAG_READ | MSGFLAG_HASATTACH". Bits without a name follow in hex;
 * a value without any name is its hex alone. Numbers outside 32 bits are taken modulo 2^32, as signed ones are.
 */
export function describeFlags(table: FlagTable, value: number): string {
  const whole = value >>> 0;
  const exact = table.values.find(
    (entry) => (entry.kind === "flag" || entry.kind === "value") && entry.value === whole,
  );
  if (exact !== undefined) return exact.name;
  const names: string[] = [];
  const answered = new Set<FlagValueKind>();
  let rest = whole;
  let unnamed = 0;
  for (const entry of table.values) {
    // A part of the number has one name, the first that fits.
    if (answered.has(entry.kind)) continue;
    const step = match(entry, rest, whole);
    if (step.found) names.push(entry.name);
    if (step.found && entry.kind !== "flag") answered.add(entry.kind);
    rest = step.rest;
    unnamed |= step.unnamed;
  }
  const left = (rest | unnamed) >>> 0;
  if (left !== 0 || names.length === 0) names.push(hexText(left));
  return names.join(" | ");
}
