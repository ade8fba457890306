/** The building blocks of a panel: a field is a label and a way to read its value; panels are tables of fields. */
import * as vscode from "vscode";
import {
  decodeStructure,
  describeStructure,
  millisecondsOf,
  type PropertyRef,
  structureOfValue,
} from "../../../../core";
import type { PanelRow, PanelValue } from "../../../../protocol/message";
import { say } from "../../../coreTexts";
import type { MessageContext } from "../context";

/** Reads a value; undefined leaves the row out. */
export type ReadValue = (context: MessageContext) => PanelValue | undefined;

/** A row of a panel. */
export interface PanelField {
  readonly label: () => string;
  readonly read: ReadValue;
}

/** A field. */
export const field = (label: () => string, read: ReadValue): PanelField => ({ label, read });

/** The rows of the fields that have a value. */
export function rowsOf(context: MessageContext, fields: readonly PanelField[]): PanelRow[] {
  return fields.flatMap(({ label, read }) => {
    const value = read(context);
    return value === undefined ? [] : [{ label: label(), value }];
  });
}

const textValue = (text: string | undefined): PanelValue | undefined => {
  const shown = text?.trim();
  return shown ? { kind: "text", text: shown } : undefined;
};

/** A text. */
export const text =
  (...from: readonly PropertyRef[]): ReadValue =>
  ({ reader }) =>
    textValue(from.map((property) => reader.text(property)).find((found) => found?.trim()));

/** A list of texts. */
export const texts =
  (from: PropertyRef): ReadValue =>
  ({ reader }) => {
    const items = reader.texts(from).filter((item) => item.trim() !== "");
    return items.length === 0 ? undefined : { kind: "list", items };
  };

/** A moment. */
export const time =
  (...from: readonly PropertyRef[]): ReadValue =>
  ({ reader }) => {
    const found = from.map((property) => millisecondsOf(reader.time(property)));
    const moment = found.find((each) => each !== undefined);
    return moment === undefined ? undefined : { kind: "time", time: moment };
  };

const DAY_MS = 86_400_000;

/** A day that is stored as its midnight without a zone. */
export const day =
  (from: PropertyRef): ReadValue =>
  ({ reader }) => {
    const moment = millisecondsOf(reader.time(from));
    return moment === undefined ? undefined : { kind: "day", time: Math.floor(moment / DAY_MS) * DAY_MS };
  };

/** One of our own words for a number. */
export const choice =
  (from: PropertyRef, words: Readonly<Record<number, () => string>>): ReadValue =>
  ({ reader }) => {
    const value = reader.number(from);
    return value === undefined ? undefined : textValue(words[value]?.());
  };

const HOUR = 60;
const WORKDAY = 8 * HOUR;

/** "1 h 30 min". */
export function minutesText(minutes: number): string {
  const hours = Math.floor(minutes / HOUR);
  const rest = minutes % HOUR;
  if (hours === 0) return vscode.l10n.t("{0} min", rest);
  return rest === 0 ? vscode.l10n.t("{0} h", hours) : vscode.l10n.t("{0} h {1} min", hours, rest);
}

/** A duration in minutes; zero is none. */
export const minutes =
  (from: PropertyRef): ReadValue =>
  ({ reader }) => {
    const value = reader.number(from);
    return value === undefined || value <= 0 ? undefined : textValue(minutesText(value));
  };

/** Work in minutes, in days of eight hours from one day on. */
export const work =
  (from: PropertyRef): ReadValue =>
  ({ reader }) => {
    const value = reader.number(from);
    if (value === undefined || value <= 0) return undefined;
    return textValue(
      value < WORKDAY
        ? minutesText(value)
        : vscode.l10n.t("{0} days", Math.round((value / WORKDAY) * 10) / 10),
    );
  };

/** A share of 1 in percent. */
export const percent =
  (from: PropertyRef): ReadValue =>
  ({ reader }) => {
    const value = reader.number(from);
    return value === undefined ? undefined : textValue(`${Math.round(value * 100)} %`);
  };

/** Words that stand there when a boolean is true. */
export const when =
  (from: PropertyRef, words: () => string): ReadValue =>
  ({ reader }) =>
    reader.boolean(from) === true ? textValue(words()) : undefined;

/** A binary value in words: a recurrence. */
export const described =
  (from: PropertyRef): ReadValue =>
  ({ reader, dictionary, view }) => {
    const bytes = reader.bytes(from);
    const key = typeof from === "number" ? { tag: from } : from;
    const id = bytes && structureOfValue(key, bytes);
    if (!bytes || !id) return undefined;
    return textValue(
      describeStructure(decodeStructure(id, bytes, { codePage: view.codePage.id, names: dictionary }), say),
    );
  };

/** The first of several ways that finds something. */
export const firstOf =
  (...ways: readonly ReadValue[]): ReadValue =>
  (context) => {
    for (const read of ways) {
      const value = read(context);
      if (value !== undefined) return value;
    }
    return undefined;
  };
