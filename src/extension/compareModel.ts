/** The comparison of two messages as rows of the page that shows it. */
import {
  type ComparedField,
  type ComparedObject,
  type ComparedProperty,
  compareMessagesSteps,
  type ComparedSide,
  countDifferences,
  type PropertyDictionary,
  type Steps,
} from "../core";
import type { CompareModel, CompareRow, CompareSideModel } from "../protocol/compare";
import { coreText } from "./coreTexts";

/** Most rows that are sent to the page. */
const MAX_ROWS = 200_000;

const ICONS: Readonly<Record<ComparedObject["kind"], string>> = {
  message: "mail",
  embeddedMessage: "mail",
  recipient: "account",
  attachment: "file",
};

const sides = ({ left, right }: ComparedField | ComparedProperty): Pick<CompareRow, "left" | "right"> => ({
  ...(left === undefined ? {} : { left }),
  ...(right === undefined ? {} : { right }),
});

function* propertyRows(property: ComparedProperty, depth: number): Generator<CompareRow> {
  const { words, name, where, type, state } = property;
  const description = [...new Set([name === words ? "" : name, where, type])]
    .filter((part) => part !== "")
    .join(" · ");
  yield { kind: "property", depth, state, label: words, description, ...sides(property) };
  for (const field of property.fields) {
    yield {
      kind: "field",
      depth: depth + 1,
      state: field.state,
      label: coreText(field.label),
      ...sides(field),
    };
  }
}

/** Recipients and attachments are titled by names out of the mail; the message itself is not. */
const titleOf = ({ kind, title }: ComparedObject): string => (kind === "message" ? coreText(title) : title);

function* objectRows(object: ComparedObject, depth: number): Generator<CompareRow> {
  yield { kind: "object", depth, state: object.state, label: titleOf(object), icon: ICONS[object.kind] };
  for (const property of object.properties) yield* propertyRows(property, depth + 1);
  for (const child of object.children) yield* objectRows(child, depth + 1);
}

/** Compares two messages for the page, in steps. @throws MapiError */
export function* compareModelOf(
  dictionary: PropertyDictionary,
  left: ComparedSide & { readonly model: CompareSideModel },
  right: ComparedSide & { readonly model: CompareSideModel },
): Steps<CompareModel> {
  const compared = yield* compareMessagesSteps(left, right, { dictionary });
  const rows = [...objectRows(compared, 0)];
  return {
    kind: "comparison",
    left: left.model,
    right: right.model,
    rows: rows.slice(0, MAX_ROWS),
    differences: countDifferences(compared),
    more: Math.max(0, rows.length - MAX_ROWS),
  };
}
