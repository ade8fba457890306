/** What comparing two messages comes to: objects, properties in them, and what differs inside a value. */
import type { PropertyDictionary } from "../mapi/dictionaryTypes";
import type { MessageOutline, ObjectAddress } from "../session/outline";
import type { RootStorage } from "../storage/types";

/** How the right side differs from the left one. */
export type ComparedState = "same" | "added" | "removed" | "changed";

/** One of the two messages. */
export interface ComparedSide {
  readonly outline: MessageOutline;
  /** The file, where what the message format does not explain is to be compared too. */
  readonly storage?: RootStorage;
}

/** What both sides are read with. */
export interface CompareOptions {
  readonly dictionary: PropertyDictionary;
}

/** A part of a value: a field of a structure, a line of a text, one of several values, a stream of an object. */
export interface ComparedField {
  readonly state: ComparedState;
  /** "Recurrence pattern › Start date", "line 12", "[3]". */
  readonly label: string;
  readonly left?: string;
  readonly right?: string;
}

/** One property of an object on both sides. */
export interface ComparedProperty {
  readonly state: ComparedState;
  /** Whether it is a property, and not the data of an OLE object or an unknown stream. */
  readonly isProperty: boolean;
  /** The name in words, and the canonical one. */
  readonly words: string;
  readonly name: string;
  /** "0037001F", "PSETID_Common 0x8501". */
  readonly where: string;
  /** The type; both where they differ: "PT_UNICODE → PT_STRING8". */
  readonly type: string;
  readonly leftTag?: number;
  readonly rightTag?: number;
  /** The values in one line each; undefined where a side does not have the property. */
  readonly left?: string;
  readonly right?: string;
  /** What differs inside; empty where there is nothing inside, or the value is the same. */
  readonly fields: readonly ComparedField[];
}

/** What kind of object is compared. */
export type ComparedKind = "message" | "recipient" | "attachment" | "embeddedMessage";

/** An object of a message on both sides, matched by what it is and not by its number. */
export interface ComparedObject {
  readonly state: ComparedState;
  readonly kind: ComparedKind;
  /** "Message", "Recipient 0, To: Ann <ann@example.com>"; that of the right side where there are both. */
  readonly title: string;
  readonly left?: ObjectAddress;
  readonly right?: ObjectAddress;
  readonly properties: readonly ComparedProperty[];
  readonly children: readonly ComparedObject[];
}
