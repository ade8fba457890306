/** What a message has around it. */
import type { CodePage } from "../text/types";
import type { AttachObject } from "./attach";
import type { MessageState } from "./state";

/** What a message is saved into: the file for the top message, an attachment for an embedded one. */
export interface MessageOwner {
  /** How many messages the message is in. */
  readonly depth: number;
  /** The attachment that holds the message; undefined at the top. */
  readonly attachment: AttachObject | undefined;
  /** The page for strings whose page the message does not tell; undefined at the top. */
  readonly ownerCodePage: CodePage | undefined;
  readonly ownerUnicode: boolean;
  /** There is something to be saved even where the message is as it was. */
  readonly hasMore: boolean;
  /** @throws MapiError MAPI_E_NO_ACCESS, MAPI_E_INVALID_OBJECT when nothing can be saved into the owner. */
  assertWriteable(): void;
  /** The message as last written to the file. */
  baselineMessage(): MessageState | undefined;
  /** The message as last saved into the owner. */
  savedMessage(): MessageState | undefined;
  /**
   * What the file held once for a content: the content itself, or what it was when it was saved, with its numbers and
   * the time of that save. Undefined for one that was never in the file.
   */
  inFile(state: MessageState): MessageState | undefined;
  /**
   * Takes a saved message; answers the state it has from then on.
   * @param from the content as it was before the session prepared it for the save
   * @param force FORCE_SAVE: also over what somebody else has changed there
   * @throws MapiError MAPI_E_OBJECT_CHANGED
   */
  acceptMessage(state: MessageState, from: MessageState, force: boolean): MessageState;
}
