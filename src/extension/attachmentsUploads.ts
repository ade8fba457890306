/**
 * Files that a page sends in pieces. Their sizes are checked before the first byte is sent; what takes long shows progress,
 * where the person can call it off.
 */
import * as vscode from "vscode";
import { type FileToAdd, readingTitle, refuseTooLarge } from "./attachmentsFiles";
import type { RequestContext } from "./requestContext";
import { RequestFailure } from "./pageEdits";
import { slowlyOr, unlessCancelled } from "./slowly";

interface Incoming {
  readonly name: string;
  readonly size: number;
  bytes: Uint8Array | undefined;
  filled: number;
}

/** One drop of files. */
interface Upload {
  readonly files: readonly Incoming[];
  /** The person called it off: the page is told with its next piece. */
  isCalledOff: boolean;
  /** Milliseconds since 1970 of the last piece. */
  heard: number;
  /** Ends the progress that is shown. */
  readonly end: () => void;
}

/** Milliseconds without a piece after which a page sends nothing more: it was loaded anew. */
const SILENCE = 60_000;

/** Uploads that a page may have under way at a time. */
const MAX_UPLOADS = 4;

const gone = (): RequestFailure =>
  new RequestFailure({
    code: "notFound",
    message: vscode.l10n.t("These files are not being sent any more."),
  });

/** The uploads of one page. */
export class Uploads {
  readonly #uploads = new Map<number, Upload>();
  #next = 1;

  /** @param outer calls off whatever is on its way, as the person can */
  constructor(
    private readonly page: Pick<RequestContext, "document" | "onClose">,
    private readonly outer?: vscode.CancellationToken,
  ) {
    page.onClose(() => {
      for (const upload of this.#uploads.keys()) this.cancel(upload);
    });
  }

  /** @throws RequestFailure when the files do not fit, or too many are on their way already. */
  begin(files: readonly { readonly name: string; readonly size: number }[]): number {
    refuseTooLarge(this.page.document, files);
    for (const [upload, { heard }] of this.#uploads) if (Date.now() - heard > SILENCE) this.cancel(upload);
    if (this.#uploads.size >= MAX_UPLOADS) {
      throw new RequestFailure({
        code: "invalid",
        message: vscode.l10n.t("Other files are being attached. Try again when they are."),
      });
    }
    const upload = this.#next++;
    const incoming = files.map(({ name, size }) => ({ name, size, bytes: undefined, filled: 0 }));
    let end: () => void = () => undefined;
    const over = new Promise<void>((resolve) => (end = resolve));
    const entry: Upload = { files: incoming, isCalledOff: false, heard: Date.now(), end };
    this.#uploads.set(upload, entry);
    const isOver = slowlyOr(
      readingTitle(files.length),
      (stop) => unlessCancelled(over, stop).then(() => true),
      false,
      this.outer,
    );
    void isOver.then((whole) => (entry.isCalledOff = !whole));
    return upload;
  }

  /**
   * Takes the next bytes of a file.
   * @returns whether more is wanted: not when the person called it off
   * @throws RequestFailure for more than were announced
   */
  take(upload: number, index: number, bytes: Uint8Array): boolean {
    const found = this.#uploads.get(upload);
    const file = found?.files[index];
    if (!file) throw gone();
    if (found.isCalledOff) return false;
    found.heard = Date.now();
    if (file.filled + bytes.length > file.size) {
      this.cancel(upload);
      throw new RequestFailure({
        code: "invalid",
        message: vscode.l10n.t("{0} grew while it was read. Attach it again.", file.name),
      });
    }
    file.bytes ??= new Uint8Array(file.size);
    file.bytes.set(bytes, file.filled);
    file.filled += bytes.length;
    return true;
  }

  /** The files of an upload that is complete, none when it was called off; it is over with that. @throws RequestFailure */
  finish(upload: number): FileToAdd[] {
    const found = this.#uploads.get(upload);
    if (!found) throw gone();
    this.cancel(upload);
    if (found.isCalledOff) return [];
    return found.files.map(({ name, size, bytes, filled }) => {
      if (filled === size) return { name, bytes: bytes ?? new Uint8Array() };
      throw new RequestFailure({
        code: "invalid",
        message: vscode.l10n.t("{0} could not be read to its end.", name),
      });
    });
  }

  cancel(upload: number): void {
    this.#uploads.get(upload)?.end();
    this.#uploads.delete(upload);
  }
}
