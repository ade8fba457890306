/** The edits of the composer, done on the document; each with the label that VS Code's Undo shows. */
import * as vscode from "vscode";
import {
  ADDRESS_LIST_MESSAGES,
  applyBodies,
  attachmentProperties,
  bodySourceOfOutline,
  changeField,
  inlineProperties,
  lazyReaderOf,
  MapiError,
  type MessageOutline,
  parseAddressList,
  type ParsedAddress,
  PR_ATTACH_CONTENT_ID,
  PR_ATTACH_FLAGS,
  PR_ATTACHMENT_HIDDEN,
  PR_HTML,
  PR_RECIPIENT_TYPE,
  propId,
  type PropertyReader,
  readerOf,
  recipientProperties,
  syncBodies,
  utcInZone,
} from "../core";
import type {
  BodyResult,
  ComposePicture,
  ComposeRequests,
  ComposeValue,
  RecipientsResult,
} from "../protocol/compose";
import { zoneOfField } from "./appointmentClock";
import { bodyStamp } from "./composeModel";
import { fieldLabel } from "./composeWords";
import { coreText } from "./coreTexts";
import { fileTimeNow, fileTimeOfMs, localOfUtc, startOfDay, utcOfLocal } from "./fileTimes";
import type { EditableDocument } from "./requestContext";
import { randomBytes } from "./newMessages";
import { RequestFailure } from "./pageEdits";
import { zoneNamed } from "./timeZones";

const invalid = (message: string): RequestFailure => new RequestFailure({ code: "invalid", message });

/** Fields whose numbers are moments. */
const TIME_FIELDS: ReadonlySet<string> = new Set([
  "sent",
  "received",
  "start",
  "end",
  "taskStart",
  "taskDue",
  "taskCompleted",
  "birthday",
]);

function arrived(
  field: string,
  value: ComposeValue,
  reader: PropertyReader,
): string | number | boolean | bigint | readonly string[] | undefined {
  if (value === null) return undefined;
  if (typeof value !== "number" || !TIME_FIELDS.has(field)) return value;
  const zone = zoneOfField(field, reader);
  return fileTimeOfMs(zone ? utcInZone(zone, value) : value);
}

/** Sets a field with everything that follows from it. */
export function setField(
  document: EditableDocument,
  object: string,
  field: string,
  value: ComposeValue,
): void {
  const environment = { now: fileTimeNow(), randomBytes, startOfDay, utcOfLocal, localOfUtc, zoneNamed };
  document.edit(vscode.l10n.t("Change {0}", fieldLabel(field)), (outline) =>
    changeField(outline, object, field, arrived(field, value, readerOf(outline, object)), environment),
  );
}

// ---- the body --------------------------------------------------------------------------------------------------------

