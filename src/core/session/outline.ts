/**
 * A message and everything in it as objects with addresses, for whoever shows and edits a whole message: what there is,
 * the properties of each object with what changed since the last save, edits by address, and the whole content as a
 * value that can be taken and put back. Edits go through IMAPIProp and are saved up to the top message at once; its own
 * `saveChanges` is the caller's.
 */
import { propId, propTag, propType, PT_ERROR, PT_OBJECT } from "../mapi/propertyTypes";
import { MapiError } from "../mapi/errors";
import { PR_ATTACH_DATA_OBJ, PR_ROWID } from "../mapi/tags";
import type { CodePage } from "../text/types";
import type { AttachObject } from "./attach";
import type { CodePageRule } from "./codePageOf";
import { recipientKind } from "./computed";
import { KEEP_OPEN_READWRITE, MAPI_CREATE, MODRECIP_ADD } from "./constants";
import { MessageObject } from "./message";
import type { NameMap } from "./namedProperties";
import { nameOfId } from "./namedProperties";
import { type PropertyRecord, recordValue, withFlags } from "./propertyRecord";
import { putRecord, putValue, withoutId } from "./recordList";
import { type ListEntry, type MessageState, type PropertyState } from "./state";
import type { IMessage, NamedProperty, PropProblem, PropValue } from "./types";

/**
 * Where an object is: "" for the top message, "/r7" for a recipient, "/a3" for an attachment, "/a3/m" for the message
 * embedded in it, and so on. Valid as long as the message is open, whatever is added, removed or saved.
 */
export type ObjectAddress = string;

/** How something differs from the file. */
export type Change = "added" | "changed" | "deleted";

/** One property of an object, as it stands. */
export interface PropertyView {
  readonly tag: number;
  readonly flags: number;
  /** The value; undefined when it cannot be read. */
  readonly value: unknown;
  /** Why the value cannot be read. */
  readonly problem: string | undefined;
  readonly change: Change | undefined;
}

/** A recipient in a message's list. */
export interface RecipientView {
  readonly address: ObjectAddress;
  readonly rowId: number;
  /** MAPI_TO, MAPI_CC, MAPI_BCC …; undefined when the row does not say. */
  readonly recipientKind: number | undefined;
  readonly change: Change | undefined;
}

/** An attachment in a message's list. */
export interface AttachmentView {
  readonly address: ObjectAddress;
  readonly number: number;
  /** What it holds beside properties. */
  readonly object: "message" | "storage" | undefined;
  readonly change: Change | undefined;
  /** Why the attachment cannot be read. */
  readonly problem: string | undefined;
}

/** A message, at the top or embedded. */
export interface MessageView {
  readonly address: ObjectAddress;
  readonly recipients: readonly RecipientView[];
  readonly attachments: readonly AttachmentView[];
  readonly unicode: boolean;
  readonly codePage: CodePage;
  readonly codePageRule: CodePageRule;
}

/** The whole content of a message at one moment; opaque. Taking one costs nothing. */
export interface MessageSnapshot {
  readonly message: MessageState;
  readonly names: NameMap;
}

type Target =
  | { readonly kind: "message"; readonly message: MessageObject }
  | { readonly kind: "attachment"; readonly attach: AttachObject }
  | { readonly kind: "recipient"; readonly message: MessageObject; readonly key: number };

const gone = (): MapiError =>
  new MapiError("MAPI_E_OBJECT_DELETED", "The object is not in the message any more.");

function raise(problems: readonly PropProblem[]): void {
  const problem = problems[0];
  if (problem) throw new MapiError(problem.name, problem.message);
}

function viewOf(record: PropertyRecord, codePage: CodePage, change: Change | undefined): PropertyView {
  const base = { tag: record.tag, flags: record.flags, change };
  try {
    return { ...base, value: recordValue(record, codePage), problem: undefined };
  } catch (error) {
    if (!(error instanceof MapiError)) throw error;
    return { ...base, value: undefined, problem: error.message };
  }
}

/** Records of an object with those the file has beside them, in order, each with how it differs. */
function diffRecords(
  current: readonly PropertyRecord[],
  baseline: readonly PropertyRecord[] | undefined,
): { record: PropertyRecord; change: Change | undefined }[] {
  if (current === baseline) return current.map((record) => ({ record, change: undefined }));
  const old = new Map((baseline ?? []).map((record) => [propId(record.tag), record]));
  const present = new Set(current.map((record) => propId(record.tag)));
  const rows = current.map((record) => {
    const before = old.get(propId(record.tag));
    const change: Change | undefined =
      before === undefined ? "added" : before === record ? undefined : "changed";
    return { record, change };
  });
  const deleted = (baseline ?? []).filter((record) => !present.has(propId(record.tag)));
  return [...rows, ...deleted.map((record) => ({ record, change: "deleted" as const }))];
}

