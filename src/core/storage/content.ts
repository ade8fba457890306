/** The bytes of a stream, wherever they are: in memory, or in pieces of the opened file that are read when asked for. */

import { plainView } from "./format";

/** A stream's bytes. Never changed once made, so that any number of states can share it. */
export interface StreamContent {
  /** Size in bytes. */
  readonly size: number;
  /** All the bytes; a view where they lie in one piece. */
  bytes(): Uint8Array;
  /** Writes the bytes from `from` up to `to` into `target` at `at`, without gathering them first. */
  copyTo(target: Uint8Array, at: number, from: number, to: number): void;
}

/** A stream given by the caller. */
export class MemoryContent implements StreamContent {
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.#bytes = plainView(bytes);
  }

  get size(): number {
    return this.#bytes.length;
  }

  bytes(): Uint8Array {
    return this.#bytes;
  }

  copyTo(target: Uint8Array, at: number, from: number, to: number): void {
    target.set(this.#bytes.subarray(from, to), at);
  }
}

/** Gathered streams up to this size are kept; larger ones only as long as somebody else holds them. */
const KEEP_LIMIT = 1 << 20;

/** Where a stream lies in its file ([MS-CFB] 2.6.1): in sectors of its own, or in those of the mini stream. */
export interface StreamPlace {
  /** Number of its first sector, as its directory entry gives it: of the file, or of the mini stream. */
  readonly firstSector: number;
  readonly mini: boolean;
  /** Byte offset of its first byte in the file; undefined for an empty stream. */
  readonly offset: number | undefined;
  /** Pieces of the file it is in. */
  readonly pieces: number;
}

/** A stream that lies in pieces of the opened file. */
export class FileContent implements StreamContent {
  readonly size: number;
  readonly #file: Uint8Array;
  readonly #pieces: readonly number[];
  #small: Uint8Array | undefined;
  #large: WeakRef<Uint8Array> | undefined;

  /**
   * @param pieces byte offset and byte length of each piece in turn, all within the file
   * @param firstSector the number its directory entry gives
   * @param mini whether that is a sector of the mini stream
   */
  constructor(
    file: Uint8Array,
    pieces: readonly number[],
    private readonly firstSector: number,
    private readonly mini: boolean,
  ) {
    this.#file = file;
    this.#pieces = pieces;
    let size = 0;
    for (let i = 1; i < pieces.length; i += 2) size += pieces[i] ?? 0;
    this.size = size;
  }

  bytes(): Uint8Array {
    const [start = 0, length = 0] = this.#pieces;
    if (this.#pieces.length <= 2) return this.#file.subarray(start, start + length);
    const kept = this.#small ?? this.#large?.deref();
    if (kept) return kept;
    const gathered = new Uint8Array(this.size);
    this.copyTo(gathered, 0, 0, this.size);
    if (this.size <= KEEP_LIMIT) this.#small = gathered;
    else this.#large = new WeakRef(gathered);
    return gathered;
  }

  /** Where the stream lies. */
  get place(): StreamPlace {
    const { firstSector, mini } = this;
    return { firstSector, mini, offset: this.#pieces[0], pieces: this.#pieces.length / 2 };
  }

  /** Byte offset in the file and byte length of each piece, in turn, as one flat list. */
  get pieces(): readonly number[] {
    return this.#pieces;
  }

  copyTo(target: Uint8Array, at: number, from: number, to: number): void {
    let position = 0;
    for (let i = 0; i + 1 < this.#pieces.length && position < to; i += 2) {
      const offset = this.#pieces[i] ?? 0;
      const length = this.#pieces[i + 1] ?? 0;
      const start = Math.max(from - position, 0);
      const end = Math.min(to - position, length);
      if (start < end)
        target.set(this.#file.subarray(offset + start, offset + end), at + position + start - from);
      position += length;
    }
  }
}

/** Collects the pieces of a stream in order and joins those that follow each other in the file; then it is done. */
export class PieceList {
  /** Made with the first piece: most streams are one, and an empty list that grows takes room for many. */
  #pieces: number[] | undefined;
  /** Bytes collected so far. */
  size = 0;

  add(offset: number, length: number): void {
    if (length <= 0) return;
    this.size += length;
    if (!this.#pieces) {
      this.#pieces = [offset, length];
      return;
    }
    const last = this.#pieces.length - 2;
    const lastOffset = this.#pieces[last] ?? 0;
    const lastLength = this.#pieces[last + 1] ?? 0;
    if (lastOffset + lastLength === offset) this.#pieces[last + 1] = lastLength + length;
    else this.#pieces.push(offset, length);
  }

  /** The content made of what was collected. */
  toContent(file: Uint8Array, firstSector: number, mini: boolean): FileContent {
    return new FileContent(file, this.#pieces ?? [], firstSector, mini);
  }
}

/** How many bytes of both are equal from the start on, looked at four at a time; a multiple of four. */
function equalWords(a: Uint8Array, b: Uint8Array): number {
  if (a.byteOffset % 4 !== 0 || b.byteOffset % 4 !== 0) return 0;
  const count = Math.floor(Math.min(a.length, b.length) / 4);
  const left = new Uint32Array(a.buffer, a.byteOffset, count);
  const right = new Uint32Array(b.buffer, b.byteOffset, count);
  let at = 0;
  while (at < count && left[at] === right[at]) at++;
  return at * 4;
}

/** The first byte in which two arrays of the same length differ, or -1. */
export function firstDifference(a: Uint8Array, b: Uint8Array): number {
  for (let i = equalWords(a, b); i < a.length; i++) if (a[i] !== b[i]) return i;
  return -1;
}

/** Whether a content is exactly these bytes. */
export function contentEquals(content: StreamContent, bytes: Uint8Array): boolean {
  return content.size === bytes.length && firstDifference(content.bytes(), bytes) < 0;
}
