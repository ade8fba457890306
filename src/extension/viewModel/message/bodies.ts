/** The forms of a message's body: which there are, which is shown and why, and the content of each. */
import * as vscode from "vscode";
import {
  bestBody,
  type BestBodyRule,
  type Bodies,
  bodiesOfMessage,
  type BodyCodePageRule,
  type BodyForm,
  type BodyOrigin,
  codePage,
  PR_TRANSPORT_MESSAGE_HEADERS,
  type PropertyDictionary,
  supportedCodePages,
} from "../../../core";
import type { BodyChoice, BodyContent, MessageModel } from "../../../protocol/message";
import { coreText } from "../../coreTexts";
import type { MessageContext } from "./context";

/** Names the internet headers among the forms. */
const HEADERS = "headers";
/** Characters of a body that are sent to the page at the most. */
const MAX_BODY = 8 * 1024 * 1024;
/** Characters of a source that are sent to the page at the most: it is one element there. */
const MAX_SOURCE = 1024 * 1024;

const CODE_PAGE_RULES: Readonly<Record<BodyCodePageRule, () => string>> = {
  override: () => vscode.l10n.t("chosen here"),
  byteOrderMark: () => vscode.l10n.t("by its byte order mark"),
  mimeCharset: () => vscode.l10n.t("by the MIME part"),
  internetCodePage: () => vscode.l10n.t("by PR_INTERNET_CPID"),
  metaCharset: () => vscode.l10n.t("by the HTML itself"),
  utf8: () => vscode.l10n.t("because it is valid UTF-8"),
  messageCodePage: () => vscode.l10n.t("by the code page of the message"),
  unicode: () => vscode.l10n.t("stored as Unicode"),
  rtf: () => vscode.l10n.t("by the RTF itself"),
};

const BEST_RULES: Readonly<Record<BestBodyRule, () => string>> = {
  nativeBody: () => vscode.l10n.t("PR_NATIVE_BODY_INFO names it."),
  htmlWithoutRtfInSync: () => vscode.l10n.t("It is HTML, and no RTF is in step with it."),
  rtf: () => vscode.l10n.t("The RTF is in step with the other forms."),
  html: () => vscode.l10n.t("It is the HTML of the message."),
  text: () => vscode.l10n.t("It is the only form."),
  secured: () => vscode.l10n.t("It is inside the signed attachment."),
  notBlank: () => vscode.l10n.t("The form that comes first is blank."),
};

const LABELS: Readonly<Record<BodyOrigin, () => string>> = {
  PR_HTML: () => vscode.l10n.t("HTML"),
  PR_BODY_HTML: () => vscode.l10n.t("HTML (as text)"),
  "HTML out of PR_RTF_COMPRESSED": () => vscode.l10n.t("HTML (in RTF)"),
  "text out of PR_RTF_COMPRESSED": () => vscode.l10n.t("Plain text (in RTF)"),
  PR_RTF_COMPRESSED: () => vscode.l10n.t("Rich text"),
  PR_BODY: () => vscode.l10n.t("Plain text"),
  "HTML inside S/MIME": () => vscode.l10n.t("HTML (signed)"),
  "text inside S/MIME": () => vscode.l10n.t("Plain text (signed)"),
};

/** "Windows-1252 (1252)". */
export function codePageText(dictionary: PropertyDictionary, id: number): string {
  const name = dictionary.codePageName(id);
  return name ? `${name} (${id})` : String(id);
}

/** Reads the bodies of a message. */
export function messageBodies({ outline, address, codePage: page }: MessageContext): Bodies {
  return bodiesOfMessage(outline, address, {
    ...(page ? { codePage: page } : {}),
    pictureText: vscode.l10n.t("[picture]"),
    attachmentText: vscode.l10n.t("[attachment]"),
  });
}

function choiceOf({ dictionary }: MessageContext, form: BodyForm): BodyChoice {
  const rule = CODE_PAGE_RULES[form.codePageRule]();
  return {
    id: form.source,
    label: LABELS[form.source](),
    origin: form.source,
    codePage: form.codePage === undefined ? rule : `${codePageText(dictionary, form.codePage)}, ${rule}`,
    takesCodePage: form.codePageRule !== "unicode" && form.codePageRule !== "rtf",
    problems: form.problems.map((problem) => coreText(problem)),
  };
}

const headersOf = ({ reader }: MessageContext): string | undefined =>
  reader.text(PR_TRANSPORT_MESSAGE_HEADERS);

/** The forms to choose from. */
function bodyChoices(context: MessageContext, { forms }: Bodies): BodyChoice[] {
  const choices = forms.map((form) => choiceOf(context, form));
  if (headersOf(context) === undefined) return choices;
  return [
    ...choices,
    {
      id: HEADERS,
      label: vscode.l10n.t("Internet headers"),
      origin: "PR_TRANSPORT_MESSAGE_HEADERS",
      codePage: "",
      takesCodePage: !context.view.unicode,
      problems: [],
    },
  ];
}

/** What the model of a message says of its bodies. */
export function bodiesModel(
  context: MessageContext,
  bodies: Bodies,
): Pick<MessageModel, "bodies" | "best" | "codePages"> {
  const best = bestBody(bodies);
  const choices = bodyChoices(context, bodies);
  const isOnly = bodies.forms.length === 1 && best?.rule !== "secured";
  return {
    bodies: choices,
    ...(best ? { best: { id: best.form.source, reason: BEST_RULES[isOnly ? "text" : best.rule]() } } : {}),
    codePages: [...supportedCodePages()]
      .sort((a, b) => a - b)
      .map((id) => ({ id, name: codePageText(context.dictionary, id) })),
  };
}

function cut(kind: BodyContent["kind"], text: string): BodyContent {
  const most = kind === "source" ? MAX_SOURCE : MAX_BODY;
  return text.length <= most ? { kind, text } : { kind, text: text.slice(0, most), total: text.length };
}

/** RTF is ASCII; what is beyond is shown as Latin-1. */
function rtfSource(rtf: Uint8Array): BodyContent {
  const latin1 = codePage(28591);
  const shown = latin1?.decode(rtf.subarray(0, MAX_SOURCE)) ?? "";
  return { kind: "source", text: shown, ...(rtf.length > MAX_SOURCE ? { total: rtf.length } : {}) };
}

/** The content of one form, as it is shown or as its source; undefined when there is no such form. */
export function bodyContent(
  context: MessageContext,
  bodies: Bodies,
  id: string,
  source: boolean,
): BodyContent | undefined {
  if (id === HEADERS) return cut("source", headersOf(context) ?? "");
  const form = bodies.forms.find((candidate) => candidate.source === id);
  if (form === undefined) return undefined;
  if (source) return form.rtf ? rtfSource(form.rtf) : cut("source", form.html ?? form.text);
  if (form.html === undefined) return cut("text", form.text);
  return { ...cut("html", form.html), ...(form.kind === "rtf" ? { hasPlaces: true } : {}) };
}