function entryChange<T>(entry: ListEntry<T>, old: ReadonlyMap<number, ListEntry<T>>): Change | undefined {
  const before = old.get(entry.key);
  if (!before) return "added";
  return before.state === entry.state ? undefined : "changed";
}

const byKey = <T>(entries: readonly ListEntry<T>[] | undefined): ReadonlyMap<number, ListEntry<T>> =>
  new Map((entries ?? []).map((entry) => [entry.key, entry]));

/** Addresses, views and edits of a message; see the head of this file. */
export class MessageOutline {
  readonly #root: MessageObject;

  /** @throws MapiError MAPI_E_INVALID_PARAMETER for a message that is not of this session core. */
  constructor(message: IMessage) {
    if (!(message instanceof MessageObject)) {
      throw new MapiError("MAPI_E_INVALID_PARAMETER", "This message was not opened by openIMsgOnIStg.");
    }
    this.#root = message;
  }

  // ---- content as a value ----------------------------------------------------------------------------------------

  snapshot(): MessageSnapshot {
    return { message: this.#root.state, names: this.#root.file.names };
  }

  /** Puts an earlier content back; what was not saved into the top message is dropped. */
  restore(snapshot: MessageSnapshot): void {
    this.#root.file.assertOpen();
    this.#root.file.names = snapshot.names;
    this.#root.refresh(snapshot.message, false);
  }

  /** Whether the content differs from the file. */
  get isChanged(): boolean {
    return this.changeCount() > 0;
  }

  /** Number of properties, recipients and attachments that differ from the file, at every depth. */
  changeCount(): number {
    return countChanges(this.#root.state, this.#root.owner.baselineMessage());
  }

  // ---- what there is ---------------------------------------------------------------------------------------------

  /** @throws MapiError MAPI_E_OBJECT_DELETED when the message is not there any more. */
  message(address: ObjectAddress): MessageView {
    const target = this.find(address);
    if (target.kind !== "message") throw gone();
    const { message } = target;
    const baseline = message.owner.baselineMessage();
    const oldRecipients = byKey(baseline?.recipients);
    const oldAttachments = byKey(baseline?.attachments);
    const { page, rule } = message.codePageChoice;
    return {
      address,
      unicode: message.unicode,
      codePage: page,
      codePageRule: rule,
      recipients: message.state.recipients.map((entry) => ({
        address: `${address}/r${entry.key}`,
        rowId: entry.number,
        recipientKind: recipientKind(entry),
        change: entryChange(entry, oldRecipients),
      })),
      attachments: message.state.attachments.map((entry) => ({
        address: `${address}/a${entry.key}`,
        number: entry.number,
        ...attachedKind(entry),
        change: entryChange(entry, oldAttachments),
      })),
    };
  }

  /** The properties of an object: those it has in order, then those deleted since the last save. */
  properties(address: ObjectAddress): PropertyView[] {
    const { current, baseline, codePage } = this.records(address);
    const seen = new Set<number>();
    return diffRecords(current, baseline).flatMap(({ record, change }) => {
      if (seen.has(propId(record.tag))) return [];
      seen.add(propId(record.tag));
      return [viewOf(record, codePage, change)];
    });
  }

  /** One property, also a deleted one; undefined when there is none. */
  property(address: ObjectAddress, tag: number): PropertyView | undefined {
    const { current, baseline, codePage } = this.records(address);
    const row = diffRecords(current, baseline).find(({ record }) => propId(record.tag) === propId(tag));
    return row && viewOf(row.record, codePage, row.change);
  }

  /** The bytes of a value as stored: of its stream, or of its property entry; undefined where there are none. */
  storedBytes(address: ObjectAddress, tag: number): Uint8Array | undefined {
    const { current, baseline } = this.records(address);
    const row = diffRecords(current, baseline).find(({ record }) => propId(record.tag) === propId(tag));
    const stored = row?.record.stored;
    switch (stored?.place) {
      case "fixed":
        return stored.bytes;
      case "stream":
        return stored.data.bytes;
      case "streams":
      case undefined:
        return undefined;
    }
  }

  /** The name of a named property's id in this file. */
  nameOf(id: number): NamedProperty | undefined {
    return nameOfId(this.#root.file.names, id);
  }

  private records(address: ObjectAddress): {
    current: readonly PropertyRecord[];
    baseline: readonly PropertyRecord[] | undefined;
    codePage: CodePage;
  } {
    const target = this.find(address);
    switch (target.kind) {
      case "message":
        return {
          current: target.message.state.records,
          baseline: target.message.owner.baselineMessage()?.records,
          codePage: target.message.codePage,
        };
      case "attachment": {
        const { attach } = target;
        const baseline = attach.parent.baselineAttachment(attach.key)?.records;
        return { current: attach.state.records, baseline, codePage: attach.codePage };
      }
      case "recipient": {
        const entry = target.message.state.recipients.find((candidate) => candidate.key === target.key);
        if (!entry) throw gone();
        const baseline = target.message.baselineRecipient(target.key)?.value.records;
        return { current: entry.state.value.records, baseline, codePage: target.message.codePage };
      }
    }
  }

  private find(address: ObjectAddress): Target {
    this.#root.file.assertOpen();
    let target: Target = { kind: "message", message: this.#root };
    for (const step of address.split("/").slice(1)) {
      const key = Number(step.slice(1));
      if (target.kind === "message" && step.startsWith("r")) {
        if (!target.message.state.recipients.some((entry) => entry.key === key)) throw gone();
        target = { kind: "recipient", message: target.message, key };
      } else if (target.kind === "message" && step.startsWith("a")) {
        if (!target.message.state.attachments.some((entry) => entry.key === key)) throw gone();
        target = { kind: "attachment", attach: target.message.attachOfKey(key) };
      } else if (target.kind === "attachment" && step === "m") {
        const message: unknown = target.attach.openProperty(PR_ATTACH_DATA_OBJ);
        if (!(message instanceof MessageObject)) throw gone();
        target = { kind: "message", message };
      } else throw gone();
    }
    return target;
  }

  // ---- edits -----------------------------------------------------------------------------------------------------

  /** Saves what was changed in an object up to the top message. */
  private settle(target: Target): void {
    let message: MessageObject;
    if (target.kind === "attachment") {
      target.attach.saveChanges(KEEP_OPEN_READWRITE);
      message = target.attach.parent;
    } else message = target.message;
    while (message !== this.#root) {
      message.saveChanges(KEEP_OPEN_READWRITE);
      const attach = message.owner as AttachObject;
      attach.saveChanges(KEEP_OPEN_READWRITE);
      message = attach.parent;
    }
  }

  /** Does one edit; when it fails everything is as it was. */
  private edit<T>(address: ObjectAddress, change: (target: Target) => T): T {
    const before = this.snapshot();
    try {
      const target = this.find(address);
      const result = change(target);
      this.settle(target);
      return result;
    } catch (error) {
      this.restore(before);
      throw error;
    }
  }

  /** Sets a property. @throws MapiError what `setProps` reports as its problem. */
  setProperty(address: ObjectAddress, tag: number, value: unknown): void {
    this.edit(address, (target) => {
      if (target.kind === "recipient") {
        this.checkRecipientTag(tag);
        target.message.updateRecipient(target.key, (records, context) =>
          putValue(records, tag, value, context),
        );
      } else raise(objectOf(target).setProps([{ tag, value }]));
    });
  }

  private checkRecipientTag(tag: number): void {
    if (propId(tag) === propId(PR_ROWID)) {
      throw new MapiError(
        "MAPI_E_COMPUTED",
        "The row id is the number of the recipient; the session sets it.",
      );
    }
    if (propId(tag) >= 0x8000 && !this.nameOf(propId(tag))) {
      throw new MapiError("MAPI_E_UNEXPECTED_ID", "The property has no name in this file.");
    }
  }

  deleteProperties(address: ObjectAddress, tags: readonly number[]): void {
    this.edit(address, (target) => {
      if (target.kind === "recipient") {
        tags.forEach((tag) => this.checkRecipientTag(tag));
        target.message.updateRecipient(target.key, (records) =>
          tags.reduce((left, tag) => withoutId(left, propId(tag)), records),
        );
      } else raise(objectOf(target).deleteProps(tags));
    });
  }

  /** Changes the flags (PROPATTR_*) of a property. */
  setFlags(address: ObjectAddress, tag: number, flags: number): void {
    this.edit(address, (target) => {
      if (target.kind !== "recipient") {
        objectOf(target).setPropFlags(tag, flags);
        return;
      }
      target.message.updateRecipient(target.key, (records, { baseline }) => {
        const record = records.find((candidate) => propId(candidate.tag) === propId(tag));
        if (!record || record.flags === flags) return records;
        const old = baseline.find((candidate) => candidate.tag === record.tag && candidate.flags === flags);
        return putRecord(records, old?.stored === record.stored && old ? old : withFlags(record, flags));
      });
    });
  }

  /** Puts a property back to what the file holds. */
  revertProperty(address: ObjectAddress, tag: number): void {
    this.edit(address, (target) => {
      if (target.kind !== "recipient") {
        objectOf(target).revertProp(tag);
        return;
      }
      target.message.updateRecipient(target.key, (records, { baseline }) => {
        const old = baseline.find((record) => propId(record.tag) === propId(tag));
        return old ? putRecord(records, old, baseline) : withoutId(records, propId(tag));
      });
    });
  }

  /** The tag of a named property in this file, given an id when it has none. An edit even when no value follows. */
  tagOfName(name: NamedProperty, type: number): number {
    const [tag] = this.#root.getIDsFromNames([name], MAPI_CREATE);
    if (tag === undefined || propType(tag) === PT_ERROR) {
      throw new MapiError("MAPI_E_NOT_FOUND", "The named property got no id.");
    }
    return propTag(type, propId(tag));
  }

  /** Adds a recipient to a message; its address. */
  addRecipient(address: ObjectAddress, properties: readonly PropValue[]): ObjectAddress {
    return this.edit(address, (target) => {
      if (target.kind !== "message") throw gone();
      target.message.modifyRecipients(MODRECIP_ADD, [{ properties }]);
      return `${address}/r${target.message.state.recipients.at(-1)?.key ?? 0}`;
    });
  }

  /** Adds an attachment to a message; its address. */
  addAttachment(address: ObjectAddress, properties: readonly PropValue[]): ObjectAddress {
    return this.edit(address, (target) => {
      if (target.kind !== "message") throw gone();
      const { attach } = target.message.createAttachment();
      raise(attach.setProps(properties));
      attach.saveChanges(KEEP_OPEN_READWRITE);
      return `${address}/a${attach.key}`;
    });
  }

  /** Deletes a recipient or an attachment. */
  deleteObject(address: ObjectAddress): void {
    const parent = address.slice(0, address.lastIndexOf("/"));
    const found = this.find(address);
    this.edit(parent, (target) => {
      if (target.kind !== "message" || found.kind === "message") {
        throw new MapiError("MAPI_E_NO_SUPPORT", "A message is deleted with the attachment that holds it.");
      }
      if (found.kind === "recipient") target.message.deleteRecipient(found.key);
      else target.message.deleteAttach(found.attach.number);
    });
  }
}

function objectOf(target: Exclude<Target, { kind: "recipient" }>): MessageObject | AttachObject {
  return target.kind === "message" ? target.message : target.attach;
}

function attachedKind(
  entry: MessageState["attachments"][number],
): Pick<AttachmentView, "object" | "problem"> {
  try {
    const state = entry.state.value;
    const hasObject = state.records.some((record) => propType(record.tag) === PT_OBJECT);
    return {
      object: hasObject || !state.object.isLoaded ? state.object.value?.kind : undefined,
      problem: undefined,
    };
  } catch (error) {
    if (!(error instanceof MapiError)) throw error;
    return { object: undefined, problem: error.message };
  }
}

function countRecords(current: PropertyState, baseline: PropertyState | undefined): number {
  if (current.records === baseline?.records) return 0;
  return diffRecords(current.records, baseline?.records).filter(({ change }) => change !== undefined).length;
}

/** Changes of a list: one for each element that came or went, and those inside elements that stayed. */
function countList<T>(
  current: readonly ListEntry<T>[],
  baseline: readonly ListEntry<T>[] | undefined,
  inside: (state: T, old: T) => number,
): number {
  if (current === baseline) return 0;
  const old = byKey(baseline);
  const kept = new Set(current.map((entry) => entry.key));
  const removed = (baseline ?? []).filter((entry) => !kept.has(entry.key)).length;
  return current.reduce((sum, entry) => {
    const before = old.get(entry.key);
    if (!before) return sum + 1;
    return before.state === entry.state ? sum : sum + inside(entry.state.value, before.state.value);
  }, removed);
}

function countChanges(current: MessageState, baseline: MessageState | undefined): number {
  if (current === baseline) return 0;
  return (
    countRecords(current, baseline) +
    countList(current.recipients, baseline?.recipients, countRecords) +
    countList(current.attachments, baseline?.attachments, (state, old) => {
      if (state.object === old.object) return countRecords(state, old);
      const object = state.object.value;
      const before = old.object.value;
      const inner =
        object?.kind === "message"
          ? countChanges(object.message, before?.kind === "message" ? before.message : undefined)
          : 1;
      return countRecords(state, old) + inner;
    })
  );
}
