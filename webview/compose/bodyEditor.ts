/**
 * The text of the message: as it looks, as HTML, or as plain text. What is typed is written to the host after a pause, and
 * whenever the text is left; what a form cannot hold is said before it is lost.
 */
import type { ComposeBody, ComposeBodyKind, ComposeModel } from "../../src/protocol/compose";
import type { ObjectId } from "../../src/protocol/viewModel";
import { uploadFiles } from "../attachments/drop";
import { h, on } from "../dom";
import { HostError } from "../host";
import { undoCommand } from "../keys";
import { type Page, runEdit, runReported } from "../page";
import { t } from "../strings";
import { editableOf, intoDocument, isMailPicture, markPicture, textAsHtml } from "./editable";
import { askLink } from "./linkField";
import { LossBar } from "./lossBar";
import { ComposePictures } from "./pictures";
import { RichFrame } from "./richFrame";
import { type ComposeMode, ComposeToolbar } from "./toolbar";

/** How long a pause in typing is after which the text is written. */
const PAUSE_MS = 1200;

const kindOf = (mode: ComposeMode): ComposeBodyKind => (mode === "text" ? "text" : "html");

const FORMATS: Readonly<Record<string, "bold" | "italic" | "underline">> = {
  b: "bold",
  i: "italic",
  u: "underline",
};

/** The editor. */
export class BodyEditor {
  readonly element: HTMLElement;
  readonly #bar = new LossBar();
  readonly #toolbar: ComposeToolbar;
  readonly #rich: RichFrame;
  readonly #area = h("textarea", { class: "compose-text", "data-pane": "compose-body", spellcheck: "true" });
  readonly #place = h("div", { class: "compose-paper" });
  readonly #file = h("input", { type: "file", accept: "image/*", multiple: true, hidden: true });
  readonly #pictures: ComposePictures;
  #model: ComposeModel | undefined;
  #body: ComposeBody | undefined;
  #mode: ComposeMode = "rich";
  /** The HTML document around what is edited. */
  #html = "";
  #accepted: string[] = [];
  #isUnlocked = true;
  #isDirty = false;
  /** Somebody else changed the text while it was written here: nothing is written until the person has chosen. */
  #hasConflict = false;
  #stamp = "";
  /** The revision of the message that the last write made. */
  #written = 0;
  #timer = 0;
  #writing: Promise<boolean> = Promise.resolve(true);
  #loading = 0;

