/** What the handlers of a page's requests have at hand. */
import type { MsgDocument } from "./msgDocument";

/** What an edit, and the model of what is edited, need of a document. */
export type EditableDocument = Pick<MsgDocument, "uri" | "file" | "outline" | "revision" | "edit">;

/** The page that asks. */
export interface RequestContext {
  readonly document: EditableDocument;
  /** @throws RequestFailure when the page spoke of a state that is no more. */
  checkRevision(revision: number): void;
  /** Does something when the page is closed. */
  onClose(task: () => void): void;
}
