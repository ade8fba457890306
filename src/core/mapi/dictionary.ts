/** The dictionary of properties: lookups over the property tables, each index built when it is first asked for. */
import { hexCell, listCell, numberCell, textCell } from "./dictionaryTables";
import type { PropertyTables, TableRow } from "./dictionaryTables";
import type { GuidInfo, PropertyDescription, PropertyDictionary, PropertyName } from "./dictionaryTypes";
import { errorNameOf } from "./errors";
import { flagTableOf } from "./flagNames";
import type { FlagTable } from "./flagNames";
import { parseGuid } from "./guid";
import { createMessageClassLookup } from "./messageClasses";
import { wordsOfName } from "./nameWords";
import { createPropertySearch } from "./propertySearch";
import { PS_INTERNET_HEADERS, PS_MAPI, PS_PUBLIC_STRINGS } from "./propertySets";
import {
  MV_FLAG,
  PT_STRING8,
  PT_UNICODE,
  PT_UNSPECIFIED,
  changePropType,
  elementType,
  hex8,
  isStringType,
  propId,
  propTag,
  propType,
} from "./propertyTypes";

/** First of the ids that only a file's own map gives a meaning. */
const FIRST_NAMED_ID = 0x8000;

/** Calls `make` once, at the first call. */
function lazy<T extends object>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}

function hex4(value: number): string {
  return (value & 0xffff).toString(16).toUpperCase().padStart(4, "0");
}

/** The type with its text in the other width; any other type as it is. */
function otherWidth(type: number): number {
  return isStringType(type) ? type ^ PT_STRING8 ^ PT_UNICODE : type;
}

/** The MAPI name for a type: rows of text properties hold it without the suffix of the width. */
function mapiNameFor(name: string, type: number): string {
  return elementType(type) === PT_STRING8 && name.startsWith("PR_") ? `${name}_A` : name;
}

/** Aliases as they are meant: "ptag*" with the canonical name in place of the star. */
function expandAliases(aliases: readonly string[], stem: string): string[] {
  return aliases.map((alias) =>
    alias === "ptag*" || alias === "dispid*" ? alias.slice(0, -1) + stem : alias,
  );
}

/** The cells from area to description, which tags and named properties have in common. */
function particulars(tables: PropertyTables, row: TableRow, at: number): Partial<PropertyDescription> {
  const area = tables.areas[numberCell(row, at)] ?? "";
  const reference = textCell(row, at + 1);
  const description = textCell(row, at + 2);
  return {
    ...(area === "" ? {} : { area }),
    ...(reference === "" ? {} : { reference: `[MS-${reference.replace(" ", "] ")}` }),
    ...(description === "" ? {} : { description }),
  };
}

function unknownProperty(name: string, type: number): PropertyDescription {
  return { name, words: name, aliases: [], type, known: false };
}

/** What a row of `tags` says, read for the type that was asked about. */
function describeTagRow(tables: PropertyTables, row: TableRow, tag: number): PropertyDescription {
  const stem = textCell(row, 1);
  const mapi = mapiNameFor(textCell(row, 2), propType(tag));
  const aliases = expandAliases(listCell(row, 3), stem);
  const guess = numberCell(row, 7) === 1;
  const canonical = stem === "" ? "" : `PidTag${stem}`;
  const name = [canonical, mapi, aliases[0] ?? ""].find((text) => text !== "") ?? `0x${hex8(tag)}`;
  const words =
    guess && canonical === "" && mapi === "" ? textCell(row, 6) : wordsOfName(name.replace(/_A$/, ""));
  return {
    name,
    words,
    ...(mapi === "" ? {} : { mapiName: mapi }),
    aliases: aliases.filter((alias) => alias !== name),
    type: propType(hexCell(row, 0)),
    ...particulars(tables, row, 4),
    known: true,
    ...(guess ? { guess } : {}),
  };
}

