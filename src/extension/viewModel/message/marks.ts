/** What marks a message: importance, sensitivity, flags, categories, states; and the bars above its text. */
import * as vscode from "vscode";
import {
  type Bodies,
  MSGFLAG_READ,
  MSGFLAG_UNSENT,
  PR_ATTACH_DATA_BIN,
  PR_FLAG_STATUS,
  PR_IMPORTANCE,
  PR_LAST_VERB_EXECUTED,
  PR_MESSAGE_CLASS,
  PR_MESSAGE_FLAGS,
  PR_ORIGINATOR_DELIVERY_REPORT_REQUESTED,
  PR_READ_RECEIPT_REQUESTED,
  PR_SENSITIVITY,
  PS_PUBLIC_STRINGS,
  PSETID_COMMON,
  type PropertyReader,
} from "../../../core";
import type { MessageBar, MessageMark } from "../../../protocol/message";
import type { MessageContext } from "./context";

const KEYWORDS = { guid: PS_PUBLIC_STRINGS, name: "Keywords" };
const FLAG_REQUEST = { guid: PSETID_COMMON, id: 0x8530 };
const PRIVATE = { guid: PSETID_COMMON, id: 0x8506 };

type MakeMark = (reader: PropertyReader, context: MessageContext) => MessageMark | undefined;

const sensitivityText = (value: number | undefined): string | undefined => {
  switch (value) {
    case 1:
      return vscode.l10n.t("Personal");
    case 2:
      return vscode.l10n.t("Private");
    case 3:
      return vscode.l10n.t("Confidential");
    default:
      return undefined;
  }
};

const verbText = (verb: number | undefined): string | undefined => {
  switch (verb) {
    case 102:
      return vscode.l10n.t("Replied");
    case 103:
      return vscode.l10n.t("Replied to all");
    case 104:
      return vscode.l10n.t("Forwarded");
    default:
      return undefined;
  }
};

function importance(reader: PropertyReader): MessageMark | undefined {
  const value = reader.number(PR_IMPORTANCE);
  if (value === 2) {
    return { id: "importance", icon: "warning", text: vscode.l10n.t("High importance"), isWarning: true };
  }
  return value === 0
    ? { id: "importance", icon: "arrow-down", text: vscode.l10n.t("Low importance") }
    : undefined;
}

function flag(reader: PropertyReader): MessageMark | undefined {
  const request = reader.text(FLAG_REQUEST);
  switch (reader.number(PR_FLAG_STATUS)) {
    case 1:
      return { id: "flag", icon: "check", text: vscode.l10n.t("Follow-up complete") };
    case 2: {
      const text = request ? vscode.l10n.t("Flagged: {0}", request) : vscode.l10n.t("Flagged");
      return { id: "flag", icon: "bookmark", text };
    }
    default:
      return request ? { id: "flag", icon: "bookmark", text: request } : undefined;
  }
}

/** Reading states say something of mail alone. */
const READABLE: ReadonlySet<string> = new Set(["mail", "mail-smime", "message", "meeting", "report", "post"]);

function readState(reader: PropertyReader, { kind }: MessageContext): MessageMark | undefined {
  const flags = reader.number(PR_MESSAGE_FLAGS);
  if (flags === undefined || (flags & MSGFLAG_UNSENT) !== 0 || !READABLE.has(kind)) return undefined;
  return (flags & MSGFLAG_READ) === 0
    ? { id: "unread", icon: "mail", text: vscode.l10n.t("Unread") }
    : undefined;
}

const MARKS: readonly MakeMark[] = [
  importance,
  (reader) => {
    const isPrivate = reader.boolean(PRIVATE) === true ? 2 : undefined;
    const text = sensitivityText(reader.number(PR_SENSITIVITY) || isPrivate);
    return text === undefined ? undefined : { id: "sensitivity", icon: "lock", text };
  },
  flag,
  readState,
  (reader) => {
    const text = verbText(reader.number(PR_LAST_VERB_EXECUTED));
    return text === undefined ? undefined : { id: "answered", icon: "reply", text };
  },
  (reader) =>
    reader.boolean(PR_READ_RECEIPT_REQUESTED) === true
      ? { id: "readReceipt", icon: "eye", text: vscode.l10n.t("Read receipt asked for") }
      : undefined,
  (reader) =>
    reader.boolean(PR_ORIGINATOR_DELIVERY_REPORT_REQUESTED) === true
      ? { id: "deliveryReport", icon: "pass", text: vscode.l10n.t("Delivery report asked for") }
      : undefined,
];

/** Everything that marks a message, its categories at the end. */
export function messageMarks(context: MessageContext): MessageMark[] {
  const { reader } = context;
  const marks = MARKS.flatMap((make) => make(reader, context) ?? []);
  const categories = reader.texts(KEYWORDS).map((text) => ({ id: "category", icon: "tag", text }));
  return [...marks, ...categories];
}

/** The S/MIME classes and what they mean for what can be shown. */
const SECURED: readonly (readonly [RegExp, () => string])[] = [
  [
    /^ipm\.note\.smime\.multipartsigned/i,
    () =>
      vscode.l10n.t(
        "The message is signed (S/MIME): its text and attachments are inside the one attachment. Editing it would break the signature.",
      ),
  ],
  [
    /^ipm\.note\.(?:smime|secure)/i,
    () =>
      vscode.l10n.t(
        "The message is encrypted or signed (S/MIME): its text is inside the one attachment and cannot be shown here.",
      ),
  ],
];

/** Said where the text could be read out of what was signed. */
const signedText = (): string =>
  vscode.l10n.t(
    "The message is signed (S/MIME): its text is read out of the one attachment. The signature was not checked, and editing would break it.",
  );

/** The bars that a message itself calls for. */
export function messageBars({ reader, kind }: MessageContext, { forms }: Bodies): MessageBar[] {
  const messageClass = reader.text(PR_MESSAGE_CLASS) ?? "";
  const isRead = forms.some(({ tag }) => tag === PR_ATTACH_DATA_BIN);
  const secured = isRead ? signedText : SECURED.find(([pattern]) => pattern.test(messageClass))?.[1];
  const isDraft = ((reader.number(PR_MESSAGE_FLAGS) ?? 0) & MSGFLAG_UNSENT) !== 0;
  const isMail = kind === "mail" || kind === "message";
  return [
    ...(secured ? [{ id: "secured", severity: "warning" as const, text: secured() }] : []),
    ...(isDraft && isMail
      ? [
          {
            id: "draft",
            severity: "info" as const,
            text: vscode.l10n.t("This is a draft: it was not sent yet."),
          },
        ]
      : []),
  ];
}
