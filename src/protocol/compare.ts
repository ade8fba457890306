/** What the page that compares two messages draws, and the messages between it and the host. */
import type { COMPARE_STRINGS } from "./compareStrings";

/** How the right side differs from the left one. */
export type ComparedState = "same" | "added" | "removed" | "changed";

/** A row: an object, a property below it, or a part of a value below that. */
export interface CompareRow {
  readonly kind: "object" | "property" | "field";
  /** 0 for the message itself. */
  readonly depth: number;
  readonly state: ComparedState;
  /** An object's title, a property's name in words, a field's name. */
  readonly label: string;
  /** Name of a codicon, without "codicon-"; of objects alone. */
  readonly icon?: string;
  /** Canonical name, tag and type of a property, in a line. */
  readonly description?: string;
  readonly left?: string;
  readonly right?: string;
}

/** One of the two messages. */
export interface CompareSideModel {
  /** The name of the file. */
  readonly title: string;
  /** What it is: "saved", "HEAD", a folder. */
  readonly description: string;
}

/** The whole comparison, or why there is none. */
export type CompareModel =
  | {
      readonly kind: "comparison";
      readonly left: CompareSideModel;
      readonly right: CompareSideModel;
      /** In order, each row before what is below it. */
      readonly rows: readonly CompareRow[];
      /** How many properties differ; an object on one side alone counts once. */
      readonly differences: number;
      /** Rows that are not sent, because there are too many. */
      readonly more: number;
    }
  | { readonly kind: "failure"; readonly title: string; readonly details: readonly string[] };

/** Key of a text of the page. */
export type CompareStringKey = keyof typeof COMPARE_STRINGS;

/** From the host to the page: that it is there. */
export interface ComparePong {
  readonly type: "pong";
}

/** From the host to the page. */
export interface CompareHostMessage {
  readonly type: "model";
  readonly model: CompareModel;
  readonly strings: Readonly<Record<CompareStringKey, string>>;
  /** What VS Code keeps of the page over a reload of the window, to be given back to the host. */
  readonly state: CompareState;
}

/** Which two messages are compared. */
export interface CompareState {
  readonly left: CompareStateSide;
  readonly right: CompareStateSide;
}

/** A message by its URI; as it was saved, whatever is open of it, or as it is. */
export interface CompareStateSide {
  readonly uri: string;
  readonly saved: boolean;
}

/** What the page can ask for. */
export const COMPARE_REQUESTS = ["ready", "compareAsText", "swap", "ping"] as const;

/** From the page to the host. */
export type ComparePageMessage =
  { readonly type: (typeof COMPARE_REQUESTS)[number] } | { readonly type: "copy"; readonly text: string };
