/** Makes the stub's type known to tests without running it: it lives in the browser. */
import type { FakeHost } from "./fakeHost";

declare global {
  interface Window {
    fakeHost: FakeHost;
    storedState: unknown;
    acquireVsCodeApi: () => unknown;
  }
}
