/** Values as JSON text, step by step: the same text as `JSON.stringify` makes of them. */
import type { Steps } from "../steps";

/** Most blanks of a level, as `JSON.stringify` has it. */
const MAX_INDENT = 10;

/** The parts of the text of a value, to be joined. */
function* partsOf(value: unknown, unit: string, level: string, parts: string[]): Steps<void> {
  if (typeof value !== "object" || value === null) {
    parts.push(value === undefined ? "null" : JSON.stringify(value));
    return;
  }
  const isList = Array.isArray(value);
  const [open, close] = isList ? ["[", "]"] : ["{", "}"];
  const entries = Object.entries(value).filter(([, inner]) => isList || inner !== undefined);
  if (entries.length === 0) {
    parts.push(`${open}${close}`);
    return;
  }
  const inner = level + unit;
  const lineBreak = unit === "" ? "" : "\n";
  parts.push(open);
  for (const [at, [name, element]] of entries.entries()) {
    const key = isList ? "" : `${JSON.stringify(name)}:${unit === "" ? "" : " "}`;
    parts.push(`${at === 0 ? "" : ","}${lineBreak}${lineBreak && inner}${key}`);
    yield* partsOf(element, unit, inner, parts);
  }
  parts.push(`${lineBreak}${lineBreak && level}${close}`);
  yield;
}

/** The JSON text of plain values, indented by so many blanks a level. */
export function* jsonTextSteps(value: unknown, indent: number): Steps<string> {
  const parts: string[] = [];
  const blanks = Math.min(MAX_INDENT, Math.max(0, Math.trunc(indent)));
  yield* partsOf(value, " ".repeat(blanks), "", parts);
  return parts.join("");
}
