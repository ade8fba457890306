/** The stubbed host's part of the editors: the same view models as the extension's, over the stub's texts. */
import {
  createPropertyDictionary,
  parsePropertyTables,
  parseValue,
  insertElement,
  removeElement,
  setField,
  formatValue,
  type NamedProperty,
} from "../../../src/core";
import tables from "../../../src/core/mapi/tables/dictionary.json";
import { cellChoices, extrasOf, typesOf, withoutNames } from "../../../src/extension/viewModel/extras";
import {
  structureBytes,
  structureModel,
  structuresOfValue,
  structureTree,
} from "../../../src/extension/viewModel/structures";
import { editorOf } from "../../../src/extension/viewModel/values";
import { readTime, ticksNow, timeTexts } from "../../../src/extension/viewModel/times";
import { isRequest } from "../../../src/protocol/guards";
import type { StructureChange } from "../../../src/protocol/editors";
import type { PageMessage } from "../../../src/protocol/messages";
import type { NamedPropertySpec, PropertyDetail, PropertyRow } from "../../../src/protocol/viewModel";

const dictionary = createPropertyDictionary(parsePropertyTables(tables));
const WESTERN = { id: 1252 };

const nameOf = ({ guid, id, name = "" }: NamedPropertySpec): NamedProperty =>
  id === undefined ? { guid, name } : { guid, id };
const typeOf = (tag: number): number => tag & 0xffff;

function valueOf(tag: number, text: string): unknown {
  const result = parseValue(typeOf(tag), text);
  return result.ok ? result.value : undefined;
}

const placeOf = (tag: number) => ({ dictionary, key: tag, codePage: WESTERN });

/** What a row says of its number. */
export function rowExtras(tag: number): Pick<PropertyRow, "choices"> {
  const choices = cellChoices(dictionary, typeOf(tag), tag);
  return choices === undefined ? {} : { choices };
}

/** What a detail says for its editor. */
export function detailExtras(
  tag: number,
  values: readonly string[],
  typeText: string,
): Pick<PropertyDetail, "extras" | "structures" | "types" | "typeText"> {
  const type = typeOf(tag);
  const isList = (type & 0x1000) !== 0;
  const value = isList ? values.map((text) => valueOf(tag & ~0x1000, text)) : valueOf(tag, values[0] ?? "");
  const extras = extrasOf(dictionary, type, tag, value);
  const structures = structuresOfValue(placeOf(tag), type, value);
  return {
    ...(extras === undefined ? {} : { extras }),
    ...(structures.length === 0 ? {} : { structures }),
    typeText,
    types: typesOf(tag, value),
  };
}

/** What was typed, with names the tables know as values. */
export const plainText = (tag: number, text: string): string =>
  withoutNames(dictionary, typeOf(tag), tag, text);

/** What is wrong with the text of a value, or of an element of one; undefined when nothing is. */
export function refusalOf(tag: number, text: string): string | undefined {
  const result = parseValue(typeOf(tag) & ~0x1000, plainText(tag, text));
  return result.ok ? undefined : result.message.message;
}

/** The text of a value after a change of a field in it, or why it is refused. */
export function changeStructure(
  tag: number,
  values: readonly string[],
  index: number,
  change: StructureChange,
): { readonly values: readonly string[] } | { readonly message: string } {
  const type = typeOf(tag) & ~0x1000;
  const bytes = structureBytes(type, valueOf(tag & ~0x1000, values[index] ?? ""))[0] ?? new Uint8Array();
  const tree = structureTree(placeOf(tag), bytes);
  if (tree === undefined) return { message: "The value has no fields." };
  const result =
    change.kind === "set"
      ? setField(tree, change.path, change.text)
      : change.kind === "insert"
        ? insertElement(tree, change.path, change.at)
        : removeElement(tree, change.path);
  if (!result.ok) return { message: result.message };
  return { values: values.map((text, at) => (at === index ? formatValue(type, result.bytes) : text)) };
}

/** The answer to a question of an editor; undefined when the message is none. */
export function answerEditor(message: PageMessage): object | undefined {
  if (isRequest(message, "newValue")) {
    const { tag, named } = message.params;
    const extras = extrasOf(dictionary, typeOf(tag), named === undefined ? tag : nameOf(named), undefined);
    return { editor: editorOf(typeOf(tag), undefined), ...(extras === undefined ? {} : { extras }) };
  }
  if (isRequest(message, "timeNow")) return timeTexts(ticksNow());
  if (isRequest(message, "readTime")) {
    const { text, local } = message.params;
    const result = readTime(text, local);
    return result.ok ? timeTexts(result.value) : { refused: result.message.message };
  }
  if (isRequest(message, "suggestNames")) {
    const { list, query } = message.params;
    const all =
      list === "guid"
        ? dictionary.knownGuids().map(({ guid, name }) => ({ name, value: guid }))
        : dictionary.knownErrors().map(({ code, name }) => ({ name, value: `0x${code.toString(16)}` }));
    return { names: all.filter(({ name }) => name.toLowerCase().includes(query.toLowerCase())).slice(0, 50) };
  }
  if (!isRequest(message, "decodeValue")) return undefined;
  const { tag, index, bytes } = message.params;
  const tree = structureTree(placeOf(tag), bytes);
  return tree === undefined ? {} : { structure: structureModel(tree, index) };
}
