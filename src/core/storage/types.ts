/**
 * Structured storage as the session core sees it: IStorage and its streams over a compound file [MS-CFB].
 * The interfaces are the contract; `compoundFile.ts` and its neighbours implement them.
 */

/** One element of a storage. `size` is the stream's size in bytes, 0 for a storage. */
export interface ElementInfo {
  readonly name: string;
  readonly type: "storage" | "stream";
  readonly size: number;
}

/** What a directory entry says of a storage beside its name ([MS-CFB] 2.6.1). */
export interface StorageStat {
  /** Class id, braces and upper case. */
  readonly clsid: string;
  readonly stateBits: number;
  /** FILETIME: 100 ns since 1601-01-01 UTC; 0n when not set. */
  readonly created: bigint;
  readonly modified: bigint;
}

/**
 * A storage, transacted: what is written is seen by its own reader at once, by the parent (and so by a parent's
 * commit) only after `commit`, and is dropped by `revert`. A storage opened twice is the same object.
 * Names are compared as [MS-CFB] 2.6.4 says. Every method throws MapiError (STG_E_*): STG_E_FILENOTFOUND for a name
 * that is not there, STG_E_INVALIDNAME for one that cannot be, STG_E_FILEALREADYEXISTS, STG_E_REVERTED for a storage
 * whose element was destroyed.
 */
export interface IStorage {
  readonly name: string;
  /** The class id in the directory entry, braces and upper case. */
  clsid: string;
  /** The elements in the order they have in the file; new ones last. */
  enumElements(): ElementInfo[];
  /** What an element is, or undefined when there is none of that name. */
  elementType(name: string): "storage" | "stream" | undefined;
  /** The bytes of a stream. A view where the file allows it: read, never write into it. */
  openStream(name: string): Uint8Array;
  /** Creates or replaces a stream. The bytes are taken over: do not change them afterwards. */
  writeStream(name: string, bytes: Uint8Array): void;
  openStorage(name: string): IStorage;
  /** Creates a storage; both of its times are now, its class id zero. */
  createStorage(name: string): IStorage;
  /** Removes a stream, or a storage with all that is in it. */
  destroyElement(name: string): void;
  /** Gives an element another name; everything in it stays. */
  renameElement(oldName: string, newName: string): void;
  /** Gives many elements other names at once: names may change places, and the cost is that of one change. */
  renameElements(renames: readonly { readonly from: string; readonly to: string }[]): void;
  /** Class id, state bits and times. */
  stat(): StorageStat;
  /** Changes state bits or times; what is left out stays. */
  setStat(stat: Partial<Pick<StorageStat, "stateBits" | "created" | "modified">>): void;
  /** Copies every element into the target, deeply, with class ids, state bits and times; the target keeps its others. */
  copyTo(target: IStorage): void;
  commit(): void;
  revert(): void;
}

/** One thing that is wrong in a file: what, where, and what it means for the reader. */
export interface Problem {
  /** The code plain `openStorage` would refuse the file with. */
  readonly code: number;
  /** The object: "header", "FAT", "directory entry 12", or the path of a storage or stream. */
  readonly object: string;
  /** Byte offset in the file, where there is one. */
  readonly offset?: number;
  /** One plain sentence. */
  readonly message: string;
  /** Whether data is lost or doubtful by it (else it is an oddity that was put right without loss). */
  readonly lossy: boolean;
}

/** The root of a compound file. */
export interface RootStorage extends IStorage {
  /** 3 (512-byte sectors) or 4 (4,096-byte sectors); kept on save. */
  readonly majorVersion: 3 | 4;
  /** What recovery found; empty for a sound file. */
  readonly problems: readonly Problem[];
  /**
   * The file as of the last commit. The very bytes that were opened when nothing was changed since, else a new layout.
   */
  toBytes(): Uint8Array;
  /**
   * Another root with the content of this one's last commit, for trying something out: neither sees what is done in the
   * other. Shares all data; costs nothing.
   */
  clone(): RootStorage;
}
