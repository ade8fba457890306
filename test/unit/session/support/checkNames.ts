/** Checks the name map of a message file, [MS-OXMSG] 2.2.3: names, strings, lookup streams by a checksum of its own. */
import { hex, type Node } from "./msgTree";

/** CRC-32, reflected, started at 0 and not inverted, bit by bit. */
export function plainCrc(text: string): number {
  let crc = 0;
  for (const byte of Buffer.from(text, "utf16le")) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return crc >>> 0;
}

/** Reports what is wrong in the map; the ids that have a name. */
export function checkNameMap(map: Node, findings: string[]): Set<number> {
  const say = (what: string): void => void findings.push(`names: ${what}`);
  const stream = (tag: string): Buffer => {
    const bytes = map.streams.get(`__substg1.0_${tag}`);
    if (!bytes) say(`the stream ${tag} is missing`);
    return Buffer.from(bytes ?? []);
  };
  const guids = stream("00020102");
  const entries = stream("00030102");
  const strings = stream("00040102");
  if (guids.length % 16 !== 0) say("no whole GUIDs");
  if (entries.length % 8 !== 0) say("no whole entries");
  const texts = Array.from({ length: guids.length / 16 }, (_, i) =>
    guids.toString("hex", i * 16, i * 16 + 16),
  );
  if (new Set(texts).size !== texts.length) say("a GUID occurs twice");
  const ids = new Set<number>();
  const lookups = new Map<string, Buffer[]>();
  const seen = new Set<string>();
  for (let at = 0; at + 8 <= entries.length; at += 8) {
    const value = entries.readUInt32LE(at);
    const word = entries.readUInt16LE(at + 4);
    const index = entries.readUInt16LE(at + 6);
    if (index !== at / 8) say(`entry ${at / 8} is for index ${index}`);
    const guid = word >>> 1;
    if (guid === 0 || guid >= 3 + texts.length) say(`entry ${at / 8}: GUID index ${guid}`);
    ids.add(0x8000 + index);
    let hash = value;
    let name = String(value);
    if ((word & 1) === 1) {
      if (value % 4 !== 0 || value + 4 > strings.length) {
        say(`entry ${at / 8}: offset ${value}`);
        continue;
      }
      const length = strings.readUInt32LE(value);
      if (value + 4 + length > strings.length) say(`entry ${at / 8}: the name ends behind the stream`);
      name = strings.toString("utf16le", value + 4, value + 4 + length);
      if (name === "" || name.endsWith("\0")) say(`entry ${at / 8}: name`);
      hash = plainCrc(name);
    }
    const identity = `${word}:${name}`;
    if (seen.has(identity)) say(`entry ${at / 8}: the name occurs twice`);
    seen.add(identity);
    const lookup = `__substg1.0_${hex(((0x1000 + (((hash ^ word) >>> 0) % 31)) << 16) | 0x0102)}`;
    const record = Buffer.alloc(8);
    record.writeUInt32LE(hash, 0);
    record.writeUInt16LE(word, 4);
    record.writeUInt16LE(index, 6);
    lookups.set(lookup, [...(lookups.get(lookup) ?? []), record]);
  }
  for (const [name, bytes] of map.streams) {
    if (!/^__substg1\.0_10[01][0-9A-F]0102$/.test(name)) continue;
    if (Buffer.concat(lookups.get(name) ?? []).compare(bytes) !== 0) say(`the lookup stream ${name} differs`);
    lookups.delete(name);
  }
  for (const name of lookups.keys()) say(`the lookup stream ${name} is missing`);
  return ids;
}
