/**
 * The HTML of a mail, made harmless. It is parsed once, in a document that runs and loads nothing; its style sheets are
 * taken out and rewritten (`css.ts`); DOMPurify leaves a fixed list of elements and attributes; addresses are decided one
 * by one (`urls.ts`). What comes out are nodes, never text: they are not parsed a second time, so nothing can mutate.
 */
import DOMPurify, { type Config } from "dompurify";
import { type CssPolicy, safeDeclarations, safeSheet } from "./css";
import { type AttachmentTarget, fillPlace } from "./places";
import { mailUrl, type MailUrl } from "./urls";

/** How a mail is to be shown. */
export interface SanitizeOptions {
  /** Whether remote pictures may be loaded. */
  readonly remote: boolean;
  /** Whether rules for dark schemes count. */
  readonly dark: boolean;
  /** The address of a picture in the message, by content id or location; undefined when there is none. */
  picture(reference: string, byId: boolean): string | undefined;
  /** The attachments that the marked places of the text stand for; none where the text is not made from RTF. */
  readonly places: readonly AttachmentTarget[];
  /** Said in place of a picture that is not shown. */
  readonly missingText: string;
  readonly blockedText: string;
}

/** Where a link of the mail leads. */
export type LinkTarget =
  Extract<MailUrl, { kind: "remote" | "fragment" | "active" | "part" }> | MailtoTarget | AttachmentTarget;

/** A link to somebody's address. */
export interface MailtoTarget {
  readonly kind: "mailto";
  readonly url: string;
}

/** A mail that can be shown. */
export interface SafeMail {
  /** The body element, with its own attributes; it belongs to no window. */
  readonly body: HTMLElement;
  readonly css: string;
  /** Whether the mail wants to be laid out as before there were standards. */
  readonly quirks: boolean;
  readonly links: ReadonlyMap<Element, LinkTarget>;
  /** Remote things that were not loaded. */
  readonly blocked: number;
  /** Of these, pictures that could be. */
  readonly loadable: number;
  /** Scripts, forms, frames, handlers and the like that were taken out. */
  readonly removed: number;
}

const TAGS =
  "html head body a abbr acronym address article aside b bdi bdo big blockquote br caption center cite code col colgroup dd " +
  "del details dfn dir div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main " +
  "map area mark menu nav nobr ol p pre q s samp section small span strike strong sub summary sup table tbody td tfoot th " +
  "thead time tr tt u ul var wbr";

const ATTRIBUTES =
  "abbr align alink alt background bgcolor border cellpadding cellspacing char charoff class clear color cols colspan compact " +
  "coords data-attachment datetime dir face headers height href hspace id lang link name noshade nowrap open reversed rows " +
  "rowspan rules scope shape size span src start style summary text title type usemap valign value vlink vspace width";

/** Elements that do something: taken out with what is in them, or without. */
const ACTIVE: ReadonlySet<string> = new Set(
  (
    "script noscript iframe frame frameset object embed applet param form input button textarea select option datalist output " +
    "meta base link style svg math template slot portal dialog audio video source track canvas marquee bgsound layer ilayer " +
    "xml import keygen isindex command fencedframe"
  ).split(" "),
);

/** Active elements whose content is no text of the mail. */
const WITHOUT_CONTENT =
  "script style template iframe frame frameset object embed applet svg math audio video canvas select textarea noscript title " +
  "xml datalist noembed noframes plaintext";

const CONFIG: Config = {
  WHOLE_DOCUMENT: true,
  RETURN_DOM: true,
  ALLOWED_TAGS: TAGS.split(" ").concat("#text"),
  ALLOWED_ATTR: ATTRIBUTES.split(" "),
  ALLOWED_NAMESPACES: ["http://www.w3.org/1999/xhtml"],
  ALLOW_DATA_ATTR: false,
  ALLOW_ARIA_ATTR: false,
  ALLOW_UNKNOWN_PROTOCOLS: true,
  // Every address is decided by `mailUrl` afterwards; here they only have to survive.
  ALLOWED_URI_REGEXP: /[\s\S]*/,
  FORBID_CONTENTS: WITHOUT_CONTENT.split(" "),
  SANITIZE_NAMED_PROPS: true,
};

