/** Makes the host's type known to tests without running it: it lives in the browser. */
import type { MailHost } from "./mailHost";

declare global {
  interface Window {
    mailHost: MailHost;
  }
}
