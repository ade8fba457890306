/** The real host's part of the Message view, in the page itself: the session core and the models over a real file. */
import "./fakeHost.browser";
import "./mailHost.browser";
import {
  createAllocator,
  createPropertyDictionary,
  MAPI_UNICODE,
  MessageOutline,
  openIMsgOnIStg,
  openIMsgSession,
  openStorage,
  parsePropertyTables,
  PR_HTML,
  PR_INTERNET_CPID,
} from "../../../src/core";
import tables from "../../../src/core/mapi/tables/dictionary.json";
import { openableLink } from "../../../src/extension/links";
import { messageRequests } from "../../../src/extension/messageRequests";
import { headerOf, treeOf } from "../../../src/extension/viewModel/tree";
import { isPageMessage, isRequest } from "../../../src/protocol/guards";
import type { HostMessage, PageMessage } from "../../../src/protocol/messages";
import { PAGE_STRINGS } from "../../../src/protocol/strings";

/** A host with one message. */
export class MailHost {
  readonly requests: PageMessage[] = [];
  readonly refused: unknown[] = [];
  /** Links the page asked to open that the host would open. */
  readonly opened: string[] = [];
  copied = "";
  readonly #dictionary = createPropertyDictionary(parsePropertyTables(tables));
  #outline: MessageOutline | undefined;
  #revision = 0;

  /** Opens a file and tells the page. */
  open(base64: string): void {
    const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
    const allocator = createAllocator();
    const session = openIMsgSession(allocator, MAPI_UNICODE);
    const storage = openStorage(bytes, { recover: true });
    this.#outline = new MessageOutline(openIMsgOnIStg(session, allocator, storage));
    this.#revision++;
    if (this.#revision > 1) this.#send({ type: "update", revision: this.#revision, model: this.#model() });
  }

  /** Gives the message another HTML body. */
  showHtml(html: string): void {
    this.#open.setProperty("", PR_HTML, new TextEncoder().encode(html));
    this.#open.setProperty("", PR_INTERNET_CPID, 65001);
    this.#revision++;
    this.#send({ type: "update", revision: this.#revision, model: this.#model() });
  }

  /** Any message from the page. */
  receive(message: unknown): void {
    if (!isPageMessage(message)) {
      this.refused.push(message);
      return;
    }
    this.requests.push(message);
    void this.#answer(message);
  }

  #send(message: HostMessage): void {
    window.dispatchEvent(new MessageEvent("message", { data: structuredClone(message) }));
  }

  async #answer(message: PageMessage): Promise<void> {
    const { id } = message;
    try {
      this.#send({ type: "response", id, ok: true, result: await this.#run(message) });
    } catch (error: unknown) {
      const text = error instanceof Error ? error.message : String(error);
      this.#send({ type: "response", id, ok: false, error: { code: "failed", message: text } });
    }
  }

  get #open(): MessageOutline {
    if (this.#outline === undefined) throw new Error("No message is open.");
    return this.#outline;
  }

  readonly #handlers = messageRequests({
    outline: () => this.#open,
    revision: () => this.#revision,
    dictionary: () => this.#dictionary,
  });

  #run(message: PageMessage): unknown {
    if (isRequest(message, "ready")) {
      return {
        version: message.params.version,
        revision: this.#revision,
        model: this.#model(),
        strings: PAGE_STRINGS,
        types: [],
        defaultView: "message",
        language: "en",
      };
    }
    if (isRequest(message, "getMessage")) return this.#handlers.getMessage(message.params);
    if (isRequest(message, "getBody")) return this.#handlers.getBody(message.params);
    if (isRequest(message, "getPicture")) return this.#handlers.getPicture(message.params);
    if (isRequest(message, "openLink")) {
      const link = openableLink(message.params.url);
      if (link) this.opened.push(link.href);
      return { opened: link !== undefined };
    }
    if (isRequest(message, "copyText")) {
      this.copied = message.params.text;
      return {};
    }
    if (isRequest(message, "getRows")) {
      return { object: message.params.object, revision: this.#revision, rows: [] };
    }
    throw new Error(`Not answered here: ${message.name}`);
  }

  #model() {
    const context = { outline: this.#open, dictionary: this.#dictionary, editable: true };
    return {
      kind: "session" as const,
      header: headerOf(context, "mail.msg", undefined),
      tree: treeOf(context),
      banners: [],
    };
  }
}

const host = new MailHost();
window.mailHost = host;
let state: unknown;
window.acquireVsCodeApi = () => ({
  postMessage: (message: unknown) => host.receive(structuredClone(message)),
  getState: () => state,
  setState: (next: unknown) => {
    state = next;
  },
});
