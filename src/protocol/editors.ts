/**
 * What the editors of single values need beside the value itself: names of numbers, known names, the fields of binary
 * structures; and the requests that only they make.
 */
import type { EditResult } from "./messages";
import type { EditorKind, NamedPropertySpec, ObjectId } from "./viewModel";

/** A whole number and what its bits and values are called. */
export interface NumberModel {
  /** 8, 16, 24, 32, 48 or 64. */
  readonly bits: number;
  /** Whether decimal digits are signed. */
  readonly signed: boolean;
  /** Names of bits that are set or not. */
  readonly flags: readonly { readonly name: string; readonly mask: number }[];
  /** Parts of the number with one of several values; the values are in place, within the mask. Unsigned. */
  readonly parts: readonly {
    readonly mask: number;
    readonly values: readonly { readonly name: string; readonly value: number }[];
  }[];
}

/** What the editor of one value needs; undefined where the plain field is enough. */
export type ElementExtras =
  | { readonly kind: "number"; readonly number: NumberModel }
  /** The time itself is left out where there are several: the editor of each asks for its own. */
  | { readonly kind: "time"; readonly time?: TimeTexts }
  /** GUIDs and error codes, which are also found by name. */
  | { readonly kind: "named"; readonly list: NameList };

/** What a detail says for the editor of its type. */
export type ValueExtras =
  | ElementExtras
  /** Several values: the editor that each of them has. */
  | { readonly kind: "list"; readonly editor: EditorKind; readonly element?: ElementExtras };

/** Lists of names that `suggestNames` searches. */
export type NameList = "guid" | "error";

/** A time in each of the forms it is edited in. */
export interface TimeTexts {
  /** "2026-03-01T08:12:44.1230000Z"; what the value codec takes. */
  readonly utc: string;
  /** "2026-03-01T09:12:44.1230000", by the clock of the machine. */
  readonly local: string;
  /** "+01:00": what the clock of the machine is ahead of UTC at that time. */
  readonly zone: string;
  /** "0x01DCA85F3E0B2F00". */
  readonly fileTime: string;
  /** Whether the time stands for none: 0, or the date Outlook writes for it. */
  readonly isNone: boolean;
}

/** A binary value as a tree of named fields, or one of several values. */
export interface StructureModel {
  /** Which of the values of a multi-valued property; 0 for the only one. */
  readonly index: number;
  readonly title: string;
  /** One line in words; "" where there is nothing to say but the fields. */
  readonly summary: string;
  /** The fields, parts before what is in them. The first is the structure itself. */
  readonly fields: readonly StructureField[];
  /** Number of fields that are not sent because there are too many. */
  readonly more: number;
  /** Names of the numbers among the fields, by `StructureField.number`. */
  readonly numbers: Readonly<Record<string, NumberModel>>;
  /** Number of things that are wrong, bytes left over among them. */
  readonly problems: number;
  readonly bytes: Uint8Array;
}

/** One field of a structure, or a part with fields in it. */
export interface StructureField {
  /** Names the field to the host; "" is the structure itself. */
  readonly path: string;
  /** 0 for the structure itself. */
  readonly depth: number;
  readonly label: string;
  /** The value as people read it; for a part, a line on what is in it. */
  readonly value: string;
  readonly offset: number;
  readonly length: number;
  readonly hasChildren: boolean;
  /** What an editor starts with; undefined where the field is not edited. */
  readonly text?: string;
  /** Key of `StructureModel.numbers`. */
  readonly number?: string;
  /** A field that is true or false. */
  readonly isBoolean?: true;
  readonly problem?: string;
  /** Elements can be added to the part. */
  readonly canInsert?: true;
  /** The element can be removed. */
  readonly canRemove?: true;
}

/** A change within a structure. */
export type StructureChange =
  | { readonly kind: "set"; readonly path: string; readonly text: string }
  | { readonly kind: "insert"; readonly path: string; readonly at?: number }
  | { readonly kind: "remove"; readonly path: string };

/** The editor of a value that is not there yet. */
export interface NewValueModel {
  readonly editor: EditorKind;
  readonly extras?: ValueExtras;
}

/** The requests of the editors. */
export interface EditorsRequests {
  /** How the value of a property that is to be added is edited; of a named one only the type word of the tag counts. */
  newValue: { params: { tag: number; named?: NamedPropertySpec }; result: NewValueModel };
  /** Reads a time as it is being typed; `local` says that a text without a zone is by the machine's clock. */
  readTime: { params: { text: string; local: boolean }; result: TimeTexts };
  /** The time it is. */
  timeNow: { params: Record<string, never>; result: TimeTexts };
  /** Names that match what was typed. */
  suggestNames: {
    params: { list: NameList; query: string };
    result: { names: readonly { readonly name: string; readonly value: string }[] };
  };
  /** Changes a field in a binary value; its bytes follow, as one edit. */
  editStructure: {
    params: { object: ObjectId; tag: number; index: number; change: StructureChange; revision: number };
    result: EditResult;
  };
  /** The fields of bytes that are being edited and not written yet; none where they are not known to be a structure. */
  decodeValue: {
    params: { object: ObjectId; tag: number; index: number; bytes: Uint8Array };
    result: { structure?: StructureModel };
  };
  /** Makes a property one of another type, its value converted. */
  changeType: {
    params: { object: ObjectId; tag: number; type: number; revision: number };
    result: EditResult;
  };
}
