/** A message as text: the tree of its objects with tags, types, flags and values; the same on every run. */
import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import {
  formatElements,
  formatValue,
  isMultiValued,
  type IMessage,
  MessageOutline,
  type NamedProperty,
  type ObjectAddress,
  PROPERTY_TYPES,
  propId,
  type PropertyView,
  propType,
} from "../../../../src/core";
import { hex } from "./msgTree";

const nameText = (name: NamedProperty | undefined): string => {
  if (!name) return "";
  return "id" in name
    ? ` ${name.guid}/0x${name.id.toString(16).toUpperCase()}`
    : ` ${name.guid}/“${name.name}”`;
};

function valueText({ tag, value, problem }: PropertyView): string {
  const type = propType(tag);
  if (problem !== undefined) return `! ${problem}`;
  if (value === null) return "(object)";
  if (isMultiValued(type) && Array.isArray(value)) return `[${formatElements(type, value).join(" | ")}]`;
  return JSON.stringify(formatValue(type, value));
}

/** The text of a message. */
export function dump(message: IMessage): string {
  const outline = new MessageOutline(message);
  const lines: string[] = [];
  const properties = (address: ObjectAddress, indent: string): void => {
    for (const view of outline.properties(address)) {
      const type = PROPERTY_TYPES.get(propType(view.tag))?.mapi ?? "?";
      const name = propId(view.tag) >= 0x8000 ? nameText(outline.nameOf(propId(view.tag))) : "";
      lines.push(`${indent}${hex(view.tag)} ${type} ${view.flags}${name} = ${valueText(view)}`);
    }
  };
  const visit = (address: ObjectAddress, title: string, indent: string): void => {
    const view = outline.message(address);
    lines.push(
      `${indent}${title} ${view.unicode ? "Unicode" : `8-bit ${view.codePage.id} (${view.codePageRule})`}`,
    );
    properties(address, `${indent}  `);
    for (const each of view.recipients) {
      lines.push(`${indent}  recipient ${each.rowId}, kind ${each.recipientKind ?? "none"}`);
      properties(each.address, `${indent}    `);
    }
    for (const each of view.attachments) {
      lines.push(`${indent}  attachment ${each.number}${each.object ? `, holds a ${each.object}` : ""}`);
      properties(each.address, `${indent}    `);
      if (each.object === "message") visit(`${each.address}/m`, "message", `${indent}    `);
    }
  };
  visit("", "message", "");
  return `${lines.join("\n")}\n`;
}

/** Compares a text with test/golden/<name>.txt. UPDATE_GOLDEN=1 writes the file instead; nothing else ever does. */
export function assertGolden(name: string, text: string): void {
  const file = path.resolve(process.cwd(), "test/golden", `${name}.txt`);
  if (process.env["UPDATE_GOLDEN"] === "1") {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
    return;
  }
  assert.ok(
    existsSync(file),
    `test/golden/${name}.txt is missing: run once with UPDATE_GOLDEN=1 and read it.`,
  );
  assert.equal(text, readFileSync(file, "utf8").replaceAll("\r\n", "\n"));
}
