/**
 * Checks that bytes are a message file as [MS-OXMSG] has it, with no help of the code under test: compound file by
 * `cfb`, everything else byte by byte. A finding is a text "where: what"; a valid file has none.
 */
import { checkNameMap } from "./checkNames";
import { entriesOf, hex, readTree, type Entry, type Node } from "./msgTree";

const PROPERTIES = "__properties_version1.0";
const NAMEID = "__nameid_version1.0";

/** Bytes of the value in the entry, by type. */
const FIXED: Record<number, number> = {
  0x02: 2,
  0x03: 4,
  0x04: 4,
  0x05: 8,
  0x06: 8,
  0x07: 8,
  0x0a: 4,
  0x0b: 2,
  0x14: 8,
  0x40: 8,
};
/** Bytes of one element, by type, of multi-valued properties in one stream. */
const PACKED: Record<number, number> = {
  0x1002: 2,
  0x1003: 4,
  0x1004: 4,
  0x1005: 8,
  0x1006: 8,
  0x1007: 8,
  0x1014: 8,
  0x1040: 8,
  0x1048: 16,
};
/** Types with one stream: what the size field has beside the length of the stream. */
const STREAMED: Record<number, number> = { 0x1e: 1, 0x1f: 2, 0x48: 0, 0xfb: 0, 0xfd: 0, 0xfe: 0, 0x102: 0 };
/** Types with a stream an element: bytes of one entry of the length stream. */
const ELEMENTS: Record<number, number> = { 0x101e: 4, 0x101f: 4, 0x1102: 8 };

type ObjectKind = "root" | "embedded" | "recipient" | "attachment";
const HEADER_SIZES: Record<ObjectKind, number> = { root: 32, embedded: 24, recipient: 8, attachment: 8 };

interface Checker {
  readonly findings: string[];
  /** Ids that the name map gives a name to. */
  readonly namedIds: ReadonlySet<number>;
}

/** The findings of a file. */
export function checkMsg(bytes: Uint8Array): string[] {
  const root = readTree(bytes);
  const findings: string[] = [];
  if (root.clsid.toLowerCase() !== "0b0d020000000000c000000000000046") findings.push("root: class id");
  const names = root.storages.get(NAMEID);
  if (!names) findings.push("root: there is no name map");
  const namedIds = names ? checkNameMap(names, findings) : new Set<number>();
  checkObject({ findings, namedIds }, "", root, "root");
  return findings;
}

