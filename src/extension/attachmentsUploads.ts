/** Files that a page sends in pieces. Their sizes are checked before the first byte is sent. */
import * as vscode from "vscode";
import { type FileToAdd, refuseTooLarge } from "./attachmentsFiles";
import type { EditableDocument } from "./requestContext";
import { RequestFailure } from "./pageEdits";

interface Incoming {
  readonly name: string;
  readonly size: number;
  bytes: Uint8Array | undefined;
  filled: number;
}

/** Uploads that a page may have under way at a time. */
const MAX_UPLOADS = 4;

const gone = (): RequestFailure =>
  new RequestFailure({
    code: "notFound",
    message: vscode.l10n.t("These files are not being sent any more."),
  });

/** The uploads of one page. */
export class Uploads {
  readonly #uploads = new Map<number, readonly Incoming[]>();
  #next = 1;

  constructor(private readonly page: { readonly document: EditableDocument }) {}

  /** @throws RequestFailure when the files do not fit, or too many are on their way already. */
  begin(files: readonly { readonly name: string; readonly size: number }[]): number {
    refuseTooLarge(this.page.document, files);
    if (this.#uploads.size >= MAX_UPLOADS) {
      throw new RequestFailure({
        code: "invalid",
        message: vscode.l10n.t("Other files are being attached. Try again when they are."),
      });
    }
    const upload = this.#next++;
    this.#uploads.set(
      upload,
      files.map(({ name, size }) => ({ name, size, bytes: undefined, filled: 0 })),
    );
    return upload;
  }

  /** Takes the next bytes of a file. @throws RequestFailure for more than were announced. */
  take(upload: number, index: number, bytes: Uint8Array): void {
    const file = this.#uploads.get(upload)?.[index];
    if (!file) throw gone();
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
  }

  /** The files of an upload that is complete; it is over with that. @throws RequestFailure */
  finish(upload: number): FileToAdd[] {
    const files = this.#uploads.get(upload);
    if (!files) throw gone();
    this.cancel(upload);
    return files.map(({ name, size, bytes, filled }) => {
      if (filled === size) return { name, bytes: bytes ?? new Uint8Array() };
      throw new RequestFailure({
        code: "invalid",
        message: vscode.l10n.t("{0} could not be read to its end.", name),
      });
    });
  }

  cancel(upload: number): void {
    this.#uploads.delete(upload);
  }
}
