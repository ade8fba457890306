/** The head of a message: subject, who and when, to whom, what marks it, and the details that unfold. */
import type { MessageMark, MessageModel, MessagePerson } from "../../src/protocol/message";
import { h, icon, on, setDataText, type Child } from "../dom";
import { t } from "../strings";
import type { ActionContext } from "./actions";
import { peopleRow, personChip, personLine } from "./people";
import { momentText, shortMomentText } from "./time";

function markElement({ icon: name, text, isWarning }: MessageMark): HTMLElement {
  const label = h("span", { class: "isolate" });
  setDataText(label, text);
  return h(
    "span",
    { class: `mark${isWarning === true ? " warning" : ""}`, role: "listitem" },
    icon(name),
    label,
  );
}

function senderLine(model: MessageModel, context: ActionContext): Child[] {
  const { from, sender } = model;
  if (from === undefined) return [];
  if (sender === undefined) return [personChip(from, context, true)];
  // The sentence has places for both, in the order of the language.
  const [before = "", between = "", after = ""] = t("messageOnBehalf", "\u0000", "\u0001").split(
    /[\u0000\u0001]/,
  );
  const senderFirst =
    t("messageOnBehalf", "0", "1").indexOf("0") < t("messageOnBehalf", "0", "1").indexOf("1");
  const [first, second] = senderFirst ? [sender, from] : [from, sender];
  return [
    before,
    personChip(first, context, true),
    h("span", { class: "between" }, between),
    personChip(second, context, true),
    after,
  ];
}

/** A line of the details: a label and what belongs to it. */
function detail(label: string, ...content: readonly HTMLElement[]): HTMLElement[] {
  return [h("dt", {}, label), h("dd", {}, ...content)];
}

const plain = (text: string, note?: string): HTMLElement => {
  const main = h("span", { class: "isolate" });
  setDataText(main, text);
  return h("div", {}, main, ...(note === undefined ? [] : [h("span", { class: "detail-note" }, note)]));
};

function detailsList(model: MessageModel): HTMLElement {
  const people = (label: string, list: readonly (MessagePerson | undefined)[]): HTMLElement[] => {
    const lines = list.flatMap((person) => (person === undefined ? [] : [personLine(person)]));
    return lines.length === 0 ? [] : detail(label, ...lines);
  };
  const shown = model.bodies.find(({ id }) => id === model.best?.id);
  return h(
    "dl",
    { class: "message-details", id: "message-details" },
    ...people(t("messageFrom"), [model.sender, model.from]),
    ...people(t("messageReplyTo"), model.replyTo ?? []),
    ...model.recipients.flatMap(({ label, people: list }) => people(label, list)),
    ...model.times.flatMap(({ label, time, note }) => detail(label, plain(momentText(time), note))),
    ...(shown && model.best
      ? detail(t("messageBestForm"), plain(`${shown.origin}. ${model.best.reason}`, shown.codePage))
      : []),
  );
}

/** The head. */
export class MessageHead {
  readonly element = h("div", { class: "message-head", tabindex: -1, "data-pane": "message" });
  /** The place at the end of the subject's line for what can be done with the whole message. */
  readonly actions = h("div", { class: "message-actions" });
  readonly #toggle = h("button", {
    class: "link-button details-toggle",
    type: "button",
    "aria-controls": "message-details",
  });
  #unfolded = false;
  #details: HTMLElement | undefined;

  constructor() {
    on(this.#toggle, "click", () => this.#unfold(!this.#unfolded));
  }

  /** Draws a message. */
  update(model: MessageModel, context: ActionContext): void {
    const subject = h("h2", { class: "message-subject isolate" });
    setDataText(subject, model.subject || t("messageNoSubject"));
    subject.classList.toggle("empty", model.subject === "");
    const [when] = model.times;
    this.#details = detailsList(model);
    const marks = model.marks.map(markElement);
    this.element.replaceChildren(
      h("div", { class: "subject-line" }, subject, this.actions),
      h(
        "div",
        { class: "who-line" },
        h("div", { class: "who" }, ...senderLine(model, context)),
        ...(when === undefined
          ? []
          : [
              h(
                "time",
                { class: "when", datetime: new Date(when.time).toISOString(), title: momentText(when.time) },
                `${when.label} ${shortMomentText(when.time)}`,
              ),
            ]),
        this.#toggle,
      ),
      ...model.recipients.map((list) => peopleRow(list, context)),
      ...(marks.length === 0 ? [] : [h("div", { class: "marks", role: "list" }, ...marks)]),
      this.#details,
    );
    this.#unfold(this.#unfolded);
  }

  #unfold(unfolded: boolean): void {
    this.#unfolded = unfolded;
    this.#toggle.textContent = unfolded ? t("messageHideDetails") : t("messageDetails");
    this.#toggle.setAttribute("aria-expanded", String(unfolded));
    if (this.#details !== undefined) this.#details.hidden = !unfolded;
  }
}
