/** Paragraphs and tables of real RTF as HTML. Tables nest; a row ends where `\row` says, whatever came before. */
import { MAX_TABLE_DEPTH, type ParagraphFormat, paragraphCss, pixels } from "./format";

/** What `\trowd` says of a cell, up to its `\cellxN`. */
interface CellDefinition {
  /** Its right edge in twips. */
  right: number;
  background: string | undefined;
  /** It is one with the cell before it. */
  merged: boolean;
  border: boolean;
}

/** A table that is being read: its rows, the cells of the row at hand, the content of the cell at hand. */
interface OpenTable {
  readonly rows: string[];
  cells: string[];
  blocks: string[];
}

const newCell = (): CellDefinition => ({ right: 0, background: undefined, merged: false, border: false });

/** Paragraphs and cells that get a style of their own; a bound on what a small hostile file can make. */
const MAX_STYLED = 100_000;
/** Cells of a row whose definition is kept. */
const MAX_CELLS = 256;

/** Collects blocks; see the head of this file. */
export class RtfBlocks {
  private readonly body: string[] = [];
  private readonly tables: OpenTable[] = [];
  private definitions: CellDefinition[] = [];
  private definition = newCell();
  private styled = 0;

  /** A paragraph, in the table of its level. */
  paragraph(html: string, format: ParagraphFormat): void {
    const content = html === "" ? "<br>" : html;
    const css = this.styled++ < MAX_STYLED ? ` style="${paragraphCss(format)}"` : "";
    this.container(format.level).push(`<p${css}>${content}</p>`);
  }

  /** The end of a cell of a table, 1 for the outermost. */
  cell(level: number): void {
    const table = this.table(level);
    table.cells.push(table.blocks.join(""));
    table.blocks = [];
  }

  /** The end of a row. */
  row(level: number): void {
    const table = this.table(level);
    if (table.blocks.length > 0) this.cell(level);
    if (table.cells.length > 0) table.rows.push(this.rowHtml(table.cells));
    table.cells = [];
  }

  /** A control word that describes rows; colours come as "#rrggbb". */
  define(word: string, value: number | undefined, color: string | undefined): void {
    if (word === "trowd") {
      this.definitions = [];
      this.definition = newCell();
    } else if (word === "cellx") {
      this.definition.right = value ?? 0;
      if (this.definitions.length < MAX_CELLS) this.definitions.push(this.definition);
      this.definition = newCell();
    } else if (word === "clmrg") this.definition.merged = true;
    else if (word === "clcbpat") this.definition.background = color;
    else if (word === "brdrs" || word === "brdrdb" || word === "brdrth") this.definition.border = true;
  }

  /** All of it. */
  html(): string {
    this.closeTo(0);
    return this.body.join("");
  }

  private container(level: number): string[] {
    if (level > 0) return this.table(level).blocks;
    this.closeTo(0);
    return this.body;
  }

  /** The open table of a level; those that are missing above it are opened, those below it closed. */
  private table(level: number): OpenTable {
    const depth = Math.max(1, Math.min(MAX_TABLE_DEPTH, level));
    this.closeTo(depth);
    while (this.tables.length < depth) this.tables.push({ rows: [], cells: [], blocks: [] });
    return this.tables[depth - 1] ?? { rows: [], cells: [], blocks: [] };
  }

  private closeTo(depth: number): void {
    while (this.tables.length > depth) {
      this.row(this.tables.length);
      const rows = this.tables.pop()?.rows ?? [];
      const target = this.tables.at(-1)?.blocks ?? this.body;
      if (rows.length > 0) target.push(`<table style="border-collapse:collapse">${rows.join("")}</table>`);
    }
  }

  private rowHtml(cells: readonly string[]): string {
    let html = "";
    for (let index = 0; index < cells.length; index++) {
      let span = 1;
      let content = cells[index] ?? "";
      while (index + span < cells.length && this.definitions[index + span]?.merged) {
        content += cells[index + span] ?? "";
        span++;
      }
      html += `<td${span > 1 ? ` colspan="${span}"` : ""}${this.cellStyle(index, span)}>${content}</td>`;
      index += span - 1;
    }
    return `<tr>${html}</tr>`;
  }

  private cellStyle(index: number, span: number): string {
    if (this.styled++ >= MAX_STYLED) return "";
    const definition = this.definitions[index];
    const left = this.definitions[index - 1]?.right ?? 0;
    const width = pixels((this.definitions[index + span - 1]?.right ?? 0) - left);
    const css = ["padding:0 5px", "vertical-align:top"];
    if (width > 0) css.push(`width:${width}px`);
    if (definition?.background !== undefined) css.push(`background-color:${definition.background}`);
    if (definition?.border) css.push("border:1px solid #999");
    return ` style="${css.join(";")}"`;
  }
}