/** Findings without the numbers of recipients and attachments, so that those of two states of a file compare. */
export function newFindings(before: readonly string[], after: readonly string[]): string[] {
  const plain = (finding: string): string =>
    finding.replace(/#[0-9A-F]{8}/gi, "#").replace(/\d+ bytes/g, "bytes");
  const known = new Set(before.map(plain));
  return after.filter((finding) => !known.has(plain(finding)));
}

function checkObject(checker: Checker, path: string, node: Node, kind: ObjectKind): void {
  const say = (what: string): void => void checker.findings.push(`${path === "" ? "root" : path}: ${what}`);
  const stream = node.streams.get(PROPERTIES);
  if (!stream) {
    say("there is no property stream");
    return;
  }
  const headerSize = HEADER_SIZES[kind];
  if (stream.length < headerSize) say("the property stream is shorter than its header");
  if ((stream.length - headerSize) % 16 !== 0) say("the property stream has no whole entries");
  const entries = entriesOf(stream, headerSize);
  const ids = entries.map((entry) => entry.id);
  if (new Set(ids).size !== ids.length) say("an id occurs twice");
  const expected = new Set<string>([PROPERTIES]);
  for (const entry of entries) checkEntry(checker, node, entry, expected, say);
  if (kind === "root") expected.add(NAMEID);
  if (kind === "root" || kind === "embedded")
    checkLists(checker, path, node, Buffer.from(stream), kind, expected);
  for (const name of [...node.streams.keys(), ...node.storages.keys()]) {
    if (name.startsWith("__") && !expected.has(name)) say(`nothing refers to ${name}`);
  }
  const widths = new Set(
    entries.map((entry) => entry.type & 0xfff).filter((type) => type === 0x1e || type === 0x1f),
  );
  if (widths.size > 1) say("8-bit and Unicode strings in one object");
  const object = node.storages.get("__substg1.0_3701000D");
  if (kind === "attachment" && object?.streams.has(PROPERTIES))
    checkObject(checker, `${path}/m`, object, "embedded");
}

function checkLists(
  checker: Checker,
  path: string,
  node: Node,
  header: Buffer,
  kind: ObjectKind,
  expected: Set<string>,
): void {
  const say = (what: string): void => void checker.findings.push(`${path === "" ? "root" : path}: ${what}`);
  for (const at of kind === "root" ? [0, 4, 24, 28] : [0, 4]) {
    if (header.readUInt32LE(at) !== 0) say("a reserved word of the header is set");
  }
  const lists = [
    { prefix: "__recip_version1.0_#", short: "r", kind: "recipient", next: 8, count: 16, tag: 0x30000003 },
    { prefix: "__attach_version1.0_#", short: "a", kind: "attachment", next: 12, count: 20, tag: 0x0e210003 },
  ] as const;
  for (const list of lists) {
    const names = [...node.storages.keys()].filter((name) => name.startsWith(list.prefix));
    names.forEach((name) => expected.add(name));
    const numbers = names
      .map((name) => Number.parseInt(name.slice(list.prefix.length), 16))
      .sort((a, b) => a - b);
    if (names.some((name) => !/^[0-9A-F]{8}$/.test(name.slice(list.prefix.length))))
      say(`${list.kind}: name`);
    if (numbers.some((number, i) => number !== i)) say(`${list.kind}: numbers have a gap`);
    if (header.readUInt32LE(list.count) !== names.length) say(`${list.kind}: count in the header`);
    if (header.readUInt32LE(list.next) !== (numbers.at(-1) ?? -1) + 1)
      say(`${list.kind}: next id in the header`);
    for (const name of names) {
      const child = node.storages.get(name);
      if (!child) continue;
      const where = `${path}/${list.short}#${name.slice(-8)}`;
      checkObject(checker, where, child, list.kind);
      const number = entriesOf(child.streams.get(PROPERTIES) ?? new Uint8Array(), 8).find(
        (entry) => entry.tag === list.tag,
      );
      if (number?.value.readUInt32LE(0) !== Number.parseInt(name.slice(-8), 16))
        checker.findings.push(`${where}: ${hex(list.tag)} is not the number`);
    }
  }
}

function checkEntry(
  checker: Checker,
  node: Node,
  entry: Entry,
  expected: Set<string>,
  say: (what: string) => void,
): void {
  const { tag, type, id } = entry;
  const name = `__substg1.0_${hex(tag)}`;
  const size = entry.value.readUInt32LE(0);
  if ((entry.flags & ~7) !== 0) say(`${hex(tag)}: flags`);
  if (id >= 0x8000 && !checker.namedIds.has(id)) say(`${hex(tag)}: the id has no name`);
  const used = FIXED[type];
  if (used !== undefined) {
    if (entry.value.subarray(used).some((byte) => byte !== 0)) say(`${hex(tag)}: unused bytes are not 0`);
    return;
  }
  if (type === 0x0d) {
    checkObjectEntry(node, entry, name, expected, say);
    return;
  }
  const stream = node.streams.get(name);
  expected.add(name);
  if (!stream) {
    say(`${hex(tag)}: the stream is missing`);
    return;
  }
  const extra = STREAMED[type];
  if (extra !== undefined) {
    if (size !== stream.length + extra) say(`${hex(tag)}: size ${size} for ${stream.length} bytes`);
    if (type === 0x1f && stream.length % 2 !== 0) say(`${hex(tag)}: half a character`);
    if (type === 0x48 && stream.length !== 16) say(`${hex(tag)}: no GUID`);
    return;
  }
  if (size !== stream.length) say(`${hex(tag)}: size ${size} for ${stream.length} bytes`);
  const width = PACKED[type];
  if (width !== undefined) {
    if (stream.length === 0 || stream.length % width !== 0) say(`${hex(tag)}: no whole elements`);
    return;
  }
  const step = ELEMENTS[type];
  if (step === undefined) say(`${hex(tag)}: not a type`);
  else checkElements(node, entry, Buffer.from(stream), step, expected, say);
}

function checkObjectEntry(
  node: Node,
  entry: Entry,
  name: string,
  expected: Set<string>,
  say: (what: string) => void,
): void {
  expected.add(name);
  const content = node.storages.get(name);
  const kind = entry.value.readUInt16LE(4);
  if (entry.value.readUInt32LE(0) !== 0xffffffff) say(`${hex(entry.tag)}: size of an object`);
  if (!content) say(`${hex(entry.tag)}: the storage is missing`);
  else if (kind !== (content.streams.has(PROPERTIES) ? 1 : 4))
    say(`${hex(entry.tag)}: kind of object ${kind}`);
}

function checkElements(
  node: Node,
  { tag, type }: Entry,
  lengths: Buffer,
  step: number,
  expected: Set<string>,
  say: (what: string) => void,
): void {
  const count = Math.floor(lengths.length / step);
  if (count === 0 || lengths.length % step !== 0)
    say(`${hex(tag)}: length stream of ${lengths.length} bytes`);
  for (let i = 0; i < count; i++) {
    const name = `__substg1.0_${hex(tag)}-${hex(i)}`;
    expected.add(name);
    const element = node.streams.get(name);
    if (!element) {
      say(`${hex(tag)}: element ${i} is missing`);
      continue;
    }
    const declared = lengths.readUInt32LE(i * step);
    if (declared !== element.length)
      say(`${hex(tag)}: element ${i} has ${element.length} bytes, not ${declared}`);
    if (step === 8 && lengths.readUInt32LE(i * step + 4) !== 0)
      say(`${hex(tag)}: reserved word of element ${i}`);
    const nul = type === 0x101f ? 2 : type === 0x101e ? 1 : 0;
    if (nul > 0 && (element.length < nul || element.subarray(-nul).some((byte) => byte !== 0)))
      say(`${hex(tag)}: element ${i} has no NUL`);
  }
}
