/** Character references of HTML: "&eacute;", "&#233;", "&#xE9;" (HTML 4.01 section 24, and common ones of HTML 5). */

/** Names of U+00A0 to U+00FF in order. */
const LATIN1 =
  "nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 " +
  "sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc " +
  "Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve " +
  "Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute " +
  "acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde " +
  "ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml";

/** Other names, each with its code point in hex. */
const OTHERS =
  "Tab:9 NewLine:a excl:21 QUOT:22 quot:22 num:23 dollar:24 percnt:25 AMP:26 amp:26 apos:27 lpar:28 " +
  "rpar:29 ast:2a plus:2b comma:2c period:2e sol:2f colon:3a semi:3b LT:3c lt:3c equals:3d GT:3e gt:3e " +
  "quest:3f commat:40 lbrack:5b lsqb:5b bsol:5c rbrack:5d rsqb:5d lowbar:5f grave:60 lcub:7b verbar:7c " +
  "vert:7c rcub:7d COPY:a9 REG:ae amacr:101 Abreve:102 abreve:103 Aogon:104 aogon:105 Cacute:106 " +
  "cacute:107 Ccaron:10c ccaron:10d dcaron:10f emacr:113 Eogon:118 eogon:119 Ecaron:11a ecaron:11b " +
  "Gbreve:11e gbreve:11f imacr:12b Idot:130 inodot:131 Lstrok:141 lstrok:142 Nacute:143 nacute:144 " +
  "ncaron:148 omacr:14d Odblac:150 odblac:151 OElig:152 oelig:153 Rcaron:158 rcaron:159 Sacute:15a " +
  "sacute:15b Scedil:15e scedil:15f Scaron:160 scaron:161 tcaron:165 umacr:16b Uring:16e uring:16f " +
  "Udblac:170 udblac:171 Yuml:178 Zacute:179 zacute:17a Zdot:17b zdot:17c Zcaron:17d zcaron:17e " +
  "fnof:192 circ:2c6 tilde:2dc Alpha:391 Beta:392 Gamma:393 Delta:394 Epsilon:395 Zeta:396 Eta:397 " +
  "Theta:398 Iota:399 Kappa:39a Lambda:39b Mu:39c Nu:39d Xi:39e Omicron:39f Pi:3a0 Rho:3a1 Sigma:3a3 " +
  "Tau:3a4 Upsilon:3a5 Phi:3a6 Chi:3a7 Psi:3a8 Omega:3a9 alpha:3b1 beta:3b2 gamma:3b3 delta:3b4 " +
  "epsilon:3b5 zeta:3b6 eta:3b7 theta:3b8 iota:3b9 kappa:3ba lambda:3bb mu:3bc nu:3bd xi:3be " +
  "omicron:3bf pi:3c0 rho:3c1 sigmaf:3c2 sigma:3c3 tau:3c4 upsilon:3c5 phi:3c6 chi:3c7 psi:3c8 " +
  "omega:3c9 thetasym:3d1 upsih:3d2 piv:3d6 ensp:2002 emsp:2003 numsp:2007 puncsp:2008 thinsp:2009 " +
  "hairsp:200a ZeroWidthSpace:200b zwnj:200c zwj:200d lrm:200e rlm:200f dash:2010 hyphen:2010 " +
  "ndash:2013 mdash:2014 lsquo:2018 rsquo:2019 sbquo:201a ldquo:201c rdquo:201d bdquo:201e dagger:2020 " +
  "Dagger:2021 bull:2022 hellip:2026 permil:2030 prime:2032 Prime:2033 lsaquo:2039 rsaquo:203a " +
  "oline:203e frasl:2044 NoBreak:2060 euro:20ac image:2111 numero:2116 weierp:2118 real:211c trade:2122 " +
  "alefsym:2135 larr:2190 uarr:2191 rarr:2192 darr:2193 harr:2194 crarr:21b5 lArr:21d0 uArr:21d1 " +
  "rArr:21d2 dArr:21d3 hArr:21d4 forall:2200 part:2202 exist:2203 empty:2205 nabla:2207 isin:2208 " +
  "notin:2209 ni:220b prod:220f sum:2211 minus:2212 lowast:2217 radic:221a prop:221d infin:221e " +
  "ang:2220 and:2227 or:2228 cap:2229 cup:222a int:222b there4:2234 sim:223c cong:2245 asymp:2248 " +
  "ne:2260 equiv:2261 le:2264 ge:2265 sub:2282 sup:2283 nsub:2284 sube:2286 supe:2287 oplus:2295 " +
  "otimes:2297 ocir:229a perp:22a5 sdot:22c5 lceil:2308 rceil:2309 lfloor:230a rfloor:230b lang:2329 " +
  "rang:232a squ:25a1 loz:25ca starf:2605 star:2606 phone:260e spades:2660 clubs:2663 hearts:2665 " +
  "diams:2666 check:2713 cross:2717";

