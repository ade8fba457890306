/** Properties of two objects side by side, and streams as if each were a property. */
import { formatBinary } from "../mapi/binaryText";
import { hex8, isNamedId, propId, propType } from "../mapi/propertyTypes";
import { sameValue } from "../mapi/values";
import {
  byteCountText,
  namedPropertyText,
  type NamedView,
  namedViews,
  typeName,
  valuesIn,
} from "../export/describeProperty";
import { inDumpOrder } from "../export/dumpText";
import { unexplainedElements } from "../export/unexplained";
import { sameBytes } from "../session/propertyStream";
import type { MessageOutline, ObjectAddress } from "../session/outline";
import { walkStorage } from "../storage";
import type { Steps } from "../steps";
import type { IStorage } from "../storage/types";
import { matchLists, type Pair } from "./match";
import type { ComparedProperty, ComparedSide, ComparedState, CompareOptions } from "./types";
import { compareValues, lineOf } from "./values";

/** What makes two properties the same one: the id of a tag, or the name. */
function identity({ view, named }: NamedView): string {
  if (named) return `${named.guid} ${"id" in named ? String(named.id) : `“${named.name}`}`;
  return hex8(propId(view.tag));
}

function isSameProperty(a: NamedView, b: NamedView): boolean {
  return (
    propType(a.view.tag) === propType(b.view.tag) &&
    a.view.flags === b.view.flags &&
    a.view.problem === b.view.problem &&
    sameValue(a.view.value, b.view.value)
  );
}

/** All values of a property in one line; what differs in nothing but its flags says them. */
function sideText(property: NamedView, other: NamedView | undefined, options: CompareOptions): string {
  const { view } = property;
  const values = view.problem === undefined ? valuesIn(property) : [view.value];
  const text =
    values.length === 1
      ? lineOf(property, values[0], options)
      : values.map((value) => lineOf(property, value, options)).join("; ");
  const flags =
    other && other.view.flags !== view.flags ? ` [flags 0x${view.flags.toString(16).toUpperCase()}]` : "";
  return text.slice(0, 1000) + flags;
}

function typeText(a: NamedView | undefined, b: NamedView | undefined): string {
  const [left, right] = [a, b].map((each) => each && typeName(propType(each.view.tag)));
  return left === undefined || right === undefined || left === right
    ? (right ?? left ?? "")
    : `${left} → ${right}`;
}

function stateOf<T>(pair: Pair<T>, isSame: (a: T, b: T) => boolean): ComparedState {
  if (pair.left === undefined) return "added";
  if (pair.right === undefined) return "removed";
  return isSame(pair.left, pair.right) ? "same" : "changed";
}

function comparedProperty({ left, right }: Pair<NamedView>, options: CompareOptions): ComparedProperty[] {
  const shown = right ?? left;
  if (!shown) return [];
  const state = stateOf({ ...(left ? { left } : {}), ...(right ? { right } : {}) }, isSameProperty);
  const { view, named, description } = shown;
  return [
    {
      state,
      isProperty: true,
      words: isNamedId(propId(view.tag)) && !named ? hex8(view.tag) : description.words,
      name: description.name,
      where: named ? namedPropertyText(options.dictionary, named) : hex8(view.tag),
      type: typeText(left, right),
      ...(left ? { leftTag: left.view.tag, left: sideText(left, right, options) } : {}),
      ...(right ? { rightTag: right.view.tag, right: sideText(right, left, options) } : {}),
      fields: state === "changed" && left && right ? compareValues(left, right, options) : [],
    },
  ];
}

const propertiesOf = (
  outline: MessageOutline,
  address: ObjectAddress | undefined,
  options: CompareOptions,
): NamedView[] =>
  address === undefined ? [] : inDumpOrder(namedViews(outline, address, options.dictionary));

/** The properties of two objects, those of one side alone too, in steps. */
export function* compareProperties(
  a: MessageOutline,
  left: ObjectAddress | undefined,
  b: MessageOutline,
  right: ObjectAddress | undefined,
  options: CompareOptions,
): Steps<ComparedProperty[]> {
  const pairs = matchLists(propertiesOf(a, left, options), propertiesOf(b, right, options), [identity]);
  const compared: ComparedProperty[] = [];
  for (const pair of pairs) {
    compared.push(...comparedProperty(pair, options));
    yield;
  }
  return compared;
}

/** A stream, or a storage, by its path. */
export interface Stream {
  readonly path: string;
  readonly bytes: Uint8Array | undefined;
}

const streamText = ({ bytes }: Stream): string =>
  bytes
    ? `${byteCountText(bytes.length)}${bytes.length > 0 ? `: ${formatBinary(bytes, 16)}` : ""}`
    : "storage";

const sameStream = (a: Stream, b: Stream): boolean =>
  a.bytes && b.bytes ? sameBytes(a.bytes, b.bytes) : a.bytes === b.bytes;

/** Streams as if each were a property. */
export function compareStreams(left: readonly Stream[], right: readonly Stream[]): ComparedProperty[] {
  return matchLists(left, right, [({ path }) => path]).flatMap((pair) => {
    const shown = pair.right ?? pair.left;
    if (!shown) return [];
    return {
      state: stateOf(pair, sameStream),
      isProperty: false,
      words: shown.path,
      name: shown.path,
      where: "",
      type: "",
      ...(pair.left ? { left: streamText(pair.left) } : {}),
      ...(pair.right ? { right: streamText(pair.right) } : {}),
      fields: [],
    };
  });
}

/** Every stream and storage in a storage. */
export function streamsIn(storage: IStorage | undefined): Stream[] {
  const streams: Stream[] = [];
  if (storage) {
    walkStorage(storage, (path, { name, type }, holder) =>
      streams.push({ path: path.join("/"), bytes: type === "stream" ? holder.openStream(name) : undefined }),
    );
  }
  return streams;
}

/** What the message format does not explain in a file. */
export const unexplainedIn = ({ storage }: ComparedSide): Stream[] =>
  storage ? unexplainedElements(storage).map(({ path, bytes }) => ({ path: path.join("/"), bytes })) : [];
