/** The composer: the message as it is written, in place of the message as it is read. */
import type { ComposeModel, ComposeValue } from "../../src/protocol/compose";
import type { ObjectId } from "../../src/protocol/viewModel";
import { attachFiles } from "../attachments/actions";
import { h, on } from "../dom";
import { reasonOf } from "../host";
import { type Page, runEdit, runReported } from "../page";
import { t } from "../strings";
import { textButton } from "../ui/controls";
import { BodyEditor } from "./bodyEditor";
import { FormFields } from "./formFields";
import { KINDS, type RecipientActions, RecipientField } from "./recipientField";

/** What the composer asks of the view it stands in. */
export interface ComposerActions {
  /** The person is done with writing. */
  done(): void;
}

/** The composer of one message. */
export class Composer {
  readonly element: HTMLElement;
  readonly #subject = h("input", {
    class: "text-input compose-subject",
    type: "text",
    dir: "auto",
    id: "compose-subject",
  });
  readonly #recipients: readonly RecipientField[];
  readonly #from: FormFields;
  readonly #rows = h("div", { class: "compose-people" });
  readonly #form: FormFields;
  readonly #options: FormFields;
  readonly #body: BodyEditor;
  readonly #formPlace: HTMLDetailsElement;
  #model: ComposeModel | undefined;
  #subjectWritten = "";

  constructor(
    private readonly page: Page,
    readonly object: ObjectId,
    actions: ComposerActions,
    attachments: HTMLElement,
  ) {
    const people = this.#peopleActions();
    this.#recipients = KINDS.map((kind) => new RecipientField(kind, people));
    const write = (field: string, value: ComposeValue): Promise<string | undefined> =>
      this.#write(field, value);
    this.#from = new FormFields(write, "rows");
    this.#rows.append(...this.#recipients.map(({ element }) => element));
    this.#form = new FormFields(write);
    this.#options = new FormFields(write);
    this.#body = new BodyEditor(page, object);
    this.#formPlace = h("details", { class: "compose-section", open: true });
    this.#formPlace.append(h("summary", {}, t("composeForm")), this.#form.element);
    const options = h("details", { class: "compose-section" });
    options.append(h("summary", {}, t("composeOptions")), this.#options.element);
    const subjectRow = h(
      "div",
      { class: "compose-row" },
      h("label", { class: "compose-label", for: "compose-subject" }, t("composeSubject")),
      h("div", { class: "compose-value" }, this.#subject),
    );
    const bar = h(
      "div",
      { class: "compose-top" },
      textButton(t("composeDone"), "secondary", () => runReported(page, () => this.#done(actions))),
      textButton(t("addAttachments"), "secondary", () => attachFiles(page, object)),
    );
    this.element = h(
      "section",
      { class: "composer", "aria-label": t("composer") },
      bar,
      this.#from.element,
      this.#rows,
      subjectRow,
      this.#formPlace,
      options,
      attachments,
      this.#body.element,
    );
    on(this.#subject, "blur", () => void this.#commitSubject());
    on(this.#subject, "keydown", (event) => {
      if (event.key === "Enter" && !event.isComposing) void this.#commitSubject();
    });
  }

  /** Takes a model; fields that are being edited keep what was typed. */
  update(model: ComposeModel): void {
    this.#model = model;
    this.refresh();
    if (this.#subject.value === this.#subjectWritten) this.#subject.value = model.subject;
    this.#subjectWritten = model.subject;
    this.#body.update(model);
  }

  /** Draws again: whether anything can be edited has changed. */
  refresh(): void {
    const model = this.#model;
    if (model === undefined) return;
    const readOnly = this.page.readOnlyReason();
    this.#rows.hidden = !model.hasRecipients;
    for (const field of this.#recipients) field.update(model, readOnly !== undefined);
    this.#subject.readOnly = readOnly !== undefined;
    this.#formPlace.hidden = model.form.length === 0;
    this.#from.update(model.from ? [model.from] : [], readOnly);
    this.#form.update(model.form, readOnly);
    this.#options.update(model.options, readOnly);
    this.#body.refresh();
  }

  /** Puts the focus where writing begins: the first field that is empty. */
  focus(): void {
    const [to] = this.#recipients;
    const isNew = this.#model?.hasRecipients === true && this.#model.recipients.length === 0;
    if (isNew && to !== undefined) to.input.focus();
    else if (this.#subject.value === "") this.#subject.focus();
    else this.#body.focus();
  }

  /** Writes whatever is being edited. */
  commitEditing(): void {
    for (const field of this.#recipients) void field.commit();
    void this.#commitSubject();
    for (const fields of [this.#from, this.#form, this.#options]) void fields.commit();
    void this.#body.commit();
  }

  /** Writes whatever is being edited; says whether nothing unwritten is left. */
  async mayLeave(): Promise<boolean> {
    for (const fields of [this.#from, this.#form, this.#options]) {
      if (!(await fields.commit())) return false;
    }
    for (const field of this.#recipients) {
      if (await field.commit()) continue;
      field.input.focus();
      return false;
    }
    await this.#commitSubject();
    if (await this.#body.commit()) return true;
    this.#body.focus();
    return false;
  }

  async #done(actions: ComposerActions): Promise<void> {
    if (await this.mayLeave()) actions.done();
  }

  async #commitSubject(): Promise<void> {
    const text = this.#subject.value;
    if (text === this.#subjectWritten) return;
    const before = this.#subjectWritten;
    this.#subjectWritten = text;
    const reason = await this.#write("subject", text);
    if (reason === undefined) return;
    this.#subjectWritten = before;
    this.page.report(new Error(reason));
  }

  /** Writes a field; resolves to why it was not taken. */
  async #write(field: string, value: ComposeValue): Promise<string | undefined> {
    const { object } = this;
    try {
      await runEdit(this.page, "setField", (revision) => ({ object, field, value, revision }));
      return undefined;
    } catch (error: unknown) {
      return reasonOf(error);
    }
  }

  #peopleActions(): RecipientActions {
    const { page, object } = this;
    return {
      readOnly: () => page.readOnlyReason() !== undefined,
      add: async (kind, text) => {
        try {
          const { refused } = await runEdit(page, "addRecipients", (revision) => ({
            object,
            kind,
            text,
            revision,
          }));
          const [first] = refused;
          if (first === undefined) return { rest: "" };
          return {
            rest: refused.map((entry) => entry.text).join("; "),
            reason: t("composeRecipientRefused", first.text, first.reason),
          };
        } catch (error: unknown) {
          return { rest: text, reason: reasonOf(error) };
        }
      },
      remove: (objects) =>
        runReported(page, () =>
          runEdit(page, "removeRecipients", (revision) => ({ objects: [...objects], revision })),
        ),
      move: (objects, kind, before) =>
        runReported(page, () =>
          runEdit(page, "moveRecipients", (revision) => ({
            objects: [...objects],
            kind,
            revision,
            ...(before === undefined ? {} : { before }),
          })),
        ),
      change: async (recipient, text) => {
        try {
          await runEdit(page, "changeRecipient", (revision) => ({ object: recipient, text, revision }));
          return undefined;
        } catch (error: unknown) {
          return reasonOf(error);
        }
      },
    };
  }
}
