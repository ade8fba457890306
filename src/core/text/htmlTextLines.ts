/** The lines of a text that is made out of HTML: blanks collapse, breaks wait until something comes after them. */

/** How deep quotes and lists are shown; a bound on what one line can take. */
const MAX_DEPTH = 8;

const NO_BREAK_SPACES = /\u00a0/g;

/** Collects lines; see the head of this file. */
export class TextLines {
  private readonly lines: string[] = [];
  /** Only ever added to: to look into it would make it flat again each time. */
  private line = "";
  /** The last character of the line. */
  private tail = "";
  private lineQuotes = 0;
  private lastQuotes = 0;
  private quotes = 0;
  /** 1: the next text starts on a new line, 2: after a blank line. */
  private pending: 0 | 1 | 2 = 0;
  private pendingTab = false;
  /** Nothing has come in the current table cell: breaks would tear it off its row. */
  private freshCell = false;
  /** A cell has begun and neither it nor its row has ended. */
  private inCell = false;
  private prefix = "";

  /** Text in which runs of blanks are one space, and none at the start of a line. */
  text(text: string): void {
    const collapsed = text.replace(/[ \t\r\n\f]+/g, " ");
    if (collapsed === "") return;
    if (collapsed === " ") {
      if (this.isBlankLine()) return;
      if (!this.atBlank()) this.append(" ");
      return;
    }
    this.begin();
    this.append(this.atBlank() && collapsed.startsWith(" ") ? collapsed.slice(1) : collapsed);
  }

  /** Text as it is, on the current line. */
  verbatim(text: string): void {
    if (text === "") return;
    this.begin();
    this.append(text);
  }

  /** Text whose line ends and blanks count. */
  preformatted(text: string): void {
    text.split(/\r\n|[\r\n]/).forEach((part, index) => {
      if (index > 0) this.lineBreak();
      if (part !== "") this.verbatim(part);
    });
  }

  /** A line end that is one even after another. */
  lineBreak(): void {
    if (this.freshCell) return;
    this.settle(false);
    if (this.prefix !== "") this.begin();
    this.push();
  }

  /** The edge of a block. */
  break(lines: 1 | 2): void {
    if (this.freshCell) return;
    this.pending = this.pending > lines ? this.pending : lines;
    this.pendingTab = false;
  }

  /** A table cell begins: a tab after the one before it. */
  cell(): void {
    this.endCell();
    this.inCell = true;
    this.freshCell = true;
  }

  /** A table cell ends: the breaks at its end are no lines of the row, but for those of a table in it. */
  endCell(): void {
    this.freshCell = false;
    if (!this.inCell) return;
    this.inCell = false;
    this.pending = 0;
    this.pendingTab = this.line !== "";
  }

  /** The edge of a table row. */
  row(): void {
    this.freshCell = false;
    this.inCell = false;
    this.break(1);
  }

  /** What the next line starts with: the mark of a list item. */
  marker(mark: string, depth: number): void {
    this.prefix = "  ".repeat(Math.min(depth, MAX_DEPTH)) + mark;
  }

  /** One quote deeper, or one less. */
  quote(change: 1 | -1): void {
    this.quotes = Math.max(0, this.quotes + change);
  }

  toString(): string {
    if (this.line !== "") this.push();
    let start = 0;
    let end = this.lines.length;
    while (start < end && this.lines[start] === "") start++;
    while (end > start && this.lines[end - 1] === "") end--;
    return this.lines.slice(start, end).join("\r\n");
  }

  private append(text: string): void {
    this.line += text;
    this.tail = text.charAt(text.length - 1);
  }

  private atBlank(): boolean {
    return this.line === "" || this.tail === " " || this.tail === "\t";
  }

  private isBlankLine(): boolean {
    return this.line === "" || this.pending > 0 || this.pendingTab;
  }

  /** Whether the last line has nothing but quote marks. */
  private endsBlank(): boolean {
    return /^[> ]*$/.test(this.lines.at(-1) ?? "");
  }

  /** Breaks that wait come before what is to be written now. */
  private settle(withBlank: boolean): void {
    if (this.pending > 0 && this.line !== "") this.push();
    if (withBlank && this.pending === 2 && this.lines.length > 0 && !this.endsBlank()) {
      this.lineQuotes = Math.min(this.lastQuotes, this.quotes);
      this.push();
    }
    this.pending = 0;
    if (this.line === "") this.lineQuotes = this.quotes;
  }

  private begin(): void {
    this.settle(true);
    if (this.pendingTab && this.line !== "") this.append("\t");
    this.pendingTab = false;
    this.freshCell = false;
    if (this.prefix !== "") this.append(this.prefix);
    this.prefix = "";
  }

  private push(): void {
    const text = this.line.replace(NO_BREAK_SPACES, " ").trimEnd();
    this.lines.push(("> ".repeat(Math.min(this.lineQuotes, MAX_DEPTH)) + text).trimEnd());
    this.lastQuotes = this.lineQuotes;
    this.line = "";
    this.tail = "";
    this.lineQuotes = this.quotes;
  }
}
