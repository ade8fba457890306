/**
 * What a view of the session is. The page shows one at a time, below the header; the switch in the header goes from one
 * to the other.
 *
 * How to add a view:
 * 1. Its id stands in `VIEW_IDS` (`src/protocol/views.ts`), which also gives the order of the switch.
 * 2. A class in `webview/<area>/` implements `View`. It gets a `ViewContext`; from there it has the host, the edits, the
 *    stored state, and the chosen object (`context.selection`), which all views share.
 * 3. One entry in `VIEWS` (`webview/views/registry.ts`) names it and makes it. That is all: the switch shows every view
 *    that is registered, and makes it the first time it is shown.
 *
 * Life of a view: `create` → `update` → `show` → (`update` …) → `mayLeave` → `hide` → … A view that is hidden is told
 * nothing; when it is shown again it gets the newest model by `update` first. Listeners on the selection are the view's
 * own: it ignores them while it is hidden and looks at `selection.node` in `update`.
 */
import type { InitResult, RevealEvent, RowsResult } from "../../src/protocol/messages";
import type { CopyFormat } from "../../src/protocol/export";
import type { SessionModel } from "../../src/protocol/viewModel";
import type { ViewId } from "../../src/protocol/views";
import type { Page } from "../page";
import type { Selection } from "./selection";

/** One view of the session. */
export interface View {
  /**
   * The whole view; the page puts it below the header and hides it when another view is shown. It fills its place, which
   * is the page's main landmark: a view has none of its own.
   */
  readonly element: HTMLElement;
  /**
   * Takes a model: the first one, and each that follows while the view is shown. `context.selection` already speaks of
   * this model. `rows` are the rows of the object that was last asked for by `getRows`, when they came along.
   */
  update(model: SessionModel, rows?: RowsResult): void;
  /** The view can be seen now (after `update`). */
  show(): void;
  /** The view cannot be seen any more. */
  hide(): void;
  /** Puts the focus on what the view is about. */
  focus(): void;
  /** Ctrl+F and `/`: goes to the view's own search. Without it these keys are left alone. */
  find?(): void;
  /** Goes to an object and a property. Only the Properties view has it: all others are left for that one. */
  reveal?(target: Pick<RevealEvent, "object" | "tag">): Promise<void>;
  /** Lists what changed since the last save. Only the Properties view has it. */
  showChanges?(): Promise<void>;
  /** Copies what is chosen, in a form; says whether anything is. Only the Properties view has it. */
  copy?(format: CopyFormat): boolean;
  /** Writes what is being edited, without asking: the page loses the focus, or VS Code saves. */
  commitEditing?(): void;
  /**
   * Writes what is being edited before the view is left; says whether nothing unwritten is left. A view that answers
   * `false` stays, and has shown why and taken the focus.
   */
  mayLeave?(): Promise<boolean>;
  /** Draws again: whether anything can be edited has changed (`page.readOnlyReason()`). */
  refresh?(): void;
}

/** What a view is made with. */
export interface ViewContext {
  /** The host, the edits, the stored state, failures and announcements. */
  readonly page: Page;
  /** The chosen object; shared by all views. */
  readonly selection: Selection;
  /** The types a new property can have. */
  readonly types: InitResult["types"];
  /** The columns of the property grid as they were arranged last, in any document. */
  readonly columns: InitResult["columns"];
  /** Goes to another view. */
  showView(id: ViewId): Promise<void>;
  /** Goes to an object and a property in the Properties view. */
  reveal(target: Pick<RevealEvent, "object" | "tag">): Promise<void>;
  /** Lists what changed, in the Properties view. */
  showChanges(): void;
}

/** One entry of the switch. */
export interface ViewEntry {
  readonly id: ViewId;
  /** The word on the switch, localised. */
  readonly label: () => string;
  /** Name of a codicon; stands for the word where there is no room for it. */
  readonly icon: string;
  /** Makes the view, the first time it is shown. */
  readonly create: (context: ViewContext) => View;
}
