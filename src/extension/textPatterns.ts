/** Sentences found again by the pattern they were made from: "Code page 932 has no “ä”." comes of "Code page {0} has no {1}.". */

import { CORE_TERM_STRINGS } from "./coreTerms";

/** Longer ones are passed on as they are: they hold a whole text of somebody's, not a sentence of ours. */
const MAX_LENGTH = 1000;
/** Least characters of its own by which a pattern is known again; those of the terms are known to be what they are. */
const MIN_WEIGHT = 8;

const TERMS: ReadonlySet<string> = new Set(Object.values(CORE_TERM_STRINGS));

interface Pattern {
  readonly key: string;
  readonly expression: RegExp;
  /** Number of characters that are not put in: the more, the surer. */
  readonly weight: number;
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** The pattern of a key such as "Code page {0} has no {1}."; undefined for a key with next to nothing of its own. */
export function patternOf(key: string): Pattern | undefined {
  const parts = key.split(/\{\d+\}/);
  const weight = parts.join("").length;
  if (parts.length < 2 || (weight < MIN_WEIGHT && !TERMS.has(key))) return undefined;
  return { key, expression: new RegExp(`^${parts.map(escaped).join("([^]*)")}$`), weight };
}

let known: { readonly bundle: object; readonly patterns: readonly Pattern[] } | undefined;

function patternsOf(bundle: Readonly<Record<string, string>>): readonly Pattern[] {
  if (known?.bundle !== bundle) {
    const patterns = Object.keys(bundle).flatMap((key) => patternOf(key) ?? []);
    known = { bundle, patterns: patterns.sort((a, b) => b.weight - a.weight) };
  }
  return known.patterns;
}

/** What was put into a sentence: words of ours, or a name out of the mail, which stays as it is whatever it says. */
const argument = (text: string, bundle: Readonly<Record<string, string>>): string =>
  text.includes(" ") || TERMS.has(text) ? translated(text, bundle) : text;

/** Translates a sentence of the core by a bundle of translations; one that is not in it stays as it is. */
export function translated(message: string, bundle: Readonly<Record<string, string>>): string {
  if (message.length > MAX_LENGTH) return message;
  const whole = Object.hasOwn(bundle, message) ? bundle[message] : undefined;
  if (whole !== undefined) return whole;
  for (const { key, expression } of patternsOf(bundle)) {
    const match = expression.exec(message);
    if (!match) continue;
    const order = [...key.matchAll(/\{(\d+)\}/g)].map(([, index]) => Number(index));
    const args = new Map(order.map((index, at) => [index, argument(match[at + 1] ?? "", bundle)]));
    return (bundle[key] ?? key).replace(/\{(\d+)\}/g, (all, index) => args.get(Number(index)) ?? all);
  }
  return message;
}