const CID = /\bcid:([^"'\s>)]+)/gi;

/** The content ids that HTML refers to, in lower case. */
function referredIn(html: string): Set<string> {
  const decode = (id: string): string => {
    try {
      return decodeURIComponent(id);
    } catch {
      return id;
    }
  };
  return new Set(Array.from(html.matchAll(CID), ([, id]) => decode(id ?? "").toLowerCase()));
}

const SHOWN_IN_BODY = 4;

/** Pictures that only the old text showed go with it; those that are attachments of their own stay. */
function deleteUnused(
  outline: MessageOutline,
  object: string,
  before: ReadonlySet<string>,
  after: ReadonlySet<string>,
): void {
  for (const { address, change, object: held } of outline.message(object).attachments) {
    if (change === "deleted" || held !== undefined) continue;
    const reader = lazyReaderOf(outline, address);
    const id = reader.text(PR_ATTACH_CONTENT_ID)?.replace(/^<|>$/g, "").toLowerCase();
    if (id === undefined || !before.has(id) || after.has(id)) continue;
    const isInline =
      reader.boolean(PR_ATTACHMENT_HIDDEN) === true ||
      ((reader.number(PR_ATTACH_FLAGS) ?? 0) & SHOWN_IN_BODY) !== 0;
    if (isInline) outline.deleteObject(address);
  }
}

function addPicture(
  outline: MessageOutline,
  object: string,
  { contentId, name, bytes }: ComposePicture,
): void {
  outline.addAttachment(object, [
    ...attachmentProperties({ fileName: name, bytes }).filter(({ tag }) =>
      inlineProperties(contentId).every((own) => propId(own.tag) !== propId(tag)),
    ),
    ...inlineProperties(contentId),
  ]);
}

function htmlOf(outline: MessageOutline, object: string): string {
  const bytes = readerOf(outline, object).bytes(PR_HTML);
  // Content ids are ASCII: what the other bytes mean does not matter here.
  return bytes ? new TextDecoder("latin1").decode(bytes) : "";
}

/** Writes the body in all forms that the message has, with the pictures that it shows, as one edit. */
export function setBody(
  document: EditableDocument,
  { object, kind, content, pictures, accepted }: ComposeRequests["setBody"]["params"],
): BodyResult {
  const { outline } = document;
  const update = syncBodies({ kind, content }, bodySourceOfOutline(outline, object));
  const losses = update.losses.map(coreText).filter((loss) => !accepted.includes(loss));
  if (losses.length > 0) {
    return { revision: document.revision, stamp: bodyStamp(outline, object), losses };
  }
  document.edit(vscode.l10n.t("Change text"), (edited) => {
    const before = referredIn(htmlOf(edited, object));
    const after = kind === "html" ? referredIn(content) : before;
    applyBodies(edited, object, update);
    for (const picture of pictures) {
      if (after.has(picture.contentId.toLowerCase())) addPicture(edited, object, picture);
    }
    deleteUnused(edited, object, before, after);
  });
  return { revision: document.revision, stamp: bodyStamp(outline, object), losses: [] };
}

// ---- recipients ------------------------------------------------------------------------------------------------------

const KIND_MASK = 0xf;
const isKind = (kind: number): boolean => kind >= 1 && kind <= 3;

function widthOf(outline: MessageOutline, object: string): { unicode: boolean; codePage: number } {
  const { unicode, codePage } = outline.message(object);
  return { unicode, codePage: codePage.id };
}

const kindOf = (outline: MessageOutline, recipient: string): number =>
  (readerOf(outline, recipient).number(PR_RECIPIENT_TYPE) ?? 0) & KIND_MASK;

/** Puts recipients before another one, or behind the last of their kind. */
function place(
  outline: MessageOutline,
  object: string,
  moved: readonly string[],
  kind: number,
  before: string | undefined,
): void {
  const all = outline
    .message(object)
    .recipients.flatMap(({ address, change }) => (change === "deleted" ? [] : [address]));
  const others = all.filter((address) => !moved.includes(address));
  const wanted = before === undefined ? -1 : others.indexOf(before);
  const last = others.map((address) => kindOf(outline, address)).lastIndexOf(kind);
  const at = wanted >= 0 ? wanted : last >= 0 ? last + 1 : others.length;
  const order = [...others.slice(0, at), ...moved, ...others.slice(at)];
  if (order.some((address, i) => address !== all[i])) outline.reorderRecipients(object, order);
}

function addOne(
  outline: MessageOutline,
  object: string,
  kind: number,
  { name, address }: ParsedAddress,
): string {
  return outline.addRecipient(
    object,
    recipientProperties({ kind, name, address, ...widthOf(outline, object) }),
  );
}

/** Adds the people of a list; entries that are no address are told and left out. */
export function addRecipients(
  document: EditableDocument,
  { object, kind, text, before }: ComposeRequests["addRecipients"]["params"],
): RecipientsResult {
  if (!isKind(kind)) throw invalid(vscode.l10n.t("A recipient is To, Cc or Bcc."));
  const entries = parseAddressList(text);
  const good = entries.filter((entry) => entry.ok);
  const refused = entries.flatMap((entry) =>
    entry.ok ? [] : [{ text: entry.text, reason: coreText(ADDRESS_LIST_MESSAGES[entry.problem]) }],
  );
  if (good.length === 0) return { revision: document.revision, added: [], refused };
  const label =
    good.length === 1 ? vscode.l10n.t("Add recipient") : vscode.l10n.t("Add {0} recipients", good.length);
  const added = document.edit(label, (outline) => {
    const objects = good.map((entry) => addOne(outline, object, kind, entry));
    place(outline, object, objects, kind, before);
    return objects;
  });
  return { revision: document.revision, added, refused };
}

const messageOf = (object: string): string => object.slice(0, object.lastIndexOf("/"));

/** Makes a recipient somebody else; its kind and place stay. @throws RequestFailure when the text is not one address */
export function changeRecipient(document: EditableDocument, object: string, text: string): void {
  const [entry, ...others] = parseAddressList(text);
  if (!entry) throw invalid(coreText(ADDRESS_LIST_MESSAGES.noAddress));
  if (!entry.ok) throw invalid(coreText(ADDRESS_LIST_MESSAGES[entry.problem]));
  if (others.length > 0) throw invalid(vscode.l10n.t("This is more than one address."));
  document.edit(vscode.l10n.t("Change recipient"), (outline) => {
    const { name, address } = entry;
    const properties = recipientProperties({
      kind: 1,
      name,
      address,
      ...widthOf(outline, messageOf(object)),
    });
    for (const { tag, value } of properties) {
      if (tag !== PR_RECIPIENT_TYPE) outline.setProperty(object, tag, value);
    }
  });
}

/** Puts recipients of a message among those of a kind. */
export function moveRecipients(
  document: EditableDocument,
  { objects, kind, before }: ComposeRequests["moveRecipients"]["params"],
): void {
  if (!isKind(kind)) throw invalid(vscode.l10n.t("A recipient is To, Cc or Bcc."));
  const [first] = objects;
  if (first === undefined) return;
  document.edit(vscode.l10n.t("Move recipient"), (outline) => {
    for (const object of objects) {
      if (messageOf(object) !== messageOf(first)) {
        throw new MapiError("MAPI_E_INVALID_PARAMETER", "The recipients are of several messages.");
      }
      const stored = readerOf(outline, object).number(PR_RECIPIENT_TYPE) ?? 0;
      outline.setProperty(object, PR_RECIPIENT_TYPE, (stored & ~KIND_MASK) | kind);
    }
    place(outline, messageOf(first), objects, kind, before);
  });
}

/** Takes recipients out. */
export function removeRecipients(document: EditableDocument, objects: readonly string[]): void {
  const label =
    objects.length === 1
      ? vscode.l10n.t("Delete recipient")
      : vscode.l10n.t("Delete {0} recipients", objects.length);
  document.edit(label, (outline) => {
    for (const object of objects) outline.deleteObject(object);
  });
}
