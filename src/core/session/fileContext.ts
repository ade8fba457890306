/** What all objects of one message file share: the session it is in, its name map, its clock, whether it is open. */
import type { CodePage } from "../text/types";
import { MapiError } from "../mapi/errors";
import type { Account } from "./allocator";
import type { NameMap } from "./namedProperties";

const TICKS_PER_MS = 10_000n;
const EPOCH_MS = 11_644_473_600_000n;

/** The time now as FILETIME: 100 ns since 1601-01-01 UTC. */
export function fileTimeNow(): bigint {
  return (BigInt(Date.now()) + EPOCH_MS) * TICKS_PER_MS;
}

/** Options of a file that its objects look at. */
export interface FileOptions {
  /** New messages get Unicode strings. */
  readonly unicode: boolean;
  /** Reads and writes 8-bit strings with this page, whatever the message says. */
  readonly codePage?: CodePage;
  readonly now: () => bigint;
  /** `saveChanges` of the top message commits the storage. */
  readonly commits: boolean;
}

/** The shared part of a message file. */
export class FileContext {
  #open = true;
  #names: NameMap;
  /** The names as last saved into the file. */
  savedNames: NameMap;
  /** The page that 8-bit strings are read and written with, whatever a message says. */
  codePageOverride: CodePage | undefined;

  /** @param names the names in the file */
  constructor(
    names: NameMap,
    readonly account: Account,
    readonly options: FileOptions,
    private readonly onClose: () => void,
  ) {
    this.#names = names;
    this.savedNames = names;
    this.codePageOverride = options.codePage;
  }

  /** The names as the objects use them. */
  get names(): NameMap {
    return this.#names;
  }

  set names(names: NameMap) {
    this.account.exchangeItem(this.#names, names);
    this.#names = names;
  }

  get isOpen(): boolean {
    return this.#open;
  }

  /** @throws MapiError MAPI_E_INVALID_OBJECT once the file is closed. */
  assertOpen(): void {
    if (!this.#open) throw new MapiError("MAPI_E_INVALID_OBJECT", "The message was closed.");
  }

  /** Closes every object of the file; the second time does nothing. */
  close(): void {
    if (!this.#open) return;
    this.#open = false;
    this.account.close();
    this.onClose();
  }
}
