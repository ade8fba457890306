/** What the composer draws, and its requests: a message as it is written. */
import type { EditResult } from "./messages";
import type { ObjectId } from "./viewModel";

/** A recipient as a chip. */
export interface ComposeRecipient {
  readonly object: ObjectId;
  /** 1 To, 2 Cc, 3 Bcc. */
  readonly kind: number;
  /** What is shown. */
  readonly label: string;
  /** `Name <address>`, to be edited; "" where the address is not an internet address. */
  readonly text: string;
  /** The address, shown with the pointer and read out. */
  readonly address: string;
}

/**
 * A value of a field: text, number, true or false, list of texts, or null when it is empty. Moments are milliseconds since
 * 1970 in UTC; days are those of their midnight in UTC, and what a clock shows is held as if it were UTC.
 */
export type ComposeValue = string | number | boolean | null | readonly string[];

/** A time zone to choose. */
export interface ComposeZone {
  /** The name that is written. */
  readonly name: string;
  /** How far from UTC it is, and where. */
  readonly description: string;
}

/** A field of a form; `clock` is a moment as the clock of the item's own zone shows it. */
export interface ComposeField {
  readonly id: string;
  readonly label: string;
  readonly kind:
    | "text"
    | "lines"
    | "choice"
    | "check"
    | "time"
    | "clock"
    | "day"
    | "number"
    | "list"
    | "addresses"
    | "zone";
  readonly value: ComposeValue;
  readonly choices?: readonly { readonly value: number; readonly label: string }[];
  /** The zones to choose from. */
  readonly zones?: readonly ComposeZone[];
  /** Why it cannot be edited. */
  readonly readOnly?: string;
}

/** How a body is edited. */
export type ComposeBodyKind = "html" | "text";

/** A message in the composer; without the text of its body, which is asked for by itself. */
export interface ComposeModel {
  readonly object: ObjectId;
  readonly revision: number;
  readonly subject: string;
  /** Whether the class has recipients that are written in the composer. */
  readonly hasRecipients: boolean;
  /** Whether these are attendees and resources of a meeting. */
  readonly isMeeting: boolean;
  /** Who it is from; left out for a class that nobody sends. */
  readonly from?: ComposeField;
  readonly recipients: readonly ComposeRecipient[];
  /** The fields that every message has. */
  readonly options: readonly ComposeField[];
  /** Those of the class: an appointment's times, a contact's names. */
  readonly form: readonly ComposeField[];
  /** Is another one whenever the body is another one. */
  readonly bodyStamp: string;
  /** Pictures that the body can show, by content id. */
  readonly pictures: readonly { readonly contentId: string; readonly object: ObjectId }[];
}

/** The body to be edited. */
export interface ComposeBody {
  readonly stamp: string;
  readonly kind: ComposeBodyKind;
  /** HTML or text; "" when there is none. Untrusted. */
  readonly content: string;
  /** What editing it in a form would lose, in words; to be said before the first edit. */
  readonly losses: Readonly<Record<ComposeBodyKind, readonly string[]>>;
}

/** A picture that the text refers to and that is not yet in the message. */
export interface ComposePicture {
  readonly contentId: string;
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** What writing a body came to: written, or not because of what would be lost. */
export interface BodyResult extends EditResult {
  readonly stamp: string;
  /** What would be lost that nobody said yes to; nothing was written then. */
  readonly losses: readonly string[];
}

/** What adding recipients came to. */
export interface RecipientsResult extends EditResult {
  readonly added: readonly ObjectId[];
  /** Entries that are no address, with the reason in words. */
  readonly refused: readonly { readonly text: string; readonly reason: string }[];
}

/** Requests of the composer. `object`: the message. */
export interface ComposeRequests {
  getCompose: { params: { object: ObjectId }; result: ComposeModel };
  getComposeBody: { params: { object: ObjectId }; result: ComposeBody };
  /** Sets a field, and everything that follows from it. */
  setField: {
    params: { object: ObjectId; field: string; value: ComposeValue; revision: number };
    result: EditResult;
  };
  /** Writes the body in all forms that the message has. `accepted`: losses that the person said yes to. */
  setBody: {
    params: {
      object: ObjectId;
      kind: ComposeBodyKind;
      content: string;
      pictures: ComposePicture[];
      accepted: string[];
      revision: number;
    };
    result: BodyResult;
  };
  /** Adds the people of a list as it was typed or pasted, before another recipient or behind all of their kind. */
  addRecipients: {
    params: { object: ObjectId; kind: number; text: string; before?: ObjectId; revision: number };
    result: RecipientsResult;
  };
  /** Makes a recipient somebody else. */
  changeRecipient: { params: { object: ObjectId; text: string; revision: number }; result: EditResult };
  /** Puts recipients among those of a kind, before another one or behind all. */
  moveRecipients: {
    params: { objects: ObjectId[]; kind: number; before?: ObjectId; revision: number };
    result: EditResult;
  };
  removeRecipients: { params: { objects: ObjectId[]; revision: number }; result: EditResult };
  /** VS Code's own undo or redo of the document: for keys that VS Code does not see. */
  history: { params: { command: "undo" | "redo" }; result: Record<string, never> };
}
