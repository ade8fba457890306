/** Finding properties by what a person types. */
import type { PropertyDescription, PropertySuggestion } from "./dictionaryTypes";
import {
  PROPERTY_TYPES,
  PT_STRING8,
  PT_UNICODE,
  changePropType,
  elementType,
  hex8,
  propType,
} from "./propertyTypes";

/** How well an entry matches, the better the smaller; `none` not at all. */
const RANK = { exact: 0, prefix: 1, wordStart: 2, substring: 3, description: 4, none: 5 } as const;

/** What is compared with a query, all in lower case. */
interface Entry {
  readonly suggestion: PropertySuggestion;
  /** Every name, whole and without its prefix. */
  readonly names: readonly string[];
  /** The words of the name, each after a blank. */
  readonly words: string;
  /** Everything in one text, to reject most entries at once. */
  readonly text: string;
  /** What the property is for, in lower case. */
  readonly description: string;
  /** Hex digits: eight of a tag, four of a named property's id, none of a string name. */
  readonly digits: string;
  /** Breaks ties: well described properties first, then short names. */
  readonly weight: number;
}

const PREFIX = /^(?:pidtag|pidlid|pidname|dispid|ptag|lid_|pr_)/;

function namesOf(description: PropertyDescription, type: number): string[] {
  const mapi = description.mapiName;
  const isText = elementType(type) === PT_UNICODE || elementType(type) === PT_STRING8;
  const base = mapi?.replace(/_A$/, "");
  const widths = isText && base?.startsWith("PR_") === true ? [base, `${base}_A`, `${base}_W`] : [];
  const all = [description.name, ...(mapi === undefined ? [] : [mapi]), ...widths, ...description.aliases];
  return [...new Set(all.map((name) => name.toLowerCase()))];
}

function digitsOf(suggestion: PropertySuggestion): string {
  if (suggestion.kind === "tag") return hex8(suggestion.tag).toLowerCase();
  return "id" in suggestion.named ? suggestion.named.id.toString(16).padStart(4, "0") : "";
}

function entryOf(suggestion: PropertySuggestion): Entry {
  const { description } = suggestion;
  const type = suggestion.kind === "tag" ? propType(suggestion.tag) : suggestion.type;
  const whole = namesOf(description, type);
  const names = [...new Set(whole.flatMap((name) => [name, name.replace(PREFIX, "")]))];
  const words = ` ${description.words.toLowerCase()}`;
  return {
    suggestion,
    names,
    words,
    text: `${names.join("\n")}\n${words}`,
    description: description.description?.toLowerCase() ?? "",
    digits: digitsOf(suggestion),
    weight: (description.description === undefined ? 100 : 0) + Math.min(description.words.length, 99),
  };
}

/** The hex digits of a query such as "0x0037", "0037001f", "…/proptag/0x0037001F"; "" where it is none. */
function digitsOfQuery(query: string): string {
  return /^(?:.*\/proptag\/)?(?:0x)?([0-9a-f]{2,8})$/.exec(query)?.[1] ?? "";
}

function rankOfDigits(entry: Entry, digits: string): number {
  if (digits.length < 4 || entry.digits === "") return RANK.none;
  if (entry.digits === digits) return RANK.exact;
  return entry.digits.startsWith(digits) ? RANK.prefix : RANK.none;
}

function rankOfText(entry: Entry, query: string, parts: readonly string[]): number {
  if (!parts.every((part) => entry.text.includes(part))) {
    const described = entry.description !== "" && parts.every((part) => entry.description.includes(part));
    return described ? RANK.description : RANK.none;
  }
  if (entry.words === ` ${query}` || entry.names.includes(query)) return RANK.exact;
  if (entry.words.startsWith(` ${query}`) || entry.names.some((name) => name.startsWith(query)))
    return RANK.prefix;
  const startsWord = (part: string) => entry.words.includes(` ${part}`) || entry.text.includes(`_${part}`);
  return parts.every(startsWord) ? RANK.wordStart : RANK.substring;
}

/** The tag that was typed in full, when it may stand in a file as it is: a known type, an id below 0x8000. */
function typedTag(digits: string): number | undefined {
  if (digits.length !== 8) return undefined;
  const tag = Number.parseInt(digits, 16);
  return tag < 0x80000000 && tag > 0xffff && PROPERTY_TYPES.has(propType(tag)) ? tag : undefined;
}

/**
 * A function that finds properties, as `PropertyDictionary.findProperties`.
 * `properties` are all there are, in the order of equals; `describeTag` describes a tag that was typed in full.
 */
export function createPropertySearch(
  properties: Iterable<PropertySuggestion>,
  describeTag: (tag: number) => PropertyDescription,
): (query: string, limit: number) => PropertySuggestion[] {
  const entries = [...properties].map(entryOf);

  /** The suggestion for a query that names the 8-bit form of a text property is the 8-bit tag. */
  function asTyped({ suggestion, names }: Entry, query: string): PropertySuggestion {
    if (suggestion.kind !== "tag" || elementType(propType(suggestion.tag)) !== PT_UNICODE) return suggestion;
    if (!query.endsWith("_a") || !names.includes(query)) return suggestion;
    const tag = changePropType(suggestion.tag, propType(suggestion.tag) ^ PT_UNICODE ^ PT_STRING8);
    return { kind: "tag", tag, description: describeTag(tag) };
  }

  return (query, limit) => {
    const text = query.trim().toLowerCase().slice(0, 200);
    if (text === "" || limit <= 0) return [];
    const parts = text.split(/\s+/);
    const digits = digitsOfQuery(text);
    const ranked = entries
      .map((entry) => ({
        entry,
        rank: Math.min(rankOfDigits(entry, digits), rankOfText(entry, text, parts)),
      }))
      .filter(({ rank }) => rank < RANK.none)
      .sort((a, b) => a.rank - b.rank || a.entry.weight - b.entry.weight);
    const found = ranked.slice(0, limit).map(({ entry }) => asTyped(entry, text));
    const typed = typedTag(digits);
    if (typed === undefined || found.some((one) => one.kind === "tag" && one.tag === typed)) return found;
    return [{ kind: "tag" as const, tag: typed, description: describeTag(typed) }, ...found].slice(0, limit);
  };
}
