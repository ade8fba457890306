/**
 * Asks now and then whether the extension host is still there: VS Code may have ended and started it again, and a page that
 * was open before has nobody behind it any more.
 */

/** Milliseconds without an answer to the question after which nobody is there; the host may only be busy before. */
export const PING_SILENCE_MS = 8_000;
/** Milliseconds between two questions while the page can be seen and nothing happens in it. */
const PAUSE_MS = 10_000;
/** Milliseconds for which an answer counts when the person does something. */
const FRESH_MS = 3_000;

/** What a person does that shows that they are at the page. */
const SIGNS = ["keydown", "pointerdown", "focus"] as const;

/**
 * Starts asking; ends with the page.
 * @param question asks and waits for the answer; what becomes of there being none is its own affair
 */
export function startHeartbeat(question: () => Promise<unknown>): void {
  let isAsking = false;
  let answered = Date.now();
  const ask = async (): Promise<void> => {
    if (isAsking || document.visibilityState !== "visible") return;
    isAsking = true;
    await question().catch(() => undefined);
    isAsking = false;
    answered = Date.now();
  };
  const askOnSign = (): void => {
    if (Date.now() - answered > FRESH_MS) void ask();
  };
  for (const sign of SIGNS) window.addEventListener(sign, askOnSign, { capture: true, passive: true });
  window.setInterval(() => void ask(), PAUSE_MS);
}
