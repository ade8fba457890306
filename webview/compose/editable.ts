/**
 * The HTML of a mail on its way into an editing surface and back. What is put into the surface was cleaned by DOMPurify;
 * the surface lies in a frame that runs nothing and loads nothing. What comes back goes into the document that was there:
 * its head, its styles and its body element stay as they are written.
 */
import DOMPurify from "dompurify";

/** A mail that can be edited. */
export interface Editable {
  /** The styles of its head. */
  readonly css: string;
  /** What is in its body, cleaned; of no window. */
  readonly content: DocumentFragment;
  /** Attributes of its body element that belong to its look. */
  readonly attributes: readonly (readonly [string, string])[];
  /** Whether something was left out that cannot be edited. */
  readonly isReduced: boolean;
}

const LOOK = ["bgcolor", "text", "link", "vlink", "alink", "style", "class", "dir", "lang"];
const FORBIDDEN = [
  "script style link meta base title iframe frame frameset object embed applet form input button select textarea option",
  "svg math template noscript audio video canvas dialog",
].flatMap((line) => line.split(" "));
const ADDRESSES = /^(?:https?:|mailto:|tel:|cid:|ftp:|sms:|news:|#|[^a-z]|[a-z+.-]+(?:[^a-z+.\-:]|$))/i;
const PICTURES = /^data:image\/(?:png|gif|jpe?g|webp|bmp);/i;

/** Marks a picture of the message in the surface with the content id it has in the mail. */
const CID = "data-msg-cid";

/** Reads a mail for editing. */
export function editableOf(html: string, picture: (contentId: string) => string | undefined): Editable {
  const parsed = new DOMParser().parseFromString(html, "text/html");
  const css = Array.from(parsed.querySelectorAll("style"), (style) => style.textContent).join("\n");
  const attributes = LOOK.flatMap((name) => {
    // The direction and the language of the whole document are those of its body too.
    const inherited = name === "dir" || name === "lang" ? parsed.documentElement.getAttribute(name) : null;
    const value = parsed.body.getAttribute(name) ?? inherited;
    return value === null ? [] : [[name, value] as const];
  });
  const content = DOMPurify.sanitize(parsed.body.innerHTML, {
    FORBID_TAGS: FORBIDDEN,
    FORBID_ATTR: ["srcset", "ping", "formaction", "contenteditable", "autofocus", CID],
    ALLOWED_URI_REGEXP: ADDRESSES,
    ALLOW_DATA_ATTR: false,
    RETURN_DOM_FRAGMENT: true,
  });
  const isReduced = DOMPurify.removed.some(
    (entry) => !("element" in entry) || entry.element.nodeType !== Node.TEXT_NODE,
  );
  for (const image of content.querySelectorAll("img")) showPicture(image, picture);
  return { css, content, attributes, isReduced };
}

function showPicture(image: HTMLImageElement, picture: (contentId: string) => string | undefined): void {
  const source = image.getAttribute("src") ?? "";
  const contentId = /^cid:(.*)$/is.exec(source)?.[1];
  if (contentId === undefined) return;
  const url = picture(decoded(contentId).toLowerCase());
  image.setAttribute(CID, contentId);
  if (url === undefined) image.removeAttribute("src");
  else image.setAttribute("src", url);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Marks a picture that is put into the surface. */
export function markPicture(image: HTMLImageElement, contentId: string): void {
  image.setAttribute(CID, contentId);
}

/** A picture that can stand on the surface. */
export interface SurfacePicture {
  readonly contentId: string;
  /** Where its bytes are. */
  readonly url: string;
}

/** What is pasted, cleaned. */
export interface Pasted {
  readonly html: string;
  readonly hasContent: boolean;
  /** Pictures that are not in it: the network would be needed to show them. */
  readonly leftOut: number;
}

/**
 * Cleans what is pasted: the same rules, and no pictures but those that need no network, as `picture` knows them: those
 * of the text itself, and those whose address holds their bytes.
 */
export function cleanPasted(html: string, picture: (source: string) => SurfacePicture | undefined): Pasted {
  const parsed = new DOMParser().parseFromString(html, "text/html");
  const pictures: (SurfacePicture | undefined)[] = [];
  let leftOut = 0;
  for (const image of parsed.querySelectorAll("img")) {
    const source = image.getAttribute("src") ?? "";
    const known = picture(source);
    if (known === undefined && source.trim() !== "") leftOut++;
    pictures.push(known);
    image.setAttribute("src", `#${pictures.length - 1}`);
  }
  const fragment = DOMPurify.sanitize(parsed.body.innerHTML, {
    FORBID_TAGS: FORBIDDEN,
    FORBID_ATTR: ["srcset", "class", "id", "background", CID],
    ALLOWED_URI_REGEXP: ADDRESSES,
    ALLOW_DATA_ATTR: false,
    RETURN_DOM_FRAGMENT: true,
  });
  for (const image of fragment.querySelectorAll("img")) {
    const known = pictures[Number(/^#(\d+)$/.exec(image.getAttribute("src") ?? "")?.[1] ?? "NaN")];
    if (known === undefined) {
      image.remove();
      continue;
    }
    image.setAttribute("src", known.url);
    markPicture(image, known.contentId);
  }
  const holder = document.createElement("div");
  holder.append(fragment);
  const hasContent = holder.textContent.trim() !== "" || holder.querySelector("img, hr, table") !== null;
  return { html: holder.innerHTML, hasContent, leftOut };
}

/** A text as HTML. */
export const textAsHtml = (text: string): string =>
  text
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/\r\n|\r|\n/g, "<br>");

/** Whether a file's type is one of the pictures that mail shows. */
export const isMailPicture = (type: string): boolean => PICTURES.test(`data:${type};`);

/** The HTML of what is in a surface, with the pictures under their content ids. */
export function bodyHtml(body: HTMLElement): {
  readonly html: string;
  readonly contentIds: readonly string[];
} {
  // In a document of no window, where pictures are not loaded.
  const copy = document.implementation.createHTMLDocument("").importNode(body, true);
  const contentIds: string[] = [];
  for (const image of copy.querySelectorAll("img")) {
    const contentId = image.getAttribute(CID);
    if (contentId === null) continue;
    image.setAttribute("src", `cid:${contentId}`);
    image.removeAttribute(CID);
    contentIds.push(decoded(contentId));
  }
  return { html: copy.innerHTML, contentIds };
}

const BODY_START = /<body\b(?:"[^"]*"|'[^']*'|[^>"'])*>/i;
const NEW_MAIL = [
  `<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"></head>`,
  `<body style="font-family:Calibri,Arial,sans-serif;font-size:11pt">`,
].join("");

/** Puts what was edited into the document it came from; into a new one when there was none. */
export function intoDocument(original: string, inner: string): string {
  const start = BODY_START.exec(original);
  if (start === null) return `${NEW_MAIL}${inner}</body></html>`;
  const from = start.index + start[0].length;
  const end = original.toLowerCase().lastIndexOf("</body");
  return `${original.slice(0, from)}${inner}${end < from ? "</body></html>" : original.slice(end)}`;
}
