/** Seeded damage to message files: bytes flipped, cut, spliced, and numbers made extreme where they steer a reader. */

/** A small generator of pseudo-random numbers (mulberry32): the same seed, the same damage. */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** A number from 0 up to, not including, `limit`. */
  below(limit: number): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let t = this.#state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * limit);
  }

  /** One of some values. */
  pick<T>(values: readonly T[]): T {
    const value = values[this.below(values.length)];
    if (value === undefined) throw new Error("There is nothing to pick from.");
    return value;
  }
}

/** Numbers that counts, lengths and sector numbers are tried with. */
const EXTREMES = [
  0, 1, 2, 0x7f, 0xff, 0xffff, 0x10000, 0x7fffffff, 0x80000000, 0xfffffffa, 0xfffffffb, 0xfffffffc,
  0xfffffffd, 0xfffffffe, 0xffffffff,
];

type Mutation = (bytes: Uint8Array, random: Random, other: Uint8Array) => Uint8Array;

function setNumber(bytes: Uint8Array, at: number, value: number): Uint8Array {
  if (at + 4 <= bytes.length) new DataView(bytes.buffer).setUint32(at, value >>> 0, true);
  return bytes;
}

/** Where the 16-byte entries of property streams lie cannot be told without parsing: any multiple of 16 will do. */
const aligned = (random: Random, length: number, unit: number): number =>
  random.below(Math.max(1, Math.floor(length / unit))) * unit;

const MUTATIONS: readonly Mutation[] = [
  (bytes, random) => {
    const count = 1 + random.below(8);
    for (let i = 0; i < count; i++) bytes[random.below(bytes.length)] = random.below(256);
    return bytes;
  },
  (bytes, random) => {
    const at = random.below(bytes.length);
    bytes[at] = (bytes[at] ?? 0) ^ (1 << random.below(8));
    return bytes;
  },
  (bytes, random) => bytes.slice(0, random.below(bytes.length)),
  (bytes, random) => bytes.slice(0, aligned(random, bytes.length, 512)),
  (bytes, random) => setNumber(bytes, 24 + random.below(13) * 4, random.pick(EXTREMES)),
  (bytes, random) => setNumber(bytes, 76 + random.below(109) * 4, random.pick(EXTREMES)),
  (bytes, random) => setNumber(bytes, aligned(random, bytes.length, 4), random.pick(EXTREMES)),
  (bytes, random) => setNumber(bytes, aligned(random, bytes.length, 4), random.below(bytes.length / 512 + 2)),
  (bytes, random) => setNumber(bytes, aligned(random, bytes.length, 16) + 8, random.pick(EXTREMES)),
  // A directory entry: name length and type, links, start, size.
  (bytes, random) =>
    setNumber(
      bytes,
      aligned(random, bytes.length, 128) + random.pick([64, 68, 72, 76, 116, 120]),
      random.pick(EXTREMES),
    ),
  (bytes, random) =>
    setNumber(bytes, aligned(random, bytes.length, 128) + random.pick([68, 72, 76, 116]), random.below(64)),
  (bytes, random, other) => {
    const length = random.below(1024);
    const from = random.below(other.length);
    bytes.set(other.subarray(from, from + Math.min(length, other.length - from, bytes.length)), 0);
    return bytes;
  },
  (bytes, random, other) => {
    const sector = aligned(random, other.length, 512);
    const piece = other.subarray(sector, sector + 512);
    const at = aligned(random, bytes.length, 512);
    bytes.set(piece.subarray(0, Math.max(0, bytes.length - at)), at);
    return bytes;
  },
  (bytes, random) => {
    const from = aligned(random, bytes.length, 512);
    const to = aligned(random, bytes.length, 512);
    bytes.copyWithin(to, from, Math.min(bytes.length, from + 512));
    return bytes;
  },
];

/** A damaged copy of a file: one to four mutations. `other` lends pieces. */
export function mutate(original: Uint8Array, other: Uint8Array, random: Random): Uint8Array {
  let bytes: Uint8Array = original.slice();
  const count = 1 + random.below(4);
  for (let i = 0; i < count && bytes.length > 600; i++) bytes = random.pick(MUTATIONS)(bytes, random, other);
  return bytes;
}
