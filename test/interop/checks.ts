/** Checks over all files at once, so that one run tells everything that is wrong. */
import assert from "node:assert/strict";

/** Where a reader is known not to read what is there, with the reason. One that no longer deviates fails the check. */
export interface Deviation {
  /** The titles of the files. */
  readonly files: RegExp;
  readonly reason: string;
}

/** A file and what a reader found in it. */
export interface Found<F, T> {
  readonly file: F;
  readonly dump: T;
}

const short = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).slice(0, 1500);

/** Runs a check over all files; fails with all that failed and were not known to, and all that were and did not. */
export function checkFiles<F extends { readonly title: string }, T>(
  found: readonly Found<F, T>[],
  check: (file: F, dump: T) => void,
  deviations: readonly Deviation[] = [],
): void {
  assert.ok(found.length > 10, "there are no files to check");
  const failures = found.flatMap(({ file, dump }) => {
    const known = deviations.some(({ files }) => files.test(file.title));
    try {
      check(file, dump);
      return known ? [`${file.title}: is known to deviate, and does not`] : [];
    } catch (error) {
      return known ? [] : [`${file.title}: ${short(error)}`];
    }
  });
  assert.equal(failures.join("\n"), "");
}
