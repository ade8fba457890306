/** People of a message as chips, and as lines of the details. */
import type { MessagePerson, PeopleList } from "../../src/protocol/message";
import { h, icon, on, setDataText } from "../dom";
import { showMenu } from "../menu";
import { t } from "../strings";
import { visibleText } from "../visibleText";
import { type ActionContext, PERSON_ACTIONS } from "./actions";

/** Chips that are shown before the rest is asked for. */
const SHOWN = 12;

/** "Ann Ash <ann@example.org>", with what is said of the address. */
export function personText({ name, address, isGuess }: MessagePerson): string {
  if (address === undefined || address === name) return name;
  return `${name} <${isGuess ? t("messageGuess", address) : address}>`;
}

function tooltip(person: MessagePerson): string {
  const { origin, x500, status } = person;
  const lines = [
    personText(person),
    origin,
    person.isGuess ? t("messageGuessNote") : undefined,
    x500 === undefined ? undefined : `${t("messageX500")}: ${x500}`,
    status,
  ];
  return lines.flatMap((line) => (line === undefined ? [] : [visibleText(line)])).join("\n");
}

/** A chip; its menu copies the address and shows the recipient's properties. */
export function personChip(person: MessagePerson, context: ActionContext, withAddress = false): HTMLElement {
  const name = h("span", { class: "person-name isolate" });
  setDataText(name, person.name);
  const chip = h(
    "button",
    { class: "person", type: "button", title: tooltip(person), "aria-haspopup": "menu" },
    name,
  );
  if (withAddress && person.address !== undefined && person.address !== person.name) {
    const address = h("span", { class: `person-address isolate${person.isGuess ? " guess" : ""}` });
    setDataText(address, person.isGuess ? t("messageGuess", person.address) : person.address);
    chip.append(" ", address);
  }
  if (person.status !== undefined) {
    const status = h("span", { class: "person-status isolate" });
    setDataText(status, person.status);
    chip.append(" ", status);
  }
  const open = (x: number, y: number): void => {
    const items = PERSON_ACTIONS.flatMap((make) => make(person, context));
    showMenu(t("messagePersonMenu", person.name), items, x, y, chip);
  };
  on(chip, "click", () => {
    const { left, bottom } = chip.getBoundingClientRect();
    open(left, bottom);
  });
  on(chip, "contextmenu", (event) => {
    event.preventDefault();
    open(event.clientX, event.clientY);
  });
  return chip;
}

/** A row of chips: "To  Ann  Bob  12 more". */
export function peopleRow(list: PeopleList, context: ActionContext): HTMLElement {
  const chips = h("div", { class: "people-chips", role: "list" });
  const items = list.people.map((person) => h("span", { role: "listitem" }, personChip(person, context)));
  const rest = items.slice(SHOWN);
  chips.append(...items);
  if (rest.length > 0) {
    const more = h("button", { class: "link-button people-more", type: "button" });
    const show = (all: boolean): void => {
      for (const item of rest) item.hidden = !all;
      more.textContent = all ? t("messageFewerPeople") : t("messageMorePeople", rest.length);
      more.setAttribute("aria-expanded", String(all));
    };
    on(more, "click", () => show(more.getAttribute("aria-expanded") !== "true"));
    show(false);
    chips.append(h("span", { role: "listitem" }, more));
  }
  return h(
    "div",
    { class: "people-row", role: "group", "aria-label": list.label },
    h("span", { class: "people-label", "aria-hidden": "true" }, list.label),
    chips,
  );
}

/** A person in full, as a line of the details. */
export function personLine(person: MessagePerson): HTMLElement {
  const main = h("span", { class: "isolate" });
  setDataText(main, personText(person));
  const notes = [person.origin, person.x500, person.status].flatMap((note) => {
    if (note === undefined) return [];
    const element = h("span", { class: "detail-note isolate" });
    setDataText(element, note);
    return [element];
  });
  return h(
    "div",
    { class: "person-line" },
    ...(person.isGuess ? [icon("question", "guess-icon")] : []),
    main,
    ...notes,
  );
}
