/** What hostile mails are made with: their kinds, the script they try to run, and ways to write a text differently. */

/** What a vector tries. */
export type VectorKind =
  | "script"
  | "handler"
  | "srcset"
  | "CSS url()"
  | "@import"
  | "other CSS"
  | "SVG"
  | "MathML"
  | "VML"
  | "meta refresh"
  | "form"
  | "frame"
  | "base"
  | "DNS prefetch"
  | "UNC path"
  | "nested encoding"
  | "mutation XSS"
  | "picture"
  | "media"
  | "plug-in"
  | "linked resource"
  | "link"
  | "other scheme"
  | "template";

/** One hostile mail. */
export interface Vector {
  readonly kind: VectorKind;
  readonly name: string;
  readonly html: string;
}

/** An element or attribute that can hold an address: what it tries, its name, and how it is written. */
export type Carrier = readonly [kind: VectorKind, name: string, write: (url: string) => string];

/** A script that says so when it runs. */
export const SCRIPT = "top.pwned=parent.pwned=window.pwned=1";

/** A character as a numeric reference. */
const reference = (char: string): string => `&#x${(char.codePointAt(0) ?? 0).toString(16)};`;
/** A text in numeric references alone. */
export const references = (text: string): string => Array.from(text, reference).join("");

/** A text in Base64. */
export const base64 = (text: string): string => Buffer.from(text).toString("base64");
/** A text with every byte after a percent sign. */
export const percent = (text: string): string =>
  Array.from(new TextEncoder().encode(text), (byte) => `%${byte.toString(16).padStart(2, "0")}`).join("");
/** A text in escapes of CSS alone. */
export const escaped = (text: string): string =>
  Array.from(text, (char) => `\\${(char.codePointAt(0) ?? 0).toString(16)} `).join("");
/** A text as it can stand in an attribute. */
export const markup = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
