/** A mail in plain text, as elements: its lines, its quotations, and its web and mail addresses as links. */
import type { LinkTarget, SafeMail } from "./sanitize";
import { mailUrl } from "./urls";

const LINK = /\b(?:https?:\/\/|www\.)[^\s<>"'`]+|\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+\b/gi;
/** Characters that end a sentence rather than an address. */
const TRAILING = /[.,;:!?)\]}>'"]+$/;
const QUOTE = /^((?:> ?)+)(.*)$/s;
const MAX_DEPTH = 12;
/** Lines after which no links are looked for: a mail that long is data. */
const MAX_LINKED_LINES = 20_000;

function linkOf(text: string): LinkTarget | undefined {
  if (text.includes("@") && !text.includes("://")) return { kind: "mailto", url: `mailto:${text}` };
  const url = mailUrl(/^www\./i.test(text) ? `https://${text}` : text);
  return url.kind === "remote" ? url : undefined;
}

/** Builds the elements of one text. */
class TextMail {
  readonly links = new Map<Element, LinkTarget>();
  readonly #document = document.implementation.createHTMLDocument("");
  #lines = 0;

  build(text: string): HTMLElement {
    const { body } = this.#document;
    body.className = "plain";
    const stack: HTMLElement[] = [body];
    let run: string[] = [];
    const flush = (): void => {
      if (run.length === 0) return;
      const block = this.#document.createElement("div");
      block.className = "lines";
      for (const [index, line] of run.entries()) {
        if (index > 0) block.append("\n");
        this.#appendLine(block, line);
      }
      stack.at(-1)?.append(block);
      run = [];
    };
    for (const line of text.split(/\r\n|\r|\n/)) {
      const [, marks = "", rest = line] = QUOTE.exec(line) ?? [];
      const depth = Math.min(marks.replaceAll(" ", "").length, MAX_DEPTH);
      if (depth !== stack.length - 1) {
        flush();
        stack.length = Math.min(stack.length, depth + 1);
        while (stack.length <= depth) {
          const quote = this.#document.createElement("blockquote");
          stack.at(-1)?.append(quote);
          stack.push(quote);
        }
      }
      run.push(depth === 0 ? line : rest);
    }
    flush();
    return body;
  }

  #appendLine(parent: HTMLElement, line: string): void {
    if (++this.#lines > MAX_LINKED_LINES) {
      parent.append(line);
      return;
    }
    let at = 0;
    for (const match of line.matchAll(LINK)) {
      const found = match[0].replace(TRAILING, "");
      const target = linkOf(found);
      if (target === undefined) continue;
      const anchor = this.#document.createElement("a");
      anchor.setAttribute("href", "#");
      anchor.textContent = found;
      this.links.set(anchor, target);
      parent.append(line.slice(at, match.index), anchor);
      at = match.index + found.length;
    }
    parent.append(line.slice(at));
  }
}

/** The elements of a mail in plain text. */
export function textMail(text: string): SafeMail {
  const mail = new TextMail();
  const body = mail.build(text);
  return { body, css: "", quirks: false, links: mail.links, blocked: 0, loadable: 0, removed: 0 };
}
