/** The parts of a message that are files of text: its bodies, its internet headers and its properties. */
import * as vscode from "vscode";
import {
  bestBody,
  bodiesOf,
  bodySourceOfOutline,
  type BodyForm,
  type BodyUpdate,
  compressRtf,
  deencapsulateRtf,
  type EditedBody,
  type MessageOutline,
  PR_BODY,
  PR_HTML,
  PR_NATIVE_BODY_INFO,
  PR_RTF_COMPRESSED,
  PR_RTF_IN_SYNC,
  PR_TRANSPORT_MESSAGE_HEADERS,
  type PropValue,
  rtfToText,
  syncBodies,
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

/** PR_NATIVE_BODY_INFO of a message whose body is RTF. */
const NATIVE_RTF = 2;

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

function apply(
  outline: MessageOutline,
  message: string,
  { delete: gone, set }: Omit<BodyUpdate, "losses">,
): void {
  const present = gone.filter((tag) => outline.property(message, tag));
  if (present.length > 0) outline.deleteProperties(message, present);
  for (const { tag, value } of set) outline.setProperty(message, tag, value);
}

function writeBody(outline: MessageOutline, message: string, edited: EditedBody): readonly string[] {
  const update = syncBodies(edited, bodySourceOfOutline(outline, message));
  apply(outline, message, update);
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

/** The other bodies that belong to a given RTF. */
function aroundRtf(rtf: Uint8Array, outline: MessageOutline, message: string): Omit<BodyUpdate, "losses"> {
  const own: PropValue = { tag: PR_RTF_COMPRESSED, value: compressRtf(rtf) };
  const { kind, content } = deencapsulateRtf(rtf);
  if (kind === "rtf") {
    const text = rtfToText(rtf).text;
    return {
      delete: text === "" ? [PR_HTML, PR_BODY] : [PR_HTML],
      set: [
        own,
        ...(text === "" ? [] : [{ tag: PR_BODY, value: text }]),
        { tag: PR_RTF_IN_SYNC, value: true },
        { tag: PR_NATIVE_BODY_INFO, value: NATIVE_RTF },
      ],
    };
  }
  const { delete: gone, set } = syncBodies({ kind, content }, bodySourceOfOutline(outline, message));
  const others = set.filter(({ tag }) => tag !== PR_RTF_COMPRESSED && tag !== PR_RTF_IN_SYNC);
  return { delete: gone, set: [...others, own, { tag: PR_RTF_IN_SYNC, value: true }] };
}

const bodyRtf: TextFile = {
  name: "body.rtf",
  read: (outline, message) => formsOf(outline, message).find(({ kind }) => kind === "rtf")?.rtf,
  write(outline, message, bytes) {
    apply(outline, message, aroundRtf(bytes, outline, message));
    return [];
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
