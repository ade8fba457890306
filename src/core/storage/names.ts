/** Names of storages and streams: which are allowed, when two are the same, and how they are sorted. */
import { MapiError } from "../mapi/errors";
import { upperCaseUnit } from "./upperCase";

/** Most UTF-16 units a name may have, its terminating NUL not counted ([MS-CFB] 2.6.1). */
export const MAX_NAME_LENGTH = 31;

const ASCII = /^[\0-\x7f]*$/;
const FORBIDDEN = /[\0/\\:!]/;

/** Names folded lately: a message file has the same few names in every storage. */
const FOLDED = new Map<string, string>();
/** Names kept in it, so that a file with ever other names does not fill the memory. */
const MAX_FOLDED = 4096;

function fold(name: string): string {
  if (ASCII.test(name)) return name.toUpperCase();
  let folded = "";
  for (let i = 0; i < name.length; i++) folded += String.fromCharCode(upperCaseUnit(name.charCodeAt(i)));
  return folded;
}

/**
 * The form of a name under which it is looked up: each UTF-16 unit upper-cased for itself ([MS-CFB] 2.6.4). Two names
 * are the same element exactly when their folded forms are equal.
 */
export function foldName(name: string): string {
  const known = FOLDED.get(name);
  if (known !== undefined) return known;
  const folded = fold(name);
  if (name.length > MAX_NAME_LENGTH) return folded;
  if (FOLDED.size >= MAX_FOLDED) FOLDED.clear();
  FOLDED.set(name, folded);
  return folded;
}

/** Compares two names that are folded already: the shorter first, then unit by unit ([MS-CFB] 2.6.4). */
export function compareFolded(a: string, b: string): number {
  if (a.length !== b.length) return a.length - b.length;
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** The order of siblings ([MS-CFB] 2.6.4): below zero when `a` comes first, zero when both name the same element. */
export function compareNames(a: string, b: string): number {
  return compareFolded(foldName(a), foldName(b));
}

/** What keeps a name from being given to an element, as the end of a sentence; undefined when nothing does. */
function nameFault(name: string): string | undefined {
  if (name.length === 0) return "is empty";
  if (name.length > MAX_NAME_LENGTH) return `is longer than ${MAX_NAME_LENGTH} UTF-16 units`;
  if (FORBIDDEN.test(name)) return "holds one of / \\ : ! or NUL";
  return undefined;
}

/** Throws STG_E_INVALIDNAME when an element cannot have this name ([MS-CFB] 2.6.1). */
export function checkName(name: string): void {
  const fault = nameFault(name);
  if (fault !== undefined) throw new MapiError("STG_E_INVALIDNAME", `The name "${name}" ${fault}.`);
}
