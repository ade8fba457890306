/** What a link of the mail says of itself, and where it really leads. */
import type { LinkTarget } from "./sanitize";

/** A text that reads as a web address: its host. */
const HOST =
  /^(?:[a-z][a-z0-9+.-]*:\/\/)?(?:[^\s/@]*@)?((?:[\p{L}\p{N}-]+\.)+[\p{L}]{2,})(?::\d+)?(?:[/?#]\S*)?$/iu;
/** Extensions of files that read as hosts. */
const FILE = /\.(?:docx?|xlsx?|pptx?|pdf|txt|zip|html?|msg|eml|png|jpe?g|gif)$/i;

const bareHost = (host: string): string =>
  host
    .toLowerCase()
    .replace(/^www\./, "")
    .replace(/\.$/, "");

/** A host as the address bar of a browser has it; undefined when it is none. */
function asciiHost(host: string): string | undefined {
  try {
    return bareHost(new URL(`https://${host}`).hostname);
  } catch {
    return undefined;
  }
}

/** The host that a link's text claims, when the link leads to another one; undefined when there is no contradiction. */
export function claimedHost(text: string, url: string): string | undefined {
  const shown = text.trim();
  const claimed = HOST.exec(shown)?.[1];
  if (claimed === undefined || (FILE.test(shown) && !shown.includes("/"))) return undefined;
  const named = asciiHost(claimed);
  let real: string;
  try {
    real = bareHost(new URL(url).hostname);
  } catch {
    return undefined;
  }
  const isSame = named !== undefined && (real === named || real.endsWith(`.${named}`));
  return isSame ? undefined : claimed;
}

/** The address a link opens outside; undefined when it opens nothing. */
export function outsideUrl(target: LinkTarget): string | undefined {
  if (target.kind === "mailto") return target.url;
  return target.kind === "remote" && target.loadable ? target.url : undefined;
}

/** A link's address for people to read. */
export function targetText(target: LinkTarget): string {
  switch (target.kind) {
    case "remote":
    case "mailto":
      return target.url;
    case "attachment":
      return target.name;
    case "fragment":
      return `#${target.id}`;
    case "active":
      return `${target.scheme}:`;
    case "part":
      return target.reference;
  }
}
