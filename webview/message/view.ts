/**
 * The Message view: a message as in a mail client. It asks the host for the model of the message that is chosen (or that
 * the chosen object belongs to) and for the form of its body, and draws both; it holds nothing but what the person chose
 * for looking: the form, the code page, the paper, remote pictures.
 */
import type { BodyContent, MessageModel } from "../../src/protocol/message";
import { takeDrops } from "../attachments/drop";
import { copyText } from "../commands";
import { Composer } from "../compose/composer";
import { h } from "../dom";
import { runReported } from "../page";
import { t } from "../strings";
import type { View, ViewContext } from "../views/view";
import { visibleText } from "../visibleText";
import type { ActionContext } from "./actions";
import { PaperBars, type PaperBar } from "./bars";
import { BodySwitch, type BodyState, shownChoice } from "./bodySwitch";
import { MessageHead } from "./head";
import { LinkLine } from "./linkLine";
import { claimedHost, outsideUrl, targetText } from "./links";
import { panelElement } from "./panelView";
import { Paper, type PaperReport } from "./paper";
import { MessagePath } from "./messagePath";
import { followPlace, placedAttachments } from "./places";
import { textButton } from "../ui/controls";
import { PictureStore } from "./pictures";
import { isRestricted, reportBars } from "./reportBars";
import type { LinkTarget } from "./sanitize";
import { AttachmentStrip } from "./strip";

/** What a person chose for one message; another message begins anew. */
interface Choices extends BodyState {
  readonly remote: boolean;
}

/** The view. */
export class MessageView implements View {
  readonly element: HTMLElement;
  readonly #path: MessagePath;
  readonly #head = new MessageHead();
  readonly #panel = h("div", { class: "panel-place" });
  readonly #strip = new AttachmentStrip();
  readonly #switch: BodySwitch;
  readonly #bars = new PaperBars();
  readonly #paper: Paper;
  readonly #empty = h("p", { class: "message-empty" });
  readonly #target = new LinkLine();
  readonly #scroll = h("div", { class: "message-scroll" });
  readonly #top = h("div", { class: "message-top" });
  readonly #pictures: PictureStore;
  #model: MessageModel | undefined;
  #choices: Choices;
  #body: { readonly key: string; readonly content: BodyContent } | undefined;
  #printed = "";
  #report: PaperReport | undefined;
  #isShown = false;
  #task = 0;
  /** The composer, while the message is written. */
  #composer: Composer | undefined;
  /** Drafts that were looked at without being written: they are not opened for writing a second time. */
  readonly #left = new Set<string>();
  readonly #edit = textButton(t("composeEdit"), "secondary", () => this.#compose(true));

