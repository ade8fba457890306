/** Starts the page that compares two messages. */
import { isCompareHostMessage } from "../../src/protocol/compareGuards";
import type { ComparePageMessage, CompareState } from "../../src/protocol/compare";
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
  window.addEventListener("message", ({ data }: MessageEvent<unknown>) => {
    if (!isCompareHostMessage(data)) return;
    api.setState(data.state);
    page.show(data);
  });
  api.postMessage({ type: "ready" });
}
