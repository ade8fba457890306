/** Finds in two lists what stands for the same: by one trait after another, the surest first. */

/** A trait that two elements for the same thing share; undefined where an element does not have it. */
export type Trait<T> = (element: T) => string | undefined;

/** An element of the left list, of the right one, or of both. */
export interface Pair<T> {
  readonly left?: T;
  readonly right?: T;
}

/**
 * Pairs up two lists: elements that share the first trait, then of those left over the ones that share the second, and so
 * on; among equals in their order. The pairs are in the order of the left list, what is on the right alone stands behind
 * the element it follows there.
 */
export function matchLists<T>(
  left: readonly T[],
  right: readonly T[],
  traits: readonly Trait<T>[],
): Pair<T>[] {
  const partner = new Map<T, T>();
  let openLeft = [...left];
  let openRight = [...right];
  for (const trait of traits) {
    if (openLeft.length === 0 || openRight.length === 0) break;
    const waiting = new Map<string, T[]>();
    for (const element of openRight) {
      const key = trait(element);
      if (key !== undefined) waiting.set(key, [...(waiting.get(key) ?? []), element]);
    }
    for (const element of openLeft) {
      const key = trait(element);
      const found = key === undefined ? undefined : waiting.get(key)?.shift();
      if (found !== undefined) partner.set(element, found);
    }
    const taken = new Set(partner.values());
    openLeft = openLeft.filter((element) => !partner.has(element));
    openRight = openRight.filter((element) => !taken.has(element));
  }
  const origin = new Map([...partner].map(([from, to]) => [to, from]));
  // What is new goes behind the pair of the element before it on the right; before everything when it comes first.
  const behind = new Map<T | undefined, Pair<T>[]>();
  let last: T | undefined;
  for (const element of right) {
    const from = origin.get(element);
    if (from !== undefined) last = from;
    else behind.set(last, [...(behind.get(last) ?? []), { right: element }]);
  }
  const pairOf = (element: T): Pair<T> => {
    const to = partner.get(element);
    return to === undefined ? { left: element } : { left: element, right: to };
  };
  return [
    ...(behind.get(undefined) ?? []),
    ...left.flatMap((element) => [pairOf(element), ...(behind.get(element) ?? [])]),
  ];
}
