/** Reads bytes by a description. Whatever they hold, a tree comes out: what is wrong is said in it. */
import type {
  ArrayLayout,
  BitPart,
  BitsLayout,
  ChoiceLayout,
  ComputedLayout,
  Field,
  Layout,
  NumberLayout,
  Peek,
  PlacedLayout,
  StructLayout,
  WindowLayout,
} from "./layout";
import { checkLeaf, isLeaf, leafSize, leafText, readLeaf, showLeaf, sizeIn, writeLeaf } from "./leaves";
import type { LeafLayout } from "./leaves";
import { count, cutOff, makeNode, withLeftover } from "./nodes";
import { Scope } from "./scope";
import type { Scalar, StructureNode } from "./types";

/** Deepest nesting that is followed: restrictions and entry ids hold themselves. */
const MAX_DEPTH = 48;
/** Most fields of one value. */
const MAX_NODES = 20_000;
/** Longest run of bytes that is put into text for an editor. */
const MAX_TEXT_BYTES = 65_536;

/** Where reading is. */
export interface Cursor {
  readonly bytes: Uint8Array;
  at: number;
  readonly end: number;
  readonly depth: number;
  /** Shared by all cursors of one value. */
  readonly budget: { nodes: number };
  /** Nothing more can be read in this part. */
  stopped: boolean;
}

/** A cursor over a whole value. */
export function cursorOver(bytes: Uint8Array): Cursor {
  return { bytes, at: 0, end: bytes.length, depth: 0, budget: { nodes: MAX_NODES }, stopped: false };
}

function peekAt(cursor: Cursor): Peek {
  return {
    remaining: cursor.end - cursor.at,
    byte: (at) => (at >= 0 && cursor.at + at < cursor.end ? cursor.bytes[cursor.at + at] : undefined),
  };
}

function stop(cursor: Cursor, name: string, layout: Layout, problem: string): StructureNode {
  cursor.stopped = true;
  return makeNode(name, layout, cursor.at, 0, "", { problem, cut: true });
}

function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, at) => byte === other[at]);
}

function readField(layout: LeafLayout, name: string, cursor: Cursor, scope: Scope): StructureNode {
  const remaining = cursor.end - cursor.at;
  const size = leafSize(layout, scope, cursor.bytes.subarray(cursor.at, cursor.end));
  if (size > remaining) {
    return stop(cursor, name, layout, cutOff(size, remaining));
  }
  const offset = cursor.at;
  const taken = cursor.bytes.subarray(offset, offset + size);
  cursor.at += size;
  const value = readLeaf(layout, taken, scope);
  const back = writeLeaf(layout, value, scope);
  const lossless = "value" in back && sameBytes(back.value, taken);
  const problem = checkLeaf(layout, value);
  return makeNode(name, layout, offset, size, showLeaf(layout, value, scope.context), {
    value,
    ...(layout.kind === "bytes" && size > MAX_TEXT_BYTES ? {} : { text: leafText(layout, value) }),
    ...(layout.kind === "number" && layout.flags !== undefined ? { flagsTable: layout.flags } : {}),
    ...(lossless ? {} : { raw: taken }),
    ...(problem === undefined ? {} : { problem }),
  });
}

/** Bits of a number as a number of their own. */
export function bitLayout(layout: BitsLayout, part: BitPart): NumberLayout {
  const { flags, form } = part;
  return {
    kind: "number",
    size: layout.size,
    min: 0,
    max: 2 ** part.bits - 1,
    ...(flags === undefined ? {} : { flags }),
    ...(form === undefined ? {} : { form }),
  };
}

