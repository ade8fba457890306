/** Characters of the fonts Symbol and Wingdings, which are in no code page, as Unicode. */

const run = (first: number, characters: string): [number, string][] =>
  Array.from(characters, (character, index) => [first + index, character]);

const SYMBOL: ReadonlyMap<number, string> = new Map([
  ...run(0x22, "∀"),
  ...run(0x24, "∃"),
  ...run(0x27, "∋"),
  ...run(0x2a, "∗"),
  ...run(0x2d, "−"),
  ...run(0x40, "≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ"),
  ...run(0x5c, "∴"),
  ...run(0x5e, "⊥"),
  ...run(0x61, "αβχδεφγηιϕκλμνοπθρστυϖωξψζ"),
  ...run(0xa1, "ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…"),
  ...run(0xbf, "↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊"),
  ...run(0xe5, "∑"),
  ...run(0xf2, "∫"),
]);

const WINGDINGS: ReadonlyMap<number, string> = new Map([
  ...run(0x28, "☎✆"),
  ...run(0x2a, "✉"),
  ...run(0x43, "👍👎"),
  ...run(0x4a, "☺😐☹"),
  ...run(0x6c, "●"),
  ...run(0x6e, "■"),
  ...run(0x71, "❑❒"),
  ...run(0x74, "⧫◆❖"),
  ...run(0x9f, "•"),
  ...run(0xa7, "▪"),
  ...run(0xa8, "◻"),
  ...run(0xd8, "➢"),
  ...run(0xdf, "←→↑↓"),
  ...run(0xe8, "➔"),
  ...run(0xf0, "⇨"),
  ...run(0xfb, "✗✓☒☑"),
]);

const FONTS: ReadonlyMap<string, ReadonlyMap<number, string>> = new Map([
  ["symbol", SYMBOL],
  ["wingdings", WINGDINGS],
]);

/** Whether a font's characters are translated. */
export const isSymbolFont = (name: string): boolean => FONTS.has(name.toLowerCase());

/** Text of a symbol font as Unicode: by byte, or by the private character U+F000 + byte that Word writes. */
export function symbolText(text: string, fontName: string): string {
  const characters = FONTS.get(fontName.toLowerCase());
  if (!characters) return text;
  return Array.from(text, (char) => {
    const code = char.charCodeAt(0);
    const byte = code >= 0xf020 && code <= 0xf0ff ? code - 0xf000 : code;
    return characters.get(byte) ?? (byte === 0x20 ? " " : char);
  }).join("");
}
