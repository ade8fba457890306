/** One editor of a document: answers the requests of its page and tells it what changed. */
import * as vscode from "vscode";
import {
  isStringType,
  type PropertyDictionary,
  type PropertySuggestion as KnownProperty,
  propType,
  PROPERTY_TYPES,
  hex8,
} from "../core";
import { ATTACHMENTS_PARAMS } from "../protocol/attachmentsGuards";
import { COMPOSE_PARAMS } from "../protocol/composeGuards";
import { EDITORS_PARAMS } from "../protocol/editorsGuards";
import { EXPORT_PARAMS } from "../protocol/exportGuards";
import { isPageMessage } from "../protocol/guards";
import { NAMES_PARAMS } from "../protocol/namesGuards";
import { SEARCH_PARAMS } from "../protocol/searchGuards";
import { STORAGE_PARAMS } from "../protocol/storageGuards";
import {
  type CommandEvent,
  type HostMessage,
  type InitResult,
  PROTOCOL_VERSION,
  type Requests,
  type RevealEvent,
  type RowsResult,
} from "../protocol/messages";
import type { PageCommand } from "../protocol/views";
import type { PropertySuggestion, TypeChoice } from "../protocol/viewModel";
import { messageRequests } from "./messageRequests";
import { messageOf, type MsgDocument } from "./msgDocument";
import { failureOf, PageEdits, RequestFailure } from "./pageEdits";
import { type Handlers, laterHandlers } from "./handlers";
import { pageStrings } from "./pageStrings";
import type { Preferences } from "./preferences";
import { besides, bytesForFile, pickFile, safeFileName, valueFromFile } from "./valueFiles";
import type { RequestContext } from "./requestContext";
import { defaultView } from "./settings";
import { viewsRequests } from "./viewsRequests";
import { ACTIONS, type ActionId, pageModelOf } from "./viewModel/page";
import { describe, detailOf, namedText, type RowContext, rowsOf, typeText } from "./viewModel/rows";
import { editorOf } from "./viewModel/values";

const MAX_SUGGESTIONS = 50;

/** The types a new property can have, single-valued first. */
function typeChoices(): TypeChoice[] {
  return [...PROPERTY_TYPES.values()]
    .filter((info) => info.place !== "none" && info.place !== "storage")
    .map((info) => ({
      type: info.code,
      label: `${info.mapi} (${info.ptyp})`,
      editor: editorOf(info.code, undefined),
    }));
}

function suggestionOf(dictionary: PropertyDictionary, known: KnownProperty): PropertySuggestion {
  const { description } = known;
  const type = known.kind === "tag" ? propType(known.tag) : known.type;
  return {
    name: description.words,
    canonicalName: description.name,
    mapiName: description.mapiName ?? "",
    tag: known.kind === "tag" ? known.tag : 0,
    ...(known.kind === "named" ? { named: known.named } : {}),
    type,
    typeText: typeText(type),
    where: known.kind === "tag" ? hex8(known.tag) : namedText(dictionary, known.named),
  };
}

/** A page and the panel it is in. */
export class MsgPage implements RequestContext {
  readonly #edits: PageEdits;
  readonly #subscriptions: vscode.Disposable[] = [];
  /** The object whose rows the page shows. */
  #shown = "";
  #ready = false;
  /** What is to be shown as soon as the page is there: a hidden page loses messages. */
  #pendingReveal: RevealEvent | undefined;
  #pendingCommand: CommandEvent | undefined;

  constructor(
    readonly document: MsgDocument,
    private readonly panel: vscode.WebviewPanel,
    private readonly dictionary: PropertyDictionary,
    private readonly runAction: (id: ActionId) => Promise<void>,
    private readonly log: vscode.LogOutputChannel,
    private readonly preferences: Preferences,
  ) {
    this.#edits = new PageEdits(document, () => this.context());
    this.#subscriptions.push(
      panel.webview.onDidReceiveMessage((message: unknown) => void this.receive(message)),
      document.onDidChange(() => this.update()),
      // A hidden page loses messages: it gets the whole state when it is shown again.
      panel.onDidChangeViewState(() => {
        if (panel.visible) this.update();
      }),
    );
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  /** @inheritdoc */
  onClose(task: () => void): void {
    this.#subscriptions.push(new vscode.Disposable(task));
  }

