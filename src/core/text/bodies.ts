/**
 * The bodies of a message: every form in which its text exists, and the one to show ([MS-OXCMSG] 2.2.1.56 and 3.2.5.2,
 * [MS-OXBBODY]). One pipeline for all who ask: HTML, HTML or text out of RTF, RTF, plain text, each with where it comes
 * from, in which code page it was read and by which rule.
 */
import {
  PR_ATTACH_DATA_BIN,
  PR_BODY_A,
  PR_BODY_HTML_A,
  PR_BODY_HTML_W,
  PR_BODY_W,
  PR_HTML,
  PR_INTERNET_CPID,
  PR_NATIVE_BODY_INFO,
  PR_RTF_COMPRESSED,
  PR_RTF_IN_SYNC,
} from "../mapi/tags";
import { BODY_MESSAGES } from "./bodiesMessages";
import type { BodySource } from "./bodiesSource";
import { type BodyCodePageRule, decodeHtml, type HtmlCodePages } from "./htmlCodePage";
import { htmlToText } from "./htmlText";
import { decompressRtf } from "./rtf/compressed";
import { deencapsulateRtf } from "./rtf/deencapsulate";
import { rtfToHtml, type RtfHtmlOptions } from "./rtf/toHtml";
import { rtfToText } from "./rtf/toText";
import type { CodePage } from "./types";

/** What a form is: HTML, RTF of its own right, or plain text. */
export type BodyKind = "html" | "rtf" | "text";

/** The property a form comes from, and how. */
export type BodyOrigin =
  | "PR_HTML"
  | "PR_BODY_HTML"
  | "HTML out of PR_RTF_COMPRESSED"
  | "text out of PR_RTF_COMPRESSED"
  | "PR_RTF_COMPRESSED"
  | "PR_BODY"
  /** Out of the attachment of a signed message; `tag` is PR_ATTACH_DATA_BIN. */
  | "HTML inside S/MIME"
  | "text inside S/MIME";

/** One form of the body. */
export interface BodyForm {
  readonly kind: BodyKind;
  readonly source: BodyOrigin;
  readonly tag: number;
  /** The HTML: as it was written for kind "html", made from the RTF for kind "rtf", else undefined. Untrusted. */
  readonly html: string | undefined;
  /** The text: as it was written for kind "text", else what the HTML or RTF says. Made when first asked for. */
  readonly text: string;
  /** The RTF, for kind "rtf". */
  readonly rtf: Uint8Array | undefined;
  /** Windows code page number in which bytes beyond ASCII were read; of RTF the first one; undefined for Unicode. */
  readonly codePage: number | undefined;
  readonly codePageRule: BodyCodePageRule;
  /** Sentences of BODY_MESSAGES. */
  readonly problems: readonly string[];
}

/** All forms of a message's body, and what the message says of them. */
export interface Bodies {
  readonly forms: readonly BodyForm[];
  /** PR_NATIVE_BODY_INFO: 1 plain text, 2 RTF, 3 HTML, 0 and 4 name none. */
  readonly nativeBody: number | undefined;
  /** PR_RTF_IN_SYNC; undefined when it is absent. */
  readonly rtfInSync: boolean | undefined;
}

/** How bodies are read. */
export interface BodyOptions extends RtfHtmlOptions {
  /** Reads PR_HTML and 8-bit strings in this page, whatever the message says. */
  readonly codePage?: CodePage;
}

/** A form as it is put together: its HTML and text are made when they are first asked for. */
interface Draft extends Omit<BodyForm, "html" | "text"> {
  readonly makeHtml: () => string | undefined;
  readonly makeText: () => string;
}

function formOf({ makeHtml, makeText, ...form }: Draft): BodyForm {
  let html: { readonly value: string | undefined } | undefined;
  let text: string | undefined;
  return {
    ...form,
    get html() {
      html ??= { value: makeHtml() };
      return html.value;
    },
    get text() {
      return (text ??= makeText());
    },
  };
}

const withoutNul = (text: string): string => text.replace(/\0+$/, "");

