/**
 * Asks now and then whether the extension host is still there: VS Code may have ended and started it again, and a page that
 * was open before has nobody behind it any more.
 */
import type { HostClient } from "./host";

/** Milliseconds between two questions while the page can be seen and nothing happens in it. */
const PAUSE_MS = 10_000;
/** Milliseconds for which an answer counts when the person does something. */
const FRESH_MS = 3_000;

/** What a person does that shows that they are at the page. */
const SIGNS = ["keydown", "pointerdown", "focus"] as const;

/** Starts asking; ends with the page. */
export function startHeartbeat(host: HostClient): void {
  let isAsking = false;
  let answered = Date.now();
  const ask = async (): Promise<void> => {
    if (isAsking || document.visibilityState !== "visible") return;
    isAsking = true;
    // No answer is told by the client itself.
    await host.request("ping", {}).catch(() => undefined);
    isAsking = false;
    answered = Date.now();
  };
  const askOnSign = (): void => {
    if (Date.now() - answered > FRESH_MS) void ask();
  };
  for (const sign of SIGNS) window.addEventListener(sign, askOnSign, { capture: true, passive: true });
  window.setInterval(() => void ask(), PAUSE_MS);
}
