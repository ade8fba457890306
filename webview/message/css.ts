/**
 * Style sheets and style attributes of a mail, made harmless. The browser's own parser reads them and gives back every
 * declaration in its canonical form, so there is no second reading of escapes, comments or broken rules that could be
 * fooled; what is kept is then built anew from declarations that are known to do nothing but look.
 */
/** What the rewriting is told, and what it tells. */
export interface CssPolicy {
  /** The address to use for one in the mail; undefined drops the declaration. Counts what it blocks. */
  picture(url: string): string | undefined;
  /** Something that would have loaded a style sheet or font. */
  blocked(): void;
  /** Whether rules for dark schemes count: where the mail follows a dark theme. */
  readonly dark: boolean;
}

const MAX_SHEET = 1024 * 1024;
const MAX_RULES = 20_000;
const MAX_DEPTH = 8;

/** Functions that compute a look and load nothing; of `url` the address is looked at. */
const FUNCTIONS: ReadonlySet<string> = new Set(
  (
    "url rgb rgba hsl hsla hwb lab lch oklab oklch color color-mix calc min max clamp linear-gradient radial-gradient " +
    "conic-gradient repeating-linear-gradient repeating-radial-gradient repeating-conic-gradient rotate scale scalex scaley " +
    "translate translatex translatey matrix skew skewx skewy cubic-bezier steps repeat minmax fit-content rect inset circle " +
    "ellipse polygon counter counters drop-shadow blur brightness contrast grayscale opacity saturate sepia"
  ).split(" "),
);
const STRING = /"(?:\\[\s\S]|[^"\\])*"|'(?:\\[\s\S]|[^'\\])*'/g;
const FUNCTION = /([a-z-]+)\(/gi;
const URL_FUNCTION = /url\(\s*("(?:\\[\s\S]|[^"\\])*"|'(?:\\[\s\S]|[^'\\])*'|[^)]*)\s*\)/gi;
/** Out of place in a mail: it would lie over other parts or leave the flow. */
const DETACHED: ReadonlySet<string> = new Set(["fixed", "absolute", "sticky", "-webkit-sticky"]);
const HEIGHTS: ReadonlySet<string> = new Set(["height", "min-height", "block-size", "min-block-size"]);
/** Sizes that depend on the frame, whose height depends on the mail. */
const OF_FRAME = /%|\d(?:[sld]?v(?:h|w|min|max|b|i))\b/i;

/** The text of a CSS string or the inside of url(). */
function unescapeCss(token: string): string {
  const inner = /^["']/.test(token) ? token.slice(1, -1) : token;
  return inner.replace(
    /\\(?:([0-9a-f]{1,6})\s?|([\s\S]))/gi,
    (_, hex: string | undefined, char: string | undefined) => {
      if (hex === undefined) return char === "\n" ? "" : (char ?? "");
      const code = Number.parseInt(hex, 16);
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : "\ufffd";
    },
  );
}

const quoted = (url: string): string =>
  `"${url.replace(/["\\\n\r\f]/g, (char) => `\\${char.codePointAt(0)?.toString(16) ?? ""} `)}"`;

/** A value with its addresses replaced; undefined when it may not stand. */
function safeValue(name: string, value: string, policy: CssPolicy): string | undefined {
  if (name.startsWith("--")) return undefined;
  if (name === "position" && DETACHED.has(value.toLowerCase())) return undefined;
  if (HEIGHTS.has(name) && OF_FRAME.test(value)) return undefined;
  const bare = value.replace(STRING, '""');
  for (const [, called = ""] of bare.matchAll(FUNCTION)) {
    if (FUNCTIONS.has(called.toLowerCase())) continue;
    // image-set() and the like: their addresses count among what was blocked.
    for (const [, url = ""] of value.matchAll(URL_FUNCTION)) policy.picture(unescapeCss(url));
    return undefined;
  }
  if (!/url\(/i.test(bare)) return value;
  const pictures = Array.from(value.matchAll(URL_FUNCTION), ([, token = ""]) =>
    policy.picture(unescapeCss(token)),
  );
  if (pictures.includes(undefined)) return undefined;
  return value.replace(URL_FUNCTION, () => `url(${quoted(pictures.shift() ?? "")})`);
}

/** The declarations of a style that may stand, as text. */
export function safeDeclarations(style: CSSStyleDeclaration, policy: CssPolicy): string {
  const kept: string[] = [];
  for (const name of Array.from(style)) {
    const value = safeValue(name, style.getPropertyValue(name), policy);
    if (value === undefined || value === "") continue;
    kept.push(`${name}: ${value}${style.getPropertyPriority(name) === "important" ? " !important" : ""}`);
  }
  return kept.join("; ");
}

const isForDark = (media: string): boolean => /prefers-color-scheme\s*:\s*dark/i.test(media);

function safeRules(rules: CSSRuleList, policy: CssPolicy, depth: number, budget: { left: number }): string {
  const kept: string[] = [];
  for (const rule of Array.from(rules)) {
    if (budget.left-- <= 0) break;
    if (rule instanceof CSSStyleRule) {
      const declarations = safeDeclarations(rule.style, policy);
      if (declarations !== "") kept.push(`${rule.selectorText} { ${declarations} }`);
    } else if (rule instanceof CSSMediaRule) {
      if (depth >= MAX_DEPTH || (isForDark(rule.media.mediaText) && !policy.dark)) continue;
      kept.push(`@media ${rule.media.mediaText} { ${safeRules(rule.cssRules, policy, depth + 1, budget)} }`);
    } else if (rule instanceof CSSFontFaceRule && /url\(/i.test(rule.cssText)) policy.blocked();
  }
  return kept.join("\n");
}

/** Comments, so that what stands in them is not counted. */
const COMMENT = /\/\*[\s\S]*?\*\//g;

/** A style sheet of which only rules that look are left. @import, fonts, animations and unknown rules are gone. */
export function safeSheet(text: string, policy: CssPolicy): string {
  const css = text.slice(0, MAX_SHEET);
  const imports = css.replace(COMMENT, " ").match(/@(?:i|\\0*69\s?)mport\b/gi) ?? [];
  imports.forEach(() => policy.blocked());
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  return safeRules(sheet.cssRules, policy, 0, { left: MAX_RULES });
}