/** Windows-1252 characters that old writers refer to by the number of their byte, from 128 on (HTML 5, 13.2.5.80). */
const C1 =
  "\u20ac\x81\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\x8d\u017d\x8f" +
  "\x90\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\x9d\u017e\u0178";

/** Names that need no ";" at the end: those of HTML 2. */
const BARE: ReadonlySet<string> = new Set([
  ...LATIN1.split(" "),
  "amp",
  "lt",
  "gt",
  "quot",
  "AMP",
  "LT",
  "GT",
]);

const CODE_POINTS: ReadonlyMap<string, number> = new Map([
  ...LATIN1.split(" ").map((name, index) => [name, 0xa0 + index] as const),
  ...OTHERS.split(" ").map((pair) => {
    const [name, hex] = pair.split(":");
    return [name ?? "", parseInt(hex ?? "", 16)] as const;
  }),
]);

/** Digits past these make no other character: they are the end of Unicode and beyond. */
const REFERENCE = /&(?:#(?:[xX]0*([0-9a-fA-F]{1,7})|0*(\d{1,8}))|([a-zA-Z][a-zA-Z0-9]{1,31}))(;?)/g;

function numbered(codePoint: number): string {
  if (codePoint >= 0x80 && codePoint < 0xa0) return C1[codePoint - 0x80] ?? "";
  if (codePoint === 0 || codePoint > 0x10ffff) return "\ufffd";
  return String.fromCodePoint(codePoint);
}

/**
 * Text with its character references resolved; unknown ones stay as they are. Two numbered halves of a surrogate pair
 * become their character. In `attribute` values names need their ";", so that "?a=1&copy=2" stays a URL.
 */
export function decodeEntities(text: string, place: "text" | "attribute" = "text"): string {
  if (!text.includes("&")) return text;
  return text.replace(REFERENCE, (...groups: (string | undefined)[]) => {
    const [whole = "", hex, decimal, name, semicolon] = groups;
    if (hex !== undefined) return numbered(parseInt(hex, 16));
    if (decimal !== undefined) return numbered(Number(decimal));
    const codePoint = CODE_POINTS.get(name ?? "");
    if (codePoint === undefined) return whole;
    if (semicolon === "" && (place === "attribute" || !BARE.has(name ?? ""))) return whole;
    return String.fromCodePoint(codePoint);
  });
}

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ["&", "&amp;"],
  ["<", "&lt;"],
  [">", "&gt;"],
  ['"', "&quot;"],
  ["'", "&#39;"],
]);

/** Controls that HTML has no place for: all of C0 but tab and line ends, DEL, and halves of characters. */
const UNFIT =
  /[\0-\x08\x0b\x0c\x0e-\x1f\x7f]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** Text as HTML, safe in content and in quoted attribute values; controls are dropped. */
export function escapeHtml(text: string): string {
  return text.replace(UNFIT, "").replace(/[&<>"']/g, (char) => ESCAPES.get(char) ?? "");
}
