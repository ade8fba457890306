/**
 * What a message consists of, read with no help of the code under test, in a form that is the same wherever the message
 * is: in a file or embedded, whatever ids its named properties have there.
 */
import { entriesOf, hex, type Node, readTree } from "./msgTree";

const PROPERTIES = "__properties_version1.0";
const NAMEID = "__nameid_version1.0";
const OBJECT = "__substg1.0_3701000D";

/** Texts of the names of a file by their ids. */
function namesOf(root: Node): Map<number, string> {
  const streams = root.storages.get(NAMEID)?.streams;
  const part = (name: string): Buffer => Buffer.from(streams?.get(name) ?? []);
  const guids = part("__substg1.0_00020102");
  const entries = part("__substg1.0_00030102");
  const strings = part("__substg1.0_00040102");
  const names = new Map<number, string>();
  for (let at = 0; at + 8 <= entries.length; at += 8) {
    const value = entries.readUInt32LE(at);
    const word = entries.readUInt16LE(at + 4);
    const index = word >>> 1;
    const guid =
      index < 3 ? String(index) : guids.subarray((index - 3) * 16, (index - 2) * 16).toString("hex");
    const text = (): string =>
      strings.subarray(value + 4, value + 4 + strings.readUInt32LE(value)).toString("utf16le");
    const name = (word & 1) === 0 ? `${guid} ${value}` : `${guid} “${text()}”`;
    names.set(0x8000 + entries.readUInt16LE(at + 6), name);
  }
  return names;
}

/** Where a message is in its file: the numbers of the attachments it is in. */
export type Place = readonly number[];

function nodeAt(root: Node, place: Place): Node {
  let node = root;
  for (const number of place) {
    const holder = node.storages.get(`__attach_version1.0_#${hex(number)}`);
    const inner = holder?.storages.get(OBJECT);
    if (!inner) throw new Error(`There is no message in attachment ${number}.`);
    node = inner;
  }
  return node;
}

/** Places of all embedded messages of a file, the outer before the inner. */
export function placesOf(bytes: Uint8Array): Place[] {
  const found: Place[] = [];
  const visit = (node: Node, place: Place): void => {
    for (const [name, holder] of node.storages) {
      const number = /^__attach_version1\.0_#([0-9A-F]{8})$/.exec(name)?.[1];
      const inner = holder.storages.get(OBJECT);
      if (number === undefined || !inner?.streams.has(PROPERTIES)) continue;
      const at = [...place, Number.parseInt(number, 16)];
      found.push(at);
      visit(inner, at);
    }
  };
  visit(readTree(bytes), []);
  return found;
}

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");

/** Everything a message consists of, by path; property entries by their tags, with a place in the order. */
export function printMessage(bytes: Uint8Array, place: Place = []): Map<string, string> {
  const root = readTree(bytes);
  const names = namesOf(root);
  const print = new Map<string, string>();
  const tagText = (tag: number): string => {
    const id = tag >>> 16;
    const name = id >= 0x8000 ? names.get(id) : undefined;
    return name === undefined ? hex(tag) : `${name} ${hex(tag).slice(4)}`;
  };
  const elementText = (name: string): string => {
    const digits = /^__substg1\.0_([0-9A-F]{8})(.*)$/.exec(name);
    return digits ? `value ${tagText(Number.parseInt(digits[1]!, 16))}${digits[2]}` : name;
  };
  const visit = (node: Node, path: string, headerSize: number | undefined): void => {
    if (path !== "") print.set(path, node.clsid);
    for (const [name, stream] of node.streams) {
      if (name !== PROPERTIES || headerSize === undefined) {
        print.set(`${path}/${elementText(name)}`, text(stream));
        continue;
      }
      print.set(`${path}/header`, text(stream.subarray(0, Math.min(headerSize, 24))));
      entriesOf(stream, headerSize).forEach((entry, i) => {
        print.set(`${path}/${tagText(entry.tag)}`, `${i} ${entry.flags} ${text(entry.value)}`);
      });
      const tail = (stream.length - headerSize) % 16;
      if (tail > 0) print.set(`${path}/tail`, text(stream.subarray(stream.length - tail)));
    }
    for (const [name, inner] of node.storages) {
      if (path === "" && name === NAMEID) continue;
      const isList = headerSize !== 8 && /^__(?:recip|attach)_version1\.0_#/.test(name);
      const isMessage = headerSize === 8 && name === OBJECT && inner.streams.has(PROPERTIES);
      const size = isList ? 8 : isMessage ? 24 : undefined;
      visit(inner, `${path}/${elementText(name)}`, headerSize === undefined ? undefined : size);
    }
  };
  visit(nodeAt(root, place), "", place.length === 0 ? 32 : 24);
  return print;
}
