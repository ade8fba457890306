/** The part of the detail pane that is only read: facts, readings, notes; and the property flags. */
import type { PropertyDetail } from "../../src/protocol/viewModel";
import { h, icon, setDataText } from "../dom";
import { t } from "../strings";
import { checkbox } from "../ui/controls";

/** Property flags of a property entry, [MS-OXMSG] 2.4.2. */
const FLAGS = [
  { bit: 0x1, label: "flagMandatory" },
  { bit: 0x2, label: "flagReadable" },
  { bit: 0x4, label: "flagWriteable" },
] as const;

type Pair = PropertyDetail["facts"][number];

function pairs(className: string, list: readonly Pair[]): HTMLElement {
  return h(
    "dl",
    { class: className },
    ...list.flatMap(({ label, value }) => {
      const definition = h("dd", { class: "isolate", dir: "auto" });
      setDataText(definition, value);
      return [h("dt", {}, label), definition];
    }),
  );
}

/** The facts as two columns. */
export const factsView = (detail: PropertyDetail): HTMLElement => pairs("fact-list", detail.facts);

/** Other readings of the value, such as its local time. */
export const readingsView = (detail: PropertyDetail): HTMLElement | undefined =>
  detail.readings.length === 0 ? undefined : pairs("fact-list readings", detail.readings);

/** A line with an icon: why something cannot be edited, what is wrong. */
export function noteLine(kind: "lock" | "warning" | "info", text: string): HTMLElement {
  return h(
    "div",
    { class: `note note-${kind}` },
    icon(kind, `severity-${kind}`),
    h("span", { class: "isolate" }, text),
  );
}

/** The property flags; `set` is undefined when they cannot be changed. */
export function flagsView(flags: number, set: ((flags: number) => void) | undefined): HTMLElement {
  const boxes = FLAGS.map(({ bit, label }) => {
    // Bits without a name stay as they are.
    const box = checkbox(t(label), (flags & bit) !== 0, (checked) =>
      set?.(checked ? flags | bit : flags & ~bit),
    );
    box.disabled = set === undefined;
    return box;
  });
  return h("div", { class: "flags", role: "group", "aria-label": t("propertyFlags") }, ...boxes);
}
