/** What real RTF keeps beside its text, for the readers that show it (RTF 1.9.1, destinations). */

/** Groups whose content is no part of the text. */
export const HIDDEN_DESTINATIONS: ReadonlySet<string> = new Set(
  (
    "stylesheet info filetbl listtable listoverridetable revtbl rsidtbl generator template " +
    "header headerl headerr headerf footer footerl footerr footerf footnote annotation " +
    "nonshppict nonesttables shprslt sn objdata objclass objname objalias objsect xe tc rxe bkmkstart bkmkend " +
    "themedata colorschememapping latentstyles datastore xmlnstbl mmathPr"
  ).split(" "),
);

/** Starred groups whose content is part of the text all the same. */
export const OPEN_DESTINATIONS: ReadonlySet<string> = new Set([
  "shppict",
  "nesttableprops",
  "shpinst",
  "shptxt",
]);

/** Control words and symbols that are characters in real RTF. */
export const RTF_CHARACTERS: ReadonlyMap<string, string> = new Map([
  ["tab", "\t"],
  ["lquote", "\u2018"],
  ["rquote", "\u2019"],
  ["ldblquote", "\u201c"],
  ["rdblquote", "\u201d"],
  ["bullet", "\u2022"],
  ["endash", "\u2013"],
  ["emdash", "\u2014"],
  ["enspace", "\u2002"],
  ["emspace", "\u2003"],
  ["qmspace", "\u2005"],
  ["zwj", "\u200d"],
  ["zwnj", "\u200c"],
  ["ltrmark", "\u200e"],
  ["rtlmark", "\u200f"],
  ["~", "\u00a0"],
  ["_", "\u2011"],
  ["-", "\u00ad"],
]);

/** Targets that a link may have: nothing that runs, and nothing on the reader's machine. */
const SAFE_TARGET = /^(?:https?|ftp|mailto|tel|news):[^\s"<>\\]+$/i;

/** Where a field leads: `HYPERLINK "https://…"`; undefined for other fields, places in the document and unsafe targets. */
export function hyperlinkOf(instruction: string): string | undefined {
  const target = /^\s*HYPERLINK\s+(?:"([^"]*)"|([^\s"\\]+))/i.exec(instruction);
  const href = (target?.[1] ?? target?.[2] ?? "").trim();
  return SAFE_TARGET.test(href) ? href : undefined;
}