  constructor(private readonly context: ViewContext) {
    this.#choices = this.#noChoices();
    this.#path = new MessagePath(context);
    this.#pictures = new PictureStore(context.page.host);
    this.#switch = new BodySwitch((patch) => this.#choose(patch));
    this.#paper = new Paper({
      follow: (target, text) => this.#follow(target, text),
      point: (target, text) => this.#target.show(target, text),
      copy: (text) => copyText(context.page, text),
    });
    this.#top.append(
      this.#path.element,
      this.#head.element,
      this.#panel,
      this.#strip.element,
      this.#switch.element,
      this.#bars.element,
      this.#empty,
    );
    this.#head.actions.append(this.#edit);
    this.#scroll.append(this.#top, this.#paper.element);
    takeDrops(this.#scroll, context.page, () => this.#model?.object ?? "");
    this.element = h("div", { class: "message-view" }, this.#scroll, this.#target.element);
    context.selection.onChange(() => {
      if (this.#isShown) this.#load();
    });
    // VS Code changes the classes of the body when the theme changes.
    new MutationObserver(() => {
      if (this.#isShown && this.#choices.followTheme) void this.#print(true);
    }).observe(document.body, { attributeFilter: ["class"] });
  }

  /** @inheritdoc */
  update(): void {
    this.#load();
  }

  /** @inheritdoc */
  show(): void {
    this.#isShown = true;
    this.#load();
  }

  /** @inheritdoc */
  hide(): void {
    this.#isShown = false;
  }

  /** @inheritdoc */
  focus(): void {
    if (this.#composer) this.#composer.focus();
    else this.#head.element.focus();
  }

  /** @inheritdoc */
  commitEditing(): void {
    this.#composer?.commitEditing();
  }

  /** @inheritdoc */
  mayLeave(): Promise<boolean> {
    return this.#composer?.mayLeave() ?? Promise.resolve(true);
  }

  /** @inheritdoc */
  refresh(): void {
    this.#composer?.refresh();
    this.#drawEdit();
  }

  #drawEdit(): void {
    this.#edit.hidden = this.context.page.readOnlyReason() !== undefined;
  }

  /** Turns the page into a composer. */
  #compose(takeFocus: boolean): void {
    const { page } = this.context;
    const object = this.#model?.object;
    if (object === undefined || page.readOnlyReason() !== undefined) return;
    this.#composer = new Composer(page, object, { done: () => this.#leaveComposer() }, this.#strip.element);
    this.#scroll.replaceChildren(this.#composer.element);
    runReported(page, async () => {
      const composer = this.#composer;
      const model = await page.host.request("getCompose", { object });
      if (composer === undefined || composer !== this.#composer) return;
      composer.update(model);
      if (takeFocus) composer.focus();
    });
  }

  /** Back to reading. */
  #leaveComposer(): void {
    const composer = this.#composer;
    if (composer === undefined) return;
    this.#left.add(composer.object);
    this.#composer = undefined;
    this.#switch.element.before(this.#strip.element);
    this.#scroll.replaceChildren(this.#top, this.#paper.element);
    this.#load();
    this.#head.element.focus();
  }

  #noChoices(): Choices {
    const followTheme = this.context.page.state.value.messageFollowsTheme;
    return { body: undefined, source: false, codePage: undefined, followTheme, remote: false };
  }

  #load(): void {
    if (!this.#isShown) return;
    this.#paper.element.setAttribute("aria-busy", "true");
    runReported(this.context.page, () => this.#reload());
  }

  /** Asks for the model and the text as they are now, and draws what changed. */
  async #reload(): Promise<void> {
    const task = ++this.#task;
    try {
      await this.#readAndDraw(task);
    } finally {
      if (task === this.#task) this.#paper.element.setAttribute("aria-busy", "false");
    }
  }

  async #readAndDraw(task: number): Promise<void> {
    const { page, selection } = this.context;
    const pageChoice = (): { codePage?: number } =>
      this.#choices.codePage === undefined ? {} : { codePage: this.#choices.codePage };
    let model = await page.host.request("getMessage", { object: selection.node.id, ...pageChoice() });
    if (task !== this.#task) return;
    if (model.object !== this.#model?.object && this.#model !== undefined) {
      this.#startAnew();
      model = await page.host.request("getMessage", { object: selection.node.id });
      if (task !== this.#task) return;
    }
    const isNew = this.#model?.object !== model.object;
    this.#model = model;
    if (this.#composer && this.#composer.object !== model.object) this.#leaveComposer();
    if (isNew && this.#isDraft(model)) this.#compose(document.hasFocus());
    else if (this.#composer) {
      const composer = this.#composer;
      const compose = await page.host.request("getCompose", { object: model.object });
      if (composer === this.#composer) composer.update(compose);
    }
    if (task !== this.#task) return;
    this.#draw(model);
    if (this.#composer) return;
    const shown = shownChoice(model, this.#choices.body);
    if (shown === undefined) {
      this.#body = undefined;
      this.#printed = "";
      this.#report = undefined;
      this.#paper.clear();
      this.#drawBars();
      return;
    }
    const { source } = this.#choices;
    const content = await page.host.request("getBody", {
      object: model.object,
      body: shown.id,
      source,
      ...pageChoice(),
    });
    if (task !== this.#task) return;
    if (content.kind === "html") await this.#pictures.load(model.attachments);
    if (task !== this.#task) return;
    const pictures = model.attachments
      .map(({ id, inline, position, name }) => [id, inline, position, name].join(" "))
      .join("\n");
    this.#body = { key: `${content.kind}\n${pictures}\n${content.text}`, content };
    await this.#print(false);
  }

  /** Whether a message is one that is being written, and was not left for reading. */
  #isDraft({ object, bars }: MessageModel): boolean {
    const isWritten = bars.some(({ id }) => id === "draft");
    return isWritten && !this.#left.has(object) && this.context.page.readOnlyReason() === undefined;
  }

  /** Another message: nothing of what was chosen for the last one holds for it. */
  #startAnew(): void {
    this.#choices = this.#noChoices();
    this.#pictures.clear();
    this.#body = undefined;
    this.#printed = "";
    this.#report = undefined;
    this.#scroll.scrollTop = 0;
  }

  #choose(patch: Partial<Choices>): void {
    this.#choices = { ...this.#choices, ...patch };
    if (patch.followTheme !== undefined) {
      this.context.page.state.update({ messageFollowsTheme: patch.followTheme });
    }
    this.#load();
  }

  /** Puts the text on the paper, when it is not there already. */
  async #print(again: boolean): Promise<void> {
    const body = this.#body;
    if (body === undefined) return;
    const { followTheme } = this.#choices;
    const remote = this.#mayLoadRemote();
    const printed = `${String(followTheme)} ${String(remote)} ${body.key}`;
    if (again || printed !== this.#printed) {
      const report = await this.#paper.show(body.content, {
        followTheme,
        remote,
        places: placedAttachments(this.#model?.attachments ?? []),
        picture: (reference, byId) => this.#pictures.find(reference, byId),
      });
      if (report === undefined) return;
      this.#printed = printed;
      this.#report = report;
    }
    this.#drawBars();
  }

  #draw(model: MessageModel): void {
    const context: ActionContext = { view: this.context, model };
    this.#path.update(this.#model?.object);
    this.#drawEdit();
    this.#head.update(model, context);
    this.#strip.update(model.attachments, context);
    this.#switch.update(model, this.#choices);
    this.#empty.hidden = model.bodies.length > 0 || model.panel !== undefined;
    this.#empty.textContent = t("messageNoBody");
    this.#drawPanel(model, context);
  }

  #drawPanel({ panel }: MessageModel, context: ActionContext): void {
    this.#panel.hidden = panel === undefined;
    if (panel === undefined) {
      this.#panel.replaceChildren();
      return;
    }
    const image =
      panel.picture === undefined
        ? undefined
        : h("img", { class: "panel-picture", alt: t("messagePanelPicture") });
    this.#panel.replaceChildren(panelElement(panel, context, image));
    const { picture } = panel;
    if (image === undefined || picture === undefined) return;
    image.hidden = true;
    runReported(this.context.page, async () => {
      const url = await this.#pictures.fetch(picture);
      if (url === undefined) return;
      image.src = url;
      image.hidden = false;
    });
  }

  #drawBars(): void {
    const model = this.#model;
    if (model === undefined) return;
    const problems = shownChoice(model, this.#choices.body)?.problems ?? [];
    this.#bars.update([
      ...model.bars,
      ...problems.map((text): PaperBar => ({ id: "problem", severity: "warning", text })),
      ...reportBars(this.#report, this.#mayLoadRemote(), {
        loadRemote: (remote) => this.#choose({ remote }),
        manageTrust: () => {
          const { page } = this.context;
          runReported(page, () => page.host.request("action", { id: "manageTrust" }));
        },
      }),
      ...this.#cutBar(),
      ...this.#noBodyBar(model),
    ]);
  }

  /** Whether the person wants remote pictures, in a workspace where they may be loaded. */
  #mayLoadRemote(): boolean {
    return this.#choices.remote && !isRestricted();
  }

  /** What stands on the paper then are the internet headers. */
  #noBodyBar({ bodies, best }: MessageModel): PaperBar[] {
    if (best !== undefined || bodies.length === 0) return [];
    return [{ id: "noBody", severity: "info", text: t("messageNoBody") }];
  }

  #cutBar(): PaperBar[] {
    const { content } = this.#body ?? {};
    if (content?.total === undefined) return [];
    const text = t("messageCut", content.text.length.toLocaleString(), content.total.toLocaleString());
    return [{ id: "cut", severity: "warning", text }];
  }

  #follow(target: LinkTarget, text: string): void {
    if (target.kind === "attachment") {
      if (this.#model) followPlace(target, { view: this.context, model: this.#model });
      return;
    }
    const url = outsideUrl(target);
    if (url === undefined) {
      this.context.page.announce(t("messageLinkDead", visibleText(targetText(target))));
      this.#target.show(target, text);
      return;
    }
    const claimed = claimedHost(text, url);
    runReported(this.context.page, () =>
      this.context.page.host.request("openLink", { url, ...(claimed === undefined ? {} : { claimed }) }),
    );
  }
}
