/** Edits go to the host one after the other, each with the revision that the one before it came to. */
import type { RequestName, Requests } from "../src/protocol/messages";
import type { HostClient } from "./host";

/** Requests that carry a revision. */
export type EditName = {
  [K in RequestName]: Requests[K]["params"] extends { revision: number } ? K : never;
}[RequestName];

/** The queue of edits of this page and the revision it knows. */
export class EditQueue {
  #revision = 0;
  #last: Promise<unknown> = Promise.resolve();

  constructor(private readonly host: HostClient) {}

  /** The newest revision the page has heard of. */
  get revision(): number {
    return this.#revision;
  }

  /** Takes the revision of a model that was drawn. */
  setRevision(revision: number): void {
    this.#revision = revision;
  }

  /** Sends an edit after all edits before it were answered; rejects with HostError. */
  run<K extends EditName>(
    name: K,
    params: (revision: number) => Requests[K]["params"],
  ): Promise<Requests[K]["result"]> {
    const answer = this.#last.then(() => this.host.request(name, params(this.#revision)));
    this.#last = answer.then(
      (result) => {
        this.#revision = Math.max(this.#revision, result.revision);
      },
      () => undefined,
    );
    // What was sent before must have taken its revision before anyone continues with this answer.
    return this.#last.then(() => answer);
  }
}
