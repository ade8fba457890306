/**
 * The frame that shows a mail: sandboxed, without script, with a policy of its own that lets nothing load but pictures
 * that are in the message. It is as high as the mail; the view around it scrolls.
 */
import { h } from "../dom";
import { t } from "../strings";
import { repeatKey } from "../ui/repeatKey";
import type { LinkTarget, SafeMail } from "./sanitize";
import { NAME_PREFIX } from "./sanitize";

/** What the frame tells. */
export interface FrameListener {
  /** A link was clicked, or Enter was pressed on it. */
  follow(target: LinkTarget, text: string): void;
  /** The pointer or the focus is on a link, or on none. */
  point(target: LinkTarget | undefined, text: string): void;
  /** Copies what is selected. */
  copy(text: string): void;
}

/** How a mail is put into the frame. */
export interface FrameContent {
  readonly mail: SafeMail;
  /** The style of the paper. */
  readonly style: string;
  /** Whether remote pictures may be loaded. */
  readonly remote: boolean;
}

/** Higher ones are cut; nobody scrolls that far, and browsers have a limit too. */
const MAX_HEIGHT = 1_000_000;
/** Changes of height in a row, without one of the width, after which the frame stops following. */
const MAX_GROWTH = 60;
const LOAD_MS = 10_000;

/** The document that a mail is put into. */
function skeleton(quirks: boolean, remote: boolean): string {
  const pictures = remote ? "data: blob: https: http:" : "data: blob:";
  const policy = `default-src 'none'; style-src 'unsafe-inline'; img-src ${pictures}; form-action 'none'; base-uri 'none'`;
  return `${quirks ? "" : "<!DOCTYPE html>"}<html><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="referrer" content="no-referrer"><meta http-equiv="x-dns-prefetch-control" content="off">
</head><body></body></html>`;
}

/** Attributes of the mail's body element that belong to the look of the page. */
const BODY_ATTRIBUTES = ["bgcolor", "text", "link", "vlink", "alink", "style", "class", "dir", "lang", "id"];

/** Keys with which one moves in the mail or selects: they stay in the frame. */
const OWN_KEYS: ReadonlySet<string> = new Set(["a", "c", "insert", "arrowleft", "arrowright", "home", "end"]);

/** A frame with a mail in it. */
export class MailFrame {
  readonly element: HTMLElement;
  readonly #frame: HTMLIFrameElement;
  #document: Document | undefined;
  #observer: ResizeObserver | undefined;
  #width = 0;
  #growth = 0;

