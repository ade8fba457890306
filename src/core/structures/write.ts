/** Writes a tree by the descriptions it was read by. Fields that count or measure others follow them. */
import { MapiError } from "../mapi/errors";
import { sameValue } from "../mapi/values";
import type {
  ArrayLayout,
  BitsLayout,
  ChoiceLayout,
  Field,
  Layout,
  Peek,
  PlacedLayout,
  StructLayout,
} from "./layout";
import { initialLeaf, isLeaf, readLeaf, sizeIn, writeLeaf } from "./leaves";
import type { LeafLayout } from "./leaves";
import { elementsOf, LEFTOVER, Scope } from "./scope";
import type { Scalar, StructureNode } from "./types";

/** A node as written, with its bytes. */
interface Written {
  readonly node: StructureNode;
  readonly bytes: Uint8Array;
}

const NOTHING_TO_COME: Peek = { remaining: undefined, byte: () => undefined };
const NO_BYTES = new Uint8Array(0);

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

function written(
  name: string,
  layout: Layout,
  bytes: Uint8Array,
  extra: Partial<Pick<StructureNode, "value" | "children">>,
): Written {
  const node = {
    name,
    label: name,
    offset: 0,
    length: bytes.length,
    display: "",
    editable: false,
    layout,
    ...extra,
  };
  return { node, bytes };
}

function encoded(layout: LeafLayout, name: string, value: Scalar, scope: Scope): Written {
  const outcome = writeLeaf(layout, value, scope);
  if ("message" in outcome) throw new MapiError("MAPI_E_BAD_VALUE", outcome.message);
  return written(name, layout, outcome.value, { value });
}

function writeField(
  layout: LeafLayout,
  name: string,
  node: StructureNode | undefined,
  scope: Scope,
): Written {
  if (node === undefined) return encoded(layout, name, fitted(layout, initialLeaf(layout), scope), scope);
  const { value, raw } = node;
  if (value === undefined) return written(name, layout, NO_BYTES, {});
  if (raw !== undefined && sameValue(readLeaf(layout, raw, scope), value))
    return written(name, layout, raw, { value });
  return encoded(layout, name, fitted(layout, value, scope), scope);
}

/** Padding takes the length it has to have; anything else is as it is. */
function fitted(layout: LeafLayout, value: Scalar, scope: Scope): Scalar {
  if (layout.kind !== "bytes" || typeof layout.size !== "function" || !(value instanceof Uint8Array))
    return value;
  const bytes = new Uint8Array(layout.size(scope));
  bytes.set(value.subarray(0, bytes.length));
  return bytes;
}

function writeBits(layout: BitsLayout, name: string, node: StructureNode | undefined, scope: Scope): Written {
  if (node !== undefined && node.value === undefined) return written(name, layout, NO_BYTES, {});
  let whole = 0n;
  for (const part of layout.parts) {
    const value = node?.children?.find((child) => child.name === part.name)?.value ?? 0;
    whole = (whole << BigInt(part.bits)) | BigInt.asUintN(part.bits, BigInt(Number(value)));
  }
  const order = layout.bigEndian === true ? { bigEndian: true } : {};
  return encoded({ kind: "number", size: layout.size, ...order }, name, Number(whole), scope);
}

function leftoverOf(node: StructureNode | undefined): readonly Uint8Array[] {
  const value = node?.children?.find((child) => child.name === LEFTOVER)?.value;
  return value instanceof Uint8Array ? [value] : [];
}

/** A field of a part, before and after. */
interface Part {
  readonly field: Field;
  readonly old: StructureNode | undefined;
  readonly done: Written;
}

/** Fields of a part that was cut off are missing, not new: only those that are there are written. */
function writeStruct(
  layout: StructLayout,
  name: string,
  node: StructureNode | undefined,
  outer: Scope,
): Written {
  const scope = new Scope(outer.context, outer);
  const before = new Map((node?.children ?? []).map((child) => [child.name, child]));
  const parts = new Map<Field, Part>();
  const late = layout.fields.filter((field) => field.late === true);
  for (const old of late.map((field) => before.get(field.name))) if (old !== undefined) scope.add(old);
  for (const field of [...layout.fields.filter((each) => each.late !== true), ...late]) {
    const old = before.get(field.name);
    if (node?.cut === true && old === undefined) continue;
    if (!isThere(field, old, node === undefined, scope)) continue;
    const done = writeLayout(field.layout, field.name, old ?? seed(field, scope), scope);
    scope.add(done.node);
    parts.set(field, { field, old, done });
  }
  const ordered = layout.fields.map((field) => parts.get(field)).filter((part) => part !== undefined);
  const chunks = ordered.map((part) => followed(part, scope));
  const children = ordered.map(({ done }) => scope.own(done.node.name) ?? done.node);
  return written(name, layout, joined([...chunks, ...leftoverOf(node)]), { children });
}

/**
 * Whether a field is there. Where bytes to come decide it, what was there stays, what was not stays away, and a part that
 * is new has what nothing speaks against.
 */