  /** Brings the page to the front and shows an object or property in it. */
  reveal(object: string, tag?: number): void {
    this.#pendingReveal = { type: "reveal", object, ...(tag === undefined ? {} : { tag }) };
    const isThere = this.#ready && this.panel.visible;
    this.panel.reveal();
    if (isThere) this.postPending();
  }

  /** Whether the person is at this page. */
  get isActive(): boolean {
    return this.panel.active;
  }

  /** Does what only the page can; a page that is not there yet does it then. */
  run(command: PageCommand): void {
    this.#pendingCommand = { type: "command", command };
    if (this.#ready && this.panel.visible) this.postPending();
  }

  private postPending(): void {
    const events = [this.#pendingReveal, this.#pendingCommand];
    this.#pendingReveal = undefined;
    this.#pendingCommand = undefined;
    for (const event of events) if (event) this.post(event);
  }

  private context(): RowContext {
    return {
      outline: this.document.outline,
      dictionary: this.dictionary,
      readOnly: this.document.readOnlyReason,
    };
  }

  private post(message: HostMessage): void {
    void this.panel.webview.postMessage(message);
  }

  private update(): void {
    if (!this.#ready) return;
    try {
      const model = pageModelOf(this.document, this.dictionary);
      const rows = this.shownRows();
      this.post({ type: "update", revision: this.document.revision, model, ...(rows ? { rows } : {}) });
    } catch (error) {
      this.log.error("update", messageOf(error));
    }
  }

  /** The rows of the object the page shows, when it is still there. */
  private shownRows(): RowsResult | undefined {
    if (this.document.file.kind !== "open") return undefined;
    try {
      return this.rows(this.#shown);
    } catch {
      return undefined;
    }
  }

  private rows(object: string): RowsResult {
    return { object, revision: this.document.revision, rows: rowsOf(this.context(), object) };
  }

  private async receive(message: unknown): Promise<void> {
    if (!isPageMessage(message)) {
      this.log.warn("A message of the page was not understood and was dropped.");
      return;
    }
    const { id, name, params } = message;
    try {
      // The guard has checked the parameters against the name.
      const handler = this.#handlers[name] as (params: unknown) => unknown;
      this.post({ type: "response", id, ok: true, result: await handler(params) });
      if (name === "ready") this.postPending();
    } catch (error) {
      const { error: failed } = failureOf(error);
      if (failed.code === "failed") this.log.error(name, failed.message);
      this.post({ type: "response", id, ok: false, error: failed });
    }
  }

  /** @throws RequestFailure when the page spoke of a state that is no more. */
  checkRevision(revision: number): void {
    if (revision === this.document.revision) return;
    throw new RequestFailure({
      code: "stale",
      message: vscode.l10n.t(
        "The message was changed in the meantime. Look at the value again, then repeat the change.",
      ),
    });
  }

  readonly #handlers: Handlers<Requests> = {
    ping: () => ({}),
    ready: ({ version }) => this.init(version),
    getRows: ({ object }) => {
      const rows = this.rows(object);
      this.#shown = object;
      return rows;
    },
    getDetail: ({ object, tag }) => {
      const detail = detailOf(this.context(), object, tag);
      if (detail) return detail;
      throw new RequestFailure({
        code: "notFound",
        message: vscode.l10n.t("The property is not there any more."),
      });
    },
    setProperty: ({ object, tag, text, revision }) => {
      this.checkRevision(revision);
      return this.#edits.setTexts(object, tag, [text]);
    },
    setValues: ({ object, tag, values, revision }) => {
      this.checkRevision(revision);
      return this.#edits.setTexts(object, tag, values);
    },
    setFlags: ({ object, tag, flags, revision }) => {
      this.checkRevision(revision);
      return this.#edits.setFlags(object, tag, flags);
    },
    addProperty: (params) => {
      this.checkRevision(params.revision);
      return this.#edits.add(params);
    },
    deleteProperties: ({ object, tags, revision }) => {
      this.checkRevision(revision);
      return this.#edits.delete(object, tags);
    },
    revertProperty: ({ object, tag, revision }) => {
      this.checkRevision(revision);
      return this.#edits.revert(object, tag);
    },
    suggestProperties: ({ query }) => ({
      suggestions: this.dictionary
        .findProperties(query.slice(0, 200), MAX_SUGGESTIONS)
        .map((known) => suggestionOf(this.dictionary, known)),
    }),
    addRecipient: ({ object, recipientType, name, address, revision }) => {
      this.checkRevision(revision);
      return this.#edits.addRecipient(object, recipientType, name, address);
    },
    addAttachment: async ({ object, revision }) => {
      this.checkRevision(revision);
      const { chooseFiles, readFiles } = await import("./attachmentsFiles");
      const files = await readFiles(this.document, await chooseFiles(true, vscode.l10n.t("Add Attachments")));
      const { attach } = await import("./attachmentsEdits");
      const [added] = attach(this.document, this.#edits.messageOf(object), files);
      const { revision: now } = this.document;
      return added === undefined ? { revision: now } : { revision: now, object: added };
    },
    deleteObject: ({ object, revision }) => {
      this.checkRevision(revision);
      return this.#edits.deleteObject(object);
    },
    saveValueAs: ({ object, tag }) => this.saveValueAs(object, tag),
    loadValue: async ({ object, tag, revision }) => {
      this.checkRevision(revision);
      const picked = await pickFile(vscode.l10n.t("Load value from file"));
      if (!picked) return { revision: this.document.revision };
      return this.#edits.setValue(object, tag, valueFromFile(propType(tag), picked.bytes));
    },
    copyText: async ({ text }) => {
      await vscode.env.clipboard.writeText(text);
      return {};
    },
    ...messageRequests({
      outline: () => this.document.outline,
      revision: () => this.document.revision,
      dictionary: () => this.dictionary,
    }),
    action: async ({ id }) => {
      const known = ACTIONS.find((candidate) => candidate === id);
      if (!known) throw new RequestFailure({ code: "notFound", message: `Unknown action: ${id}` });
      await this.runAction(known);
      return {};
    },
    ...viewsRequests(() => this.preferences),
    ...laterHandlers(EDITORS_PARAMS, async () =>
      (await import("./editorsRequests")).editorsHandlers({
        document: () => this.document,
        row: () => this.context(),
        checkRevision: (revision) => this.checkRevision(revision),
      }),
    ),
    ...laterHandlers(ATTACHMENTS_PARAMS, async () =>
      (await import("./attachmentsRequests")).attachmentsRequests(this),
    ),
    ...laterHandlers(COMPOSE_PARAMS, async () => (await import("./composeRequests")).composeRequests(this)),
    ...laterHandlers(EXPORT_PARAMS, async () =>
      (await import("./exportRequests")).exportRequests(() => ({
        document: this.document,
        dictionary: this.dictionary,
      })),
    ),
    ...laterHandlers(SEARCH_PARAMS, async () =>
      (await import("./searchRequests")).searchRequests(() => this.context()),
    ),
    ...laterHandlers(NAMES_PARAMS, async () =>
      (await import("./namesRequests")).namesRequests(() => this.context()),
    ),
    ...laterHandlers(STORAGE_PARAMS, async () =>
      (await import("./storageRequests")).storageRequests(
        () => this.document,
        () => this.context(),
      ),
    ),
  };

  private init(version: number): InitResult {
    if (version !== PROTOCOL_VERSION) {
      throw new RequestFailure({
        code: "failed",
        message: vscode.l10n.t("The editor is of another version. Reload the window."),
      });
    }
    this.#ready = true;
    const { columns } = this.preferences;
    return {
      version: PROTOCOL_VERSION,
      revision: this.document.revision,
      model: pageModelOf(this.document, this.dictionary),
      strings: pageStrings(),
      types: typeChoices(),
      defaultView: defaultView(this.document.uri),
      ...(columns === undefined ? {} : { columns }),
      language: vscode.env.language,
    };
  }

  private async saveValueAs(object: string, tag: number): Promise<{ saved: boolean }> {
    const bytes = bytesForFile(this.document.outline, object, tag);
    const { name } = describe(this.context(), tag);
    const extension = isStringType(propType(tag)) ? "txt" : "bin";
    const proposal = safeFileName(`${name}.${extension}`, `value.${extension}`);
    const target = await vscode.window.showSaveDialog({ defaultUri: besides(this.document.uri, proposal) });
    if (!target) return { saved: false };
    await vscode.workspace.fs.writeFile(target, bytes);
    return { saved: true };
  }
}
