/** The part of the detail pane that is only read: facts, readings, notes; and the property flags. */
import type { PropertyDetail } from "../../src/protocol/viewModel";
import { h, icon, on, setDataText } from "../dom";
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

/** The type, as a list of those the value can change to; undefined where there are none or nothing can be changed. */
export function typeView(
  detail: PropertyDetail,
  change: ((type: number) => void) | undefined,
): HTMLElement | undefined {
  const { types = [], tag } = detail;
  if (types.length === 0 || change === undefined) return undefined;
  const now = tag & 0xffff;
  const present = detail.typeText ?? "";
  const note = h("div", { class: "note", role: "status" });
  const select = h(
    "select",
    { class: "value-select", "aria-label": t("changeType") },
    h("option", { value: String(now) }, present),
    ...types.map(({ type, label, lossy }) =>
      h("option", { value: String(type) }, lossy ? t("typeLossy", label) : label),
    ),
  );
  let warnedOf: number | undefined;
  on(select, "change", () => {
    const type = Number(select.value);
    const lossy = types.find((each) => each.type === type)?.lossy === true;
    if (type === now) return;
    if (!lossy || warnedOf === type) {
      change(type);
      return;
    }
    warnedOf = type;
    select.value = String(now);
    note.textContent = t("typeLossyNote");
  });
  return h(
    "div",
    { class: "type-change" },
    h("span", { class: "form-label", "aria-hidden": "true" }, t("changeType")),
    select,
    note,
  );
}