function textForm(
  source: BodyOrigin,
  tag: number,
  text: string,
  rest: Pick<BodyForm, "codePage" | "codePageRule" | "problems">,
): BodyForm {
  return formOf({
    kind: "text",
    source,
    tag,
    rtf: undefined,
    ...rest,
    makeHtml: () => undefined,
    makeText: () => text,
  });
}

function htmlForm(
  source: BodyOrigin,
  tag: number,
  html: string,
  rest: Pick<BodyForm, "codePage" | "codePageRule" | "problems">,
): BodyForm {
  return formOf({
    kind: "html",
    source,
    tag,
    rtf: undefined,
    ...rest,
    makeHtml: () => html,
    makeText: () => htmlToText(html),
  });
}

const UNICODE = { codePage: undefined, codePageRule: "unicode", problems: [] } as const;

function pagesOf(source: BodySource, options: BodyOptions): HtmlCodePages {
  const internet = source.value(PR_INTERNET_CPID);
  return {
    override: options.codePage,
    internet: typeof internet === "number" ? internet : undefined,
    message: source.codePage,
  };
}

function decodedForm(source: BodyOrigin, tag: number, bytes: Uint8Array, pages: HtmlCodePages): BodyForm {
  const { text, codePage, rule, problems } = decodeHtml(bytes, pages);
  return htmlForm(source, tag, text, { codePage, codePageRule: rule, problems });
}

/** PR_HTML, and the HTML that other writers keep as a string under the same id. */
function htmlForms(source: BodySource, options: BodyOptions): BodyForm[] {
  const pages = pagesOf(source, options);
  const binary = source.value(PR_HTML);
  if (binary instanceof Uint8Array) return [decodedForm("PR_HTML", PR_HTML, binary, pages)];
  const unicode = source.value(PR_BODY_HTML_W);
  if (typeof unicode === "string")
    return [htmlForm("PR_BODY_HTML", PR_BODY_HTML_W, withoutNul(unicode), UNICODE)];
  const narrow = source.value(PR_BODY_HTML_A);
  if (typeof narrow !== "string") return [];
  const bytes = source.storedBytes?.(PR_BODY_HTML_A);
  if (bytes) return [decodedForm("PR_BODY_HTML", PR_BODY_HTML_A, bytes, pages)];
  return [htmlForm("PR_BODY_HTML", PR_BODY_HTML_A, withoutNul(narrow), inMessagePage(source))];
}

const inMessagePage = (source: BodySource): Pick<BodyForm, "codePage" | "codePageRule" | "problems"> => ({
  codePage: source.codePage.id,
  codePageRule: "messageCodePage",
  problems: [],
});

/** PR_RTF_COMPRESSED: what it wraps, then itself. */
function rtfForms(source: BodySource, options: BodyOptions): BodyForm[] {
  const compressed = source.value(PR_RTF_COMPRESSED);
  if (!(compressed instanceof Uint8Array)) return [];
  const { rtf, problems } = decompressRtf(compressed);
  if (rtf.length === 0 && compressed.length === 0) return [];
  const { kind, content, codePagesUsed, problems: inside } = deencapsulateRtf(rtf);
  const rest = {
    codePage: codePagesUsed[0],
    codePageRule: "rtf",
    problems: [...problems, ...inside],
  } as const;
  const itself = formOf({
    kind: "rtf",
    source: "PR_RTF_COMPRESSED",
    tag: PR_RTF_COMPRESSED,
    rtf,
    ...rest,
    makeHtml: () => rtfToHtml(rtf, options).html,
    makeText: () => rtfToText(rtf).text,
  });
  if (kind === "html")
    return [htmlForm("HTML out of PR_RTF_COMPRESSED", PR_RTF_COMPRESSED, content, rest), itself];
  if (kind === "text")
    return [textForm("text out of PR_RTF_COMPRESSED", PR_RTF_COMPRESSED, content, rest), itself];
  return [itself];
}

