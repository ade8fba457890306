/**
 * URIs of what is inside an open message, in the scheme `msg`. The path says where it is, the query which file the
 * session was opened on: `msg:/mail.msg/attachments/notes.txt?file:///home/ann/mail.msg`. An embedded message is a file
 * like any attachment, and a session of its own when it is opened: what is in that session stands below its path with
 * "!" behind it, `msg:/mail.msg/attachments/Fwd.msg!/body.txt?file:///home/ann/mail.msg`.
 */
import * as vscode from "vscode";

/** The scheme. */
export const MSG_SCHEME = "msg";

/** Where a URI of the scheme leads. */
export interface InsideLocation {
  /** URI of the document whose session it is in. */
  readonly document: vscode.Uri;
  /** The steps from the document's message: ["attachments", "notes.txt"]; none for the message itself. */
  readonly steps: readonly string[];
}

const SESSION_MARK = "!";

/** The last step of a path. */
export const baseName = (uri: vscode.Uri): string => uri.path.slice(uri.path.lastIndexOf("/") + 1);

/** The URI of something in the session of a document. */
export function insideUri(document: vscode.Uri, steps: readonly string[]): vscode.Uri {
  if (document.scheme === MSG_SCHEME) {
    return document.with({ path: [`${document.path}${SESSION_MARK}`, ...steps].join("/") });
  }
  const path = `/${[baseName(document), ...steps].join("/")}`;
  return vscode.Uri.from({ scheme: MSG_SCHEME, path, query: document.toString() });
}

/** Where a URI of the scheme leads; undefined for one that was not made by `insideUri`. */
export function locate(uri: vscode.Uri): InsideLocation | undefined {
  const [root, first, ...more] = uri.path.split("/");
  if (uri.scheme !== MSG_SCHEME || root !== "" || first === undefined || first === "" || uri.query === "") {
    return undefined;
  }
  const session = more.map((step) => step.endsWith(SESSION_MARK)).lastIndexOf(true);
  const steps = more.slice(session + 1);
  if (steps.includes("")) return undefined;
  if (session < 0) return { document: vscode.Uri.parse(uri.query), steps };
  const path = ["", first, ...more.slice(0, session + 1)].join("/").slice(0, -SESSION_MARK.length);
  return { document: uri.with({ path }), steps };
}

/** The URI of the file that everything in a URI's session is saved into in the end. */
export function outermost(uri: vscode.Uri): vscode.Uri {
  let at = uri;
  for (let inside = locate(at); inside !== undefined; inside = locate(at)) at = inside.document;
  return at;
}

/** Whether a URI is in the session of a document, at any depth; the document itself is not. */
export function isInside(uri: vscode.Uri, document: vscode.Uri): boolean {
  const wanted = document.toString();
  for (let inside = locate(uri); inside !== undefined; inside = locate(inside.document)) {
    if (inside.document.toString() === wanted) return true;
  }
  return false;
}

/** How many sessions a URI is inside of: 0 for a file on disk. */
export function depthOf(uri: vscode.Uri): number {
  let depth = 0;
  for (let inside = locate(uri); inside !== undefined; inside = locate(inside.document)) depth++;
  return depth;
}