/** What a row of `named` says. */
function describeNamedRow(
  tables: PropertyTables,
  row: TableRow,
  setName: string | undefined,
): PropertyDescription {
  const key = textCell(row, 1);
  const stem = textCell(row, 3);
  const canonical =
    stem === "" || stem.startsWith("Pid") ? stem : `${key.startsWith("0x") ? "PidLid" : "PidName"}${stem}`;
  const aliases = expandAliases(listCell(row, 4), stem);
  const name = [canonical, aliases[0] ?? ""].find((text) => text !== "") ?? key;
  const isHeader = tables.sets[numberCell(row, 0)] === PS_INTERNET_HEADERS;
  return {
    name,
    words: isHeader ? key : wordsOfName(name),
    aliases: [...aliases, ...(key.startsWith("0x") ? [] : [key])].filter((alias) => alias !== name),
    type: hexCell(row, 2),
    ...particulars(tables, row, 5),
    ...(setName === undefined ? {} : { setName }),
    known: true,
  };
}

/** The key of a named property in the indexes: header names without regard to case ([MS-OXCMSG] 2.2.1.59). */
function namedKey(named: PropertyName): string {
  const guid = parseGuid(named.guid) ?? named.guid;
  if ("id" in named) return `${guid}0x${hex4(named.id)}`;
  return `${guid}=${guid === PS_INTERNET_HEADERS ? named.name.toLowerCase() : named.name}`;
}

/** The property that a row of `named` is about. */
function nameOfRow(tables: PropertyTables, row: TableRow): PropertyName {
  const guid = tables.sets[numberCell(row, 0)] ?? "";
  const key = textCell(row, 1);
  return key.startsWith("0x") ? { guid, id: Number.parseInt(key, 16) } : { guid, name: key };
}

function guidIndex(tables: PropertyTables): ReadonlyMap<string, GuidInfo> {
  const index = new Map<string, GuidInfo>();
  for (const row of tables.guids) {
    const guid = textCell(row, 0);
    if (!index.has(guid)) index.set(guid, { name: textCell(row, 1), kind: textCell(row, 2) });
  }
  return index;
}

/** Rows of flags by tag in hex without the type, by key of a named property, or by name of a field. */
function flagIndex(tables: PropertyTables): ReadonlyMap<string, TableRow> {
  const keyed = tables.flags.map((row): [string, TableRow] => {
    const key = textCell(row, 0);
    const [, set, id] = /^(\d+):([0-9A-F]{4})$/.exec(key) ?? [];
    if (set !== undefined) return [`${tables.sets[Number(set)] ?? ""}0x${id ?? ""}`, row];
    return [/^[0-9A-F]{8}$/.test(key) ? key.slice(0, 4) : key, row];
  });
  return new Map(keyed);
}

const sameName = (name: string, typed: string): boolean => name.toLowerCase() === typed.trim().toLowerCase();

