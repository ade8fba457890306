/** What constants in program text are called, and how text and bytes are written there. */
import { hex8, propId } from "../mapi/propertyTypes";
import type { NamedView } from "./describeProperty";

/** Longest text, and most bytes, that are written as a constant; compilers have limits, and so have people. */
export const MAX_CONSTANT = 4096;

/** A name as an identifier: letters, digits and underscores. */
function identifier(name: string): string {
  const clean = name.replace(/[^A-Za-z0-9_]+/g, "_").replace(/^(?=\d)/, "_");
  return clean === "" ? "_" : clean.slice(0, 100);
}

/** "PR_SUBJECT"; for one without a MAPI name its canonical one, or "PROP_68011003". */
export function constantName({ view, named, description }: NamedView): string {
  if (!named && !description.known) return `PROP_${hex8(view.tag)}`;
  return identifier(description.mapiName ?? description.name);
}

/** "subject", of PidTagSubject or PidLidSubject: for a variable. */
export function variableName({ view, named, description }: NamedView): string {
  if (!named && !description.known) return `value${hex8(view.tag)}`;
  const stem = identifier(description.name.replace(/^Pid(?:Tag|Lid|Name)(?=[A-Z])/, "").replace(/^PR_/, ""));
  return stem.charAt(0).toLowerCase() + stem.slice(1);
}

/** "0x0037". */
export const idText = (tag: number): string => `0x${hex8(propId(tag)).slice(4)}`;

const pair = (byte: number): string => `0x${byte.toString(16).toUpperCase().padStart(2, "0")}`;

/** Bytes in braces, 16 a line. */
export function byteList(bytes: Uint8Array, indent: string): string {
  if (bytes.length === 0) return "{ }";
  if (bytes.length <= 16) return `{ ${Array.from(bytes, pair).join(", ")} }`;
  const rows = Array.from({ length: Math.ceil(bytes.length / 16) }, (_, at) =>
    Array.from(bytes.subarray(at * 16, at * 16 + 16), pair).join(", "),
  );
  return `{\n${rows.map((row) => `${indent}${row}`).join(",\n")}\n}`;
}

/** Text on one line of a comment: it cannot end the comment, or the line. */
export const commentText = (text: string): string =>
  text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, " ").replace(/\\$/, "\\ ");
