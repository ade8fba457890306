/** Asks for the detail of the property at which the grid stands; while keys repeat, only for the last one. */
import type { PropertyDetail } from "../../src/protocol/viewModel";
import type { Page } from "../page";

interface Wanted {
  readonly object: string;
  readonly tag: number;
}

/** The loader. */
export class DetailLoader {
  #wanted: Wanted | undefined;
  #busy = false;
  #again = false;

  constructor(
    private readonly page: Page,
    private readonly show: (detail: PropertyDetail | undefined) => void,
  ) {}

  /** Shows the detail of a property, or that there is none. */
  load(object: string, tag: number | undefined): void {
    this.#wanted = tag === undefined ? undefined : { object, tag };
    if (this.#wanted === undefined) {
      this.show(undefined);
      return;
    }
    this.#again = true;
    if (!this.#busy) void this.#run();
  }

  async #run(): Promise<void> {
    this.#busy = true;
    while (this.#again) {
      this.#again = false;
      const wanted = this.#wanted;
      if (wanted === undefined) break;
      const detail = await this.page.host.request("getDetail", wanted).catch(() => undefined);
      // What is no longer wanted is not shown: the next round asks for what is.
      if (this.#wanted === wanted) this.show(detail);
    }
    this.#busy = false;
  }
}
