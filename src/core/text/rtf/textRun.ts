/** Text of RTF on its way to a visitor: bytes wait for their neighbours, so that a character may be spread over tokens. */
import { DEFAULT_CODE_PAGE } from "../../session/codePageOf";
import { isAscii } from "../codePages";
import type { CodePage } from "../types";
import type { RtfDestination, RtfVisitor } from "./interpreter";

/** Collects text of one destination and one set of properties, and delivers it when either changes. */
export class RtfTextRun<F> {
  /** Code pages in which bytes beyond ASCII were read. */
  readonly pages = new Set<number>();
  /** Some bytes had no meaning in their code page. */
  undecodable = false;
  private text = "";
  private own: F;
  private bytes = new Uint8Array(1024);
  private length = 0;
  private page: CodePage = DEFAULT_CODE_PAGE;

  constructor(
    private readonly visitor: RtfVisitor<F>,
    private destination: RtfDestination,
  ) {
    this.own = visitor.initial;
  }

  /** What is added from now on has these properties. */
  begin(own: F, destination: RtfDestination): void {
    const isSame = this.own === own || this.visitor.sameRun?.(this.own, own);
    if (!isSame || this.destination !== destination) this.end();
    this.own = own;
    this.destination = destination;
  }

  /** Adds characters. */
  add(text: string): void {
    this.decode();
    this.text += text;
  }

  /** Adds bytes in a code page, to be decoded with those next to them. */
  hold(bytes: Uint8Array, page: CodePage): void {
    if (page !== this.page) this.decode();
    this.page = page;
    const length = this.length + bytes.length;
    if (length > this.bytes.length) {
      const grown = new Uint8Array(length * 2);
      grown.set(this.bytes.subarray(0, this.length));
      this.bytes = grown;
    }
    this.bytes.set(bytes, this.length);
    this.length = length;
  }

  /** Delivers what there is. */
  end(): void {
    this.decode();
    if (this.text === "") return;
    const { text } = this;
    this.text = "";
    this.visitor.text(text, this.own, this.destination);
  }

  private decode(): void {
    if (this.length === 0) return;
    const bytes = this.bytes.subarray(0, this.length);
    this.length = 0;
    const text = this.page.decode(bytes);
    this.text += text;
    if (isAscii(bytes)) return;
    this.pages.add(this.page.id);
    if (text.includes("\ufffd")) this.undecodable = true;
  }
}
