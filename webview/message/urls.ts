/** What an address in a mail leads to: the one place where that is decided. */

/** The kinds of addresses a mail can hold. */
export type MailUrl =
  /** Something on the network: the web, a file server, another protocol. Never loaded unless the person says so. */
  | { readonly kind: "remote"; readonly url: string; readonly loadable: boolean }
  /** A part of the message: by content id, or by a location that may name one. */
  | { readonly kind: "part"; readonly reference: string; readonly byId: boolean }
  /** A picture in the address itself, of a type that holds pixels alone. */
  | { readonly kind: "inline"; readonly url: string }
  /** A place in the mail itself. */
  | { readonly kind: "fragment"; readonly id: string }
  /** Script and other things that do something. */
  | { readonly kind: "active"; readonly scheme: string }
  | { readonly kind: "none" };

/** Characters that browsers leave out of or trim off an address [URL Standard]. */
const IGNORED = /[\u0000-\u0020\u007f-\u00a0\u00ad\u200b-\u200f\u2028-\u202f\u2060\ufeff]+/g;
const SCHEME = /^([a-z][a-z0-9+.-]*):/i;
const PIXELS = /^data:image\/(?:png|gif|jpe?g|webp|bmp);base64,[a-z0-9+/=%\s]*$/i;
const UNC = /^(?:\\\\|\/\/|\\\/|\/\\)/;

/** Schemes that reach out of the machine when something is loaded by them. */
const NETWORK: ReadonlySet<string> = new Set(["http", "https", "ftp", "ftps", "ws", "wss", "file", "smb"]);

/** Decides what an address is; blanks and control characters that hide a scheme count for nothing. */
export function mailUrl(text: string): MailUrl {
  const url = text.trim();
  const bare = url.replace(IGNORED, "");
  if (bare === "") return { kind: "none" };
  if (bare.startsWith("#")) return { kind: "fragment", id: bare.slice(1) };
  if (UNC.test(bare)) return remoteOf(bare.startsWith("//") ? `https:${bare}` : bare, bare.startsWith("//"));
  const scheme = SCHEME.exec(bare)?.[1]?.toLowerCase();
  // "C:\…" and other drives: a path is never followed.
  if (scheme?.length === 1) return remoteOf(bare, false);
  switch (scheme) {
    case undefined:
      return { kind: "part", reference: url, byId: false };
    case "cid":
      return { kind: "part", reference: bare.slice(4), byId: true };
    case "data":
      return PIXELS.test(bare) ? { kind: "inline", url: bare } : { kind: "active", scheme };
    case "http":
    case "https":
      return remoteOf(bare, true);
    default:
      return NETWORK.has(scheme) ? remoteOf(bare, false) : { kind: "active", scheme };
  }
}

function remoteOf(url: string, loadable: boolean): MailUrl {
  try {
    return { kind: "remote", url: loadable ? new URL(url).href : url, loadable };
  } catch {
    return { kind: "remote", url, loadable: false };
  }
}

/** A content id or location as it is compared: no brackets, decoded, lower case. As the host's `referenceKey`. */
export function referenceKey(text: string): string {
  const bare = text.trim().replace(/^<|>$/g, "");
  try {
    return decodeURIComponent(bare).toLowerCase();
  } catch {
    return bare.toLowerCase();
  }
}