  constructor(private readonly listener: FrameListener) {
    this.#frame = h("iframe", {
      class: "mail-frame",
      sandbox: "allow-same-origin",
      referrerpolicy: "no-referrer",
      title: t("messagePaper"),
      "data-pane": "message-text",
    });
    this.element = h("div", { class: "paper" }, this.#frame);
  }

  /** The document in the frame, when one is there. */
  get document(): Document | undefined {
    return this.#document;
  }

  /** Puts the focus into the mail. */
  focus(): void {
    this.#frame.focus();
  }

  /** Stops following the mail. */
  close(): void {
    this.#observer?.disconnect();
    this.#observer = undefined;
    // What is not shown any more is not kept either.
    this.#document?.body.replaceChildren();
    this.#document = undefined;
  }

  /** Shows a mail in place of the one before. @throws Error when the frame does not come up */
  async show(content: FrameContent): Promise<void> {
    this.close();
    const loaded = await this.#load(skeleton(content.mail.quirks, content.remote));
    this.#document = loaded;
    fill(loaded, content);
    this.#listen(loaded, content.mail);
    this.#follow(loaded);
  }

  #load(html: string): Promise<Document> {
    return new Promise((resolve, reject) => {
      const timer = window.setTimeout(() => reject(new Error(t("messageNoFrame"))), LOAD_MS);
      this.#frame.addEventListener(
        "load",
        () => {
          window.clearTimeout(timer);
          const { contentDocument } = this.#frame;
          if (contentDocument === null) reject(new Error(t("messageNoFrame")));
          else resolve(contentDocument);
        },
        { once: true },
      );
      this.#frame.srcdoc = html;
    });
  }

  #listen(target: Document, mail: SafeMail): void {
    const linkAt = (event: Event): [Element, LinkTarget] | undefined => {
      for (const node of event.composedPath()) {
        const link = mail.links.get(node as Element);
        if (link !== undefined) return [node as Element, link];
      }
      return undefined;
    };
    const onPoint = (event: Event): void => {
      const found = linkAt(event);
      this.listener.point(found?.[1], found?.[0].textContent ?? "");
    };
    const onClick = (event: Event): void => {
      const found = linkAt(event);
      if (!found) return;
      event.preventDefault();
      const [element, link] = found;
      if (link.kind === "fragment") this.#scrollTo(link.id);
      else this.listener.follow(link, element.textContent);
    };
    target.addEventListener("click", onClick, true);
    target.addEventListener("auxclick", onClick, true);
    target.addEventListener("dragstart", (event) => event.preventDefault(), true);
    target.addEventListener("mouseover", onPoint, true);
    target.addEventListener("focusin", onPoint, true);
    target.addEventListener("mouseleave", () => this.listener.point(undefined, ""));
    target.addEventListener("focusout", () => this.listener.point(undefined, ""), true);
    target.addEventListener("keydown", (event) => this.#onKey(event), true);
  }

  #scrollTo(id: string): void {
    let name = id;
    try {
      name = decodeURIComponent(id);
    } catch {
      // It is taken as it stands.
    }
    const wanted = `${NAME_PREFIX}${name}`;
    const target =
      this.#document?.getElementById(wanted) ?? this.#document?.getElementsByName(wanted)[0] ?? undefined;
    target?.scrollIntoView({ block: "start" });
  }

  /** VS Code does not hear keys inside a nested frame: those that are not the mail's own are said again outside. */
  #onKey(event: KeyboardEvent): void {
    const control = event.ctrlKey || event.metaKey;
    const key = event.key.toLowerCase();
    if (control && !event.shiftKey && !event.altKey && key === "c") {
      const selected = this.#document?.getSelection()?.toString() ?? "";
      if (selected !== "") this.listener.copy(selected);
      return;
    }
    const isCommand = control || event.altKey || /^f\d+$/.test(key) || key === "escape";
    if (!isCommand || (control && OWN_KEYS.has(key))) return;
    repeatKey(event, this.#frame);
  }

  /** Keeps the frame as high as the mail, and as wide where the mail is wider than its place. */
  #follow(target: Document): void {
    const content = target.querySelector(".mail");
    if (content === null) return;
    this.#width = 0;
    this.#growth = 0;
    this.#observer = new ResizeObserver(() => this.#measure(target, content));
    this.#observer.observe(content);
    this.#observer.observe(this.element);
    this.#measure(target, content);
  }

  #measure(target: Document, content: Element): void {
    const place = this.element.clientWidth;
    if (place !== this.#width) {
      this.#width = place;
      this.#growth = 0;
      this.#frame.style.width = "100%";
    } else if (++this.#growth > MAX_GROWTH) return;
    const root = target.documentElement;
    const wide = Math.max(content.scrollWidth, target.body.scrollWidth, root.scrollWidth);
    if (wide > root.clientWidth + 1) this.#frame.style.width = `${wide}px`;
    const { paddingTop, paddingBottom, marginTop, marginBottom } = getComputedStyle(target.body);
    const around = [paddingTop, paddingBottom, marginTop, marginBottom]
      .map((side) => Number.parseFloat(side) || 0)
      .reduce((sum, side) => sum + side, 0);
    const height = Math.min(Math.ceil(content.getBoundingClientRect().height + around), MAX_HEIGHT);
    this.#frame.style.minHeight = `${height}px`;
  }
}

function fill(target: Document, { mail, style }: FrameContent): void {
  const addStyle = (css: string): void => {
    const element = target.createElement("style");
    element.textContent = css;
    target.head.append(element);
  };
  addStyle(style);
  if (mail.css !== "") addStyle(mail.css);
  const { body } = target;
  for (const name of BODY_ATTRIBUTES) {
    const value = mail.body.getAttribute(name);
    if (value !== null) body.setAttribute(name, value);
  }
  if (!body.hasAttribute("dir")) body.setAttribute("dir", "auto");
  const content = target.createElement("div");
  content.className = "mail";
  // Adopting keeps the elements themselves, by which the links are known.
  for (const node of Array.from(mail.body.childNodes)) content.append(target.adoptNode(node));
  body.append(content);
}
