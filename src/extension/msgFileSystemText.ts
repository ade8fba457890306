/** The parts of a message that are files of text: its bodies, its internet headers and its properties. */
import * as vscode from "vscode";
import {
  applyBodies,
  bestBody,
  bodiesOf,
  bodySourceOfOutline,
  type BodyForm,
  type EditedBody,
  type MessageOutline,
  PR_TRANSPORT_MESSAGE_HEADERS,
  syncBodies,
  syncRtf,
} from "../core";
import { propertiesText, writeProperties } from "./msgFileSystemProperties";

/** A file of a message's folder. */
export interface TextFile {
  readonly name: string;
  /** What is in it; undefined when the message has none. */
  read(outline: MessageOutline, message: string): Uint8Array | undefined;
  /** Puts its content into the message; what is lost with it, as sentences for the person. @throws Error in words */
  write(outline: MessageOutline, message: string, bytes: Uint8Array): readonly string[];
}

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

/** @throws Error when the bytes are no UTF-8 */
function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new Error(vscode.l10n.t("The file is not text in UTF-8."));
  }
}

function formsOf(outline: MessageOutline, message: string): readonly BodyForm[] {
  return bodiesOf(bodySourceOfOutline(outline, message)).forms;
}

function writeBody(outline: MessageOutline, message: string, edited: EditedBody): readonly string[] {
  const update = syncBodies(edited, bodySourceOfOutline(outline, message));
  applyBodies(outline, message, update);
  return update.losses;
}

const bodyText: TextFile = {
  name: "body.txt",
  read(outline, message) {
    const bodies = bodiesOf(bodySourceOfOutline(outline, message));
    const plain = bodies.forms.find(({ source }) => source === "PR_BODY") ?? bestBody(bodies)?.form;
    return plain && encode(plain.text);
  },
  write: (outline, message, bytes) => writeBody(outline, message, { kind: "text", content: decode(bytes) }),
};

const bodyHtml: TextFile = {
  name: "body.html",
  read(outline, message) {
    const html = formsOf(outline, message).find(({ kind }) => kind === "html")?.html;
    return html === undefined ? undefined : encode(html);
  },
  write: (outline, message, bytes) => writeBody(outline, message, { kind: "html", content: decode(bytes) }),
};

const bodyRtf: TextFile = {
  name: "body.rtf",
  read: (outline, message) => formsOf(outline, message).find(({ kind }) => kind === "rtf")?.rtf,
  write(outline, message, bytes) {
    const update = syncRtf(bytes, bodySourceOfOutline(outline, message));
    applyBodies(outline, message, update);
    return update.losses;
  },
};

const headers: TextFile = {
  name: "headers.txt",
  read(outline, message) {
    const row = outline.property(message, PR_TRANSPORT_MESSAGE_HEADERS);
    return row && row.change !== "deleted" && typeof row.value === "string" ? encode(row.value) : undefined;
  },
  write(outline, message, bytes) {
    outline.setProperty(message, PR_TRANSPORT_MESSAGE_HEADERS, decode(bytes));
    return [];
  },
};

const properties: TextFile = {
  name: "properties.json",
  read: (outline, message) => encode(propertiesText(outline, message)),
  write(outline, message, bytes) {
    writeProperties(outline, message, decode(bytes));
    return [];
  },
};

/** The files of a message's folder, in the order in which they are listed. */
export const TEXT_FILES: readonly TextFile[] = [bodyText, bodyHtml, bodyRtf, headers, properties];
