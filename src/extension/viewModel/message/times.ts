/** The dates of a message with their meaning; the first one is the one that stands in its head. */
import * as vscode from "vscode";
import {
  headerField,
  millisecondsOf,
  PR_CLIENT_SUBMIT_TIME,
  PR_CREATION_TIME,
  PR_DEFERRED_SEND_TIME,
  PR_EXPIRY_TIME,
  PR_LAST_MODIFICATION_TIME,
  PR_MESSAGE_DELIVERY_TIME,
  PR_REPLY_TIME,
  PR_TRANSPORT_MESSAGE_HEADERS,
  type PropertyReader,
} from "../../../core";
import type { MessageTime } from "../../../protocol/message";
import type { MessageContext } from "./context";

/** Dates in the order in which they matter, with their words. */
const TIMES: readonly (readonly [number, () => string])[] = [
  [PR_CLIENT_SUBMIT_TIME, () => vscode.l10n.t("Sent")],
  [PR_MESSAGE_DELIVERY_TIME, () => vscode.l10n.t("Received")],
  [PR_DEFERRED_SEND_TIME, () => vscode.l10n.t("To be sent")],
  [PR_REPLY_TIME, () => vscode.l10n.t("Reply wanted by")],
  [PR_EXPIRY_TIME, () => vscode.l10n.t("Expires")],
  [PR_CREATION_TIME, () => vscode.l10n.t("Created")],
  [PR_LAST_MODIFICATION_TIME, () => vscode.l10n.t("Changed")],
];

/** What the internet headers say, for a message without a submit time. */
function headerTime(reader: PropertyReader): MessageTime[] {
  if (millisecondsOf(reader.time(PR_CLIENT_SUBMIT_TIME)) !== undefined) return [];
  const field = headerField(reader.text(PR_TRANSPORT_MESSAGE_HEADERS) ?? "", "Date");
  const time = field === undefined ? Number.NaN : Date.parse(field.replace(/\([^()]*\)/g, " "));
  if (Number.isNaN(time)) return [];
  return [{ label: vscode.l10n.t("Sent"), time, note: vscode.l10n.t("from the Internet headers") }];
}

/** Every date a message has. */
export function messageTimes({ reader }: MessageContext): MessageTime[] {
  const stored = TIMES.flatMap(([tag, label]) => {
    const time = millisecondsOf(reader.time(tag));
    return time === undefined ? [] : [{ label: label(), time }];
  });
  return [...headerTime(reader), ...stored];
}
