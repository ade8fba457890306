/** The paper: the text of a message in one of its forms, made harmless, and what had to be left out of it. */
import type { BodyContent } from "../../src/protocol/message";
import { h } from "../dom";
import { t } from "../strings";
import { MailFrame, type FrameListener } from "./frame";
import { LIGHT_PAPER, paperStyle } from "./paperStyle";
import { isReadable, themePaper } from "./paperTheme";
import { textMail } from "./plainText";
import type { AttachmentTarget } from "./places";
import { sanitizeMail, type SafeMail } from "./sanitize";

/** How the paper is to look. */
export interface PaperOptions {
  readonly followTheme: boolean;
  readonly remote: boolean;
  /** The attachments with places in a text made from RTF, in order. */
  readonly places: readonly AttachmentTarget[];
  picture(reference: string, byId: boolean): string | undefined;
}

/** What became of a text on the paper. */
export interface PaperReport {
  readonly blocked: number;
  readonly loadable: number;
  readonly removed: number;
  /** The theme was wished for, but the mail could not be read on it. */
  readonly keptLight: boolean;
}

const NOTHING: PaperReport = { blocked: 0, loadable: 0, removed: 0, keptLight: false };

/** The paper. */
export class Paper {
  readonly element = h("div", { class: "paper-place" });
  readonly #frame: MailFrame;
  readonly #source = h("pre", { class: "mail-source", tabindex: 0, "data-pane": "message-text" });
  #task = 0;

  constructor(listener: FrameListener) {
    this.#frame = new MailFrame(listener);
    this.#source.setAttribute("role", "region");
    this.#source.setAttribute("aria-label", t("messageSource"));
    this.element.append(this.#frame.element, this.#source);
    this.#frame.element.hidden = true;
    this.#source.hidden = true;
  }

  /** Shows a text; undefined when another one was asked for in the meantime. */
  async show(content: BodyContent, options: PaperOptions): Promise<PaperReport | undefined> {
    const task = ++this.#task;
    if (content.kind === "source") {
      this.#source.textContent = content.text;
      this.#swap(true);
      return NOTHING;
    }
    const report = await this.#print(content, options, task);
    if (task !== this.#task) return undefined;
    this.#swap(false);
    return report;
  }

  /** Shows nothing. */
  clear(): void {
    this.#task++;
    this.#frame.close();
    this.#frame.element.hidden = true;
    this.#source.hidden = true;
    this.#source.textContent = "";
  }

  /** Puts the focus on the text. */
  focus(): void {
    if (this.#source.hidden) this.#frame.focus();
    else this.#source.focus();
  }

  #swap(source: boolean): void {
    this.#source.hidden = !source;
    this.#frame.element.hidden = source;
    if (source) this.#frame.close();
    else this.#source.textContent = "";
  }

  async #print(content: BodyContent, options: PaperOptions, task: number): Promise<PaperReport> {
    const wished = options.followTheme ? themePaper() : LIGHT_PAPER;
    const mail = safeMail(content, options, wished.dark);
    await this.#put(mail, wished, options.remote);
    const report = { ...mail, keptLight: false };
    const shown = this.#frame.document;
    if (!options.followTheme || task !== this.#task || shown === undefined || isReadable(shown))
      return report;
    const light = safeMail(content, options, false);
    await this.#put(light, LIGHT_PAPER, options.remote);
    return { ...light, keptLight: true };
  }

  async #put(mail: SafeMail, paper: typeof LIGHT_PAPER, remote: boolean): Promise<void> {
    // Measured as soon as it is filled: it has to have a place by then.
    this.#frame.element.hidden = false;
    const style = getComputedStyle(document.body);
    const font = style.getPropertyValue("--vscode-font-family").trim();
    const mono = style.getPropertyValue("--vscode-editor-font-family").trim();
    await this.#frame.show({ mail, style: paperStyle(paper, font, mono), remote });
  }
}

function safeMail(content: BodyContent, options: PaperOptions, dark: boolean): SafeMail {
  if (content.kind === "text") return textMail(content.text);
  return sanitizeMail(content.text, {
    remote: options.remote,
    dark,
    places: content.hasPlaces === true ? options.places : [],
    picture: (reference, byId) => options.picture(reference, byId),
    missingText: t("messagePictureMissing"),
    blockedText: t("messagePictureBlocked"),
  });
}
