/** The committed property tables, for tests. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { createPropertyDictionary } from "../../../src/core/mapi/dictionary";
import { parsePropertyTables } from "../../../src/core/mapi/dictionaryTables";
import type { PropertyTables } from "../../../src/core/mapi/dictionaryTables";
import type { PropertyDictionary } from "../../../src/core/mapi/dictionaryTypes";

const FILE = resolve(process.cwd(), "src/core/mapi/tables/dictionary.json");

/** The tables as the extension reads them. */
export function readTables(): PropertyTables {
  const json: unknown = JSON.parse(readFileSync(FILE, "utf8"));
  return parsePropertyTables(json);
}

/** A dictionary over the committed tables. */
export function readDictionary(): PropertyDictionary {
  return createPropertyDictionary(readTables());
}