/** A dictionary over the property tables, as `parsePropertyTables` returns them. */
export function createPropertyDictionary(tables: PropertyTables): PropertyDictionary {
  const guids = lazy(() => guidIndex(tables));
  const flags = lazy(() => flagIndex(tables));
  const flagTables = new Map<string, FlagTable>();
  const errors = lazy(() => new Map(tables.errors.map((row) => [hexCell(row, 0), textCell(row, 1)])));
  const namedGuids = lazy(() => [...guids()].map(([guid, { name }]) => ({ guid, name })));
  const namedErrors = lazy(() => [...errors()].map(([code, name]) => ({ code: code >>> 0, name })));
  const codePages = lazy(
    () => new Map(tables.codepages.map((row) => [numberCell(row, 0), textCell(row, 1)])),
  );
  const tagRows = lazy(() => new Map(tables.tags.map((row) => [hexCell(row, 0), row])));
  const primaryRows = lazy(() => {
    const index = new Map<number, TableRow>();
    for (const row of tables.tags) {
      const id = propId(hexCell(row, 0));
      if (!index.has(id)) index.set(id, row);
    }
    return index;
  });
  const namedRows = lazy(() => new Map(tables.named.map((row) => [namedKey(nameOfRow(tables, row)), row])));
  const classOf = lazy(() => createMessageClassLookup(tables));
  const search = lazy(() => createPropertySearch(propertiesToFind(), describeTag));

  function guidInfo(guid: string): GuidInfo | undefined {
    return guids().get(parseGuid(guid) ?? guid);
  }

  function guidName(guid: string): string | undefined {
    return guidInfo(guid)?.name;
  }

  function describeTag(tag: number): PropertyDescription {
    const type = propType(tag);
    const unknown = unknownProperty(`0x${hex8(tag)}`, type);
    if (propId(tag) >= FIRST_NAMED_ID) return unknown;
    const types = [type, otherWidth(type), type ^ MV_FLAG, otherWidth(type ^ MV_FLAG)];
    for (const candidate of types) {
      const row = tagRows().get(changePropType(tag, candidate));
      if (row !== undefined) return describeTagRow(tables, row, tag);
    }
    const primary = primaryRows().get(propId(tag));
    if (primary === undefined) return unknown;
    const description = describeTagRow(tables, primary, hexCell(primary, 0));
    return type === PT_UNSPECIFIED ? description : { ...description, typeDiffers: true };
  }

  function describeNamed(named: PropertyName, type = PT_UNSPECIFIED): PropertyDescription {
    const guid = parseGuid(named.guid) ?? named.guid;
    const setName = guidName(guid);
    if (guid === PS_MAPI && "id" in named && named.id < FIRST_NAMED_ID) {
      return { ...describeTag(propTag(type, named.id)), ...(setName === undefined ? {} : { setName }) };
    }
    const row = namedRows().get(namedKey(named));
    if (row !== undefined) {
      const found = describeNamedRow(tables, row, setName);
      if (found.type === PT_UNSPECIFIED) return { ...found, type };
      const types = [PT_UNSPECIFIED, found.type, otherWidth(found.type)].map(elementType);
      return types.includes(elementType(type)) ? found : { ...found, typeDiffers: true };
    }
    const unknown = unknownProperty("id" in named ? `0x${hex4(named.id)}` : named.name, type);
    return {
      ...unknown,
      ...(setName === undefined ? {} : { setName }),
      ...(guid === PS_PUBLIC_STRINGS && "name" in named ? { userDefined: true } : {}),
    };
  }

  function flagTable(key: string): FlagTable | undefined {
    const known = flagTables.get(key);
    if (known !== undefined) return known;
    const row = flags().get(key);
    if (row === undefined) return undefined;
    const table = flagTableOf(row);
    flagTables.set(key, table);
    return table;
  }

  function flagsOf(property: number | PropertyName): FlagTable | undefined {
    if (typeof property !== "number") {
      const { guid } = property;
      if (parseGuid(guid) === PS_MAPI && "id" in property) return flagsOf(propTag(0, property.id));
      return flagTable(namedKey(property));
    }
    return propId(property) < FIRST_NAMED_ID ? flagTable(hex4(propId(property))) : undefined;
  }

  function* propertiesToFind() {
    for (const row of tables.tags) {
      const tag = hexCell(row, 0);
      yield { kind: "tag" as const, tag, description: describeTagRow(tables, row, tag) };
    }
    for (const row of tables.named) {
      const named = nameOfRow(tables, row);
      const description = describeNamed(named);
      yield { kind: "named" as const, named, type: description.type, description };
    }
  }

  return {
    describeTag,
    describeNamed,
    guidName,
    guidInfo,
    knownGuids: () => namedGuids(),
    guidOfName: (name) => namedGuids().find((known) => sameName(known.name, name))?.guid,
    knownErrors: () => namedErrors(),
    errorOfName: (name) => namedErrors().find((known) => sameName(known.name, name))?.code,
    errorName: (code) => errors().get(code >>> 0) ?? errorNameOf(code),
    codePageName: (id) => codePages().get(id),
    flagsOf,
    structureFlags: (field) => (/^[a-z]/.test(field) ? flagTable(field) : undefined),
    findProperties: (query, limit) => search()(query, limit),
    messageClassOf: (messageClass) => classOf()(messageClass),
  };
}
