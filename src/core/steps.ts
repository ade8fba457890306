/**
 * Long work in steps, so that whoever does it can do something else between two of them, or leave it. A step takes a few
 * milliseconds at the most but where one value of a property alone takes longer.
 */

/** The steps of some work, which ends with its result. */
export type Steps<T> = Generator<undefined, T, undefined>;

/** Does all steps at once. @throws what the work throws */
export function finish<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** The results for each element of a list, with a step after each. */
export function* mapInSteps<T, R>(list: readonly T[], work: (element: T) => Steps<R>): Steps<R[]> {
  const results: R[] = [];
  for (const element of list) {
    results.push(yield* work(element));
    yield;
  }
  return results;
}
