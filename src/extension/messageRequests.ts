/** Answers the requests of the Message view. */
import * as vscode from "vscode";
import { type Bodies, codePage, MapiError, type MessageOutline, type PropertyDictionary } from "../core";
import type { MessageRequests } from "../protocol/message";
import { openLink } from "./links";
import { bodyContent, messageBodies } from "./viewModel/message/bodies";
import { type MessageContext, messageContext, messageOfObject } from "./viewModel/message/context";
import { messageModel, referencesOf } from "./viewModel/message/model";
import { pictureContent } from "./viewModel/message/pictures";
import { mayBeSigned, SIGNED_ID } from "./viewModel/message/signedIds";

/** What the answers are made of. */
export interface MessageRequestContext {
  readonly outline: () => MessageOutline;
  readonly revision: () => number;
  readonly dictionary: () => PropertyDictionary;
}

type Handlers = {
  readonly [K in keyof MessageRequests]: (
    params: MessageRequests[K]["params"],
  ) => MessageRequests[K]["result"] | Promise<MessageRequests[K]["result"]>;
};

interface ReadMessage {
  readonly key: string;
  readonly context: MessageContext;
  readonly bodies: Bodies;
}

/** The handlers, which keep the message that was read last: its model, its body and its source are asked for in a row. */
export function messageRequests(host: MessageRequestContext): Handlers {
  let last: ReadMessage | undefined;
  const read = (object: string, page: number | undefined): ReadMessage => {
    const address = messageOfObject(host.outline(), object);
    const key = `${host.revision()} ${page ?? ""} ${address}`;
    if (last?.key === key) return last;
    const chosen = page === undefined ? undefined : codePage(page);
    const context = messageContext(host.outline(), host.dictionary(), address, chosen);
    last = { key, context, bodies: messageBodies(context) };
    return last;
  };
  return {
    getMessage: async ({ object, codePage: page }) => {
      const { context, bodies } = read(object, page);
      const model = messageModel(context, bodies, host.revision());
      if (!mayBeSigned(context)) return model;
      const { withSignedParts } = await import("./viewModel/message/signedParts");
      return withSignedParts(context, referencesOf(bodies), model);
    },
    getBody: ({ object, body, source, codePage: page }) => {
      const { context, bodies } = read(object, page);
      const content = bodyContent(context, bodies, body, source);
      if (content) return content;
      throw new MapiError("MAPI_E_NOT_FOUND", vscode.l10n.t("This form of the text is not there any more."));
    },
    getPicture: async ({ object }) => {
      if (!SIGNED_ID.test(object)) return pictureContent(host.outline(), object);
      const { signedPicture } = await import("./viewModel/message/signedParts");
      return signedPicture(host.outline(), object);
    },
    openLink: async ({ url, claimed }) => ({ opened: await openLink(url, claimed) }),
  };
}
