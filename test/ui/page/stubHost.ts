/** Serves the page to a plain browser under the rules VS Code sets, with a stubbed host behind it. */
import { build } from "esbuild";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { chromium, type Browser, type BrowserContext, type Page } from "playwright-core";
import { THEMES, type ThemeName } from "./themes";

const ROOT = process.cwd();
const ORIGIN = "https://page.test";
const NONCE = "c3R1YmJlZA";
const CHROMIUM = process.env["CHROMIUM"] ?? "/usr/bin/chromium";

/** How a page is opened. */
export interface PageOptions {
  readonly theme?: ThemeName;
  readonly width?: number;
  readonly height?: number;
  /** Number of properties of the message; the sample message when left out. */
  readonly count?: number;
  /** Runs in the browser before the page's script, to set the stub up. */
  readonly prepare?: string;
  /** Source of the host behind the page, from the project's folder; the stub of `fakeHost.ts` when left out. */
  readonly host?: string;
  /** Source of the page itself, from the project's folder; the editor's when left out. */
  readonly entry?: string;
  /** What has to be on the page before it counts as open; rows, or a failure, when left out. */
  readonly waitFor?: string;
}

interface Bundle {
  readonly script: string;
  readonly style: string;
}

const STUB = "test/ui/page/fakeHost.ts";

const PAGE = "webview/main.ts";

const pages = new Map<string, Promise<Bundle>>();
const hosts = new Map<string, Promise<string>>();
let browser: Promise<Browser> | undefined;

const BUNDLE = { bundle: true, write: false, format: "iife", target: "es2022" } as const;

async function makeBundle(entry: string): Promise<Bundle> {
  const page = await build({ ...BUNDLE, entryPoints: [join(ROOT, entry)], outdir: "out" });
  const textOf = (end: string): string => page.outputFiles.find(({ path }) => path.endsWith(end))?.text ?? "";
  return { script: textOf(".js"), style: textOf(".css") };
}

function pageBundle(entry: string): Promise<Bundle> {
  const known = pages.get(entry) ?? makeBundle(entry);
  pages.set(entry, known);
  return known;
}

/** The script of a host. What it takes of VS Code comes from `vscodeStub.ts`. */
async function makeHost(entry: string): Promise<string> {
  const { outputFiles } = await build({
    ...BUNDLE,
    entryPoints: [join(ROOT, entry)],
    // What of VS Code the stub leaves out is not called in a page.
    logOverride: { "import-is-undefined": "silent" },
    alias: { vscode: join(ROOT, "test/ui/page/vscodeStub.ts") },
  });
  return outputFiles[0]?.text ?? "";
}

function hostScript(entry: string): Promise<string> {
  const known = hosts.get(entry) ?? makeHost(entry);
  hosts.set(entry, known);
  return known;
}

function html(theme: ThemeName, prepare: string): string {
  const { bodyClass, variables } = THEMES[theme];
  const css = Object.entries(variables)
    .map(([name, value]) => `--vscode-${name}: ${value};`)
    .join("\n");
  const policy = [
    "default-src 'none'",
    "img-src data: blob: https: http:",
    `font-src ${ORIGIN}`,
    `style-src ${ORIGIN} 'unsafe-inline'`,
    `script-src 'nonce-${NONCE}'`,
  ].join("; ");
  return `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Page</title>
<meta http-equiv="Content-Security-Policy" content="${policy}">
<style>:root { ${css} } body { padding: 0 20px; }</style>
<link rel="stylesheet" href="${ORIGIN}/codicon.css"><link rel="stylesheet" href="${ORIGIN}/main.css"></head>
<body class="${bodyClass}" data-vscode-theme-kind="${bodyClass}"><div id="app"></div>
<script nonce="${NONCE}" src="${ORIGIN}/stub.js"></script>
<script nonce="${NONCE}">${prepare}</script>
<script nonce="${NONCE}" src="${ORIGIN}/main.js"></script></body></html>`;
}

async function serve(context: BrowserContext, options: PageOptions): Promise<void> {
  const { script, style } = await pageBundle(options.entry ?? PAGE);
  const stub = await hostScript(options.host ?? STUB);
  const codicons = resolve(ROOT, "node_modules/@vscode/codicons/dist");
  const files: Readonly<Record<string, { readonly type: string; readonly body: string | Buffer }>> = {
    "/": { type: "text/html", body: html(options.theme ?? "dark", options.prepare ?? "") },
    "/main.js": { type: "text/javascript", body: script },
    "/main.css": { type: "text/css", body: style },
    "/stub.js": { type: "text/javascript", body: stub },
    "/codicon.css": { type: "text/css", body: readFileSync(join(codicons, "codicon.css")) },
    "/codicon.ttf": { type: "font/ttf", body: readFileSync(join(codicons, "codicon.ttf")) },
  };
  await context.route(`${ORIGIN}/**`, async (route) => {
    const file = files[new URL(route.request().url()).pathname];
    if (file === undefined) return route.fulfill({ status: 404 });
    return route.fulfill({
      contentType: file.type,
      body: file.body,
      headers: { "access-control-allow-origin": "*" },
    });
  });
}

/** The one browser of all tests. */
export function theBrowser(): Promise<Browser> {
  browser ??= chromium.launch({
    executablePath: CHROMIUM,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
  return browser;
}

/** Closes the browser. */
export async function closeBrowser(): Promise<void> {
  await (await browser)?.close();
  browser = undefined;
}

/** Errors and refused messages of an open page. */
export interface OpenPage {
  readonly page: Page;
  readonly errors: string[];
  close(): Promise<void>;
}

/** Opens the page and waits for its rows. */
export async function openPage(options: PageOptions = {}): Promise<OpenPage> {
  const context = await (
    await theBrowser()
  ).newContext({
    viewport: { width: options.width ?? 1100, height: options.height ?? 700 },
  });
  await serve(context, options);
  const page = await context.newPage();
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(error.stack ?? error.message));
  page.on("console", (message) => {
    // The controls try a style element before they adopt style sheets; the policy refuses it, which is harmless.
    if (message.type() === "error") errors.push(message.text());
  });
  const query = options.count === undefined ? "" : `?count=${options.count}`;
  await page.goto(`${ORIGIN}/${query}`);
  await page.waitForSelector(options.waitFor ?? ".grid-row[data-tag], .child-row, .failure");
  await page.waitForFunction(() => document.fonts.status === "loaded");
  return { page, errors, close: () => context.close() };
}
