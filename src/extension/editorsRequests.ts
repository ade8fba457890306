/** Answers the requests of the editors of single values: times, known names, fields of structures, another type. */
import * as vscode from "vscode";
import {
  changePropType,
  convertValue,
  type EditResult as StructureResult,
  findNode,
  hex8,
  insertElement,
  type PropertyDictionary,
  type PropertyView,
  propType,
  removeElement,
  setField,
  type StructureTree,
} from "../core";
import type { EditorsRequests, NameList, StructureChange, TimeTexts } from "../protocol/editors";
import type { EditResult } from "../protocol/messages";
import { coreText } from "./coreTexts";
import type { Handlers } from "./handlers";
import type { MsgDocument } from "./msgDocument";
import { namedOf, RequestFailure } from "./pageEdits";
import { valueTextMessage } from "./valueTextMessages";
import { extrasOf } from "./viewModel/extras";
import { describe, type RowContext } from "./viewModel/rows";
import {
  structureBytes,
  structureModel,
  type StructurePlace,
  structureTree,
  withStructureBytes,
} from "./viewModel/structures";
import { readTime, ticksNow, timeTexts } from "./viewModel/times";
import { editorOf, keyOf } from "./viewModel/values";

/** What the handlers work on. */
export interface EditorsContext {
  document(): MsgDocument;
  row(): RowContext;
  /** @throws RequestFailure when the page spoke of a state that is no more. */
  checkRevision(revision: number): void;
}

const MAX_NAMES = 50;

const invalid = (message: string): RequestFailure => new RequestFailure({ code: "invalid", message });
const gone = (message: string): RequestFailure => new RequestFailure({ code: "notFound", message });

function typedTime(text: string, local: boolean): TimeTexts {
  const result = readTime(text, local);
  if (!result.ok) throw invalid(valueTextMessage(result.message));
  return timeTexts(result.value);
}

type NamedValue = EditorsRequests["suggestNames"]["result"]["names"][number];

const LISTS: Readonly<Record<NameList, (dictionary: PropertyDictionary) => readonly NamedValue[]>> = {
  guid: (dictionary) => dictionary.knownGuids().map(({ guid, name }) => ({ name, value: guid })),
  error: (dictionary) =>
    dictionary.knownErrors().map(({ code, name }) => ({ name, value: `0x${hex8(code)}` })),
};

/** The names and values that hold what was typed, names that begin with it first. */
function namesLike(dictionary: PropertyDictionary, list: NameList, query: string): readonly NamedValue[] {
  const wanted = query.trim().slice(0, 200).toLowerCase();
  const found = LISTS[list](dictionary).filter(({ name, value }) =>
    `${name}\n${value}`.toLowerCase().includes(wanted),
  );
  const begins = (entry: NamedValue): boolean => entry.name.toLowerCase().startsWith(wanted);
  return [...found.filter(begins), ...found.filter((entry) => !begins(entry))].slice(0, MAX_NAMES);
}

function changed(tree: StructureTree, change: StructureChange): StructureResult {
  switch (change.kind) {
    case "set":
      return setField(tree, change.path, change.text);
    case "insert":
      return insertElement(tree, change.path, change.at);
    case "remove":
      return removeElement(tree, change.path);
  }
}

function viewOf(context: EditorsContext, object: string, tag: number): PropertyView {
  const view = context.document().outline.property(object, tag);
  if (view && view.change !== "deleted") return view;
  throw gone(vscode.l10n.t("The property is not there any more."));
}

function placeOf(context: EditorsContext, object: string, tag: number): StructurePlace {
  const { outline } = context.document();
  const key = keyOf(tag, (id) => outline.nameOf(id));
  return { dictionary: context.row().dictionary, key, codePage: outline.codePageOf(object) };
}

function editStructure(
  context: EditorsContext,
  { object, tag, index, change }: EditorsRequests["editStructure"]["params"],
): EditResult {
  const document = context.document();
  const view = viewOf(context, object, tag);
  const bytes = structureBytes(propType(view.tag), view.value)[index];
  const tree = bytes && structureTree(placeOf(context, object, view.tag), bytes);
  if (!tree) throw gone(vscode.l10n.t("The value has no fields any more."));
  const result = changed(tree, change);
  if (!result.ok) throw invalid(coreText(result.message));
  const name = describe(context.row(), view.tag).words;
  const field = findNode(tree.root, change.path)?.label ?? "";
  if (result.bytes !== tree.bytes) {
    const label = vscode.l10n.t("Change {0} in {1}", field, name);
    document.edit(label, (outline) =>
      outline.setProperty(object, view.tag, withStructureBytes(view.value, index, result.bytes)),
    );
  }
  return { revision: document.revision, tag: view.tag };
}

function changeType(
  context: EditorsContext,
  { object, tag, type }: EditorsRequests["changeType"]["params"],
): EditResult {
  const document = context.document();
  const view = viewOf(context, object, tag);
  const converted = convertValue(propType(view.tag), type, view.value);
  if (!converted.ok) throw invalid(valueTextMessage(converted.message));
  const target = changePropType(view.tag, type);
  const name = describe(context.row(), view.tag).words;
  const now = document.edit(vscode.l10n.t("Change the type of {0}", name), (outline) => {
    outline.setProperty(object, target, converted.value);
    // Text takes the width of the message: the tag may be another one.
    return outline.property(object, target)?.tag ?? target;
  });
  return { revision: document.revision, tag: now };
}

/** The handlers of the editors' requests. */
export function editorsHandlers(context: EditorsContext): Handlers<EditorsRequests> {
  return {
    newValue: ({ tag, named }) => {
      const key = named === undefined ? tag : namedOf(named);
      const extras = extrasOf(context.row().dictionary, propType(tag), key, undefined);
      return { editor: editorOf(propType(tag), undefined), ...(extras === undefined ? {} : { extras }) };
    },
    readTime: ({ text, local }) => typedTime(text, local),
    timeNow: () => timeTexts(ticksNow()),
    suggestNames: ({ list, query }) => ({ names: namesLike(context.row().dictionary, list, query) }),
    editStructure: (params) => {
      context.checkRevision(params.revision);
      return editStructure(context, params);
    },
    decodeValue: ({ object, tag, index, bytes }) => {
      const tree = structureTree(placeOf(context, object, tag), bytes);
      return tree === undefined ? {} : { structure: structureModel(tree, index) };
    },
    changeType: (params) => {
      context.checkRevision(params.revision);
      return changeType(context, params);
    },
  };
}
