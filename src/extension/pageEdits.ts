/** The edits a page can ask for, done on the document; each with the label that VS Code's Undo shows. */
import * as vscode from "vscode";
import {
  elementType,
  isMultiValued,
  isStringType,
  MapiError,
  parseElements,
  parseValue,
  propId,
  propType,
  recipientProperties,
  type ValueTextError,
} from "../core";
import type { AddPropertyParams, EditResult, ObjectResult, RequestError } from "../protocol/messages";
import type { NamedProperty } from "../core";
import { coreText } from "./coreTexts";
import type { NamedPropertySpec } from "../protocol/viewModel";
import { RefusedError } from "./diskFile";
import type { MsgDocument } from "./msgDocument";
import { valueTextMessage } from "./valueTextMessages";
import { withoutNames } from "./viewModel/extras";
import { describe, type RowContext } from "./viewModel/rows";
import { messageOfGroup } from "./viewModel/tree";
import { keyOf } from "./viewModel/values";

/** A request that failed, as the page is told. */
export class RequestFailure extends Error {
  override readonly name = "RequestFailure";

  constructor(readonly error: RequestError) {
    super(error.message);
  }
}

const invalid = (message: string, index?: number): RequestFailure =>
  new RequestFailure({ code: "invalid", message, ...(index === undefined ? {} : { index }) });

function invalidText(error: ValueTextError, index?: number): RequestFailure {
  return invalid(valueTextMessage(error), index);
}

/** What an error of an edit means to a page. */
export function failureOf(error: unknown): RequestFailure {
  if (error instanceof RequestFailure) return error;
  if (error instanceof RefusedError) return new RequestFailure({ code: "readOnly", message: error.message });
  if (error instanceof MapiError) {
    const code =
      error.name === "MAPI_E_OBJECT_DELETED" || error.name === "MAPI_E_NOT_FOUND" ? "notFound" : "invalid";
    return new RequestFailure({ code, message: coreText(error.message) });
  }
  const message = error instanceof Error ? error.message : String(error);
  return new RequestFailure({ code: "failed", message });
}

/**
 * The text of a value with the line ends it had: text fields of a page know only LF. A text that differs in nothing but
 * its line ends is the old one; a new one gets CRLF, as mail has.
 */
export function withLineEnds(old: unknown, text: string): string {
  const plain = (value: string): string => value.replace(/\r\n?/g, "\n");
  if (typeof old === "string") {
    if (plain(old) === plain(text)) return old;
    if (/[^\r]\n|^\n/.test(old) && !old.includes("\r\n")) return plain(text);
  }
  return plain(text).replace(/\n/g, "\r\n");
}

/** The value that texts stand for; the old one decides on line ends. @throws RequestFailure */
function valueOf(type: number, texts: readonly string[], old: unknown): unknown {
  const oldElements: readonly unknown[] = Array.isArray(old) ? old : [old];
  const ended = isStringType(type) ? texts.map((text, i) => withLineEnds(oldElements[i], text)) : texts;
  if (!isMultiValued(type)) {
    const result = parseValue(type, ended[0] ?? "");
    if (!result.ok) throw invalidText(result.message);
    return result.value;
  }
  if (ended.length === 0) throw invalid(vscode.l10n.t("A multi-valued property needs at least one value."));
  for (const [index, text] of ended.entries()) {
    const result = parseValue(elementType(type), text);
    if (!result.ok) throw invalidText(result.message, index);
  }
  const result = parseElements(type, ended);
  if (!result.ok) throw invalidText(result.message);
  return result.value;
}

/** The name of a property as the core knows it. */
export function namedOf(spec: NamedPropertySpec): NamedProperty {
  return spec.id === undefined
    ? { guid: spec.guid, name: spec.name ?? "" }
    : { guid: spec.guid, id: spec.id };
}

/** Edits of one document on behalf of its pages. */
export class PageEdits {
  constructor(
    private readonly document: MsgDocument,
    private readonly context: () => RowContext,
  ) {}

  private nameOf(tag: number): string {
    return describe(this.context(), tag).words;
  }