function plainForms(source: BodySource, options: BodyOptions): BodyForm[] {
  const unicode = source.value(PR_BODY_W);
  if (typeof unicode === "string") return [textForm("PR_BODY", PR_BODY_W, withoutNul(unicode), UNICODE)];
  const narrow = source.value(PR_BODY_A);
  if (typeof narrow !== "string") return [];
  const bytes = options.codePage && source.storedBytes?.(PR_BODY_A);
  if (!options.codePage || !bytes) {
    return [textForm("PR_BODY", PR_BODY_A, withoutNul(narrow), inMessagePage(source))];
  }
  const text = options.codePage.decode(bytes);
  const problems = text.includes("\ufffd") ? [BODY_MESSAGES.undecodable] : [];
  const rest = { codePage: options.codePage.id, codePageRule: "override", problems } as const;
  return [textForm("PR_BODY", PR_BODY_A, withoutNul(text), rest)];
}

/** Every form of a message's body that exists, whatever is wrong with it. */
export function bodiesOf(source: BodySource, options: BodyOptions = {}): Bodies {
  const nativeBody = source.value(PR_NATIVE_BODY_INFO);
  const rtfInSync = source.value(PR_RTF_IN_SYNC);
  return {
    forms: [...htmlForms(source, options), ...rtfForms(source, options), ...plainForms(source, options)],
    nativeBody: typeof nativeBody === "number" ? nativeBody : undefined,
    rtfInSync: typeof rtfInSync === "boolean" ? rtfInSync : undefined,
  };
}

/** Why a form is the one to show. */
export type BestBodyRule =
  | "nativeBody"
  | "htmlWithoutRtfInSync"
  | "rtf"
  | "html"
  | "text"
  /** The message itself has none: it is inside its attachment. */
  | "secured"
  /** The form that the rules name is blank, and this one is not. */
  | "notBlank";

/** The form to show. */
export interface BestBody {
  readonly form: BodyForm;
  readonly rule: BestBodyRule;
}

/** Whether there is something to see in a form: letters, or a picture. */
function isVisible(form: BodyForm): boolean {
  return /\S/.test(form.text) || /<img\b/i.test(form.html ?? "");
}

/** The forms in the order in which the rules name them; the first is the one meant, the others stand in for it. */
function ranked({ forms, nativeBody, rtfInSync }: Bodies): BestBody[] {
  const html = forms.find(({ source }) => source === "PR_HTML" || source === "PR_BODY_HTML");
  const fromRtf = forms.find(({ tag, kind }) => tag === PR_RTF_COMPRESSED && kind !== "rtf");
  const rtf = forms.find(({ kind }) => kind === "rtf");
  const text = forms.find(({ source }) => source === "PR_BODY");
  const inRtf = fromRtf ?? rtf;
  const secured = forms.find(({ tag }) => tag === PR_ATTACH_DATA_BIN);
  const native: Record<number, BodyForm | undefined> = {
    1: text,
    2: inRtf,
    3: html ?? (fromRtf?.kind === "html" ? fromRtf : undefined),
  };
  const order: [BodyForm | undefined, BestBodyRule][] = [
    [nativeBody === undefined ? undefined : native[nativeBody], "nativeBody"],
    [rtf && rtfInSync === true ? undefined : html, "htmlWithoutRtfInSync"],
    [inRtf, "rtf"],
    [html, "html"],
    [text, "text"],
    [rtf, "rtf"],
    [secured, "secured"],
  ];
  return order.flatMap(([form, rule]) => (form ? [{ form, rule }] : []));
}

/**
 * The form to show: PR_NATIVE_BODY_INFO's, when it exists; HTML, unless RTF is in step; what the RTF wraps, or the RTF
 * itself; HTML; text. A blank one gives way to one that is not. Undefined when the message has no body at all.
 */
export function bestBody(bodies: Bodies): BestBody | undefined {
  const order = ranked(bodies);
  const first = order[0];
  if (!first || isVisible(first.form)) return first;
  const visible = order.find(({ form }) => isVisible(form));
  if (!visible) return first;
  return visible.rule === "secured" ? visible : { form: visible.form, rule: "notBlank" };
}
