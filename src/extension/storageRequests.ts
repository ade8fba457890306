/** Answers to the requests behind the Storage view. The file is shown as it was last saved. */
import * as vscode from "vscode";
import { openStorage, type RootStorage, StorageListing } from "../core";
import { MAX_WINDOW, type StorageRequests } from "../protocol/storage";
import type { Handlers } from "./handlers";
import type { MsgDocument } from "./msgDocument";
import { RequestFailure } from "./pageEdits";
import type { OpenFile } from "./sessionFile";
import { besides, safeFileName } from "./valueFiles";
import { describe, type RowContext } from "./viewModel/rows";
import { storageRows } from "./viewModel/storage";

/**
 * The storage as the file on disk has it: after a save everything lies elsewhere than in the file that was opened. A
 * damaged file is never written, so that what was opened stays what is there.
 */
function savedStorage(file: OpenFile): RootStorage {
  return file.problems.length > 0 ? file.storage : openStorage(file.storage.toBytes());
}

interface Listed {
  readonly of: RootStorage;
  readonly stamp: number;
  readonly listing: StorageListing;
}

const gone = (): RequestFailure =>
  new RequestFailure({
    code: "stale",
    message: vscode.l10n.t("The file was saved in the meantime; its streams lie elsewhere now."),
  });

/** Handlers of the requests of `protocol/storage.ts`, for one page. */
export function storageRequests(
  document: () => MsgDocument,
  context: () => RowContext,
): Handlers<StorageRequests> {
  let listed: Listed | undefined;
  const current = (): Listed => {
    const { file } = document();
    if (file.kind !== "open") throw new RequestFailure({ code: "failed", message: file.title });
    if (listed?.of !== file.storage) {
      // Its streams are read from what is in memory anyway, not from a second copy of the file.
      const listing = StorageListing.of(savedStorage(file), file.storage);
      listed = { of: file.storage, stamp: (listed?.stamp ?? 0) + 1, listing };
    }
    return listed;
  };
  const listingOf = (stamp: number): StorageListing => {
    const { stamp: newest, listing } = current();
    if (stamp !== newest) throw gone();
    return listing;
  };
  return {
    getStorage: () => {
      const { stamp, listing, of } = current();
      const rows = context();
      return {
        stamp,
        elements: storageRows(listing, rows.dictionary, (tag) => describe(rows, tag).words),
        majorVersion: of.majorVersion,
        sectorSize: listing.sectorSize,
        isNew: document().uri.scheme === "untitled",
      };
    },
    readStream: ({ stamp, id, offset, length }) => ({
      bytes: listingOf(stamp).read(id, offset, offset + Math.min(length, MAX_WINDOW)),
    }),
    saveStreamAs: async ({ stamp, id }) => {
      const listing = listingOf(stamp);
      // Before anybody is asked: what is no stream is refused.
      const bytes = listing.bytes(id);
      const name = listing.elements[id]?.name ?? "";
      const proposal = safeFileName(`${name}.bin`, "stream.bin");
      const target = await vscode.window.showSaveDialog({ defaultUri: besides(document().uri, proposal) });
      if (!target) return { saved: false };
      await vscode.workspace.fs.writeFile(target, bytes);
      return { saved: true };
    },
  };
}
