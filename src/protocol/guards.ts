/** Runtime checks of messages: what comes over the border is unknown until it passed here. */
import { ATTACHMENTS_PARAMS } from "./attachmentsGuards";
import { type Check, isNamedPropertySpec, isRecord, listOf, optional, shape, text, uint } from "./checks";
import { COMPOSE_PARAMS } from "./composeGuards";
import { EXPORT_PARAMS } from "./exportGuards";
import { EDITORS_PARAMS } from "./editorsGuards";
import { MESSAGE_PARAMS } from "./messageGuards";
import type { HostMessage, PageMessage, RequestName, Requests } from "./messages";
import { NAMES_PARAMS } from "./namesGuards";
import { STORAGE_PARAMS } from "./storageGuards";
import { SEARCH_PARAMS } from "./searchGuards";
import { isPageCommand } from "./views";
import { VIEWS_PARAMS } from "./viewsGuards";

const PARAMS: Readonly<Record<RequestName, Check>> = {
  ping: shape({}),
  ready: shape({ version: uint }),
  getRows: shape({ object: text }),
  getDetail: shape({ object: text, tag: uint }),
  setProperty: shape({ object: text, tag: uint, text, revision: uint }),
  setValues: shape({ object: text, tag: uint, values: listOf(text), revision: uint }),
  setFlags: shape({ object: text, tag: uint, flags: uint, revision: uint }),
  addProperty: shape({
    object: text,
    tag: uint,
    named: optional(isNamedPropertySpec),
    values: listOf(text),
    revision: uint,
  }),
  deleteProperties: shape({ object: text, tags: listOf(uint), revision: uint }),
  revertProperty: shape({ object: text, tag: uint, revision: uint }),
  suggestProperties: shape({ query: text }),
  addRecipient: shape({ object: text, recipientType: uint, name: text, address: text, revision: uint }),
  addAttachment: shape({ object: text, revision: uint }),
  deleteObject: shape({ object: text, revision: uint }),
  saveValueAs: shape({ object: text, tag: uint }),
  loadValue: shape({ object: text, tag: uint, revision: uint }),
  copyText: shape({ text }),
  action: shape({ id: text }),
  ...ATTACHMENTS_PARAMS,
  ...COMPOSE_PARAMS,
  ...EXPORT_PARAMS,
  ...VIEWS_PARAMS,
  ...EDITORS_PARAMS,
  ...MESSAGE_PARAMS,
  ...SEARCH_PARAMS,
  ...NAMES_PARAMS,
  ...STORAGE_PARAMS,
};

/** Whether a value is the name of a request. */
export function isRequestName(value: unknown): value is RequestName {
  return typeof value === "string" && Object.hasOwn(PARAMS, value);
}

/** Whether a value is a well-formed message from a page: a known request with the right parameters and nothing else. */
export function isPageMessage(value: unknown): value is PageMessage {
  if (!isRecord(value) || value["type"] !== "request" || !uint(value["id"]) || !isRequestName(value["name"]))
    return false;
  return PARAMS[value["name"]](value["params"]);
}

/** Narrows a request to one name. */
export function isRequest<K extends RequestName>(
  message: PageMessage,
  name: K,
): message is PageMessage & { name: K; params: Requests[K]["params"] } {
  return message.name === name;
}

/**
 * Whether a value has the shape of a message from the host. The host is trusted (it is our own code); this only keeps
 * out what other scripts may post to the page.
 */
export function isHostMessage(value: unknown): value is HostMessage {
  if (!isRecord(value)) return false;
  switch (value["type"]) {
    case "response":
      return uint(value["id"]) && typeof value["ok"] === "boolean";
    case "update":
      return uint(value["revision"]) && isRecord(value["model"]);
    case "reveal":
      return text(value["object"]) && optional(uint)(value["tag"]);
    case "command":
      return isPageCommand(value["command"]);
    default:
      return false;
  }
}
