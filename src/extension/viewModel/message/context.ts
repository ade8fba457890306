/** What the models of the Message view are made with. */
import {
  type CodePage,
  type MessageOutline,
  type MessageView,
  PR_MESSAGE_CLASS,
  type PropertyDictionary,
  type PropertyReader,
  readerOf,
} from "../../../core";

/** One message of a session, as the Message view reads it. */
export interface MessageContext {
  readonly outline: MessageOutline;
  readonly dictionary: PropertyDictionary;
  /** The message's object. */
  readonly address: string;
  readonly view: MessageView;
  readonly reader: PropertyReader;
  /** The family of its message class: "mail", "calendar", "contact" … */
  readonly kind: string;
  /** A choice of the person's, for this view alone. */
  readonly codePage: CodePage | undefined;
}

/** Reads a message. @throws MapiError MAPI_E_OBJECT_DELETED when it is not there any more. */
export function messageContext(
  outline: MessageOutline,
  dictionary: PropertyDictionary,
  address: string,
  codePage: CodePage | undefined,
): MessageContext {
  const view = outline.message(address);
  const reader = readerOf(outline, address, codePage);
  const kind = dictionary.messageClassOf(reader.text(PR_MESSAGE_CLASS) ?? "")?.kind ?? "mail";
  return { outline, dictionary, address, view, reader, kind, codePage };
}

/** The message an object is or belongs to; of an attachment that holds one, that one. */
export function messageOfObject(outline: MessageOutline, object: string): string {
  const steps = object.split("/").slice(1);
  const at = steps.at(-1) ?? "";
  if (at === "" || at === "m") return object;
  const parent = object.slice(0, object.length - at.length - 1);
  if (!at.startsWith("a") || at === "attachments") return parent;
  const found = outline.message(parent).attachments.find(({ address }) => address === object);
  return found?.object === "message" ? `${object}/m` : parent;
}