/** What DOMPurify puts before ids and names. */
export const NAME_PREFIX = "user-content-";

/** Whether a meta element leads away or changes something; most only say what the mail was written with. */
function doesSomething(meta: Element): boolean {
  return /^(?:refresh|set-cookie|x-dns-prefetch-control|content-security-policy)$/i.test(
    meta.getAttribute("http-equiv")?.trim() ?? "",
  );
}

/** Counts what a mail is not given. */
class Ledger {
  blocked = 0;
  loadable = 0;
  removed = 0;

  remote(loadable: boolean): void {
    this.blocked++;
    if (loadable) this.loadable++;
  }

  /** What an element or attribute that DOMPurify took out would have done. */
  takenOut(entry: (typeof DOMPurify.removed)[number]): void {
    if ("element" in entry) this.#element(entry.element);
    else if (entry.attribute) this.#attribute(entry.attribute);
  }

  #element(node: Node): void {
    if (!(node instanceof Element)) return;
    const name = node.localName.replace(/^.*:/, "");
    if (name === "link" || name === "source" || name === "track") {
      this.#addresses(node);
      return;
    }
    const isActive = ACTIVE.has(name) && (name !== "meta" || doesSomething(node));
    if (isActive) this.removed++;
    else this.#addresses(node);
  }

  #addresses(element: Element): void {
    for (const attribute of Array.from(element.attributes)) this.#attribute(attribute);
  }

  #attribute({ name, value }: Attr): void {
    if (/^on/i.test(name)) this.removed++;
    else if (
      /^(?:.*:)?(?:src|srcset|href|data|poster|background|lowsrc|dynsrc|longdesc|profile|manifest|icon)$/i.test(
        name,
      )
    ) {
      const url = mailUrl(value.split(/[\s,]+/).find(Boolean) ?? "");
      if (url.kind === "remote") this.remote(false);
      if (url.kind === "active") this.removed++;
    }
  }
}

/** A picture of a single point, or of none: it is there to tell that the mail was opened. */
function isBeacon(image: Element): boolean {
  const style = image instanceof HTMLElement ? image.style : undefined;
  const side = (name: "width" | "height"): number =>
    Number.parseFloat(style?.getPropertyValue(name) || (image.getAttribute(name) ?? ""));
  return side("width") <= 1 || side("height") <= 1;
}

/** Decides the addresses of one mail. */
class Addresses implements CssPolicy {
  readonly links = new Map<Element, LinkTarget>();

  constructor(
    private readonly options: SanitizeOptions,
    private readonly ledger: Ledger,
  ) {}

  get dark(): boolean {
    return this.options.dark;
  }

  blocked(): void {
    this.ledger.remote(false);
  }

  picture(text: string): string | undefined {
    const url = mailUrl(text);
    switch (url.kind) {
      case "inline":
        return url.url;
      case "part":
        return this.options.picture(url.reference, url.byId);
      case "remote":
        if (url.loadable && this.options.remote) return url.url;
        this.ledger.remote(url.loadable);
        return undefined;
      case "active":
        this.ledger.removed++;
        return undefined;
      case "fragment":
      case "none":
        return undefined;
    }
  }

  image(image: Element): void {
    const source = image.getAttribute("src") ?? "";
    const url = mailUrl(source);
    const beacon = url.kind === "remote" && isBeacon(image);
    if (beacon) this.ledger.remote(false);
    const shown = beacon ? undefined : this.picture(source);
    if (shown !== undefined) {
      image.setAttribute("src", shown);
      return;
    }
    image.removeAttribute("src");
    if (beacon || source === "") return;
    const reason = url.kind === "part" ? this.options.missingText : this.options.blockedText;
    const title = image.getAttribute("alt")?.trim() || image.getAttribute("title")?.trim();
    image.setAttribute("title", title ? `${title} (${reason})` : reason);
    // What the message itself lacks is said; a remote picture without words is mostly an ornament.
    const alt = image.getAttribute("alt");
    if (alt === null || (url.kind === "part" && alt.trim() === "")) image.setAttribute("alt", reason);
    image.setAttribute("data-missing", "");
  }

