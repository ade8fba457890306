/** Starts the page that compares two messages. */
import { isCompareHostMessage, isComparePong } from "../../src/protocol/compareGuards";
import type { ComparePageMessage, CompareState } from "../../src/protocol/compare";
import { PING_SILENCE_MS, startHeartbeat } from "../heartbeat";
import "./compare.css";
import { ComparePage } from "./page";

declare function acquireVsCodeApi(): {
  postMessage(message: ComparePageMessage): void;
  setState(state: CompareState): void;
};

const root = document.getElementById("app");
if (root !== null) {
  const api = acquireVsCodeApi();
  const page = new ComparePage(root, (message) => api.postMessage(message));
  /** Ends the questions that wait for an answer. */
  const waiting = new Set<() => void>();
  window.addEventListener("message", ({ data }: MessageEvent<unknown>) => {
    const isModel = isCompareHostMessage(data);
    if (!isModel && !isComparePong(data)) return;
    for (const end of waiting) end();
    waiting.clear();
    page.setAlone(false);
    if (!isModel) return;
    api.setState(data.state);
    page.show(data);
  });
  api.postMessage({ type: "ready" });
  const ask = (): Promise<void> =>
    new Promise((resolve) => {
      const timer = window.setTimeout(() => {
        page.setAlone(true);
        resolve();
      }, PING_SILENCE_MS);
      waiting.add(() => {
        window.clearTimeout(timer);
        resolve();
      });
      api.postMessage({ type: "ping" });
    });
  startHeartbeat(ask);
  // A page that comes back into view after its host has ended would wait for its messages without end.
  void ask();
}
