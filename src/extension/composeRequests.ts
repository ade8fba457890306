/** Answers the requests of the composer. */
import * as vscode from "vscode";
import type { ComposeRequests } from "../protocol/compose";
import {
  addRecipients,
  changeRecipient,
  moveRecipients,
  removeRecipients,
  setBody,
  setField,
} from "./composeEdits";
import { composeBodyOf, composeModelOf } from "./composeModel";
import type { Handlers } from "./handlers";
import type { RequestContext } from "./requestContext";

/** The handlers. */
export function composeRequests(page: RequestContext): Handlers<ComposeRequests> {
  const done = (): { revision: number } => ({ revision: page.document.revision });
  return {
    getCompose: ({ object }) => composeModelOf(page.document, object),
    getComposeBody: ({ object }) => composeBodyOf(page.document, object),
    setField: ({ object, field, value, revision }) => {
      page.checkRevision(revision);
      setField(page.document, object, field, value);
      return done();
    },
    setBody: (params) => {
      page.checkRevision(params.revision);
      return setBody(page.document, params);
    },
    addRecipients: (params) => {
      page.checkRevision(params.revision);
      return addRecipients(page.document, params);
    },
    changeRecipient: ({ object, text, revision }) => {
      page.checkRevision(revision);
      changeRecipient(page.document, object, text);
      return done();
    },
    moveRecipients: (params) => {
      page.checkRevision(params.revision);
      moveRecipients(page.document, params);
      return done();
    },
    removeRecipients: ({ objects, revision }) => {
      page.checkRevision(revision);
      removeRecipients(page.document, objects);
      return done();
    },
    history: async ({ command }) => {
      await vscode.commands.executeCommand(command);
      return {};
    },
  };
}
