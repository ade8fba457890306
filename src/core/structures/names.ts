/** Names of numbers in structures: tables by key, and texts with such names. */
import { parseFlagNames } from "../mapi/flagChoices";
import { describeFlags } from "../mapi/flagNames";
import type { FlagTable } from "../mapi/flagNames";
import { LOCAL_FLAG_TABLES } from "./flagTables";
import type { StructureNames } from "./types";

/**
 * The named values behind a node's `flagsTable`: the name of a structure's field, "0x39000003" for those of a property,
 * "{…},0x8205" for those of a named one, or one of the tables that only structures have.
 */
export function structureFlagTable(key: string, names?: StructureNames): FlagTable | undefined {
  const local = LOCAL_FLAG_TABLES.get(key);
  if (local !== undefined) return local;
  const [, guid, id] = /^(\{[^}]*\}),(0x[0-9A-F]+)$/i.exec(key) ?? [];
  if (guid !== undefined) return names?.flagsOf({ guid, id: Number(id) });
  return key.startsWith("0x") ? names?.flagsOf(Number(key)) : names?.structureFlags(key);
}

/** The names of a number, or undefined when no table has any for it. */
export function flagText(
  key: string | undefined,
  value: number,
  names: StructureNames | undefined,
): string | undefined {
  const table = key === undefined ? undefined : structureFlagTable(key, names);
  if (table === undefined) return undefined;
  const described = describeFlags(table, value);
  return /^0x[0-9A-F]+$/.test(described) ? undefined : described;
}

/**
 * A number out of names joined by "|", any of them also in digits: "ARO_SUBJECT | 0x10".
 * @returns undefined when a name is in no table
 */
export function parseFlagText(
  key: string | undefined,
  text: string,
  names: StructureNames | undefined,
): number | undefined {
  const table = key === undefined ? undefined : structureFlagTable(key, names);
  return parseFlagNames(table ?? { kind: "flags", values: [] }, text);
}
