/** What the handlers of a page's requests have at hand. */
import type { MsgDocument } from "./msgDocument";

/** The page that asks. */
export interface RequestContext {
  readonly document: MsgDocument;
  /** @throws RequestFailure when the page spoke of a state that is no more. */
  readonly checkRevision: (revision: number) => void;
}

/** A handler for every request of an area. */
export type HandlersOf<R> = {
  readonly [K in keyof R]: R[K] extends { params: infer P; result: infer A }
    ? (params: P) => A | Promise<A>
    : never;
};
