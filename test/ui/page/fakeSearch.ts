/** The stubbed host's answers to what is searched, compared and suggested. */
import { indexRows, matchesAll, parseFilter } from "../../../src/protocol/filter";
import type { ComparedProperty, SearchResult } from "../../../src/protocol/search";
import type { PropertyRow, PropertySuggestion } from "../../../src/protocol/viewModel";
import { sampleMessage } from "./fakeData";
import { tagText, typeOf } from "./fakeRows";

/** What is found in objects, each with its rows. */
export function searchRows(
  searched: readonly { readonly id: string; readonly rows: readonly PropertyRow[] }[],
  query: string,
  limit: number,
): SearchResult {
  const terms = parseFilter(query);
  const all = [...searched]
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map((object) => ({
      object: object.id,
      hits: indexRows(object.rows)
        .filter((row) => terms.length > 0 && matchesAll(row, terms))
        .map(({ row }) => row),
    }))
    .filter(({ hits }) => hits.length > 0);
  const count = all.reduce((sum, { hits }) => sum + hits.length, 0);
  let left = limit;
  const objects = all.flatMap(({ object, hits }) => {
    const taken = hits.slice(0, left);
    left -= taken.length;
    return taken.length === 0 ? [] : [{ object, hits: taken }];
  });
  return { objects, count, objectCount: all.length, cancelled: false };
}

/** The properties of two objects side by side. */
export function compareRows(left: readonly PropertyRow[], right: readonly PropertyRow[]): ComparedProperty[] {
  const [a, b] = [new Map(left.map((row) => [row.tag, row])), new Map(right.map((row) => [row.tag, row]))];
  return [...new Set([...a.keys(), ...b.keys()])].flatMap((tag) => {
    const row = a.get(tag) ?? b.get(tag);
    if (row === undefined) return [];
    const [before, after] = [a.get(tag)?.value, b.get(tag)?.value];
    return [
      {
        ...row,
        ...(before === undefined ? {} : { left: before }),
        ...(after === undefined ? {} : { right: after }),
        same: before === after,
      },
    ];
  });
}

/** The properties whose names hold what was typed. */
export function suggestions(query: string): PropertySuggestion[] {
  const all = sampleMessage().properties.concat([
    {
      tag: 0x0070001f,
      name: "Conversation topic",
      canonicalName: "PidTagConversationTopic",
      mapiName: "PR_CONVERSATION_TOPIC",
      namedAs: "",
      flags: 6,
      values: [""],
    },
    {
      tag: 0x0c1e001f,
      name: "Sender address type",
      canonicalName: "PidTagSenderAddressType",
      mapiName: "PR_SENDER_ADDRTYPE",
      namedAs: "",
      flags: 6,
      values: [""],
    },
  ]);
  return all
    .filter(({ name }) => name.toLowerCase().includes(query.toLowerCase()))
    .slice(0, 20)
    .map(({ tag, name, canonicalName, mapiName }) => ({
      name,
      canonicalName,
      mapiName,
      tag,
      type: tag & 0xffff,
      typeText: typeOf(tag).label,
      where: tagText(tag),
    }));
}
