/** The panel of an item that is more than a mail: rows of a label and a value, drawn by the value's kind. */
import type { MessagePanel, PanelValue } from "../../src/protocol/message";
import { h, setDataText } from "../dom";
import { t } from "../strings";
import type { ActionContext } from "./actions";
import { personChip } from "./people";
import { dayText, momentText, otherClockText } from "./time";

function textElement(text: string): HTMLElement {
  const element = h("span", { class: "panel-text isolate" });
  const lines = text.split(/\r\n|\r|\n/);
  if (lines.length === 1) {
    setDataText(element, text);
    return element;
  }
  for (const each of lines) {
    const line = h("span", { class: "panel-line" });
    setDataText(line, each);
    element.append(line);
  }
  return element;
}

function valueElement(value: PanelValue, context: ActionContext): HTMLElement {
  switch (value.kind) {
    case "text":
      return textElement(value.text);
    case "list":
      return h("ul", { class: "panel-list" }, ...value.items.map((item) => h("li", {}, textElement(item))));
    case "people":
      return h(
        "ul",
        { class: "panel-list people" },
        ...value.people.map((person) => h("li", {}, personChip(person, context, true))),
      );
    case "day":
      return textElement(dayText(value.time));
    case "time": {
      const here = textElement(momentText(value.time));
      const there = value.zone && otherClockText(value.time, value.zone.offset);
      if (there === undefined) return here;
      const note = h("span", { class: "detail-note isolate" });
      setDataText(note, t("messageInZone", there, value.zone?.name ?? ""));
      return h("span", {}, here, note);
    }
  }
}

/** A panel. `picture` goes to its side: the photo of a contact. */
export function panelElement(
  panel: MessagePanel,
  context: ActionContext,
  picture: HTMLElement | undefined,
): HTMLElement {
  const rows = panel.rows.flatMap(({ label, value }) => [
    h("dt", {}, label),
    h("dd", {}, valueElement(value, context)),
  ]);
  return h(
    "section",
    { class: "message-panel", "aria-label": panel.title },
    h("dl", { class: "panel-rows" }, ...rows),
    ...(picture === undefined ? [] : [picture]),
  );
}
