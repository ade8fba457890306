/**
 * All comparisons: those that are open, and what every panel is about, kept in the workspace. VS Code writes the state of a
 * page down only now and then, and tells nobody of the panels whose extension host has ended; by what is kept here both come
 * back.
 */
import * as vscode from "vscode";
import type { CompareState } from "../protocol/compare";
import { isCompareState } from "../protocol/compareGuards";
import {
  COMPARE_VIEW,
  type ComparePair,
  ComparePanel,
  pairOfState,
  stateOf,
  titleOfPair,
} from "./comparePanel";
import type { Sessions } from "./sessions";

const KEY = "comparisons";
/** Most panels that are remembered, the latest first: those that were closed while nobody was there stay in the list. */
const MAX_KEPT = 32;

/** What one panel is about. */
interface Kept {
  readonly title: string;
  readonly state: CompareState;
}

function isKept(value: unknown): value is Kept {
  return (
    typeof value === "object" &&
    value !== null &&
    "title" in value &&
    typeof value.title === "string" &&
    "state" in value &&
    isCompareState(value.state)
  );
}

const keptOf = (pair: ComparePair): Kept => ({ title: titleOfPair(pair), state: stateOf(pair) });

const isSame = (a: Kept, b: Kept): boolean => JSON.stringify(a) === JSON.stringify(b);

/** A tab of a comparison. */
const isComparison = ({ input }: vscode.Tab): boolean =>
  // VS Code puts something of its own before the type.
  input instanceof vscode.TabInputWebview && input.viewType.endsWith(COMPARE_VIEW);

/** The comparisons of a window. */
export class Comparisons {
  /** What each open panel is about. */
  readonly #open = new Map<vscode.WebviewPanel, Kept>();
  /** What panels are about that nobody here has opened: those of an extension host before this one. */
  #earlier: Kept[];

  constructor(
    readonly sessions: Sessions,
    private readonly extensionUri: vscode.Uri,
    private readonly memento: vscode.Memento,
  ) {
    const stored = memento.get<unknown>(KEY);
    this.#earlier = Array.isArray(stored) ? stored.filter(isKept) : [];
  }

  /** Opens a panel on two messages. */
  open(pair: ComparePair, column: vscode.ViewColumn = vscode.ViewColumn.Active): void {
    const title = titleOfPair(pair);
    this.adopt(vscode.window.createWebviewPanel(COMPARE_VIEW, title, column), pair);
  }

  /**
   * Goes on with a panel that VS Code has brought back.
   * @param state what its page kept; where that is nothing, what was kept here counts
   * @returns whether anything says what it was about; it is closed otherwise
   */
  restore(panel: vscode.WebviewPanel, state: unknown): boolean {
    const pair = pairOfState(state) ?? this.take(panel.title);
    if (pair) this.adopt(panel, pair);
    else panel.dispose();
    return pair !== undefined;
  }

  /** Closes the comparisons that have lost their extension host, and opens them where they were. */
  async reopen(): Promise<void> {
    const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs).filter(isComparison);
    const openTitles = [...this.#open.values()].map(({ title }) => title);
    const lost = tabs.filter(({ label }) => {
      const at = openTitles.indexOf(label);
      if (at >= 0) openTitles.splice(at, 1);
      return at < 0;
    });
    // The one in front last, so that it is in front again.
    for (const tab of lost.sort((a, b) => Number(a.isActive) - Number(b.isActive))) {
      const pair = this.take(tab.label);
      if (!pair) continue;
      const { viewColumn } = tab.group;
      await vscode.window.tabGroups.close(tab, true);
      this.open(pair, viewColumn);
    }
  }

  private adopt(panel: vscode.WebviewPanel, pair: ComparePair): void {
    const keep = (now: ComparePair): void => {
      const kept = keptOf(now);
      panel.title = kept.title;
      this.#open.set(panel, kept);
      this.save();
    };
    panel.onDidDispose(() => {
      this.#open.delete(panel);
      this.save();
    });
    new ComparePanel(panel, this.sessions, this.extensionUri, pair, keep);
    const at = this.#earlier.findIndex((earlier) => isSame(earlier, keptOf(pair)));
    if (at >= 0) this.#earlier.splice(at, 1);
    keep(pair);
  }

  /** What a panel with this title was about; nobody else is told so again. */
  private take(title: string): ComparePair | undefined {
    const at = this.#earlier.findIndex((kept) => kept.title === title);
    const [found] = at < 0 ? [] : this.#earlier.splice(at, 1);
    return pairOfState(found?.state);
  }

  private save(): void {
    this.#earlier = this.#earlier.slice(0, Math.max(0, MAX_KEPT - this.#open.size));
    const all = [...[...this.#open.values()].reverse(), ...this.#earlier];
    void this.memento.update(KEY, all.slice(0, MAX_KEPT));
  }
}
