// The types of a module that is made with the bundle of tests (scripts/lib/bundle-tests.mjs).

/** How this bundle of tests is to be run. */
export const HOST_TESTS: {
  /** The absolute path of the file that the results are written to. */
  readonly resultsFile: string;
  /** A pattern for the titles of the tests to run; empty for all. */
  readonly grep: string;
  /** What one test may take, in milliseconds. */
  readonly timeout: number;
  /** True where the bundle is for the web worker host. */
  readonly web: boolean;
};
