/** A number of damaged files in a row, with what went wrong. */
import { exercise, type Outcome } from "./exercise";
import { mutate, Random } from "./mutate";

/** Longest time for one file, in milliseconds of the processor. */
export const MAX_MS = 2000;

/** Most memory that one file may take: ten times its size, beside what the collector of garbage lets grow. */
const MAX_GROWTH = 10;
const SLACK_BYTES = 48 * 1024 * 1024;

/** A damaged file that was not handled as it should be. */
export interface Fault {
  readonly seed: number;
  /** Index of the file that was damaged. */
  readonly file: number;
  readonly message: string;
}

/** What came of a campaign. */
export interface CampaignResult {
  readonly outcomes: Record<Outcome, number>;
  readonly faults: readonly Fault[];
  /** Milliseconds of the slowest file; 0 where they were not measured. */
  readonly slowest: number;
}

/** What is measured beside errors. */
export interface Measures {
  /**
   * Time that the process had the processor, in milliseconds; a file that takes more than two seconds of it is a fault.
   * Others who use the machine make no fault.
   */
  readonly processorTime?: () => number;
  /** The highest memory of the process so far, in bytes; a file that raises it by too much is a fault. */
  readonly peakMemory?: () => number;
}

/** Damages and exercises `count` files, each from a seed of its own. */
export function campaign(
  files: readonly Uint8Array[],
  firstSeed: number,
  count: number,
  { processorTime, peakMemory }: Measures = {},
): CampaignResult {
  const outcomes: Record<Outcome, number> = { refused: 0, listed: 0, saved: 0 };
  const faults: Fault[] = [];
  let slowest = 0;
  for (let seed = firstSeed; seed < firstSeed + count; seed++) {
    const random = new Random(seed);
    const file = random.below(files.length);
    const bytes = mutate(files[file] ?? new Uint8Array(), random.pick(files), random);
    const before = peakMemory?.() ?? 0;
    const start = processorTime?.() ?? 0;
    try {
      outcomes[exercise(bytes)]++;
    } catch (error) {
      faults.push({
        seed,
        file,
        message: error instanceof Error ? (error.stack ?? error.message) : String(error),
      });
    }
    const time = (processorTime?.() ?? 0) - start;
    slowest = Math.max(slowest, time);
    const grown = (peakMemory?.() ?? 0) - before;
    if (grown > MAX_GROWTH * bytes.length + SLACK_BYTES) {
      faults.push({ seed, file, message: `${bytes.length} bytes took ${grown} bytes of memory.` });
    }
    if (time > MAX_MS) faults.push({ seed, file, message: `It took ${time.toFixed(0)} ms.` });
  }
  return { outcomes, faults, slowest };
}