  background(element: Element): void {
    const source = element.getAttribute("background") ?? "";
    element.removeAttribute("background");
    const shown = this.picture(source);
    if (shown !== undefined && element instanceof HTMLElement)
      element.style.backgroundImage = `url("${CSS.escape(shown)}")`;
  }

  place(element: Element): void {
    const filled = fillPlace(element, this.options.places);
    element.removeAttribute("data-attachment");
    if (filled) this.links.set(filled.link, filled.target);
  }

  link(element: Element): void {
    const href = element.getAttribute("href") ?? "";
    const target = linkTarget(href);
    element.removeAttribute("href");
    if (target === undefined) return;
    if (target.kind === "active") this.ledger.removed++;
    this.links.set(element, target);
    // The address itself is kept out of the document: nothing can follow, prefetch or copy it but our own handler.
    element.setAttribute("href", "#");
  }
}

function linkTarget(href: string): LinkTarget | undefined {
  const url = mailUrl(href);
  if (url.kind === "none") return undefined;
  if (url.kind === "active" && url.scheme === "mailto") return { kind: "mailto", url: href.trim() };
  return url.kind === "inline" ? { kind: "active", scheme: "data" } : url;
}

/** Takes the style sheets out of a document that is only parsed, and gives back what may be kept of them. */
function takeSheets(document: Document, policy: CssPolicy): string {
  const sheets: string[] = [];
  for (const element of Array.from(document.querySelectorAll("style"))) {
    const isHtml = element instanceof HTMLStyleElement;
    const isInactive = element.closest("svg, math, noscript, template") !== null;
    if (isHtml && !isInactive) {
      const css = safeSheet(element.textContent, policy);
      const media = element.getAttribute("media")?.trim();
      const query = media && new MediaQueryText(media).text;
      sheets.push(query ? `@media ${query} { ${css} }` : css);
    }
    element.remove();
  }
  return sheets.filter((css) => css !== "").join("\n");
}

/** A media attribute in the form that the parser gives it, which cannot leave its place in a style sheet. */
class MediaQueryText {
  readonly text: string;

  constructor(media: string) {
    const sheet = new CSSStyleSheet({ media });
    this.text = sheet.media.mediaText;
  }
}

const purifier = DOMPurify(window);

/** Runs the purifier over a parsed document; what it took out is in `DOMPurify.removed` until the next time. */
function purified(document: Document): HTMLElement {
  const node: unknown = purifier.sanitize(document.documentElement, CONFIG);
  if (node instanceof HTMLElement) return node;
  return new DOMParser().parseFromString("", "text/html").documentElement;
}

/** Makes the HTML of a mail harmless. */
export function sanitizeMail(html: string, options: SanitizeOptions): SafeMail {
  const document = new DOMParser().parseFromString(html, "text/html");
  const ledger = new Ledger();
  const addresses = new Addresses(options, ledger);
  const css = takeSheets(document, addresses);
  const root = purified(document);
  for (const entry of purifier.removed) ledger.takenOut(entry);
  const body = root.querySelector("body") ?? root;
  for (const element of [body, ...Array.from(body.querySelectorAll("*"))]) {
    if (element instanceof HTMLElement && element.hasAttribute("style")) {
      const declarations = safeDeclarations(element.style, addresses);
      element.removeAttribute("style");
      if (declarations !== "") element.setAttribute("style", declarations);
    }
    if (element.hasAttribute("data-attachment")) addresses.place(element);
    if (element.localName === "img") addresses.image(element);
    else element.removeAttribute("src");
    if (element.hasAttribute("background")) addresses.background(element);
    if (element.hasAttribute("href")) {
      if (element.localName === "a" || element.localName === "area") addresses.link(element);
      else element.removeAttribute("href");
    }
    if (element.getAttribute("height")?.includes("%")) element.removeAttribute("height");
    const map = element.getAttribute("usemap");
    if (map !== null) element.setAttribute("usemap", `#${NAME_PREFIX}${map.replace(/^#/, "")}`);
  }
  return {
    body,
    css,
    quirks: document.compatMode === "BackCompat",
    links: addresses.links,
    blocked: ledger.blocked,
    loadable: ledger.loadable,
    removed: ledger.removed,
  };
}
