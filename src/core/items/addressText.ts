/** A recipient as text, in the form in which lists of addresses are typed and read back. */
import type { MailUser } from "./recipient";

/** What a name cannot hold outside quotation marks, for it would end the entry or begin something else in it. */
const NEEDS_QUOTES = /[",;:<>@()[\]\\\uff1b\uff0c\u3001\uff20]/;

/** `Name <address>`, with the name in quotation marks where it needs them; the address alone where the name says no more. */
export function formatAddress({ name, address }: MailUser): string {
  const plain = name.replace(/\s+/g, " ").trim();
  if (plain === "" || plain.toLowerCase() === address.toLowerCase()) return address;
  const quoted = NEEDS_QUOTES.test(plain) || /^'.*'$/.test(plain);
  return `${quoted ? `"${plain.replace(/["\\]/g, "\\$&")}"` : plain} <${address}>`;
}

/** Many recipients, parted by "; ". */
export const formatAddressList = (users: readonly MailUser[]): string => users.map(formatAddress).join("; ");
