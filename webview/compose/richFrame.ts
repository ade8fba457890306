/**
 * A surface on which a mail is edited as it looks: an editable body in a frame of its own, sandboxed and without network,
 * so that the mail's styles stay in it. Commands are the browser's own.
 */
import { h } from "../dom";
import { t } from "../strings";
import { repeatKey } from "../ui/repeatKey";
import { bodyHtml, cleanPasted, type Editable, type SurfacePicture } from "./editable";

/** What the surface tells. */
export interface RichListener {
  /** Something was typed or done. */
  changed(): void;
  /** The caret moved: which formats are on may be others now. */
  moved(): void;
  left(): void;
  /** A key that is not the surface's own; true when it was taken. */
  key(event: KeyboardEvent): boolean;
  /** Files that were pasted or dropped: pictures for the text, and others. */
  files(files: readonly File[]): void;
  /** What stands for a picture in something that was pasted; undefined for one that may not stand. */
  picture(source: string): SurfacePicture | undefined;
  /** So many pictures of something that was pasted do not stand there. */
  leftOut(count: number): void;
}

const SKELETON = `<!DOCTYPE html><html><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data: blob:; form-action 'none'; base-uri 'none'">
<meta name="referrer" content="no-referrer"><meta http-equiv="x-dns-prefetch-control" content="off"></head><body></body></html>`;

const PAPER = `html { background: #fff; color: #000; } body { margin: 0; padding: 12px 16px; min-height: 180px; outline: none;
  font-family: Calibri, Arial, sans-serif; font-size: 11pt; overflow-wrap: anywhere; }
body p { margin-block: 0 0.6em; } img { max-width: 100%; } img:not([src]) { width: 16px; height: 16px; border: 1px dashed #888; }`;

/** Keys with Ctrl that edit text: they stay in the frame. */
const OWN_KEYS: ReadonlySet<string> = new Set([
  ...["a", "c", "x", "v", "insert", "backspace", "delete", "enter"],
  ...["arrowleft", "arrowright", "arrowup", "arrowdown", "home", "end"],
]);

/** Whether a key is VS Code's and not that of a text. */
function isForOutside(event: KeyboardEvent): boolean {
  const key = event.key.toLowerCase();
  if (/^f\d+$/.test(key)) return true;
  return (event.ctrlKey || event.metaKey) && !OWN_KEYS.has(key);
}

/** Names of the browser's commands that the toolbar uses. */
export type RichCommand =
  | "bold"
  | "italic"
  | "underline"
  | "strikeThrough"
  | "foreColor"
  | "insertUnorderedList"
  | "insertOrderedList"
  | "indent"
  | "outdent"
  | "createLink"
  | "unlink"
  | "removeFormat"
  | "insertHTML"
  | "insertText";

/** The surface. */
export class RichFrame {
  readonly element: HTMLIFrameElement;
  #document: Document | undefined;
  #range: Range | undefined;

  constructor(private readonly listener: RichListener) {
    this.element = h("iframe", {
      class: "compose-frame",
      sandbox: "allow-same-origin",
      referrerpolicy: "no-referrer",
      title: t("composeBody"),
      "data-pane": "compose-body",
    });
  }

  /** Puts a mail onto the surface, in place of the one before. */
  async show(mail: Editable, editable: boolean): Promise<void> {
    const target = await this.#load();
    this.#document = target;
    const paper = target.createElement("style");
    paper.textContent = PAPER;
    const own = target.createElement("style");
    own.textContent = mail.css;
    target.head.append(paper, own);
    const { body } = target;
    for (const [name, value] of mail.attributes) body.setAttribute(name, value);
    if (!body.hasAttribute("dir")) body.setAttribute("dir", "auto");
    body.setAttribute("role", "textbox");
    body.setAttribute("aria-multiline", "true");
    body.setAttribute("aria-label", t("composeBody"));
    body.append(target.importNode(mail.content, true));
    this.setEditable(editable);
    this.#listen(target);
  }

