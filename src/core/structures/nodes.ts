/** The nodes of a tree, and the words in them. */
import { wordsOfName } from "../mapi/nameWords";
import type { Layout } from "./layout";
import { bytes as bytesLayout } from "./layout";
import { showLeaf } from "./leaves";
import { LEFTOVER } from "./scope";
import type { StructureNode } from "./types";

const labels = new Map<string, string>();
/** Words that are not written in lower case, or are written out. */
const SPELLINGS: ReadonlyMap<string, string> = new Map([
  ["ace", "ACE"],
  ["aces", "ACEs"],
  ["ansi", "ANSI"],
  ["cls", "class"],
  ["dacl", "DACL"],
  ["disp", "dispatch"],
  ["ee", "EE"],
  ["fqdn", "FQDN"],
  ["len", "length"],
  ["msg", "message"],
  ["nmid", "property"],
  ["prop", "property"],
  ["rel", "relation"],
  ["sacl", "SACL"],
  ["unicode", "Unicode"],
  ["us", "US"],
  ["xid", "XID"],
  ["xids", "XIDs"],
]);

/** A name in words, as names of properties are. */
function wordsOf(name: string): string {
  const words = wordsOfName(`PidTag${name}`).replace(/^PidTag/, "");
  const spelled = words.replace(/[A-Za-z]+/g, (word) => SPELLINGS.get(word.toLowerCase()) ?? word);
  return spelled.charAt(0).toUpperCase() + spelled.slice(1);
}

/** The words of a field's name: "StartTimeOffset" reads "Start time offset". */
function labelOf(name: string): string {
  const known = labels.get(name);
  if (known !== undefined) return known;
  const [, stem = name, index = ""] = /^(.*?)(\[\d+\])?$/s.exec(name) ?? [];
  const label = index === "" ? wordsOf(stem) : `${labelOf(stem)} ${index}`;
  if (index === "") labels.set(name, label);
  return label;
}

/** What a node may have besides. */
type Extra = Partial<
  Pick<
    StructureNode,
    "value" | "text" | "flagsTable" | "children" | "problem" | "raw" | "cut" | "contradicts" | "label"
  >
>;

/** A node of a tree; it is editable when there is a text to start with. */
export function makeNode(
  name: string,
  layout: Layout,
  offset: number,
  length: number,
  display: string,
  extra: Extra = {},
): StructureNode {
  const editable = extra.text !== undefined;
  return { name, label: labelOf(name), offset, length, display, editable, layout, ...extra };
}

/** "1 byte", "2 bytes". */
export const count = (number: number, one: string): string => `${number} ${one}${number === 1 ? "" : "s"}`;

/** What is wrong with a field that goes past the end. */
export const cutOff = (due: number, left: number): string =>
  `Cut off: ${count(due, "byte")} due, ${left} left.`;

// Whole sentences, as a translation needs them.
const leftOver = (bytes: number): string =>
  bytes === 1 ? "1 byte is left over." : `${bytes} bytes are left over.`;
const leftOverInside = (bytes: number): string =>
  bytes === 1 ? "1 byte is left over in this part." : `${bytes} bytes are left over in this part.`;

/** Bytes that no field explains. */
export function leftoverNode(bytes: Uint8Array, offset: number, end: number, inside: boolean): StructureNode {
  const value = bytes.subarray(offset, end);
  const layout = bytesLayout("rest");
  const problem = inside ? leftOverInside(value.length) : leftOver(value.length);
  return makeNode(LEFTOVER, layout, offset, value.length, showLeaf(layout, value, { codePage: 1252 }), {
    value,
    problem,
  });
}

/** A part with the bytes behind it that it does not use. */
export function withLeftover(
  node: StructureNode,
  bytes: Uint8Array,
  end: number,
  inside: boolean,
): StructureNode {
  const start = node.offset + node.length;
  if (start >= end) return node;
  const children = [...(node.children ?? []), leftoverNode(bytes, start, end, inside)];
  return { ...node, children, length: end - node.offset };
}
