/** What the handlers of a page's requests have at hand. */
import type { MsgDocument } from "./msgDocument";

/** The page that asks. */
export interface RequestContext {
  readonly document: MsgDocument;
  /** @throws RequestFailure when the page spoke of a state that is no more. */
  checkRevision(revision: number): void;
}
