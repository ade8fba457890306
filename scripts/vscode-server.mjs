// VS Code from the npm registry, and a browser to look at it with: what the launcher, the tests and `npm start` share.
// Run as a script it installs both, so that a build machine can do it ahead of time.
import { ensureChromium } from "./lib/chromium.mjs";
import { ensureVsCodeServer } from "./lib/install-server.mjs";
import { isMain, say } from "./lib/process.mjs";

export { ensureChromium, startBrowser } from "./lib/chromium.mjs";
export { ensureVsCodeServer } from "./lib/install-server.mjs";
export { installVsix, QUIET_SETTINGS, startServer } from "./lib/serve.mjs";

if (isMain(import.meta.url)) {
  const { main } = await ensureVsCodeServer();
  say(`VS Code server: ${main}`);
  say(`Chromium: ${await ensureChromium()}`);
}