  #load(): Promise<Document> {
    return new Promise((resolve) => {
      this.element.addEventListener(
        "load",
        () => {
          const { contentDocument } = this.element;
          if (contentDocument !== null) resolve(contentDocument);
        },
        { once: true },
      );
      this.element.srcdoc = SKELETON;
    });
  }

  /** Whether the mail can be edited; one that cannot can be looked at. */
  setEditable(editable: boolean): void {
    const body = this.#document?.body;
    if (body === undefined) return;
    body.contentEditable = String(editable);
    body.setAttribute("aria-readonly", String(!editable));
    if (!editable) return;
    this.#run("defaultParagraphSeparator", "p");
    this.#run("styleWithCSS", "true");
  }

  /** What is on the surface. */
  content(): ReturnType<typeof bodyHtml> {
    return this.#document ? bodyHtml(this.#document.body) : { html: "", contentIds: [] };
  }

  /** Puts the caret into the mail. */
  focus(): void {
    // The caret that is there is newer than the one that was noted when it last moved.
    if (document.activeElement === this.element) return;
    this.element.focus();
    this.#document?.body.focus();
    const range = this.#range;
    const selection = this.#document?.getSelection();
    if (range === undefined || !selection) return;
    selection.removeAllRanges();
    selection.addRange(range);
  }

  /** Runs a command where the caret is. */
  command(name: RichCommand, value?: string): void {
    this.focus();
    this.#run(name, value);
    this.listener.changed();
  }

  /** The text on the surface. */
  plainText(): string {
    return this.#document?.body.innerText ?? "";
  }

  /** Whether a format is on where the caret is. */
  isOn(name: RichCommand): boolean {
    try {
      // eslint-disable-next-line @typescript-eslint/no-deprecated
      return this.#document?.queryCommandState(name) ?? false;
    } catch {
      return false;
    }
  }

  /** The text that is selected. */
  selectedText(): string {
    return this.#document?.getSelection()?.toString() ?? "";
  }

  /** The pictures on the surface that have no content id yet. */
  pictureWith(url: string): HTMLImageElement | undefined {
    return Array.from(this.#document?.querySelectorAll("img") ?? []).find((image) => image.src === url);
  }

  #run(name: string, value?: string): void {
    // There is no other way to edit with the browser's own rules and history.
    // eslint-disable-next-line @typescript-eslint/no-deprecated
    this.#document?.execCommand(name, false, value);
  }

  #listen(target: Document): void {
    const { listener } = this;
    target.addEventListener("input", () => listener.changed());
    target.addEventListener("selectionchange", () => {
      const selection = target.getSelection();
      if (selection && selection.rangeCount > 0) this.#range = selection.getRangeAt(0).cloneRange();
      listener.moved();
    });
    target.addEventListener("focusout", () => listener.left());
    target.addEventListener("click", (event) => event.preventDefault(), true);
    target.addEventListener(
      "keydown",
      (event) => {
        if (listener.key(event)) {
          event.preventDefault();
          event.stopPropagation();
        } else if (isForOutside(event)) repeatKey(event, this.element);
      },
      true,
    );
    target.addEventListener("paste", (event) => this.#onTransfer(event, event.clipboardData));
    target.addEventListener("drop", (event) => {
      if ((event.dataTransfer?.files.length ?? 0) > 0) this.#onTransfer(event, event.dataTransfer);
    });
  }

  #onTransfer(event: Event, data: DataTransfer | null): void {
    if (data === null) return;
    const files = Array.from(data.files);
    const html = data.getData("text/html");
    if (html === "" && files.length === 0) return;
    event.preventDefault();
    const pasted = cleanPasted(html, (source) => this.listener.picture(source));
    // A picture that is copied on a web page comes as a file, and as HTML that would load it.
    if (pasted.hasContent) this.command("insertHTML", pasted.html);
    else if (files.length > 0) {
      this.listener.files(files);
      return;
    }
    if (pasted.leftOut > 0) this.listener.leftOut(pasted.leftOut);
  }
}