function isThere(field: Field, old: StructureNode | undefined, isNew: boolean, scope: Scope): boolean {
  const when = field.when ?? (() => true);
  const remaining = old === undefined ? [isNew ? undefined : 0] : [undefined, Math.max(old.length, 1)];
  return remaining.some((each) => when(scope, { remaining: each, byte: () => undefined }));
}

/** A new field that starts with what it has to say. */
function seed(field: Field, scope: Scope): StructureNode | undefined {
  const value = field.derive?.(scope);
  if (value === undefined || !isLeaf(field.layout)) return undefined;
  return written(field.name, field.layout, NO_BYTES, { value }).node;
}

/** A field that follows others, now that those are written; one that contradicted them before goes on doing so. */
function followed({ field, old, done }: Part, scope: Scope): Uint8Array {
  if (field.derive === undefined || old?.contradicts === true || !isLeaf(field.layout)) return done.bytes;
  const value = field.derive(scope);
  if (value === undefined || done.node.value === undefined || sameValue(value, done.node.value)) {
    return done.bytes;
  }
  checkFits(field, value);
  const again = encoded(field.layout, field.name, value, scope);
  scope.add(again.node);
  return again.bytes;
}

function checkFits(field: Field, value: Scalar): void {
  if (field.layout.kind !== "number" || typeof value !== "number") return;
  const most = 2 ** (field.layout.size * 8) - 1;
  if (Number.isInteger(value) && value >= 0 && value <= most) return;
  throw new MapiError("MAPI_E_BAD_VALUE", `Too long: ${value} where ${field.name} counts at most ${most}.`);
}

function writeArray(
  layout: ArrayLayout,
  name: string,
  node: StructureNode | undefined,
  scope: Scope,
): Written {
  const old = elementsOf(node);
  const count = node?.cut === true ? old.length : elementCount(layout, old.length, scope);
  const parts: Written[] = [];
  for (let at = 0; at < count; at++) {
    parts.push(writeLayout(layout.element, `${name}[${at}]`, old[at], new Scope(scope.context, scope, at)));
  }
  const bytes = joined([...parts.map((part) => part.bytes), ...leftoverOf(node)]);
  return written(name, layout, bytes, { children: parts.map((part) => part.node) });
}

/** As many as there are; an array whose number is that of another one goes along with it. */
function elementCount(layout: ArrayLayout, present: number, scope: Scope): number {
  if (typeof layout.count === "function") return layout.count(scope);
  return typeof layout.count === "number" ? sizeIn(layout.count, scope, 0) : present;
}

function writePlaced(
  layout: PlacedLayout,
  name: string,
  node: StructureNode | undefined,
  scope: Scope,
): Written {
  const bytes = Uint8Array.from(node?.raw ?? NO_BYTES);
  for (const child of node?.children ?? []) {
    if (child.length === 0) continue;
    const part = writeLayout(child.layout, child.name, child, scope);
    if (part.bytes.length !== child.length) {
      throw new MapiError("MAPI_E_NO_SUPPORT", "Parts that are placed by offsets keep their length.");
    }
    bytes.set(part.bytes, child.offset - (node?.offset ?? 0));
  }
  return written(name, layout, bytes, {});
}

/**
 * Writes whatever a layout describes; without a node, as new. Layouts that hold themselves pick something else where no
 * bytes are to come, or a new one would have no end.
 */
export function writeLayout(
  layout: Layout,
  name: string,
  node: StructureNode | undefined,
  scope: Scope,
): Written {
  const done = writeKind(layout, name, node, scope);
  return node?.cut === true ? { ...done, node: { ...done.node, cut: true } } : done;
}

function writeKind(layout: Layout, name: string, node: StructureNode | undefined, scope: Scope): Written {
  switch (layout.kind) {
    case "struct":
      return writeStruct(layout, name, node, scope);
    case "array":
      return writeArray(layout, name, node, scope);
    case "window":
      return writeWindow(layout.layout, name, node, scope);
    case "choice":
      return writeChoice(layout, name, node, scope);
    case "placed":
      return writePlaced(layout, name, node, scope);
    case "bits":
      return writeBits(layout, name, node, scope);
    case "computed":
      return written(name, layout, NO_BYTES, {});
    default:
      return writeField(layout, name, node, scope);
  }
}

/** What was picked when it was read; a part that was given up at this point has no bytes. */
function writeChoice(
  layout: ChoiceLayout,
  name: string,
  node: StructureNode | undefined,
  scope: Scope,
): Written {
  if (node?.layout.kind === "choice") return written(name, layout, NO_BYTES, {});
  return writeLayout(node?.layout ?? layout.pick(scope, NOTHING_TO_COME), name, node, scope);
}

/** A part with a length of its own; one that was cut off has no bytes: they are left over behind it. */
function writeWindow(inner: Layout, name: string, node: StructureNode | undefined, scope: Scope): Written {
  if (node?.layout.kind === "window") return written(name, inner, NO_BYTES, {});
  return writeLayout(inner, name, node, scope);
}
