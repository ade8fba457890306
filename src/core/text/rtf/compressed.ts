/** The container of PR_RTF_COMPRESSED: LZFu and MELA, both ways ([MS-OXRTFCP]). */
import { crc32 } from "../../mapi/crc";
import { byteAt } from "../codepages/buffers";
import { BODY_MESSAGES } from "../bodiesMessages";

/** Bytes before the content: COMPSIZE, RAWSIZE, COMPTYPE and CRC, 4 bytes each ([MS-OXRTFCP] 2.2.3). */
const HEADER_SIZE = 16;
/** "LZFu": the content is compressed. */
const LZFU = 0x75465a4c;
/** "MELA": the content is the RTF itself. */
const MELA = 0x414c454d;
const DICTIONARY_SIZE = 4096;
const MIN_MATCH = 3;
const MAX_MATCH = 17;
/** Candidates looked at for one match; what keeps compression linear on text that repeats itself. */
const MAX_CANDIDATES = 48;
const SPACE = 0x20;

const asciiBytes = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0));

/** What every dictionary begins with ([MS-OXRTFCP] 2.2.2.1): 207 bytes. */
const PRELOADED = asciiBytes(
  "{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript " +
    "\\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par " +
    "\\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx",
);

const uint32At = (bytes: Uint8Array, offset: number): number =>
  (byteAt(bytes, offset) |
    (byteAt(bytes, offset + 1) << 8) |
    (byteAt(bytes, offset + 2) << 16) |
    (byteAt(bytes, offset + 3) << 24)) >>>
  0;

function putUint32(bytes: Uint8Array, offset: number, value: number): void {
  for (let i = 0; i < 4; i++) bytes[offset + i] = value >>> (8 * i);
}

/** RTF taken out of its container. */
export interface DecompressedRtf {
  readonly rtf: Uint8Array;
  /** What was wrong with the container, as sentences of BODY_MESSAGES; empty when it is sound. */
  readonly problems: string[];
}

/** Whether bytes begin as RTF does: `{\rtf`. */
export function isRtf(bytes: Uint8Array): boolean {
  return [0x7b, 0x5c, 0x72, 0x74, 0x66].every((byte, index) => bytes[index] === byte);
}

/**
 * Output of tokens up to the end reference or the end of the input. A run of 8 references takes 17 bytes and gives at
 * most 136, which is all the memory it can ask for.
 */
function decompressTokens(content: Uint8Array): { rtf: Uint8Array; ended: boolean } {
  const dictionary = new Uint8Array(DICTIONARY_SIZE).fill(SPACE);
  dictionary.set(PRELOADED);
  const output = new Uint8Array(Math.ceil(content.length / MAX_MATCH) * 8 * MAX_MATCH);
  let write = PRELOADED.length;
  let length = 0;
  const put = (byte: number): void => {
    output[length++] = byte;
    dictionary[write] = byte;
    write = (write + 1) % DICTIONARY_SIZE;
  };
  let at = 0;
  while (at < content.length) {
    const control = byteAt(content, at++);
    for (let bit = 0; bit < 8 && at < content.length; bit++) {
      if ((control & (1 << bit)) === 0) {
        put(byteAt(content, at++));
        continue;
      }
      if (at + 1 >= content.length) return { rtf: output.slice(0, length), ended: false };
      const reference = (byteAt(content, at) << 8) | byteAt(content, at + 1);
      at += 2;
      const offset = reference >> 4;
      if (offset === write) return { rtf: output.slice(0, length), ended: true };
      const count = (reference & 0xf) + 2;
      for (let i = 0; i < count; i++) put(byteAt(dictionary, (offset + i) % DICTIONARY_SIZE));
    }
  }
  return { rtf: output.slice(0, length), ended: false };
}

/**
 * The RTF in a value of PR_RTF_COMPRESSED. Nothing is refused: wrong sizes, a wrong checksum, a cut-off end or bare RTF
 * without a container are reported and read as far as they go. The output is bounded by the length of the input, never by
 * the size the header claims.
 */
