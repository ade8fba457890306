/** A host behind the page that compares two messages: it answers with one comparison, and keeps what the page says. */
import { COMPARE_STRINGS } from "../../../src/protocol/compareStrings";
import type {
  CompareStringKey,
  CompareHostMessage,
  CompareModel,
  ComparePageMessage,
  ComparePong,
  CompareRow,
  CompareState,
} from "../../../src/protocol/compare";

/** What tests ask about. */
export interface CompareHost {
  readonly said: ComparePageMessage[];
  state: CompareState | undefined;
  /** Whether anybody answers. */
  isThere: boolean;
  /** The texts of the page. */
  strings: Readonly<Record<CompareStringKey, string>>;
}

const property = (
  state: CompareRow["state"],
  label: string,
  left: string | undefined,
  right: string | undefined,
): CompareRow => ({
  kind: "property",
  depth: 1,
  state,
  label,
  description: "PidTagSubject · 0037001F · PtypString",
  ...(left === undefined ? {} : { left }),
  ...(right === undefined ? {} : { right }),
});

const ROWS: readonly CompareRow[] = [
  { kind: "object", depth: 0, state: "changed", label: "Message", icon: "mail" },
  property("changed", "Subject", "Quarterly figures", "Yearly figures"),
  property("same", "Message class", "IPM.Note", "IPM.Note"),
  property("changed", "Conversation index", "22 bytes", "22 bytes"),
  {
    kind: "field",
    depth: 2,
    state: "changed",
    label: "Time",
    left: "2026-03-01 09:12",
    right: "2026-03-02 09:12",
  },
  property("added", "Importance", undefined, "High"),
  property("removed", "Sensitivity", "Private", undefined),
  { kind: "object", depth: 1, state: "added", label: "notes.txt", icon: "file" },
  { ...property("added", "Attachment size", undefined, "16"), depth: 2 },
];

const model: CompareModel = {
  kind: "comparison",
  left: { title: "before.msg", description: "version in Git" },
  right: { title: "after.msg", description: "with unsaved changes" },
  rows: ROWS,
  differences: 5,
  more: 0,
};

const state: CompareState = {
  left: { uri: "git:/before.msg", saved: false },
  right: { uri: "file:///after.msg", saved: false },
};

declare global {
  interface Window {
    compareHost: CompareHost;
  }
}

const host: CompareHost = { said: [], state: undefined, isThere: true, strings: COMPARE_STRINGS };
window.compareHost = host;

Object.assign(window, {
  acquireVsCodeApi: () => ({
    postMessage: (message: ComparePageMessage) => {
      host.said.push(message);
      if (!host.isThere) return;
      if (message.type === "ping") window.postMessage({ type: "pong" } satisfies ComparePong, "*");
      if (message.type !== "ready") return;
      const answer: CompareHostMessage = { type: "model", model, strings: host.strings, state };
      window.postMessage(answer, "*");
    },
    setState: (kept: CompareState) => {
      host.state = kept;
    },
  }),
});
