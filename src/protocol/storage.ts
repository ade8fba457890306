/** The requests behind the Storage view: the compound file as it is. */

/** Most bytes of a stream in one answer. */
export const MAX_WINDOW = 64 * 1024;

/** A storage or a stream of the file. */
export interface StorageRow {
  readonly id: number;
  /** The storage it is in; the root has none. */
  readonly parent?: number;
  readonly name: string;
  readonly type: "storage" | "stream";
  /** What it holds in a message file, in words: "Subject", "Recipient 1"; "" where that is not known. */
  readonly meaning: string;
  /** Bytes of a stream. */
  readonly size: number;
  /** Of a storage: class id where it is not zero, with its name where it has one. */
  readonly clsid?: string;
  readonly created?: string;
  readonly modified?: string;
  /** State bits where they are not zero: "0x00000001". */
  readonly stateBits?: string;
  /** Of a stream: where it lies. */
  readonly place?: "mini" | "regular";
  readonly firstSector?: number;
  /** Byte offset in the file. */
  readonly offset?: number;
  /** Pieces of the file it is in. */
  readonly pieces?: number;
}

/** The file as of its last save. */
export interface StorageModel {
  /** Names this state of the file to the host; grows with every save. */
  readonly stamp: number;
  readonly elements: readonly StorageRow[];
  readonly majorVersion: number;
  /** In bytes. */
  readonly sectorSize: number;
  /** The file was never saved: this is how it would begin. */
  readonly isNew: boolean;
}

/** Requests of this area. `stamp` is that of the model; an older one is refused as stale. */
export interface StorageRequests {
  getStorage: { params: Record<string, never>; result: StorageModel };
  /** Bytes of a stream from an offset on, at most `MAX_WINDOW`. */
  readStream: {
    params: { stamp: number; id: number; offset: number; length: number };
    result: { bytes: Uint8Array };
  };
  /** Saves a stream to a file the person chooses. */
  saveStreamAs: { params: { stamp: number; id: number }; result: { saved: boolean } };
}
