/** The style of the paper itself, below every style of the mail. */

/** Colours and fonts that the paper takes from the theme. */
export interface PaperTheme {
  readonly background: string;
  readonly foreground: string;
  readonly link: string;
  readonly quote: string;
  readonly dark: boolean;
}

/** Paper as it is in every theme. */
export const LIGHT_PAPER: PaperTheme = {
  background: "#ffffff",
  foreground: "#1f1f1f",
  link: "#0050a0",
  quote: "#707070",
  dark: false,
};

/** The style sheet of the paper. `font` and `mono` are font families as the theme has them. */
export function paperStyle(theme: PaperTheme, font: string, mono: string): string {
  return `
:root { color-scheme: ${theme.dark ? "dark" : "light"}; }
html, body { height: auto; min-height: 0; }
body { box-sizing: border-box; margin: 0; padding: 16px 20px; overflow: visible; color: ${theme.foreground}; background: ${theme.background};
  font: 14px/1.45 ${font || "system-ui"}, sans-serif; overflow-wrap: break-word; }
.mail { display: flow-root; }
a { color: ${theme.link}; }
a:focus-visible { outline: 2px solid ${theme.link}; outline-offset: 1px; }
.attachment-place { display: inline-block; max-width: 100%; padding: 0 6px; overflow: hidden; border: 1px solid ${theme.quote}; border-radius: 3px;
  text-decoration: none; text-overflow: ellipsis; vertical-align: bottom; white-space: nowrap; }
img[data-missing] { min-width: 16px; min-height: 16px; outline: 1px dashed ${theme.quote}; outline-offset: -1px; color: ${theme.quote};
  background: ${theme.background}; font-size: 11px; }
.plain .lines { white-space: pre-wrap; overflow-wrap: anywhere; font: 13px/1.5 ${mono || "monospace"}, monospace; }
.plain blockquote { margin: 0; padding-inline-start: 10px; border-inline-start: 2px solid ${theme.quote}; color: ${theme.quote}; }
@media (prefers-reduced-motion: reduce) { * { transition: none !important; animation: none !important; } }
`;
}
