/** The strip of attachments: what each is, and whether and why it is in the text or hidden. */
import * as vscode from "vscode";
import {
  type AttachmentView,
  ATTACH_BY_REF_ONLY,
  ATTACH_BY_REF_RESOLVE,
  ATTACH_BY_REFERENCE,
  ATTACH_EMBEDDED_MSG,
  ATTACH_BY_WEBREFERENCE,
  ATTACH_OLE,
  extensionOf,
  lazyReaderOf,
  mimeTypeOf,
  PR_ATTACH_CONTENT_ID,
  PR_ATTACH_CONTENT_LOCATION,
  PR_ATTACH_DATA_BIN,
  PR_ATTACH_FILENAME,
  PR_ATTACH_FLAGS,
  PR_ATTACH_LONG_FILENAME,
  PR_ATTACH_METHOD,
  PR_ATTACH_MIME_TAG,
  PR_ATTACHMENT_HIDDEN,
  PR_DISPLAY_NAME,
  PR_MESSAGE_CLASS,
  PR_RENDERING_POSITION,
  PR_SUBJECT,
  type PropertyReader,
} from "../../../core";
import type { MessageAttachment } from "../../../protocol/message";
import { coreText } from "../../coreTexts";
import { iconOfClass, sizeText } from "../tree";
import type { MessageContext } from "./context";

const PR_ATTACHMENT_FLAGS = 0x7ffd0003;
const PR_ATTACHMENT_CONTACTPHOTO = 0x7fff000b;
const EXCEPTION = 2;
/** ATT_MHTML_REF: the body shows it. */
const SHOWN_IN_BODY = 4;

/** Kinds by the beginning of the media type, the longest first. */
const KINDS: readonly (readonly [string, string, () => string])[] = [
  ["image/", "file-media", () => vscode.l10n.t("Picture")],
  ["audio/", "unmute", () => vscode.l10n.t("Sound")],
  ["video/", "device-camera-video", () => vscode.l10n.t("Video")],
  ["text/calendar", "calendar", () => vscode.l10n.t("Calendar")],
  ["text/html", "code", () => vscode.l10n.t("HTML page")],
  ["text/vcard", "account", () => vscode.l10n.t("Contact")],
  ["text/", "file-text", () => vscode.l10n.t("Text")],
  ["message/", "mail", () => vscode.l10n.t("Message")],
  ["application/vnd.ms-outlook", "mail", () => vscode.l10n.t("Message")],
  ["application/pdf", "file-pdf", () => vscode.l10n.t("PDF document")],
  ["application/zip", "file-zip", () => vscode.l10n.t("Archive")],
  ["application/x-zip", "file-zip", () => vscode.l10n.t("Archive")],
  ["application/pkcs7", "shield", () => vscode.l10n.t("S/MIME")],
  ["application/x-pkcs7", "shield", () => vscode.l10n.t("S/MIME")],
  ["multipart/signed", "shield", () => vscode.l10n.t("S/MIME")],
];

/** What a file is. */
export interface Kind {
  readonly icon: string;
  readonly kind: string;
}

/** What the method of an attachment says of it, before its media type does. */
function kindOfMethod(method: number | undefined): Kind | undefined {
  switch (method) {
    case ATTACH_BY_REFERENCE:
    case ATTACH_BY_REF_RESOLVE:
    case ATTACH_BY_REF_ONLY:
      return { icon: "link", kind: vscode.l10n.t("Link to a file; it is never opened") };
    case ATTACH_BY_WEBREFERENCE:
      return { icon: "link-external", kind: vscode.l10n.t("Link to the web") };
    case ATTACH_OLE:
      return { icon: "package", kind: vscode.l10n.t("OLE object") };
    default:
      return undefined;
  }
}

function kindOf(context: MessageContext, view: AttachmentView, reader: PropertyReader, name: string): Kind {
  if (view.object === "message") {
    const { outline, dictionary } = context;
    const messageClass = outline.property(`${view.address}/m`, PR_MESSAGE_CLASS)?.value;
    const icon = iconOfClass(dictionary, typeof messageClass === "string" ? messageClass : "");
    return { icon, kind: vscode.l10n.t("Message") };
  }
  if (view.object === "storage") return { icon: "package", kind: vscode.l10n.t("OLE object") };
  const byMethod = kindOfMethod(reader.number(PR_ATTACH_METHOD));
  if (byMethod) return byMethod;
  const mediaType = (reader.text(PR_ATTACH_MIME_TAG) ?? mimeTypeOf(extensionOf(name)) ?? "").toLowerCase();
  return kindOfMediaType(mediaType, name);
}

/** The kind of a file by its media type in lower case, else by the extension of its name. */
export function kindOfMediaType(mediaType: string, name: string): Kind {
  const known = KINDS.find(([prefix]) => mediaType.startsWith(prefix));
  if (known) return { icon: known[1], kind: known[2]() };
  const extension = extensionOf(name).replace(/^\./, "").toUpperCase();
  const isPlain = /^[A-Z0-9]{1,8}$/.test(extension);
  return { icon: "file", kind: isPlain ? vscode.l10n.t("{0} file", extension) : vscode.l10n.t("File") };
}

