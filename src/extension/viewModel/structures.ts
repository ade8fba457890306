/** Binary values whose layout is known, as people read them: a line for the row, fields for the detail pane. */
import * as vscode from "vscode";
import {
  type CodePage,
  decodeStructure,
  describeStructure,
  type PropertyDictionary,
  type StructureNode,
  structureOfValue,
  type StructureTree,
} from "../../core";
import type { PropertyKey } from "./values";

/** Larger values are shown as bytes only: a row must not take long to draw. */
const MAX_STRUCTURE_BYTES = 64 * 1024;
/** Most fields the detail pane lists. */
const MAX_FIELDS = 80;

/** The structure of a value; undefined when its property has none that is known. */
function treeOf(
  dictionary: PropertyDictionary,
  key: PropertyKey,
  bytes: Uint8Array,
  codePage: CodePage,
): StructureTree | undefined {
  if (bytes.length === 0 || bytes.length > MAX_STRUCTURE_BYTES) return undefined;
  const id = structureOfValue(typeof key === "number" ? { tag: key } : key, bytes);
  return id && decodeStructure(id, bytes, { codePage: codePage.id, names: dictionary });
}

/** A binary value in words; undefined when nothing is known of it. */
export function structureSummary(
  dictionary: PropertyDictionary,
  key: PropertyKey,
  bytes: Uint8Array,
  codePage: CodePage,
): string | undefined {
  const tree = treeOf(dictionary, key, bytes, codePage);
  return (tree && describeStructure(tree)) || undefined;
}

function leavesOf(node: StructureNode): StructureNode[] {
  return node.children ? node.children.flatMap(leavesOf) : [node];
}

/** The fields of a binary value in order, with what is wrong in them. */
export function structureFields(
  dictionary: PropertyDictionary,
  key: PropertyKey,
  bytes: Uint8Array,
  codePage: CodePage,
): { label: string; value: string }[] {
  const tree = treeOf(dictionary, key, bytes, codePage);
  if (!tree) return [];
  const leaves = leavesOf(tree.root);
  const fields = leaves.slice(0, MAX_FIELDS).map(({ label, display, problem }) => ({
    label,
    value: problem === undefined ? display : `${display} (${problem})`,
  }));
  const more = leaves.length - fields.length;
  return [
    {
      label: vscode.l10n.t("Structure"),
      value: [tree.root.label, describeStructure(tree)].filter(Boolean).join(": "),
    },
    ...fields,
    ...(more > 0 ? [{ label: "…", value: vscode.l10n.t("{0} more fields", more) }] : []),
  ];
}
