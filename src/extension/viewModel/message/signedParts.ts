/** Pictures and files inside the signed attachment of a message: they are looked at and saved, and never changed. */
import * as vscode from "vscode";
import { extensionOf, type MessageOutline, mimeTypeOf, type SecuredPart, securedParts } from "../../../core";
import type { MessageAttachment, MessageModel, PictureContent } from "../../../protocol/message";
import { sizeText } from "../tree";
import { type BodyReferences, kindOfMediaType, referenceKey } from "./attachments";
import type { MessageContext } from "./context";
import { pictureOf } from "./pictures";
import { SIGNED_ID } from "./signedIds";

const idOf = (message: string, at: number): string => `${message}?signed=${at}`;

/** What a part is called; the name is the sender's and not safe as that of a file. */
const partName = ({ name }: SecuredPart, at: number): string =>
  name || vscode.l10n.t("Attachment {0}", at + 1);

/** The part with an id, and its place among the others; undefined where the id is none of a part, or it is not there. */
export function signedPart(
  outline: MessageOutline,
  id: string,
): { readonly part: SecuredPart; readonly name: string } | undefined {
  const [, message, place] = SIGNED_ID.exec(id) ?? [];
  if (message === undefined || place === undefined) return undefined;
  const part = securedParts(outline, message)[Number(place)];
  return part && { part, name: partName(part, Number(place)) };
}

/** The parts as attachments of the message. */
function signedAttachments(context: MessageContext, references: BodyReferences): MessageAttachment[] {
  const { outline, address } = context;
  return securedParts(outline, address).map((part, at) => {
    const name = partName(part, at);
    const { contentId } = part;
    const isShown = contentId !== "" && references.contentIds.has(referenceKey(contentId));
    const generic = part.type === "application/octet-stream";
    const mediaType = generic ? (mimeTypeOf(extensionOf(name)) ?? part.type) : part.type;
    return {
      id: idOf(address, at),
      name,
      ...kindOfMediaType(mediaType, name),
      size: sizeText(part.size),
      hasData: true,
      isSigned: true,
      ...(isShown ? { inline: vscode.l10n.t("the text refers to its content ID") } : {}),
      ...(contentId === "" ? {} : { contentId }),
    };
  });
}

/** The model of a message with what is inside its signed attachment. */
export function withSignedParts(
  context: MessageContext,
  references: BodyReferences,
  model: MessageModel,
): MessageModel {
  return { ...model, attachments: [...model.attachments, ...signedAttachments(context, references)] };
}

/** The picture in a part; nothing where it is none that a browser draws as pixels. */
export function signedPicture(outline: MessageOutline, id: string): PictureContent {
  const part = signedPart(outline, id)?.part;
  return part === undefined ? {} : pictureOf(part.size, part.bytes);
}