export function decompressRtf(bytes: Uint8Array): DecompressedRtf {
  if (bytes.length === 0) return { rtf: bytes, problems: [] };
  if (isRtf(bytes)) return { rtf: new Uint8Array(bytes), problems: [BODY_MESSAGES.rtfNotCompressed] };
  if (bytes.length < HEADER_SIZE) return { rtf: new Uint8Array(0), problems: [BODY_MESSAGES.rtfHeaderShort] };
  const problems: string[] = [];
  const end = uint32At(bytes, 0) + 4;
  const rawSize = uint32At(bytes, 4);
  const type = uint32At(bytes, 8);
  const content = bytes.subarray(HEADER_SIZE);
  if (end !== bytes.length) problems.push(BODY_MESSAGES.rtfCompressedSize);
  if (type === MELA) {
    if (rawSize !== content.length) problems.push(BODY_MESSAGES.rtfRawSize);
    return { rtf: content.slice(), problems };
  }
  if (type !== LZFU) {
    const rtf = isRtf(content) ? content.slice() : new Uint8Array(0);
    return { rtf, problems: [...problems, BODY_MESSAGES.rtfUnknownCompression] };
  }
  if (crc32(content) !== uint32At(bytes, 12)) problems.push(BODY_MESSAGES.rtfChecksum);
  const { rtf, ended } = decompressTokens(content);
  if (!ended) problems.push(BODY_MESSAGES.rtfNoEnd);
  if (rtf.length !== rawSize) problems.push(BODY_MESSAGES.rtfRawSize);
  return { rtf, problems };
}

/** Where text of three bytes occurred before: the newest place of each hash, and of each place the one before it. */
class MatchFinder {
  private readonly heads = new Int32Array(0x4000).fill(-1);
  private readonly previous: Int32Array;

  /** `data` is the preloaded dictionary followed by the input: a place modulo 4,096 is its dictionary offset. */
  constructor(private readonly data: Uint8Array) {
    this.previous = new Int32Array(data.length);
    for (let at = 0; at < PRELOADED.length; at++) this.add(at);
  }

  private hash(at: number): number {
    const { data } = this;
    return ((byteAt(data, at) << 6) ^ (byteAt(data, at + 1) << 3) ^ byteAt(data, at + 2)) & 0x3fff;
  }

  /** Makes a place known as the source of later matches. */
  add(at: number): void {
    const hash = this.hash(at);
    this.previous[at] = this.heads[hash] ?? -1;
    this.heads[hash] = at;
  }

  /** The longest earlier text equal to the one at a place; a source at the write position would mean the end. */
  longest(at: number): { source: number; length: number } {
    const { data } = this;
    const limit = Math.min(MAX_MATCH, data.length - at);
    let best = { source: -1, length: 0 };
    let source = this.heads[this.hash(at)] ?? -1;
    for (let tries = MAX_CANDIDATES; tries > 0 && source > at - DICTIONARY_SIZE && source >= 0; tries--) {
      let length = 0;
      while (length < limit && data[source + length] === data[at + length]) length++;
      if (length > best.length) best = { source, length };
      if (length === limit) break;
      source = this.previous[source] ?? -1;
    }
    return best;
  }
}

/** Writes tokens, eight under each control byte. */
class TokenWriter {
  private readonly bytes: Uint8Array;
  private length = HEADER_SIZE;
  private control = HEADER_SIZE;
  private bit = 8;

  constructor(inputLength: number) {
    this.bytes = new Uint8Array(HEADER_SIZE + inputLength + Math.ceil((inputLength + 1) / 8) + 2);
  }

  private begin(flag: 0 | 1): void {
    if (this.bit === 8) {
      this.control = this.length++;
      this.bit = 0;
    }
    this.bytes[this.control] = byteAt(this.bytes, this.control) | (flag << this.bit);
    this.bit++;
  }

  literal(byte: number): void {
    this.begin(0);
    this.bytes[this.length++] = byte;
  }

  /** `offset`: 12 bits; `extra`: length - 2, 4 bits. */
  reference(offset: number, extra: number): void {
    this.begin(1);
    this.bytes[this.length++] = offset >> 4;
    this.bytes[this.length++] = ((offset & 0xf) << 4) | extra;
  }

  finish(rawSize: number): Uint8Array {
    const bytes = this.bytes.slice(0, this.length);
    putUint32(bytes, 0, bytes.length - 4);
    putUint32(bytes, 4, rawSize);
    putUint32(bytes, 8, LZFU);
    putUint32(bytes, 12, crc32(bytes.subarray(HEADER_SIZE)));
    return bytes;
  }
}

/** A value of PR_RTF_COMPRESSED for RTF: LZFu with its checksum, in time linear in the length of the RTF. */
export function compressRtf(rtf: Uint8Array): Uint8Array {
  const data = new Uint8Array(PRELOADED.length + rtf.length);
  data.set(PRELOADED);
  data.set(rtf, PRELOADED.length);
  const finder = new MatchFinder(data);
  const writer = new TokenWriter(rtf.length);
  let at = PRELOADED.length;
  while (at < data.length) {
    const { source, length } = finder.longest(at);
    const taken = length < MIN_MATCH ? 1 : length;
    if (taken === 1) writer.literal(byteAt(data, at));
    else writer.reference(source % DICTIONARY_SIZE, length - 2);
    for (let i = 0; i < taken; i++) finder.add(at++);
  }
  writer.reference(at % DICTIONARY_SIZE, 0);
  return writer.finish(rtf.length);
}
