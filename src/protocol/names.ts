/** The request behind the Names view: the map of named properties. */
import type { ObjectId } from "./viewModel";

/** Most places of one name that are listed; beyond them they are only counted. */
export const MAX_USES = 200;

/** One named property of the file. */
export interface NameRow {
  /** The property id, 0x8000 and up; unique but in a damaged map. */
  readonly id: number;
  /** The name in words, as in the grid. */
  readonly words: string;
  /** "PidLidReminderSet"; the number or text itself where nothing is known. */
  readonly canonicalName: string;
  /** GUID of the property set; "" where the entry is damaged. */
  readonly guid: string;
  /** The set by name where it has one: "PSETID_Common". */
  readonly setName: string;
  /** "0x8503", or the text. */
  readonly localId: string;
  readonly isText: boolean;
  /** The lookup stream it belongs to: "101E"; "" where the entry is damaged. */
  readonly bucket: string;
  /** Properties that have the name, with their objects. */
  readonly uses: readonly { readonly object: ObjectId; readonly tag: number }[];
  readonly useCount: number;
  /** What is wrong with the entry: one sentence each. */
  readonly problems: readonly string[];
}

/** Requests of this area. */
export interface NamesRequests {
  getNames: {
    params: Record<string, never>;
    result: {
      readonly names: readonly NameRow[];
      /** What is wrong with the map as a whole: one sentence each. */
      readonly problems: readonly string[];
      /** Problems there are, those that are not listed included. */
      readonly problemCount: number;
    };
  };
}
