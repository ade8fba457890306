/** What the Message view draws: a message as a mail client shows it, and its requests. */
import type { ObjectId } from "./viewModel";

/** Somebody, as a chip. */
export interface MessagePerson {
  /** The display name, or the address where there is none. */
  readonly name: string;
  /** The internet address; left out where the message does not tell it. */
  readonly address?: string;
  /** Whether the address is only likely: it is never shown as if it were known. */
  readonly isGuess: boolean;
  /** Where the address was found, where it is not simply the stored one. */
  readonly origin?: string;
  /** The X.500 name of an Exchange user. */
  readonly x500?: string;
  /** Said behind the name: "accepted", "organizer", why a delivery failed. */
  readonly status?: string;
  /** The recipient's object in the session. */
  readonly object?: ObjectId;
}

/** People of one kind: To, Cc, Bcc, or Required, Optional, Resources. */
export interface PeopleList {
  readonly id: "to" | "cc" | "bcc" | "other";
  readonly label: string;
  readonly people: readonly MessagePerson[];
}

/** A moment with its meaning. */
export interface MessageTime {
  /** "Sent", "Received" … */
  readonly label: string;
  /** Milliseconds since 1970, UTC. */
  readonly time: number;
  /** Where it comes from, when that is not plain. */
  readonly note?: string;
}

/** Something that marks a message: importance, flag, category … */
export interface MessageMark {
  readonly id: string;
  /** Name of a codicon. */
  readonly icon: string;
  readonly text: string;
  readonly isWarning?: boolean;
}

/** An attachment in the strip. */
export interface MessageAttachment {
  readonly id: ObjectId;
  /** The embedded message's object, when it holds one. */
  readonly message?: ObjectId;
  readonly name: string;
  readonly icon: string;
  /** "12 KB"; left out where there are no bytes. */
  readonly size?: string;
  /** "PNG picture", "Message", "Link to a file" … */
  readonly kind: string;
  /** Whether it is a part of what was signed: it can be saved, and not be changed. */
  readonly isSigned?: true;
  /** Whether it has bytes of its own. */
  readonly hasData: boolean;
  /** Why it is not an attachment of its own but shown in the text. */
  readonly inline?: string;
  /** Why mail clients do not list it. */
  readonly hidden?: string;
  /** PR_ATTACH_CONTENT_ID without brackets. */
  readonly contentId?: string;
  readonly contentLocation?: string;
  /** PR_RENDERING_POSITION where it is a place in the text. */
  readonly position?: number;
  readonly problem?: string;
}

/** One form of the body that can be shown. */
export interface BodyChoice {
  /** Names the form to the host. */
  readonly id: string;
  /** "HTML", "Rich text", "Plain text", "Internet headers". */
  readonly label: string;
  /** Where it comes from: "PR_HTML", "HTML out of PR_RTF_COMPRESSED" … */
  readonly origin: string;
  /** The code page it was read in, and by which rule. */
  readonly codePage: string;
  /** Whether a choice of the code page changes it. */
  readonly takesCodePage: boolean;
  readonly problems: readonly string[];
}

/** A value of a panel. */
export type PanelValue =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "list"; readonly items: readonly string[] }
  | { readonly kind: "people"; readonly people: readonly MessagePerson[] }
  /** A moment; with the zone of the appointment, where that is known: minutes to add to UTC. */
  | {
      readonly kind: "time";
      readonly time: number;
      readonly zone?: { readonly name: string; readonly offset: number };
    }
  /** A day of the calendar: midnight of it in UTC. */
  | { readonly kind: "day"; readonly time: number };

/** One line of a panel. */
export interface PanelRow {
  readonly label: string;
  readonly value: PanelValue;
}

/** What makes an item more than a mail: an appointment's times, a contact's numbers. */
export interface MessagePanel {
  readonly title: string;
  readonly rows: readonly PanelRow[];
  /** The attachment with the picture of a contact. */
  readonly picture?: ObjectId;
}

/** A bar above the paper. */
export interface MessageBar {
  readonly id: string;
  readonly severity: "info" | "warning" | "error";
  readonly text: string;
}

/** A message in the Message view. */
export interface MessageModel {
  /** The message that is shown: the one asked for, or the one the object asked for belongs to. */
  readonly object: ObjectId;
  readonly revision: number;
  readonly subject: string;
  readonly icon: string;
  /** "Mail", "Appointment" … */
  readonly kindText: string;
  /** On whose behalf, or who sent it. */
  readonly from?: MessagePerson;
  /** Who really sent it, when that is somebody else. */
  readonly sender?: MessagePerson;
  readonly recipients: readonly PeopleList[];
  readonly replyTo?: readonly MessagePerson[];
  /** The date of the line at the top comes first. */
  readonly times: readonly MessageTime[];
  readonly marks: readonly MessageMark[];
  readonly attachments: readonly MessageAttachment[];
  readonly bars: readonly MessageBar[];
  readonly panel?: MessagePanel;
  readonly bodies: readonly BodyChoice[];
  /** The form to show, and why it is that one; left out when there is none. */
  readonly best?: { readonly id: string; readonly reason: string };
  /** Code pages that can be chosen instead. */
  readonly codePages: readonly { readonly id: number; readonly name: string }[];
}

/** The content of one form of the body. */
export interface BodyContent {
  /** How `text` is to be shown: as the HTML of a mail, as a mail in plain text, or as source. */
  readonly kind: "html" | "text" | "source";
  /** Whether the HTML was made from RTF: `data-attachment` marks the places of attachments in it. */
  readonly hasPlaces?: boolean;
  readonly text: string;
  /** Characters there are, when that is more than `text` holds. */
  readonly total?: number;
}

/** Bytes of a picture with the type that they themselves show; none where they are no picture a browser knows. */
export interface PictureContent {
  readonly bytes?: Uint8Array;
  readonly mediaType?: string;
}

/** Requests of the Message view. `codePage`: a choice of the person's, for this view alone. */
export interface MessageRequests {
  getMessage: { params: { object: ObjectId; codePage?: number }; result: MessageModel };
  getBody: {
    params: { object: ObjectId; body: string; source: boolean; codePage?: number };
    result: BodyContent;
  };
  /** The picture in an attachment. */
  getPicture: { params: { object: ObjectId }; result: PictureContent };
  /** Opens a link of the mail outside. `claimed`: the host that its text names, where that is another one. */
  openLink: { params: { url: string; claimed?: string }; result: { opened: boolean } };
}
