/** Values to and from files that the person chooses. Names from the mail are proposals, never paths. */
import * as vscode from "vscode";
import {
  MapiError,
  type MessageOutline,
  parseValue,
  propType,
  PT_STRING8,
  PT_UNICODE,
  isStringType,
} from "../core";
import { RequestFailure } from "./pageEdits";
import { readUnlessCancelled, slowlyOr } from "./slowly";

/** Most bytes a value is loaded from: what a 32-bit size can say, with room for the rest of the file. */
const MAX_VALUE_BYTES = 1024 ** 3;

/** A text as a file name: no separators, no control characters, not too long. */
export function safeFileName(name: string, fallback: string): string {
  const cleaned = Array.from(name, (char) =>
    char < " " || '\\/:*?"<>|\u007f'.includes(char) ? "_" : char,
  ).join("");
  const trimmed = cleaned.replace(/^[. ]+|[. ]+$/g, "").slice(0, 120);
  return trimmed === "" ? fallback : trimmed;
}

/** Where files are offered to be saved: beside the message where that can be, else in the first folder. */
export function besides(document: vscode.Uri, name: string): vscode.Uri {
  if (document.scheme !== "untitled" && vscode.workspace.fs.isWritableFileSystem(document.scheme) === true) {
    return vscode.Uri.joinPath(document, "..", name);
  }
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  return folder ? vscode.Uri.joinPath(folder, name) : vscode.Uri.from({ scheme: "file", path: `/${name}` });
}

/** The bytes of a value for a file: binary as it is, text as UTF-8. */
export function bytesForFile(outline: MessageOutline, object: string, tag: number): Uint8Array {
  const view = outline.property(object, tag);
  if (!view) {
    throw new RequestFailure({
      code: "notFound",
      message: vscode.l10n.t("The property is not there any more."),
    });
  }
  if (isStringType(propType(view.tag)) && typeof view.value === "string")
    return new TextEncoder().encode(view.value);
  const bytes = outline.storedBytes(object, view.tag);
  if (bytes) return bytes;
  throw new RequestFailure({
    code: "failed",
    message: vscode.l10n.t("The value has no single stream of bytes."),
  });
}

/** Asks for a file and reads it; undefined when the person, or `outer`, called it off before it was read. */
export async function pickFile(
  title: string,
  outer?: vscode.CancellationToken,
): Promise<{ name: string; bytes: Uint8Array } | undefined> {
  const [uri] = (await vscode.window.showOpenDialog({ title, canSelectMany: false })) ?? [];
  if (!uri) return undefined;
  const { size } = await vscode.workspace.fs.stat(uri);
  if (size > MAX_VALUE_BYTES) {
    throw new RequestFailure({
      code: "invalid",
      message: vscode.l10n.t("The file has {0} bytes; a message holds at most {1}.", size, MAX_VALUE_BYTES),
    });
  }
  const name = uri.path.slice(uri.path.lastIndexOf("/") + 1);
  const bytes = await slowlyOr<Uint8Array | undefined>(
    vscode.l10n.t("Reading {0}…", name),
    (stop) => readUnlessCancelled(uri, stop),
    undefined,
    outer,
  );
  return bytes && { name, bytes };
}

/** The value that a file's content is for a property of a type. @throws RequestFailure */
export function valueFromFile(type: number, bytes: Uint8Array): unknown {
  if (type === PT_UNICODE || type === PT_STRING8) {
    try {
      return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    } catch {
      throw new RequestFailure({ code: "invalid", message: vscode.l10n.t("The file is not text in UTF-8.") });
    }
  }
  // Types that are bytes take the file as it is; every other one reads it as the text of a value.
  try {
    const result = parseValue(type, "");
    if (result.ok && result.value instanceof Uint8Array) return bytes;
  } catch (error) {
    if (!(error instanceof MapiError)) throw error;
  }
  throw new RequestFailure({
    code: "invalid",
    message: vscode.l10n.t("A value of this type is not loaded from a file."),
  });
}
