/** The stubbed host's properties as rows and details. */
import type { PropertyDetail, PropertyRow } from "../../../src/protocol/viewModel";
import { type FakeProperty, TYPES } from "./fakeData";
import { detailExtras, rowExtras } from "./fakeEditors";

/** The type of a tag and its editor. */
export const typeOf = (tag: number) =>
  TYPES[tag & 0xffff] ?? { label: "PT_UNSPECIFIED", editor: "none" as const };
/** "0037001F". */
export const tagText = (tag: number): string => tag.toString(16).toUpperCase().padStart(8, "0");

/** A property as a row. */
export function rowOf(entry: FakeProperty, change: PropertyRow["change"]): PropertyRow {
  const { label, editor } = typeOf(entry.tag);
  const [first = ""] = entry.values;
  const isText = editor === "line" && (first.length > 200 || /[\r\n]/.test(first));
  const text = editor === "list" ? entry.values.join("; ") : first;
  const inline = !isText && (editor === "line" || editor === "boolean");
  return {
    tag: entry.tag,
    name: entry.name,
    canonicalName: entry.canonicalName,
    mapiName: entry.mapiName,
    namedAs: entry.namedAs,
    tagText: tagText(entry.tag),
    typeText: label,
    value: (entry.meaning ?? text).slice(0, 300),
    editor: isText ? "text" : editor,
    ...(inline ? { editText: first, ...rowExtras(entry.tag) } : {}),
    ...(entry.readOnly === undefined ? {} : { readOnly: entry.readOnly }),
    ...(entry.problem === undefined ? {} : { problem: entry.problem }),
    ...(change === undefined ? {} : { change }),
    ...(editor === "none" ? {} : { size: first.length }),
    flags: entry.flags,
    area: entry.canonicalName === "" ? "" : "General message",
  };
}

/** Everything about a property. */
export function detailOf(object: string, now: FakeProperty): PropertyDetail {
  const { tag } = now;
  const row = rowOf(now, undefined);
  const [text = ""] = now.values;
  const bytes = Uint8Array.from(text.split(/\s+/).filter(Boolean), (pair) => Number.parseInt(pair, 16));
  return {
    object,
    tag,
    name: now.name,
    facts: [
      { label: "Canonical name", value: now.canonicalName },
      { label: "MAPI name", value: now.mapiName },
      { label: "Property set", value: now.namedAs },
      { label: "Tag", value: tagText(tag) },
      {
        label: "Type",
        value: `${row.typeText} (0x${(tag & 0xffff).toString(16).padStart(4, "0").toUpperCase()})`,
      },
      { label: "Area", value: "General message" },
      { label: "Defined in", value: "[MS-OXCMSG] 2.2.1.46" },
    ].filter(({ value }) => value !== ""),
    description: "Says what the sender meant the message to be about, as one line of text.",
    flags: now.flags,
    editor: row.editor === "line" && [0x1e, 0x1f].includes(tag & 0xffff) ? "text" : row.editor,
    ...(now.readOnly === undefined ? {} : { readOnly: now.readOnly }),
    ...(now.problem === undefined ? {} : { problem: now.problem }),
    ...(row.editor === "list" ? { values: now.values } : row.editor === "none" ? {} : { text }),
    ...(row.editor === "hex" ? { bytes, byteLength: bytes.length } : {}),
    ...(row.editor === "none" ? {} : detailExtras(tag, now.values, row.typeText)),
    readings:
      (tag & 0xffff) === 0x40 ? [{ label: "Local time", value: "Sunday, 1 March 2026, 09:12:44" }] : [],
  };
}
