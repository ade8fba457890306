/** What a person enters to add a property, turned into the parameters of the request. Pure. */
import type { AddPropertyParams } from "../src/protocol/messages";
import type { NamedPropertySpec, PropertySuggestion } from "../src/protocol/viewModel";

/** The form's content. */
export interface AdditionForm {
  readonly mode: "known" | "named";
  /** Name or tag, as typed. */
  readonly query: string;
  /** The suggestion whose name is in the field, when there is one. */
  readonly suggestion?: PropertySuggestion | undefined;
  readonly guid: string;
  readonly numberOrName: string;
  /** Property type code. */
  readonly type: number;
  readonly values: readonly string[];
}

/** The field of the form that keeps it from being sent. */
export type AdditionProblem = "needProperty" | "needGuid" | "needNumberOrName";

const TYPE_MASK = 0xffff;

/** A whole tag ("0037001F", "0x0037001F") as an unsigned number. */
export function parseTag(text: string): number | undefined {
  const digits = /^\s*(?:0x)?([0-9a-f]{8})\s*$/i.exec(text)?.[1];
  return digits === undefined ? undefined : Number.parseInt(digits, 16);
}

/** A property number without its type ("0x3001" or "3001") as an unsigned number. */
export function parsePropertyId(text: string): number | undefined {
  const digits = /^\s*(?:0x)?([0-9a-f]{4})\s*$/i.exec(text)?.[1];
  return digits === undefined ? undefined : Number.parseInt(digits, 16);
}

/** A GUID in its registry form, with or without braces; upper case and braces come back. */
export function parseGuid(text: string): string | undefined {
  const inner = /^\s*\{?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\}?\s*$/i.exec(text)?.[1];
  return inner === undefined ? undefined : `{${inner.toUpperCase()}}`;
}

/** A number (0x8205, 33285) or else a name. */
export function parseNumberOrName(
  text: string,
): { readonly id: number } | { readonly name: string } | undefined {
  const trimmed = text.trim();
  if (trimmed === "") return undefined;
  if (!/^(?:0x[0-9a-f]{1,8}|[0-9]{1,10})$/i.test(trimmed)) return { name: trimmed };
  const id = Number(trimmed);
  return id <= 0xffffffff ? { id } : { name: trimmed };
}

/** The tag with another type. */
export function withType(tag: number, type: number): number {
  return ((tag & ~TYPE_MASK) | (type & TYPE_MASK)) >>> 0;
}

/** The property a known-mode form names. */
function knownProperty(form: AdditionForm): { tag: number; named?: NamedPropertySpec } | undefined {
  const { suggestion, type } = form;
  if (suggestion?.named !== undefined) return { tag: withType(0, type), named: suggestion.named };
  if (suggestion !== undefined) return { tag: withType(suggestion.tag, type) };
  const tag = parseTag(form.query);
  if (tag !== undefined) return { tag };
  const id = parsePropertyId(form.query);
  return id === undefined ? undefined : { tag: withType(id * 0x10000, type) };
}

/** The request's parameters without object and revision, or the field that is wrong. */
export function readAddition(
  form: AdditionForm,
): Omit<AddPropertyParams, "object" | "revision"> | AdditionProblem {
  const values = [...form.values];
  if (form.mode === "known") {
    const property = knownProperty(form);
    return property === undefined ? "needProperty" : { ...property, values };
  }
  const guid = parseGuid(form.guid);
  if (guid === undefined) return "needGuid";
  const name = parseNumberOrName(form.numberOrName);
  if (name === undefined) return "needNumberOrName";
  return { tag: withType(0, form.type), named: { guid, ...name }, values };
}