  constructor(
    private readonly page: Page,
    private readonly object: ObjectId,
  ) {
    this.#pictures = new ComposePictures(page.host);
    this.#rich = new RichFrame({
      changed: () => this.#changed(),
      moved: () => this.#drawToolbar(),
      left: () => void this.commit(),
      key: (event) => this.#onKey(event),
      files: (files) => this.#take(files),
      picture: (source) => this.#pictures.pasted(source),
      leftOut: (count) => this.#bar.showLeftOut(count),
    });
    this.#toolbar = new ComposeToolbar({
      mode: (mode) => void this.#choose(mode),
      command: (name) => this.#rich.command(name),
      colour: (value) => this.#rich.command("foreColor", value),
      link: () => this.#link(),
      picture: () => this.#file.click(),
    });
    this.#area.setAttribute("aria-label", t("composeBody"));
    on(this.#area, "input", () => this.#changed());
    on(this.#area, "blur", () => void this.commit());
    on(this.#file, "change", () => {
      void this.#addPictures(Array.from(this.#file.files ?? []));
      this.#file.value = "";
    });
    this.element = h(
      "section",
      { class: "compose-body", "aria-label": t("composeBody") },
      this.#toolbar.element,
      this.#bar.element,
      this.#place,
      this.#file,
    );
  }

  /** Whether something is typed that the host does not have. */
  get isDirty(): boolean {
    return this.#isDirty;
  }

  /** Puts the caret into the text. */
  focus(): void {
    if (this.#mode === "rich") this.#rich.focus();
    else this.#area.focus();
  }

  /** Takes a model; another text comes in place of this one, unless something is typed here. */
  update(model: ComposeModel): void {
    const isFirst = this.#model === undefined;
    this.#model = model;
    if (isFirst) runReported(this.page, () => this.#load());
    // What is on its way to the host comes back as this model, or is refused because of it: that is known only then.
    else void this.#writing.then(() => this.#compare());
  }

  /** Takes the text of the newest model when it is another one than what was written last. */
  #compare(): void {
    const model = this.#model;
    if (model === undefined || model.revision < this.#written) return;
    if (model.bodyStamp === this.#stamp) {
      this.#lock();
      return;
    }
    if (this.#isDirty) {
      this.#hasConflict = true;
      window.clearTimeout(this.#timer);
      this.#bar.show(
        t("composeChangedElsewhere"),
        [],
        [
          { label: t("composeKeepMine"), run: () => this.#keepMine(model.bodyStamp) },
          { label: t("composeTakeTheirs"), run: () => this.#takeTheirs() },
        ],
      );
      return;
    }
    runReported(this.page, () => this.#load());
  }

  #keepMine(stamp: string): void {
    this.#hasConflict = false;
    this.#stamp = stamp;
    void this.commit();
  }

  #takeTheirs(): void {
    this.#hasConflict = false;
    this.#isDirty = false;
    runReported(this.page, () => this.#load());
  }

  /** Draws again: whether anything can be edited has changed. */
  refresh(): void {
    this.#lock();
  }

  async #load(mode?: ComposeMode): Promise<void> {
    const task = ++this.#loading;
    const body = await this.page.host.request("getComposeBody", { object: this.object });
    await this.#pictures.load(body.kind === "html" ? body.content : "", this.#model?.pictures ?? []);
    if (task !== this.#loading || this.#isDirty) return;
    const isFirst = this.#body === undefined;
    this.#body = body;
    this.#stamp = body.stamp;
    this.#html = body.kind === "html" ? body.content : "";
    const kept = mode ?? (isFirst || kindOf(this.#mode) !== body.kind ? undefined : this.#mode);
    await this.#show(kept ?? (body.kind === "text" ? "text" : "rich"));
  }

  /** Puts the text into the surface of a form. */
  async #show(mode: ComposeMode): Promise<void> {
    const body = this.#body;
    if (body === undefined) return;
    this.#mode = mode;
    let isReduced = false;
    if (mode === "rich") {
      const html = body.kind === "text" ? textAsHtml(body.content) : this.#html;
      const mail = editableOf(html, (id) => this.#pictures.url(id));
      ({ isReduced } = mail);
      if (this.#place.firstElementChild !== this.#rich.element)
        this.#place.replaceChildren(this.#rich.element);
      const shown = this.#rich.show(mail, false);
      await shown;
    } else {
      this.#area.classList.toggle("source", mode === "source");
      this.#area.dir = mode === "source" ? "ltr" : "auto";
      this.#area.value = mode === "source" ? this.#html || textAsHtml(body.content) : body.content;
      this.#place.replaceChildren(this.#area);
    }
    this.#askLosses(mode, isReduced);
  }

  /** Says what editing in this form loses, before the first key. */
  #askLosses(mode: ComposeMode, isReduced: boolean): void {
    const known = this.#body?.losses[kindOf(mode)] ?? [];
    const losses = [...known, ...(isReduced ? [t("composeUnsafe")] : [])].filter(
      (loss) => !this.#accepted.includes(loss),
    );
    this.#isUnlocked = losses.length === 0 || kindOf(mode) !== this.#body?.kind;
    this.#bar.hide();
    if (!this.#isUnlocked && this.page.readOnlyReason() === undefined) {
      const unlock = (): void => {
        this.#accepted.push(...losses);
        this.#isUnlocked = true;
        this.#lock();
        this.focus();
      };
      this.#bar.show(t("composeLosses"), losses, [{ label: t("composeEditAnyway"), run: unlock }]);
    }
    this.#lock();
  }

  #lock(): void {
    const editable = this.#isUnlocked && this.page.readOnlyReason() === undefined;
    this.#rich.setEditable(editable);
    this.#area.readOnly = !editable;
    this.#drawToolbar();
  }

  #drawToolbar(): void {
    const editable = this.#isUnlocked && this.page.readOnlyReason() === undefined;
    this.#toolbar.update(this.#mode, this.#rich, editable);
  }

  #changed(): void {
    this.#isDirty = true;
    this.#drawToolbar();
    window.clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => void this.commit(), PAUSE_MS);
  }

  /** Goes to another form; plain text is a loss that is asked for first. */
  async #choose(mode: ComposeMode): Promise<void> {
    if (!(await this.commit())) {
      this.#drawToolbar();
      return;
    }
    const from = this.#mode;
    if (mode === "text" && from !== "text") {
      await this.#load(from);
      this.#toPlain();
      return;
    }
    await this.#load(mode);
    this.focus();
  }

  #toPlain(): void {
    const text = this.#plainText();
    const losses = this.#body?.losses.text ?? [];
    const change = (): void => {
      this.#accepted.push(...losses);
      this.#mode = "text";
      this.#isUnlocked = true;
      this.#area.classList.remove("source");
      this.#area.dir = "auto";
      this.#area.value = text;
      this.#place.replaceChildren(this.#area);
      this.#lock();
      this.#isDirty = true;
      void this.commit();
      this.focus();
    };
    this.#drawToolbar();
    if (losses.length === 0) {
      change();
      return;
    }
    this.#bar.show(t("composeLosses"), losses, [
      { label: t("composeChangeAnyway"), run: change },
      { label: t("composeKeep"), run: () => this.focus() },
    ]);
  }

  #plainText(): string {
    if (this.#mode === "rich") return this.#rich.plainText();
    return new DOMParser().parseFromString(this.#area.value, "text/html").body.textContent;
  }

  /** Writes what is typed; true when nothing unwritten is left. */
  commit(): Promise<boolean> {
    window.clearTimeout(this.#timer);
    if (this.#hasConflict) return Promise.resolve(false);
    if (!this.#isDirty || !this.#isUnlocked) return this.#writing.then(() => !this.#isDirty);
    this.#isDirty = false;
    this.#writing = this.#write().catch((error: unknown) => {
      this.#isDirty = true;
      // A page that lagged behind has asked for the newest state; with it the same text is written again.
      if (error instanceof HostError && error.code === "stale") this.#changed();
      else this.page.report(error);
      return false;
    });
    return this.#writing;
  }

  #content(): { readonly content: string; readonly contentIds: readonly string[] } {
    if (this.#mode !== "rich") return { content: this.#area.value, contentIds: [] };
    const { html, contentIds } = this.#rich.content();
    const isEmpty =
      contentIds.length === 0 && this.#rich.plainText().trim() === "" && !/<(?:img|table|hr)/i.test(html);
    return { content: isEmpty ? "" : intoDocument(this.#html, html), contentIds };
  }

  async #write(): Promise<boolean> {
    const { content, contentIds } = this.#content();
    const kind = kindOf(this.#mode);
    const { object } = this;
    const pictures = this.#pictures.missing(contentIds, this.#model?.pictures ?? []);
    const { losses, stamp, revision } = await runEdit(this.page, "setBody", (known) => ({
      object,
      kind,
      content,
      pictures,
      accepted: this.#accepted,
      revision: known,
    }));
    if (losses.length === 0) {
      this.#stamp = stamp;
      this.#written = revision;
      if (kind === "html") this.#html = content;
      const known = this.#body;
      if (known) this.#body = { ...known, kind, content, stamp };
      return !this.#isDirty;
    }
    this.#isDirty = true;
    const write = (): void => {
      this.#accepted.push(...losses);
      void this.commit();
    };
    this.#bar.show(t("composeLosses"), losses, [
      { label: t("composeWriteAnyway"), run: write },
      { label: t("composeKeep"), run: () => this.focus() },
    ]);
    return false;
  }

  #onKey(event: KeyboardEvent): boolean {
    const undo = undoCommand(event);
    if (undo !== undefined) {
      // VS Code undoes what was written; so everything is written first.
      runReported(this.page, async () => {
        if (await this.commit()) await this.page.host.request("history", { command: undo });
      });
      return true;
    }
    const control = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
    const key = event.key.toLowerCase();
    const format = control ? FORMATS[key] : undefined;
    if (format !== undefined) {
      this.#rich.command(format);
      return true;
    }
    if (control && key === "k") {
      this.#link();
      return true;
    }
    if (control && key === "s") void this.commit();
    return false;
  }

  #link(): void {
    const text = this.#rich.selectedText();
    askLink(this.#toolbar.element, (url) => {
      if (text === "")
        this.#rich.command(
          "insertHTML",
          `<a href="${textAsHtml(url).replace(/"/g, "&quot;")}">${textAsHtml(url)}</a>`,
        );
      else this.#rich.command("createLink", url);
    });
  }

  /** Pictures come into the text; every other file is attached. */
  #take(files: readonly File[]): void {
    const others = files.filter(({ type }) => !isMailPicture(type));
    void this.#addPictures(files.filter((file) => !others.includes(file)));
    if (others.length > 0) runReported(this.page, () => uploadFiles(this.page, this.object, others));
  }

  async #addPictures(files: readonly File[]): Promise<void> {
    for (const file of files) {
      if (!isMailPicture(file.type)) {
        this.page.report(new Error(t("composePictureKind", file.name)));
        continue;
      }
      const { contentId, url } = await this.#pictures.add(file);
      this.#rich.command("insertHTML", `<img src="${url}" alt="">`);
      const image = this.#rich.pictureWith(url);
      if (image) {
        markPicture(image, contentId);
        image.alt = file.name;
      }
      this.#changed();
    }
  }
}
