/** The real host's part of the Message view, in the page itself: the session core, the models and edits over a real file. */
import "./fakeHost.browser";
import "./mailHost.browser";
import {
  compressRtf,
  createPropertyDictionary,
  encapsulateHtml,
  parsePropertyTables,
  PR_BODY,
  PR_HTML,
  PR_INTERNET_CPID,
  PR_RTF_COMPRESSED,
} from "../../../src/core";
import tables from "../../../src/core/mapi/tables/dictionary.json";
import { attachmentsRequests } from "../../../src/extension/attachmentsRequests";
import { composeRequests } from "../../../src/extension/composeRequests";
import type { Handlers } from "../../../src/extension/handlers";
import { openableLink } from "../../../src/extension/links";
import { messageRequests } from "../../../src/extension/messageRequests";
import { failureOf, RequestFailure } from "../../../src/extension/pageEdits";
import type { RequestContext } from "../../../src/extension/requestContext";
import { headerOf, treeOf } from "../../../src/extension/viewModel/tree";
import { isPageMessage } from "../../../src/protocol/guards";
import type { HostMessage, PageMessage, Requests } from "../../../src/protocol/messages";
import { PAGE_STRINGS } from "../../../src/protocol/strings";
import { MailDocument } from "./mailDocument";
import { world } from "./vscodeStub";

const bytesOf = (base64: string): Uint8Array => Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));

/** A host with one message. */
export class MailHost implements RequestContext {
  readonly requests: PageMessage[] = [];
  readonly refused: unknown[] = [];
  /** Links the page asked to open that the host would open, with the host that their text claims. */
  readonly opened: string[] = [];
  readonly claims: (string | undefined)[] = [];
  /** Commands of VS Code that were run. */
  readonly commands: string[] = [];
  copied = "";
  /** Why nothing can be edited. */
  readOnly: string | undefined;
  readonly #dictionary = createPropertyDictionary(parsePropertyTables(tables));
  #document: MailDocument | undefined;
  #revision = 0;

  constructor() {
    world.run = (command) => {
      this.commands.push(command);
      this.document.run(command);
    };
  }

  /** Opens a file and tells the page. */
  open(base64: string): void {
    const document = new MailDocument(bytesOf(base64), () => this.update());
    document.revision = this.#revision + 1;
    this.#document = document;
    if (this.#revision > 0) this.update();
    else this.#revision = document.revision;
  }

  /** The next dialog is answered with this file. */
  choose(path: string, base64: string): void {
    world.files.set(path, bytesOf(base64));
    world.chosen = [path];
  }

  /** Gives the message another HTML body. */
  showHtml(html: string): void {
    this.document.edit("HTML", (outline) => {
      outline.setProperty("", PR_HTML, new TextEncoder().encode(html));
      outline.setProperty("", PR_INTERNET_CPID, 65001);
    });
  }

  /** Gives the message another RTF, a character a byte, and what it encapsulates. */
  showRtf(rtf: string): void {
    this.document.edit("RTF", (outline) => {
      const bytes = Uint8Array.from(rtf, (char) => char.charCodeAt(0));
      outline.setProperty("", PR_RTF_COMPRESSED, compressRtf(bytes));
    });
  }

  /** Gives the message HTML inside RTF. */
  showEncapsulated(html: string): void {
    this.document.edit("RTF", (outline) =>
      outline.setProperty("", PR_RTF_COMPRESSED, compressRtf(encapsulateHtml(html))),
    );
  }

  /** Gives the message another text. */
  showText(text: string): void {
    this.document.edit("Text", (outline) => outline.setProperty("", PR_BODY, text));
  }

  /** The labels of the edits that were made. */
  get labels(): readonly string[] {
    return this.document.labels;
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

  /** Tells the page how everything is now. */
  update(): void {
    this.#revision = this.document.revision;
    this.#send({ type: "update", revision: this.#revision, model: this.#model() });
  }

  #send(message: HostMessage): void {
    window.dispatchEvent(new MessageEvent("message", { data: structuredClone(message) }));
  }

  async #answer({ id, name, params }: PageMessage): Promise<void> {
    try {
      // The guards have tied the parameters to the name.
      const handler = this.#handlers[name] as ((params: unknown) => unknown) | undefined;
      if (handler === undefined) throw new Error(`Not answered here: ${name}`);
      this.#send({ type: "response", id, ok: true, result: await handler(params) });
    } catch (error: unknown) {
      this.#send({ type: "response", id, ok: false, error: failureOf(error).error });
    }
  }

  get document(): MailDocument {
    if (this.#document === undefined) throw new Error("No message is open.");
    return this.#document;
  }

  /** The person calls off everything that shows progress. */
  callOff(): void {
    world.callsOff = true;
  }

  /** How often progress was shown. */
  get progressShown(): number {
    return world.progressShown;
  }

  onClose(): void {
    // The page of a test is never closed before its host.
  }

  checkRevision(revision: number): void {
    if (revision === this.document.revision) return;
    throw new RequestFailure({ code: "stale", message: "The message was changed in the meantime." });
  }

  readonly #handlers: Partial<Handlers<Requests>> = {
    ...messageRequests({
      outline: () => this.document.outline,
      revision: () => this.document.revision,
      dictionary: () => this.#dictionary,
    }),
    ...composeRequests(this),
    ...attachmentsRequests(this),
    ping: () => ({}),
    ready: ({ version }) => ({
      version,
      revision: this.#revision,
      model: this.#model(),
      strings: PAGE_STRINGS,
      types: [],
      defaultView: "message",
      language: "en",
    }),
    openLink: ({ url, claimed }) => {
      const link = openableLink(url);
      if (link) {
        this.opened.push(link.href);
        this.claims.push(claimed);
      }
      return { opened: link !== undefined };
    },
    copyText: ({ text }) => {
      this.copied = text;
      return {};
    },
    deleteObject: ({ object, revision }) => {
      this.checkRevision(revision);
      this.document.edit("Delete", (outline) => outline.deleteObject(object));
      return { revision: this.document.revision };
    },
    getRows: ({ object }) => ({ object, revision: this.#revision, rows: [] }),
  };

  #model() {
    const { outline } = this.document;
    const editable = this.readOnly === undefined;
    const context = { outline, dictionary: this.#dictionary, editable };
    return {
      kind: "session" as const,
      header: headerOf(context, "mail.msg", this.readOnly),
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