function readBits(layout: BitsLayout, name: string, cursor: Cursor, scope: Scope): StructureNode {
  const whole: NumberLayout = {
    kind: "number",
    size: layout.size,
    form: "hex",
    ...(layout.bigEndian === true ? { bigEndian: true } : {}),
  };
  const node = readField(whole, name, cursor, scope);
  if (node.value === undefined) return { ...node, layout };
  let rest = BigInt(Number(node.value));
  const children: StructureNode[] = [];
  for (const part of [...layout.parts].reverse()) {
    const value = Number(BigInt.asUintN(part.bits, rest));
    rest >>= BigInt(part.bits);
    const partLayout = bitLayout(layout, part);
    const child = makeNode(
      part.name,
      partLayout,
      node.offset,
      node.length,
      showLeaf(partLayout, value, scope.context),
      {
        value,
        text: leafText(partLayout, value),
        ...(part.flags === undefined ? {} : { flagsTable: part.flags }),
      },
    );
    children.unshift(child);
    scope.add(child);
  }
  return makeNode(name, layout, node.offset, node.length, node.display, { value: node.value, children });
}

/**
 * A field whose value follows from others, once those are read: it cannot be edited while it agrees. In a part that was
 * cut off, a contradiction is no news: what the field counts is not all there.
 */
function judged(
  node: StructureNode,
  expected: Scalar | undefined,
  layout: Layout,
  isCut: boolean,
): StructureNode {
  if (node.value === undefined || expected === undefined || !isLeaf(layout)) return node;
  const { text, ...fixed } = node;
  if (node.value === expected) return { ...fixed, editable: false };
  if (isCut) return { ...node, contradicts: true };
  const shown = layout.kind === "number" ? leafText(layout, expected) : String(expected);
  const problem = node.problem ?? `The field says ${text ?? node.display}, but it should be ${shown}.`;
  return { ...node, contradicts: true, problem };
}

/** A field that disagrees with others, which are there to be compared. */
function advised(node: StructureNode, field: Field, scope: Scope, isCut: boolean): StructureNode {
  if (isCut || node.problem !== undefined) return node;
  const broken = field.rule?.(scope);
  if (broken !== undefined) return { ...node, problem: broken };
  const problem = field.check?.(scope);
  return problem === undefined ? node : { ...node, problem, advisory: true };
}

function readStruct(layout: StructLayout, name: string, cursor: Cursor, outer: Scope): StructureNode {
  const offset = cursor.at;
  const scope = new Scope(outer.context, outer);
  const read: { field: Field; node: StructureNode }[] = [];
  for (const field of layout.fields) {
    if (field.when?.(scope, peekAt(cursor)) === false) continue;
    const found = readLayout(field.layout, field.name, cursor, scope);
    const node = field.label === undefined ? found : { ...found, label: field.label };
    scope.add(node);
    read.push({ field, node });
    if (cursor.stopped) break;
  }
  const children = read.map(({ field, node }) => {
    const judgement =
      field.derive === undefined ? node : judged(node, field.derive(scope), field.layout, cursor.stopped);
    const final = advised(judgement, field, scope, cursor.stopped);
    if (final !== node) scope.add(final);
    return final;
  });
  return makeNode(name, layout, offset, cursor.at - offset, layout.summary?.(scope) ?? "", {
    children,
    ...(cursor.stopped ? { cut: true } : {}),
  });
}

/** Asked anew after each part: reading it may have come to an end. */
const isStopped = (cursor: Cursor): boolean => cursor.stopped;

function readArray(layout: ArrayLayout, name: string, cursor: Cursor, scope: Scope): StructureNode {
  const offset = cursor.at;
  const children: StructureNode[] = [];
  const { count: rule } = layout;
  const due = countOf(rule, scope);
  const more = (): boolean => {
    if (typeof rule === "object" && "more" in rule) return rule.more(peekAt(cursor), children.length);
    return rule === "rest" ? cursor.at < cursor.end : children.length < due;
  };
  let problem: string | undefined;
  const isFull = (): boolean => layout.max !== undefined && children.length >= layout.max;
  while (!isFull() && more()) {
    const start = cursor.at;
    const scopeOfElement = new Scope(scope.context, scope, children.length);
    children.push(readLayout(layout.element, `${name}[${children.length}]`, cursor, scopeOfElement));
    if (isStopped(cursor)) break;
    if (cursor.at === start) {
      cursor.stopped = true;
      problem = "There are more parts than bytes.";
      break;
    }
  }
  return makeNode(name, layout, offset, cursor.at - offset, String(children.length), {
    children,
    ...(cursor.stopped ? { cut: true } : {}),
    ...(problem === undefined ? {} : { problem }),
  });
}

