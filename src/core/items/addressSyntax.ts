/** What an internet address may look like (RFC 5321 4.1.2, RFC 6531, RFC 5890), and what is wrong with one that does not. */

/**
 * What can be wrong with an entry of a list of addresses, as sentences. They are fixed, so that whoever shows them can look
 * up a translation by the sentence itself.
 */
export const ADDRESS_LIST_MESSAGES = {
  noAddress: "There is no address. Type one, as name@example.com.",
  noLocalPart: "There is nothing before the @.",
  noDomain: "There is nothing behind the @.",
  twoAts: "There is more than one @.",
  blank: "An address cannot hold a blank.",
  badLocalPart: "The part before the @ holds a character that no address can hold.",
  badDomain: "The part behind the @ is not the name of a host.",
  unclosedQuote: "A quotation mark is not closed.",
  unclosedBracket: "An angle bracket is not closed.",
  unclosedComment: "A parenthesis is not closed.",
  afterAddress: "There is text behind the address.",
  emptyGroup: "The group has no members.",
  control: "The entry holds a control character.",
  tooLong: "The address is longer than an address can be.",
} as const;

/** What is wrong with an entry. */
export type AddressProblem = keyof typeof ADDRESS_LIST_MESSAGES;

/** What RFC 5321 allows the local part (64), the "@" and the host (255). */
const MAX_ADDRESS = 320;
const MAX_LABEL = 63;

/** Characters that an unquoted local part cannot hold (RFC 5322, 3.2.3 specials, but for the dot). */
const NOT_LOCAL = /[()<>[\]:;@\\,"]/;
const QUOTED_LOCAL = /^"(?:[^"\\]|\\.)*"$/;
const LITERAL = /^\[[0-9a-z.:-]+\]$/i;
/** A label of a host name: letters and digits of any script, marks, hyphens within; "_" occurs in names of hosts. */
const LABEL = /^[\p{L}\p{N}_](?:[\p{L}\p{N}\p{M}_\u200c\u200d-]*[\p{L}\p{N}\p{M}_])?$/u;
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/;
const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

/** The "@" and dots that input methods write in their place (RFC 3490, 3.1). */
export function plainSigns(address: string): string {
  const at = address.replace(/\uff20/g, "@");
  const split = at.lastIndexOf("@");
  return at.slice(0, split + 1) + at.slice(split + 1).replace(/[\u3002\uff0e\uff61]/g, ".");
}

const isHost = (domain: string): boolean =>
  LITERAL.test(domain) || domain.split(".").every((label) => label.length <= MAX_LABEL && LABEL.test(label));

/** What is wrong with a bare address, or undefined. */
export function addressProblem(address: string): AddressProblem | undefined {
  if (address === "") return "noAddress";
  if (address.length > MAX_ADDRESS) return "tooLong";
  if (CONTROL.test(address) || LONE_SURROGATE.test(address)) return "control";
  const at = address.lastIndexOf("@");
  if (at < 0) return "noAddress";
  const local = address.slice(0, at);
  const domain = address.slice(at + 1);
  if (local === "") return "noLocalPart";
  if (domain === "") return "noDomain";
  if (!QUOTED_LOCAL.test(local)) {
    if (local.includes("@")) return "twoAts";
    if (/\s/.test(address)) return "blank";
    if (NOT_LOCAL.test(local)) return "badLocalPart";
  }
  if (/\s/.test(domain)) return "blank";
  return isHost(domain) ? undefined : "badDomain";
}
