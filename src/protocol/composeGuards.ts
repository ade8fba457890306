/** Checks of the requests of the composer. */
import { type Check, listOf, optional, shape, text, truth, uint } from "./checks";
import type { ComposeRequests } from "./compose";

const oneOf =
  (...values: readonly unknown[]): Check =>
  (value) =>
    values.includes(value);
const number: Check = (value) => typeof value === "number" && Number.isFinite(value);
const fieldValue: Check = (value) =>
  value === null || text(value) || number(value) || truth(value) || listOf(text)(value);
const bytes: Check = (value) => value instanceof Uint8Array;

/** What each request carries. */
export const COMPOSE_PARAMS: Readonly<Record<keyof ComposeRequests, Check>> = {
  getCompose: shape({ object: text }),
  getComposeBody: shape({ object: text }),
  setField: shape({ object: text, field: text, value: fieldValue, revision: uint }),
  setBody: shape({
    object: text,
    kind: oneOf("html", "text"),
    content: text,
    pictures: listOf(shape({ contentId: text, name: text, bytes })),
    accepted: listOf(text),
    revision: uint,
  }),
  addRecipients: shape({ object: text, kind: uint, text, before: optional(text), revision: uint }),
  changeRecipient: shape({ object: text, text, revision: uint }),
  moveRecipients: shape({ objects: listOf(text), kind: uint, before: optional(text), revision: uint }),
  removeRecipients: shape({ objects: listOf(text), revision: uint }),
  history: shape({ command: oneOf("undo", "redo") }),
};