function countOf(rule: ArrayLayout["count"], scope: Scope): number {
  if (typeof rule === "object" && "more" in rule) return 0;
  return rule === "rest" ? 0 : sizeIn(rule, scope, 0);
}

function readWindow(layout: WindowLayout, name: string, cursor: Cursor, scope: Scope): StructureNode {
  const remaining = cursor.end - cursor.at;
  const size = sizeIn(layout.size, scope, remaining);
  if (size > remaining) {
    return stop(cursor, name, layout, cutOff(size, remaining));
  }
  const end = cursor.at + size;
  const inner: Cursor = { ...cursor, end, depth: cursor.depth + 1 };
  const node = readLayout(layout.layout, name, inner, scope);
  cursor.at = end;
  return withLeftover(node, cursor.bytes, end, true);
}

function readChoice(layout: ChoiceLayout, name: string, cursor: Cursor, scope: Scope): StructureNode {
  return readLayout(layout.pick(scope, peekAt(cursor)), name, cursor, scope);
}

function readPlaced(layout: PlacedLayout, name: string, cursor: Cursor, outer: Scope): StructureNode {
  const offset = cursor.at;
  const base = offset - layout.base;
  const scope = new Scope(outer.context, outer);
  const children: StructureNode[] = [];
  let last = offset;
  for (const part of layout.parts) {
    const at = scope.number(part.offset);
    if (at === 0) continue;
    const start = base + at;
    if (start < offset || start >= cursor.end) {
      const problem = `The part is placed at byte ${start}, outside of the value.`;
      children.push(makeNode(part.name, part.layout, offset, 0, "", { problem, cut: true }));
      continue;
    }
    const inner: Cursor = { ...cursor, at: start, depth: cursor.depth + 1 };
    const node = readLayout(part.layout, part.name, inner, scope);
    children.push(node);
    last = Math.max(last, inner.at);
  }
  cursor.at = last;
  const covered = children.reduce((sum, child) => sum + child.length, 0);
  const gap = last - offset - covered;
  const problem = gap > 0 ? `${count(gap, "byte")} between the parts belong to none of them.` : undefined;
  return makeNode(name, layout, offset, last - offset, String(children.length), {
    children,
    raw: cursor.bytes.subarray(offset, last),
    ...(problem === undefined ? {} : { problem }),
  });
}

function readComputed(layout: ComputedLayout, name: string, cursor: Cursor, scope: Scope): StructureNode {
  const result = layout.compute(scope);
  if (result === undefined) return makeNode(name, layout, cursor.at, 0, "");
  const { value, display = String(value) } = result;
  return makeNode(name, layout, cursor.at, 0, display, { value });
}

/** Reads whatever a layout describes. */
export function readLayout(layout: Layout, name: string, cursor: Cursor, scope: Scope): StructureNode {
  if (cursor.depth > MAX_DEPTH) return stop(cursor, name, layout, "Nested too deeply.");
  if (--cursor.budget.nodes < 0) return stop(cursor, name, layout, "Too many parts.");
  switch (layout.kind) {
    case "struct":
    case "array":
    case "choice": {
      const inner: Cursor = { ...cursor, depth: cursor.depth + 1 };
      const node = readNested(layout, name, inner, scope);
      cursor.at = inner.at;
      cursor.stopped = inner.stopped;
      return node;
    }
    case "window":
      return readWindow(layout, name, cursor, scope);
    case "placed":
      return readPlaced(layout, name, cursor, scope);
    case "bits":
      return readBits(layout, name, cursor, scope);
    case "computed":
      return readComputed(layout, name, cursor, scope);
    default:
      return readField(layout, name, cursor, scope);
  }
}

function readNested(
  layout: StructLayout | ArrayLayout | ChoiceLayout,
  name: string,
  cursor: Cursor,
  scope: Scope,
): StructureNode {
  if (layout.kind === "struct") return readStruct(layout, name, cursor, scope);
  return layout.kind === "array"
    ? readArray(layout, name, cursor, scope)
    : readChoice(layout, name, cursor, scope);
}
