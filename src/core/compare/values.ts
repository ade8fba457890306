/** What differs inside the values of one property: fields of structures, lines of texts, single values of several. */
import { formatBinary } from "../mapi/binaryText";
import { isStringType, propType } from "../mapi/propertyTypes";
import { PR_HTML, PR_RTF_COMPRESSED } from "../mapi/tags";
import { sameValue } from "../mapi/values";
import { byteCountText, meaningOf, type NamedView, structureIn, valuesIn } from "../export/describeProperty";
import { walkStructure } from "../structures/tree";
import type { StructureNode, StructureTree } from "../structures/types";
import { decodeHtml } from "../text/htmlCodePage";
import { decompressRtf } from "../text/rtf/compressed";
import { decodeLatin1 } from "../export/latin1";
import { compareLines } from "./lines";
import type { ComparedField, CompareOptions } from "./types";

/** Most parts of one value that are listed. */
const MAX_FIELDS = 2000;
/** Longest value that is shown in a line, in UTF-16 units. */
const MAX_SHOWN = 400;

const cut = (text: string): string => (text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN - 1)}…` : text);

/** A value in one line, text without quotes. */
export function lineOf(property: NamedView, value: unknown, { dictionary }: CompareOptions): string {
  if (typeof value === "string" && isStringType(propType(property.view.tag))) {
    return cut(value.slice(0, 2 * MAX_SHOWN).replace(/\r\n|[\r\n\u2028\u2029]/g, " "));
  }
  return cut(meaningOf(property, value, dictionary));
}

/** A field where both sides have one: it differs or not. */
const both = (label: string, left: string, right: string, isSame: boolean): ComparedField => ({
  state: isSame ? "same" : "changed",
  label,
  left: cut(left),
  right: cut(right),
});

interface Leaf {
  readonly label: string;
  readonly node: StructureNode;
}

/** The fields of a structure by their paths, each with the names on the way to it. */
function leavesOf(tree: StructureTree): Map<string, Leaf> {
  const labels = new Map<string, string>();
  const leaves = new Map<string, Leaf>();
  for (const { path, node } of walkStructure(tree.root)) {
    const outer = labels.get(path.slice(0, Math.max(0, path.lastIndexOf("/"))));
    const label = path === "" ? "" : outer ? `${outer} › ${node.label}` : node.label;
    labels.set(path, label);
    if (!node.children) leaves.set(path, { label, node });
  }
  return leaves;
}

const sameField = (a: StructureNode, b: StructureNode): boolean =>
  sameValue(a.value, b.value) && a.display === b.display && a.problem === b.problem;

function compareStructures(left: StructureTree, right: StructureTree): ComparedField[] {
  const a = leavesOf(left);
  const b = leavesOf(right);
  const fields: ComparedField[] = [];
  for (const [path, { label, node }] of a) {
    const other = b.get(path);
    fields.push(
      other
        ? both(label, node.display, other.node.display, sameField(node, other.node))
        : { state: "removed", label, left: cut(node.display) },
    );
  }
  for (const [path, { label, node }] of b) {
    if (!a.has(path)) fields.push({ state: "added", label, right: cut(node.display) });
  }
  return fields.filter(({ state }) => state !== "same").slice(0, MAX_FIELDS);
}

/** The text in a body that is stored as bytes. */
function textOfBody({ view, codePage }: NamedView, bytes: Uint8Array): string | undefined {
  if (view.tag === PR_HTML)
    return decodeHtml(bytes, { override: undefined, internet: undefined, message: codePage }).text;
  return view.tag === PR_RTF_COMPRESSED ? decodeLatin1(decompressRtf(bytes).rtf) : undefined;
}

/** The first byte that differs, and the bytes from there on. */
function compareBytes(left: Uint8Array, right: Uint8Array): ComparedField[] {
  const common = Math.min(left.length, right.length);
  let at = 0;
  while (at < common && left[at] === right[at]) at++;
  const from = (bytes: Uint8Array): string =>
    at >= bytes.length ? byteCountText(bytes.length) : formatBinary(bytes.subarray(at, at + 16));
  return [both(`from byte 0x${at.toString(16).toUpperCase()}`, from(left), from(right), false)];
}

/** What differs between two single values that are not equal. */
function insideOne(
  a: NamedView,
  left: unknown,
  b: NamedView,
  right: unknown,
  options: CompareOptions,
): ComparedField[] {
  if (typeof left === "string" && typeof right === "string") {
    return /[\r\n]/.test(left + right) ? compareLines(left, right).slice(0, MAX_FIELDS) : [];
  }
  if (!(left instanceof Uint8Array) || !(right instanceof Uint8Array)) return [];
  const [x, y] = [textOfBody(a, left), textOfBody(b, right)];
  if (x !== undefined && y !== undefined && x !== y) return compareLines(x, y).slice(0, MAX_FIELDS);
  const [s, t] = [structureIn(a, left, options.dictionary), structureIn(b, right, options.dictionary)];
  const fields = s && t && s.id === t.id ? compareStructures(s, t) : [];
  return fields.length > 0 ? fields : compareBytes(left, right);
}

/** What differs between the values of a property, where there is something inside them. */
export function compareValues(a: NamedView, b: NamedView, options: CompareOptions): ComparedField[] {
  if (a.view.problem !== undefined || b.view.problem !== undefined) return [];
  const left = valuesIn(a);
  const right = valuesIn(b);
  if (!Array.isArray(a.view.value) && !Array.isArray(b.view.value))
    return insideOne(a, left[0], b, right[0], options);
  const count = Math.min(Math.max(left.length, right.length), MAX_FIELDS);
  return Array.from({ length: count }, (_, at): ComparedField => {
    const label = `[${at}]`;
    if (at >= left.length) return { state: "added", label, right: lineOf(b, right[at], options) };
    if (at >= right.length) return { state: "removed", label, left: lineOf(a, left[at], options) };
    const isSame = sameValue(left[at], right[at]);
    return both(label, lineOf(a, left[at], options), lineOf(b, right[at], options), isSame);
  }).filter(({ state }) => state !== "same");
}
