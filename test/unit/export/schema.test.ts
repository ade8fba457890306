/** The schema of the JSON form: every export is of it, and what is not is refused. */
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import {
  createPropertyDictionary,
  messageFileJson,
  openStorage,
  parsePropertyTables,
} from "../../../src/core";
import schema from "../../../docs/message.schema.json";
import tables from "../../../src/core/mapi/tables/dictionary.json";
import { buildSamples } from "../../../scripts/samples";
import { mail } from "../../support/mail";
import { corpusFiles } from "../session/support/corpus";

const dictionary = createPropertyDictionary(parsePropertyTables(tables));

/** What this test understands of JSON Schema: all that the schema uses. */
interface Rule {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly minimum?: number;
  readonly properties?: Readonly<Record<string, Rule>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean;
  readonly items?: Rule;
}

const typeOf = (value: unknown): string => {
  if (Array.isArray(value)) return "array";
  return Number.isInteger(value) ? "integer" : typeof value;
};

function* faults(value: unknown, given: Rule, path: string): Generator<string> {
  const definitions: Readonly<Record<string, Rule>> = schema.$defs;
  const rule = given.$ref === undefined ? given : (definitions[given.$ref.replace("#/$defs/", "")] ?? {});
  const types = rule.type === undefined ? [] : [rule.type].flat();
  if (types.length > 0 && !types.includes(typeOf(value))) yield `${path} is of type ${typeOf(value)}`;
  if (rule.enum && !rule.enum.includes(value)) yield `${path} is ${String(value)}`;
  if (rule.pattern !== undefined && typeof value === "string" && !new RegExp(rule.pattern).test(value))
    yield `${path} does not match`;
  if (rule.minimum !== undefined && typeof value === "number" && value < rule.minimum)
    yield `${path} is too small`;
  if (rule.items && Array.isArray(value))
    for (const [at, item] of value.entries()) yield* faults(item, rule.items, `${path}[${at}]`);
  if (!rule.properties || typeof value !== "object" || value === null) return;
  for (const name of rule.required ?? []) if (!(name in value)) yield `${path} has no ${name}`;
  for (const [name, inner] of Object.entries(value)) {
    const known = rule.properties[name];
    if (known) yield* faults(inner, known, `${path}.${name}`);
    else if (rule.additionalProperties === false) yield `${path}.${name} is not known`;
  }
}

const faultsOf = (document: unknown): string[] => [...faults(document, schema, "document")];

describe("export: the schema of the JSON form", function () {
  this.timeout(60_000);

  it("is that of every sample and of every file of the corpus", () => {
    const samples = buildSamples().filter(({ name }) => !name.startsWith("Damaged"));
    const files = [...samples, ...corpusFiles().map(({ name, read }) => ({ name, bytes: read() }))];
    for (const { name, bytes } of files) {
      const document = messageFileJson(openStorage(bytes), { dictionary });
      assert.deepEqual(faultsOf(JSON.parse(JSON.stringify(document))), [], name);
    }
  });

  it("refuses what is not of the form", () => {
    const document = messageFileJson(openStorage(mail()));
    assert.notDeepEqual(faultsOf({ ...document, version: 2 }), []);
    assert.notDeepEqual(faultsOf({ ...document, more: 1 }), []);
    assert.notDeepEqual(faultsOf({ ...document, message: { ...document.message, codePage: "1252" } }), []);
  });
});
