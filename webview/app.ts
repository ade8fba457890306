/** The page as a whole: waits for the host, then shows a session or says why there is none. */
import { PROTOCOL_VERSION, type PageMessage, type UpdateEvent } from "../src/protocol/messages";
import type { PageModel } from "../src/protocol/viewModel";
import { BannerArea, hostlessLink, type Link } from "./banners";
import { h } from "./dom";
import { EditQueue } from "./edits";
import { failurePage } from "./failure";
import { startHeartbeat } from "./heartbeat";
import { HostClient, reasonOf, TIMEOUT_MS } from "./host";
import { installKeys } from "./keys";
import { closeMenu } from "./menu";
import type { Page } from "./page";
import { SessionPage, type SessionSetup } from "./session";
import { PageState, type StateStore } from "./state";
import { setStrings, t } from "./strings";
import { progressRing } from "./ui/controls";

/** What VS Code gives a webview. */
export interface WebviewApi extends StateStore {
  postMessage(message: PageMessage): void;
}

const RING_AFTER_MS = 300;

/** Opens all editors again that have lost their extension host. */
const reopen = (): Link => ({ label: t("reopenEditors"), href: "command:msgSession.reopenEditors" });

/** The app. */
export class App implements Page {
  readonly host: HostClient;
  readonly edits: EditQueue;
  readonly state: PageState;
  readonly #live = h("div", { class: "sr-only", role: "status", "aria-live": "polite" });
  readonly #root: HTMLElement;
  #banners: BannerArea | undefined;
  #session: SessionPage | undefined;
  #model: PageModel | undefined;
  #setup: SessionSetup = { types: [], defaultView: "properties" };
  #hostGone = false;
  #syncs = 0;

  constructor(root: HTMLElement, api: WebviewApi) {
    this.#root = h("div", { class: "root" });
    root.replaceChildren(this.#root, this.#live);
    this.state = new PageState(api);
    this.host = new HostClient(
      (message) => api.postMessage(message),
      {
        onUpdate: (event) => this.#onUpdate(event),
        onReveal: (event) => void this.#session?.reveal(event),
        onCommand: (command) => void this.#session?.run(command),
        onSilence: (silent) => this.#onSilence(silent),
      },
      () => t("noAnswer"),
    );
    this.edits = new EditQueue(this.host);
    window.addEventListener("message", (event: MessageEvent<unknown>) => this.host.receive(event.data));
    window.addEventListener("blur", () => {
      closeMenu();
      this.#session?.commitEditing();
    });
    window.addEventListener("pagehide", () => this.state.flush());
    installKeys({
      find: () => this.#session?.find() ?? false,
      commitEditing: () => this.#session?.commitEditing(),
    });
  }

  /** Asks the host for everything and shows it. */
  async start(): Promise<void> {
    const timers = this.#showWaiting();
    startHeartbeat(() => this.host.request("ping", {}));
    await this.#sync();
    timers.forEach((timer) => window.clearTimeout(timer));
  }

  #showWaiting(): readonly number[] {
    const note = h("p", { class: "failure-line", role: "status" });
    const showRing = (): void => {
      if (this.#model !== undefined) return;
      this.#root.replaceChildren(h("div", { class: "loading" }, progressRing(t("loading")), note));
    };
    const complain = (): void => {
      note.replaceChildren(t("noAnswer"), " ", hostlessLink(reopen()));
    };
    return [window.setTimeout(showRing, RING_AFTER_MS), window.setTimeout(complain, TIMEOUT_MS)];
  }

  /** @inheritdoc */
  readOnlyReason(): string | undefined {
    if (this.#model?.kind === "session" && this.#model.header.readOnly !== undefined)
      return this.#model.header.readOnly;
    return this.#hostGone ? t("hostGone") : undefined;
  }

  /** @inheritdoc */
  announce(text: string): void {
    this.#live.textContent = text;
  }

  /** @inheritdoc */
  report(error: unknown): void {
    if (error === undefined) this.#banners?.setOwn("error", undefined);
    else this.#banners?.setOwn("error", reasonOf(error));
  }

  /** @inheritdoc */
  resync(): void {
    void this.#sync();
  }

  async #sync(): Promise<void> {
    const sync = ++this.#syncs;
    try {
      const init = await this.host.request("ready", { version: PROTOCOL_VERSION });
      // Only the newest answer counts: an older question may have been left unanswered for long.
      if (sync !== this.#syncs) return;
      setStrings(init.strings);
      document.documentElement.lang = init.language;
      this.#setup = init;
      this.edits.setRevision(init.revision);
      this.#show(init.model);
    } catch (error: unknown) {
      if (this.#model === undefined) this.#showFailure(reasonOf(error));
      else this.report(error);
    }
  }

  #showFailure(title: string): void {
    const model = { kind: "failure", title, details: [], actions: [] } as const;
    this.#root.replaceChildren(failurePage(model, () => undefined));
  }

  #onUpdate({ revision, model, rows }: UpdateEvent): void {
    // Before the first answer there are no texts to draw with; that answer will be newer anyway.
    if (this.#model === undefined) return;
    this.edits.setRevision(revision);
    this.#show(model, rows);
  }

  #show(model: PageModel, rows?: UpdateEvent["rows"]): void {
    this.#model = model;
    if (model.kind === "failure") {
      this.#session = undefined;
      this.#root.replaceChildren(failurePage(model, (id) => this.#runAction(id)));
      return;
    }
    if (this.#session !== undefined) {
      this.#session.update(model, rows);
      return;
    }
    this.#banners = new BannerArea((id) => this.#runAction(id));
    this.#session = new SessionPage(this, this.#banners, this.#setup, model);
    this.#root.replaceChildren(this.#session.element);
    this.#session.start();
  }

  #runAction(id: string): void {
    this.host.request("action", { id }).catch((error: unknown) => this.report(error));
  }

  #onSilence(silent: boolean): void {
    this.#hostGone = silent;
    this.#banners?.setOwn("hostGone", silent ? t("hostGone") : undefined, false, reopen());
    this.#session?.refresh();
    if (!silent) this.resync();
  }
}