  /** What was typed, with names the tables know in the place of values. */
  private plain(tag: number, texts: readonly string[], named?: NamedProperty): readonly string[] {
    const { dictionary, outline } = this.context();
    const key = named ?? keyOf(tag, (id) => outline.nameOf(id));
    return texts.map((text) => withoutNames(dictionary, propType(tag), key, text));
  }

  private done(tag?: number): EditResult {
    return { revision: this.document.revision, ...(tag === undefined ? {} : { tag }) };
  }

  /** Sets a property from the text of its value, or of its values. */
  setTexts(object: string, tag: number, texts: readonly string[]): EditResult {
    const view = this.document.outline.property(object, tag);
    if (!view || view.change === "deleted") {
      throw new RequestFailure({
        code: "notFound",
        message: vscode.l10n.t("The property is not there any more."),
      });
    }
    const value = valueOf(propType(view.tag), this.plain(view.tag, texts), view.value);
    return this.setValue(object, view.tag, value);
  }

  /** Sets a property to a value that is at hand. */
  setValue(object: string, tag: number, value: unknown): EditResult {
    this.document.edit(vscode.l10n.t("Change {0}", this.nameOf(tag)), (outline) => {
      outline.setProperty(object, tag, value);
    });
    return this.done(tag);
  }

  add({ object, tag, named, values }: AddPropertyParams): EditResult {
    const name = named === undefined ? undefined : namedOf(named);
    const value = valueOf(propType(tag), this.plain(tag, values, name), undefined);
    const label = name
      ? vscode.l10n.t("Add named property")
      : vscode.l10n.t("Add {0}", this.context().dictionary.describeTag(tag).words);
    const added = this.document.edit(label, (outline) => {
      const target = name ? outline.tagOfName(name, propType(tag)) : tag;
      const present = outline.property(object, target);
      if (present && present.change !== "deleted") {
        const there = vscode.l10n.t("The object has this property already: {0}.", this.nameOf(present.tag));
        throw new RequestFailure({ code: "exists", message: there });
      }
      outline.setProperty(object, target, value);
      // The string may have been stored in the width of the message.
      return outline.property(object, target)?.tag ?? target;
    });
    return this.done(added);
  }

  delete(object: string, tags: readonly number[]): EditResult {
    const [first] = tags;
    if (first === undefined) return this.done();
    const label =
      tags.length === 1
        ? vscode.l10n.t("Delete {0}", this.nameOf(first))
        : vscode.l10n.t("Delete {0} properties", tags.length);
    this.document.edit(label, (outline) => outline.deleteProperties(object, tags));
    return this.done();
  }

  setFlags(object: string, tag: number, flags: number): EditResult {
    this.document.edit(vscode.l10n.t("Change flags of {0}", this.nameOf(tag)), (outline) =>
      outline.setFlags(object, tag, flags),
    );
    return this.done(tag);
  }

  revert(object: string, tag: number): EditResult {
    this.document.edit(vscode.l10n.t("Revert {0}", this.nameOf(tag)), (outline) =>
      outline.revertProperty(object, tag),
    );
    const view = this.document.outline.property(object, tag);
    return this.done(view?.tag ?? propId(tag));
  }

  addRecipient(group: string, kind: number, name: string, address: string): ObjectResult {
    const message = this.messageOf(group);
    const { unicode, codePage } = this.document.outline.message(message);
    const properties = recipientProperties({ kind, name, address, unicode, codePage: codePage.id });
    const object = this.document.edit(vscode.l10n.t("Add recipient"), (outline) =>
      outline.addRecipient(message, properties),
    );
    return { ...this.done(), object };
  }

  deleteObject(object: string): EditResult {
    const isRecipient = /\/r\d+$/.test(object);
    const label = isRecipient ? vscode.l10n.t("Delete recipient") : vscode.l10n.t("Delete attachment");
    this.document.edit(label, (outline) => outline.deleteObject(object));
    return this.done();
  }

  /** The message whose list of objects a group stands for. @throws RequestFailure when it is gone */
  messageOf(group: string): string {
    const message = messageOfGroup(group);
    if (message === undefined) {
      throw new RequestFailure({
        code: "notFound",
        message: vscode.l10n.t("The list is not there any more."),
      });
    }
    return message;
  }
}
