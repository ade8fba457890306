/** What all parts of the page share: the host, the edits, the state, and how failures are told. */
import type { EditName, EditQueue } from "./edits";
import type { HostClient } from "./host";
import { HostError } from "./host";
import type { Requests } from "../src/protocol/messages";
import type { PageState } from "./state";

/** The shared services of the page. */
export interface Page {
  readonly host: HostClient;
  readonly edits: EditQueue;
  readonly state: PageState;
  /** Why nothing can be edited, if so. */
  readOnlyReason(): string | undefined;
  /** Says something to assistive technology. */
  announce(text: string): void;
  /** Shows a failure that belongs to no field; `undefined` takes it away. */
  report(error: unknown): void;
  /** Asks for the whole state again. */
  resync(): void;
}

/** Sends an edit. A page that lags behind catches up, so that the same edit can be tried again. */
export async function runEdit<K extends EditName>(
  page: Page,
  name: K,
  params: (revision: number) => Requests[K]["params"],
): Promise<Requests[K]["result"]> {
  try {
    const result = await page.edits.run(name, params);
    page.report(undefined);
    return result;
  } catch (error: unknown) {
    if (error instanceof HostError && error.code === "stale") page.resync();
    throw error;
  }
}

/** Runs something whose failure is shown in the bar above the page. */
export function runReported(page: Page, task: () => Promise<unknown>): void {
  task().catch((error: unknown) => page.report(error));
}
