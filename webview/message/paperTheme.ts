/** Paper that follows the theme, and whether a mail can be read on it. */
import { LIGHT_PAPER, type PaperTheme } from "./paperStyle";

type Rgba = readonly [number, number, number, number];

/** Elements whose colours are looked at. */
const MAX_SAMPLES = 400;
/** Contrast below which text cannot be read [WCAG 2.2, 1.4.3 asks 3 of large text]. */
const LEAST_CONTRAST = 3;

/** A computed colour; undefined in a notation that is not looked at. */
function parseColor(text: string): Rgba | undefined {
  const numbers = /^rgba?\(([^)]*)\)$/
    .exec(text)?.[1]
    ?.split(/[\s,/]+/)
    .filter(Boolean)
    .map(Number.parseFloat);
  if (numbers === undefined || numbers.some(Number.isNaN)) return undefined;
  const [r = 0, g = 0, b = 0, a = 1] = numbers;
  return [r, g, b, a];
}

function luminance([r, g, b]: Rgba): number {
  const linear = [r, g, b].map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  const [red = 0, green = 0, blue = 0] = linear;
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(a: Rgba, b: Rgba): number {
  const [darker = 0, lighter = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (lighter + 0.05) / (darker + 0.05);
}

/** The colour behind an element; undefined where a picture is behind it. */
function backgroundOf(element: Element, view: Window): Rgba | undefined {
  for (let at: Element | null = element; at !== null; at = at.parentElement) {
    const { backgroundColor, backgroundImage } = view.getComputedStyle(at);
    if (backgroundImage !== "none") return undefined;
    const color = parseColor(backgroundColor);
    if (color === undefined || color[3] >= 0.5) return color;
  }
  return undefined;
}

/** Whether every text of a mail stands out from what is behind it. */
export function isReadable(mail: Document): boolean {
  const view = mail.defaultView;
  if (view === null) return true;
  const walker = mail.createTreeWalker(mail.body, NodeFilter.SHOW_TEXT);
  const seen = new Set<Element>();
  while (walker.nextNode() && seen.size < MAX_SAMPLES) {
    const element = walker.currentNode.parentElement;
    if (element === null || seen.has(element) || !/\S/.test(walker.currentNode.textContent ?? "")) continue;
    seen.add(element);
    const color = parseColor(view.getComputedStyle(element).color);
    const behind = backgroundOf(element, view);
    if (color && behind && contrast(color, behind) < LEAST_CONTRAST) return false;
  }
  return true;
}

/** The paper of the theme: the colours of VS Code's editor. */
export function themePaper(): PaperTheme {
  const style = getComputedStyle(document.body);
  const color = (name: string, fallback: string): string => style.getPropertyValue(name).trim() || fallback;
  const { classList } = document.body;
  const dark = classList.contains("vscode-dark") || isBlackContrast(classList);
  return {
    background: color("--vscode-editor-background", LIGHT_PAPER.background),
    foreground: color("--vscode-editor-foreground", LIGHT_PAPER.foreground),
    link: color("--vscode-textLink-foreground", LIGHT_PAPER.link),
    quote: color("--vscode-descriptionForeground", LIGHT_PAPER.quote),
    dark,
  };
}

const isBlackContrast = (classes: DOMTokenList): boolean =>
  classes.contains("vscode-high-contrast") && !classes.contains("vscode-high-contrast-light");