/** Content ids and locations as they are compared: no brackets, decoded, lower case. */
export function referenceKey(text: string): string {
  const bare = text.trim().replace(/^<|>$/g, "");
  try {
    return decodeURIComponent(bare).toLowerCase();
  } catch {
    return bare.toLowerCase();
  }
}

/** What a body's HTML refers to, in the form of `referenceKey`. */
export interface BodyReferences {
  readonly contentIds: ReadonlySet<string>;
  readonly html: string;
}

/** The references in the HTML forms of a body. */
export function bodyReferences(htmls: readonly string[]): BodyReferences {
  const html = htmls.join("\n").toLowerCase();
  const found = html.matchAll(/cid:([^"'\s<>()]+)/g);
  return { contentIds: new Set([...found].map(([, id = ""]) => referenceKey(id))), html };
}

/** Why an attachment is shown in the text; undefined when it is not. */
function inlineReason(reader: PropertyReader, references: BodyReferences): string | undefined {
  const contentId = reader.text(PR_ATTACH_CONTENT_ID);
  if (contentId !== undefined && references.contentIds.has(referenceKey(contentId))) {
    return vscode.l10n.t("the text refers to its content ID");
  }
  const location = reader.text(PR_ATTACH_CONTENT_LOCATION)?.trim().toLowerCase();
  if (location && references.html.includes(location)) return vscode.l10n.t("the text refers to its location");
  if (((reader.number(PR_ATTACH_FLAGS) ?? 0) & SHOWN_IN_BODY) !== 0) {
    return vscode.l10n.t("marked as shown in the text (PR_ATTACH_FLAGS)");
  }
  return undefined;
}

/** Why mail clients do not list an attachment; undefined when they do. */
function hiddenReason(reader: PropertyReader): string | undefined {
  if (((reader.number(PR_ATTACHMENT_FLAGS) ?? 0) & EXCEPTION) !== 0) {
    return vscode.l10n.t("an exception of the series");
  }
  if (reader.boolean(PR_ATTACHMENT_CONTACTPHOTO) === true) return vscode.l10n.t("the picture of the contact");
  return reader.boolean(PR_ATTACHMENT_HIDDEN) === true
    ? vscode.l10n.t("marked as hidden (PR_ATTACHMENT_HIDDEN)")
    : undefined;
}

function nameOf({ outline }: MessageContext, view: AttachmentView, reader: PropertyReader): string {
  const own = [PR_ATTACH_LONG_FILENAME, PR_ATTACH_FILENAME, PR_DISPLAY_NAME]
    .map((tag) => reader.text(tag)?.trim())
    .find((name) => name);
  if (own) return own;
  const subject = view.object === "message" ? outline.property(`${view.address}/m`, PR_SUBJECT)?.value : "";
  return typeof subject === "string" && subject !== ""
    ? subject
    : vscode.l10n.t("Attachment {0}", view.number + 1);
}

const NO_POSITION = 0xffffffff;

function attachmentModel(
  context: MessageContext,
  view: AttachmentView,
  references: BodyReferences,
): MessageAttachment {
  const { outline, codePage } = context;
  if (view.problem !== undefined) {
    const name = vscode.l10n.t("Attachment {0}", view.number + 1);
    const kind = vscode.l10n.t("Damaged");
    return { id: view.address, name, icon: "warning", kind, hasData: false, problem: coreText(view.problem) };
  }
  const reader = lazyReaderOf(outline, view.address, codePage);
  const name = nameOf(context, view, reader);
  const size = outline.storedBytes(view.address, PR_ATTACH_DATA_BIN)?.length;
  const inline = inlineReason(reader, references);
  const hidden = hiddenReason(reader);
  const contentId = reader.text(PR_ATTACH_CONTENT_ID);
  const contentLocation = reader.text(PR_ATTACH_CONTENT_LOCATION);
  const position = reader.number(PR_RENDERING_POSITION);
  const hasPosition = position !== undefined && position >>> 0 !== NO_POSITION;
  return {
    id: view.address,
    ...(view.object === "message" ? { message: `${view.address}/m` } : {}),
    name,
    ...kindOf(context, view, reader, name),
    ...(size === undefined ? {} : { size: sizeText(size) }),
    hasData: size !== undefined && reader.number(PR_ATTACH_METHOD) !== ATTACH_EMBEDDED_MSG,
    ...(inline === undefined ? {} : { inline }),
    ...(hidden === undefined ? {} : { hidden }),
    ...(contentId === undefined ? {} : { contentId: contentId.trim().replace(/^<|>$/g, "") }),
    ...(contentLocation === undefined ? {} : { contentLocation: contentLocation.trim() }),
    ...(hasPosition ? { position } : {}),
  };
}

/** Every attachment of a message, in its order. */
export function messageAttachments(context: MessageContext, references: BodyReferences): MessageAttachment[] {
  return context.view.attachments.map((view) => attachmentModel(context, view, references));
}
