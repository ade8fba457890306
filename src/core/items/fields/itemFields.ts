/** The fields of an item of any class, read and written on an outline. */
import { MapiError } from "../../mapi/errors";
import { propId } from "../../mapi/propertyTypes";
import type { MessageOutline, ObjectAddress } from "../../session/outline";
import { type PropertyRef, readerOf } from "../propertyReader";
import { CALENDAR_FIELDS } from "./calendarFields";
import { CONTACT_FIELDS } from "./contactFields";
import type { FieldChange, FieldContext, FieldValue, ItemField } from "./field";
import { MAIL_FIELDS, subjectField } from "./mailFields";
import { SENDER_FIELDS } from "./senderFields";
import { TASK_FIELDS } from "./taskFields";

/** The form that a class has beside the fields of every message. */
const FORMS: readonly (readonly [prefix: string, fields: readonly ItemField[]])[] = [
  ["ipm.appointment", CALENDAR_FIELDS],
  ["ipm.schedule.meeting", CALENDAR_FIELDS],
  ["ipm.contact", CONTACT_FIELDS],
  ["ipm.task", TASK_FIELDS],
];

/** The fields that a message of a class has of its own; none for a mail and for an unknown class. */
export function formFields(messageClass: string): readonly ItemField[] {
  const wanted = messageClass.trim().toLowerCase();
  const form = FORMS.find(([prefix]) => wanted === prefix || wanted.startsWith(`${prefix}.`));
  return form?.[1] ?? [];
}

/** The fields that every message has: the subject first. */
export const messageFields: readonly ItemField[] = [subjectField, ...MAIL_FIELDS];

/** Who a message is from, and who sends it for them. */
export const senderFields: readonly ItemField[] = SENDER_FIELDS;

/** All fields by their ids, which no two of them share. */
const BY_ID: ReadonlyMap<string, ItemField> = new Map(
  [...messageFields, ...senderFields, ...FORMS.flatMap(([, fields]) => fields)].map((field) => [
    field.id,
    field,
  ]),
);

/** What `changeField` needs beside the message; the rest it reads itself. */
export type FieldEnvironment = Omit<FieldContext, "reader" | "width">;

/** Applies a change: what goes first, then what is set. */
export function applyFieldChange(outline: MessageOutline, address: ObjectAddress, change: FieldChange): void {
  const present = outline
    .properties(address)
    .flatMap(({ tag, change: how }) => (how === "deleted" ? [] : [tag]));
  const tagOf = (ref: PropertyRef): number | undefined =>
    present.find((tag) => {
      if (typeof ref === "number") return propId(tag) === propId(ref);
      const name = outline.nameOf(propId(tag));
      if (!name || name.guid.toUpperCase() !== ref.guid.toUpperCase()) return false;
      return "id" in name ? "id" in ref && name.id === ref.id : "name" in ref && name.name === ref.name;
    });
  const gone = (change.remove ?? []).flatMap((ref) => tagOf(ref) ?? []);
  if (gone.length > 0) outline.deleteProperties(address, gone);
  for (const { tag, value } of change.set ?? []) outline.setProperty(address, tag, value);
  for (const { name, type, value } of change.named ?? []) {
    outline.setProperty(address, outline.tagOfName(name, type), value);
  }
}

const sameValue = (a: FieldValue, b: FieldValue): boolean =>
  a === b ||
  ((a ?? "") === (b ?? "") && !Array.isArray(a)) ||
  JSON.stringify(a ?? []) === JSON.stringify(b ?? []);

/**
 * Writes a field with everything that follows from it; a value that is there already changes nothing.
 * @throws MapiError MAPI_E_INVALID_PARAMETER for an unknown field, one that cannot be edited here, and a value that it
 * does not take; MAPI_E_BAD_CHARWIDTH for characters that an 8-bit message cannot hold.
 */
export function changeField(
  outline: MessageOutline,
  address: ObjectAddress,
  id: string,
  value: FieldValue,
  environment: FieldEnvironment,
): void {
  const field = BY_ID.get(id);
  if (!field) throw new MapiError("MAPI_E_INVALID_PARAMETER", `There is no field ${id}.`);
  const reader = readerOf(outline, address);
  const reason = field.readOnly?.(reader);
  if (reason !== undefined) throw new MapiError("MAPI_E_NO_ACCESS", reason);
  const { unicode, codePage } = outline.message(address);
  const before = field.read(reader);
  if (typeof before !== "bigint" && typeof value !== "bigint" && sameValue(before, value)) return;
  if (before === value) return;
  const width = { unicode, codePage: codePage.id };
  applyFieldChange(outline, address, field.write(value, { ...environment, reader, width }));
}
