/** What is remembered across documents and windows: how a person likes the page arranged. */
import type * as vscode from "vscode";
import type { ColumnPreference } from "../protocol/views";

const COLUMNS_KEY = "columns";

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;

function isColumn(value: unknown): value is ColumnPreference {
  return (
    isRecord(value) &&
    typeof value["id"] === "string" &&
    typeof value["width"] === "number" &&
    typeof value["shown"] === "boolean"
  );
}

/** The preferences, kept in VS Code's global state. */
export class Preferences {
  constructor(private readonly memento: vscode.Memento) {}

  /** The columns of the property grid as they were arranged last; undefined when nobody did. */
  get columns(): readonly ColumnPreference[] | undefined {
    const stored = this.memento.get<unknown>(COLUMNS_KEY);
    return Array.isArray(stored) && stored.every(isColumn) ? stored : undefined;
  }

  /** Remembers the columns. */
  async saveColumns(columns: readonly ColumnPreference[]): Promise<void> {
    await this.memento.update(COLUMNS_KEY, columns);
  }
}
