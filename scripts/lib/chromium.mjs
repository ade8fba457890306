// A Chromium to drive: found on the machine, or brought there.
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { inProject, run, say } from "./process.mjs";

const require = createRequire(import.meta.url);

const WELL_KNOWN = {
  linux: [
    "/usr/bin/chromium",
    "/usr/bin/chromium-browser",
    "/usr/bin/google-chrome",
    "/usr/bin/google-chrome-stable",
    "/snap/bin/chromium",
  ],
  darwin: [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
  ],
  win32: [
    "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
    "C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe",
    "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe",
  ],
};

const playwright = () => require("playwright-core");

/** The path of a browser that is there, undefined where none is. */
function findChromium() {
  const candidates = [
    process.env.CHROME_PATH,
    ...(WELL_KNOWN[process.platform] ?? []),
    playwright().chromium.executablePath(),
  ];
  return candidates.find((file) => file && existsSync(file));
}

const isRoot = () => process.getuid?.() === 0;

/** The ways to get a browser, the system's own first. */
const sources = [
  {
    name: "Debian's package",
    usable: () => process.platform === "linux" && existsSync("/usr/bin/apt-get") && isRoot(),
    work: async () => {
      await run("apt-get", ["update", "-q"], { quiet: true, timeout: 180_000 });
      const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
      return run("apt-get", ["install", "-y", "--no-install-recommends", "chromium"], {
        env,
        quiet: true,
        timeout: 600_000,
      });
    },
  },
  {
    name: "Playwright's download",
    usable: () => true,
    work: () =>
      run(process.execPath, [inProject("node_modules/playwright-core/cli.js"), "install", "chromium"], {
        quiet: true,
        timeout: 300_000,
      }),
  },
];

/**
 * The path of a Chromium: CHROME_PATH, the system's, Playwright's, or one installed now.
 * @throws where there is none and none can be had
 */
export async function ensureChromium() {
  if (process.env.CHROME_PATH && !existsSync(process.env.CHROME_PATH)) {
    throw new Error(`CHROME_PATH names no file: ${process.env.CHROME_PATH}`);
  }
  const present = findChromium();
  if (present) return present;
  for (const source of sources.filter(({ usable }) => usable())) {
    say(`No Chromium here: trying ${source.name} …`);
    const { code, output } = await source.work();
    const installed = findChromium();
    if (installed) return installed;
    say(`  that did not work (exit code ${code}): ${output.trimEnd().split("\n").at(-1) ?? ""}`);
  }
  throw new Error("No Chromium was found and none could be installed. Set CHROME_PATH to one.");
}

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-dev-shm-usage",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/**
 * Starts a headless Chromium (HEADED=1 in the environment shows it).
 * @returns {Promise<import("playwright-core").Browser>}
 */
export async function startBrowser() {
  const executablePath = await ensureChromium();
  return playwright().chromium.launch({ executablePath, headless: process.env.HEADED !== "1", args: FLAGS });
}
