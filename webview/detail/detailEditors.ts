/** Which editor the detail pane shows for a property, and what that editor asks of the host. */
import type { ElementExtras, NewValueModel, StructureChange } from "../../src/protocol/editors";
import type { RequestName, Requests } from "../../src/protocol/messages";
import type { EditorKind, PropertyDetail } from "../../src/protocol/viewModel";
import { t } from "../strings";
import { type ElementActions, ListEditor } from "./listEditor";
import { NamedEditor } from "./namedEditor";
import { NumberEditor } from "./numberEditor";
import { StructurePane } from "./structure/structurePane";
import { TimeEditor } from "./timeEditor";
import { makeElementEditor, makeValueEditor } from "./valueEditor";
import type { ValueEditor } from "./valueField";

/** What the editor of a value asks of what it stands in, and of the host. */
export interface ValueServices {
  request<K extends RequestName>(name: K, params: Requests[K]["params"]): Promise<Requests[K]["result"]>;
  changed(): void;
  /** Says below the editor what was refused, and of which value; undefined takes it away. */
  refused(reason: string | undefined, index?: number): void;
}

/** What the editors of a property ask of the pane and the host. */
export interface EditorServices extends ValueServices {
  /** Writes a change of a field of a structure; rejects with the reason. */
  changeStructure(detail: PropertyDetail, index: number, change: StructureChange): Promise<void>;
  readOnlyReason(): string | undefined;
}

/** The editors of one property. */
export interface DetailEditors {
  /** Edits the whole value; undefined when it can only be looked at. */
  readonly value: ValueEditor | undefined;
  /** Fields of the value: the editor itself where it is bytes, else beside it. */
  readonly structure: StructurePane | undefined;
}

/** Says when two details need the same editors: then those that are there stay. */
export function editorsKey(detail: PropertyDetail): string {
  const { object, tag, editor, extras, structures, text, values } = detail;
  const parts = [object, tag, editor, extras?.kind ?? "", structures !== undefined];
  return [...parts, text !== undefined || values !== undefined].join("|");
}

function structureOf(detail: PropertyDetail, label: string, services: EditorServices): StructurePane {
  const { object, tag } = detail;
  return new StructurePane(label, detail.editor === "hex", {
    readOnlyReason: () => services.readOnlyReason(),
    change: (index, change) => services.changeStructure(detail, index, change),
    decode: async (index, bytes) =>
      (await services.request("decodeValue", { object, tag, index, bytes })).structure,
    changed: () => services.changed(),
    refused: (reason) => services.refused(reason),
  });
}

/** The editor that the type of a value asks for; undefined where the plain one of its kind is enough. */
function typedEditor(
  extras: ElementExtras | undefined,
  label: string,
  request: ValueServices["request"],
  actions: ElementActions,
): ValueEditor | undefined {
  const changed = (): void => actions.changed();
  switch (extras?.kind) {
    case "number":
      return new NumberEditor(label, extras.number, changed);
    case "time":
      return new TimeEditor(label, extras.time, {
        readTime: (params) => request("readTime", params),
        timeNow: () => request("timeNow", {}),
        changed,
        refused: (reason) => actions.refused(reason),
      });
    case "named": {
      const { list } = extras;
      const suggest = async (query: string) => (await request("suggestNames", { list, query })).names;
      return new NamedEditor(label, suggest, changed);
    }
    case undefined:
      return undefined;
  }
}

function listEditorOf(
  kind: EditorKind,
  extras: ElementExtras | undefined,
  services: ValueServices,
): ListEditor {
  const request: ValueServices["request"] = (name, params) => services.request(name, params);
  return new ListEditor({
    make: (text, label, actions) =>
      typedEditor(extras, label, request, actions) ?? makeElementEditor(kind, text, label, actions),
    changed: () => services.changed(),
    refused: (reason, index) => services.refused(reason, index),
  });
}

/** Makes the editor of a whole value; undefined where it can only be looked at. */
export function valueEditorOf(
  { editor, extras }: NewValueModel,
  label: string,
  services: ValueServices,
): ValueEditor | undefined {
  if (extras?.kind === "list") return listEditorOf(extras.editor, extras.element, services);
  const request: ValueServices["request"] = (name, params) => services.request(name, params);
  return (
    typedEditor(extras, label, request, services) ??
    makeValueEditor(
      editor,
      label,
      () => services.changed(),
      (reason) => services.refused(reason),
    )
  );
}

/** Makes the editors of a property. */
export function makeEditors(detail: PropertyDetail, services: EditorServices): DetailEditors {
  const label = `${detail.name}, ${t("columnValue")}`;
  const holdsText = detail.text !== undefined || detail.values !== undefined;
  const structure = detail.structures === undefined ? undefined : structureOf(detail, label, services);
  if (detail.editor === "hex" && structure !== undefined && holdsText) return { value: structure, structure };
  return { value: holdsText ? valueEditorOf(detail, label, services) : undefined, structure };
}
