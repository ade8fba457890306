/** A time: in UTC and by the machine's clock, side by side; what is typed into one is shown in the other. */
import type { EditorsRequests, TimeTexts } from "../../src/protocol/editors";
import { h, on } from "../dom";
import { reasonOf } from "../host";
import { t } from "../strings";
import { textButton, textField, type TextField } from "../ui/controls";
import { focusField, markInvalid, type ValueEditor } from "./valueField";

/** What the editor asks of the host. */
export interface TimeActions {
  readTime(params: EditorsRequests["readTime"]["params"]): Promise<TimeTexts>;
  timeNow(): Promise<TimeTexts>;
  changed(): void;
  /** A text is no time (or one again, undefined): said below the fields. */
  refused(reason: string | undefined): void;
}

const NONE = "0x0000000000000000";
/** What Outlook writes for no date: 4501-01-01. */
const NO_DATE = "0x0CB34557A3DD4000";

/** The editor. */
export class TimeEditor implements ValueEditor {
  readonly element: HTMLElement;
  readonly #utc: TextField;
  readonly #local: TextField;
  readonly #zone = h("span", { class: "form-label", "aria-hidden": "true" });
  readonly #note = h("div", { class: "time-note" });
  readonly #buttons: readonly HTMLElement[];
  #original = "";
  /** The text in UTC that stands for what was typed last; undefined while that is no time. */
  #value: string | undefined;
  #source: TextField;
  #typed = 0;
  #readOnly = false;
  /** The answer that is under way, or the last one. */
  #answer: Promise<unknown> = Promise.resolve();

  constructor(
    label: string,
    /** The time it begins with, in each of its forms; where it is not known `write` says it. */
    time: TimeTexts | undefined,
    private readonly actions: TimeActions,
  ) {
    const field = (): TextField => textField({ spellcheck: "false", class: "time-field" });
    this.#utc = field();
    this.#local = field();
    this.#source = this.#local;
    this.#buttons = [
      textButton(t("timeNow"), "secondary", () => void this.#take(this.actions.timeNow())),
      textButton(t("timeNone"), "secondary", () => this.#read(NONE), { title: t("timeNoneHint") }),
      textButton(t("timeNoDate"), "secondary", () => this.#read(NO_DATE), { title: t("timeNoDateHint") }),
    ];
    const part = (caption: HTMLElement, control: HTMLElement): HTMLElement =>
      h("div", { class: "time-part" }, caption, control);
    this.element = h(
      "div",
      { class: "time-editor" },
      h(
        "div",
        { class: "time-fields" },
        part(this.#zone, this.#local),
        part(h("span", { class: "form-label", "aria-hidden": "true" }, t("timeUtc")), this.#utc),
      ),
      h("div", { class: "time-foot" }, ...this.#buttons, this.#note),
    );
    for (const each of [this.#utc, this.#local]) on(each, "input", () => this.#onInput(each));
    this.setLabel(label);
    if (time !== undefined) this.show(time);
  }

  setLabel(label: string): void {
    this.#utc.setAttribute("aria-label", `${label}, ${t("timeUtc")}`);
    this.#local.setAttribute("aria-label", `${label}, ${t("timeLocalPlain")}`);
  }

  /** Shows a time that counts as unchanged, unless something was typed. */
  show(time: TimeTexts): void {
    this.#original = time.utc;
    this.#draw(time);
  }

  read(): readonly string[] {
    return [this.#value ?? this.#source.value];
  }

  write([text = ""]: readonly string[]): void {
    this.#original = text;
    if (this.#value === text) return;
    this.#value = text;
    this.#utc.value = text;
    this.#zone.textContent = t("timeLocalPlain");
    // A value that was just added is none yet.
    if (text !== "") this.#read(text, false);
  }

  isDirty(): boolean {
    return (this.#value ?? this.#source.value) !== this.#original;
  }

  async settle(): Promise<void> {
    await this.#answer;
  }

  setReadOnly(readOnly: boolean): void {
    this.#readOnly = readOnly;
    this.#utc.readOnly = readOnly;
    this.#local.readOnly = readOnly;
    for (const button of this.#buttons) button.hidden = readOnly;
  }

  setInvalid(describedBy: string | undefined): void {
    for (const field of [this.#utc, this.#local])
      markInvalid(field, field === this.#source ? describedBy : undefined);
  }

  focus(typed?: string): void {
    focusField(this.#source, this.#readOnly ? undefined : typed);
  }

  #onInput(field: TextField): void {
    this.#source = field;
    this.#value = undefined;
    const text = field.value;
    void this.#take(this.actions.readTime({ text, local: field === this.#local }), field);
    this.actions.changed();
  }

  #read(text: string, byPerson = true): void {
    void this.#take(this.actions.readTime({ text, local: false }), undefined, byPerson);
  }

  /** Takes the answer to what was typed last; `typedInto` keeps its text. */
  async #take(answer: Promise<TimeTexts>, typedInto?: TextField, byPerson = true): Promise<void> {
    const typed = ++this.#typed;
    this.#answer = answer;
    try {
      const time = await answer;
      if (typed !== this.#typed) return;
      this.#draw(time, typedInto);
      if (byPerson) this.actions.refused(undefined);
    } catch (error: unknown) {
      if (typed !== this.#typed) return;
      this.#note.textContent = "";
      this.actions.refused(reasonOf(error));
      return;
    }
    if (byPerson) this.actions.changed();
  }

  #draw(time: TimeTexts, typedInto?: TextField): void {
    this.#value = time.utc;
    if (typedInto !== this.#utc) this.#utc.value = time.utc;
    if (typedInto !== this.#local) this.#local.value = time.local;
    const local = t("timeLocal", `UTC${time.zone}`);
    this.#zone.textContent = local;
    const none = time.isNone ? [t("timeIsNone")] : [];
    this.#note.textContent = [...none, t("timeFileTime", time.fileTime)].join(" ");
  }
}
