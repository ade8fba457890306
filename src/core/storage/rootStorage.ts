/** The root of a compound file: created empty or opened from bytes, and turned into bytes again. */
import { MapiError } from "../mapi/errors";
import { plainView, ROOT_NAME } from "./format";
import { NEW_MINOR_VERSION } from "./header";
import { readCompoundFile } from "./reader";
import { emptyState, now, type StorageState } from "./state";
import { StorageObject } from "./storageObject";
import type { Problem, RootStorage } from "./types";
import { writeCompoundFile, type HeaderSettings } from "./writer";

/** RootStorage as this folder makes it. */
class CompoundFile extends StorageObject implements RootStorage {
  readonly problems: readonly Problem[];
  readonly #settings: HeaderSettings;
  /** The bytes that were opened, as long as they are what they should be, and the state they hold. */
  readonly #opened: { readonly bytes: Uint8Array; readonly state: StorageState } | undefined;

  constructor(
    state: StorageState,
    settings: HeaderSettings,
    problems: readonly Problem[],
    bytes?: Uint8Array,
  ) {
    super(ROOT_NAME, state, undefined, 0);
    this.problems = problems;
    this.#settings = settings;
    this.#opened = bytes && problems.length === 0 ? { bytes, state } : undefined;
  }

  get majorVersion(): 3 | 4 {
    return this.#settings.majorVersion;
  }

  toBytes(): Uint8Array {
    if (this.#opened?.state === this.committedState) return this.#opened.bytes;
    return writeCompoundFile(this.committedState, this.#settings);
  }

  clone(): RootStorage {
    const opened = this.#opened;
    const start = opened?.state ?? this.committedState;
    const copy = new CompoundFile(start, this.#settings, this.problems, opened?.bytes);
    copy.resetTo(this.committedState);
    return copy;
  }
}

/**
 * A new compound file with nothing in it, as StgCreateDocfile makes it: creation time 0, modification time now, class id
 * zero. Nothing has to be committed before `toBytes`.
 */
export function createStorage(options: { majorVersion?: 3 | 4 } = {}): RootStorage {
  const { majorVersion = 3 } = options;
  const settings = { majorVersion, minorVersion: NEW_MINOR_VERSION, transactionSignature: 0 };
  return new CompoundFile(emptyState(0n, now()), settings, []);
}

/**
 * Opens a compound file, as StgOpenStorage does. The bytes are kept and read from later: do not change them.
 * A damaged file is refused: STG_E_INVALIDHEADER (no compound file; the message says what it is instead),
 * STG_E_OLDFORMAT, STG_E_DOCFILECORRUPT (with the object and the offset). With `recover` everything that is there is
 * taken out, `problems` lists what is wrong, and `toBytes` gives a sound file even when nothing is changed; only a file
 * without the signature or with less than its header is refused then.
 */
export function openStorage(bytes: Uint8Array, options: { recover?: boolean } = {}): RootStorage {
  // A view of a subclass may copy nothing where it slices, so that a change of the copy would be one of the file.
  const plain = plainView(bytes);
  const { header, state, problems } = readCompoundFile(plain, options.recover ?? false);
  return new CompoundFile(state, header, problems, plain);
}

/** The state of a root's last commit, for the check of what was written. */
export function committedStateOf(root: RootStorage): StorageState {
  if (root instanceof CompoundFile) return root.committedState;
  throw new MapiError("STG_E_INVALIDPARAMETER", "The root was not made by createStorage or openStorage.");
}
