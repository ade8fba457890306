/** IMAPIProp over a state of records: what messages and attachments have in common. MAPI's IMAPIProp, [MS-OXCPRPT] 3. */
import {
  elementType,
  hex8,
  propId,
  PROPERTY_TYPES,
  propTag,
  propType,
  PT_ERROR,
  PT_OBJECT,
  PT_UNSPECIFIED,
} from "../mapi/propertyTypes";
import { MAPI_E_NOT_FOUND, MapiError } from "../mapi/errors";
import { PR_ATTACH_DATA_OBJ } from "../mapi/tags";
import type { IStorage } from "../storage/types";
import type { CodePage } from "../text/types";
import {
  MAPI_CREATE,
  MAPI_MODIFY,
  PROPATTR_MANDATORY,
  PROPATTR_NOT_PRESENT,
  PROPATTR_WRITEABLE,
} from "./constants";
import type { FileContext } from "./fileContext";
import { appendNames, canonicalName, idOfName, nameOfId, unknownNames } from "./namedProperties";
import { type PropertyRecord, withFlags, withObjectStream } from "./propertyRecord";
import { sameBytes } from "./propertyStream";
import {
  applyEach,
  checkAccessFlags,
  checkId,
  checkType,
  checkValues,
  DECIDING,
  EMPTY_VALUES,
  failed,
  isSkipped,
  valueOf,
  valuesOf,
} from "./propValues";
import {
  putRecord,
  firstById,
  putValue,
  type RecordContext,
  RecordDraft,
  revertId,
  sameTypeButWidth,
  withoutId,
} from "./recordList";
import { type AttachState, findRecord, type MessageState } from "./state";
import type { IMAPIProp, IMessage, NamedProperty, PropProblem, PropValue } from "./types";

/** What may still be done with an object. */
export type Access = "readWrite" | "readOnly" | "closed";

/** As many properties are looked for one by one; for more an index pays. */
const FEW = 8;

/** The base of messages and attachments. */
export abstract class PropObject<S extends MessageState | AttachState> implements IMAPIProp {
  protected access: Access = "readWrite";
  #current: S;

  protected constructor(
    readonly file: FileContext,
    state: S,
  ) {
    file.account.exchange(undefined, state);
    this.#current = state;
  }

  /** The content as it stands, saved or not. Setting it throws MAPI_E_NOT_ENOUGH_MEMORY when it is too much. */
  protected get current(): S {
    return this.#current;
  }

  protected set current(state: S) {
    if (this.access !== "closed") this.file.account.exchange(this.#current, state);
    this.#current = state;
  }

  /** The object was closed; what it is in may be open still. */
  get isClosed(): boolean {
    return this.access === "closed";
  }

  /** Ends the object: what it holds is given back, and every call on it fails from now on. */
  protected close(): void {
    if (this.access === "closed") return;
    this.access = "closed";
    this.file.account.exchange(this.#current, undefined);
  }

  /** Does all of something or, when it throws, nothing. */
  protected atomically<T>(work: () => T): T {
    const { names } = this.file;
    const before = this.#current;
    try {
      return work();
    } catch (error) {
      this.current = before;
      this.file.names = names;
      throw error;
    }
  }

  /** The object that this one is in: a message's attachment, an attachment's message; undefined for the top message. */
  abstract get container(): PropObject<MessageState | AttachState> | undefined;
  /** Ids that only the session sets. */
  protected abstract readonly computedIds: ReadonlySet<number>;
  /** The code page of the object's 8-bit strings. */
  abstract get codePage(): CodePage;
  /** Whether new strings are Unicode. */
  abstract get unicode(): boolean;
  /** The records as last written to the file. */
  protected abstract baselineRecords(): readonly PropertyRecord[];
  abstract saveChanges(flags?: number): void;
  abstract copyTo(target: IMAPIProp, exclude?: readonly number[]): void;
  abstract openProperty(tag: number, flags?: number): Uint8Array | IStorage | IMessage;
  /** Follows up on ids that were set or deleted: what is computed from them. */
  protected abstract afterChange(ids: ReadonlySet<number>): void;

  /** @throws MapiError MAPI_E_INVALID_OBJECT when the object was closed. */
  protected assertOpen(): void {
    this.file.assertOpen();
    if (this.access === "closed") throw new MapiError("MAPI_E_INVALID_OBJECT", "The object was closed.");
  }

  /** @throws MapiError MAPI_E_NO_ACCESS when the object is open for reading only. */
  assertWriteable(): void {
    this.assertOpen();
    if (this.access === "readOnly")
      throw new MapiError("MAPI_E_NO_ACCESS", "The object is open for reading only.");
  }

  protected get recordContext(): RecordContext {
    return { codePage: this.codePage, unicode: this.unicode, baseline: this.baselineRecords() };
  }

  /** Puts new records into the current state. */
  protected setRecords(records: readonly PropertyRecord[]): void {
    if (records !== this.current.records) this.current = { ...this.current, records };
  }

  /** Puts the property of an id back to what the file holds, or to its absence there. */
  protected revertId(tag: number): void {
    this.setRecords(revertId(this.current.records, propId(tag), this.baselineRecords()));
  }

  getPropList(): number[] {
    this.assertOpen();
    const seen = new Set<number>();
    return this.current.records.flatMap(({ tag }) => {
      if (seen.has(propId(tag))) return [];
      seen.add(propId(tag));
      return [tag];
    });
  }

  getProps(tags?: readonly number[]): PropValue[] {
    this.assertOpen();
    if (!tags) return valuesOf(this.current.records, this.codePage);
    if (tags.length === 0) throw new MapiError("MAPI_E_INVALID_PARAMETER", "No property tags were given.");
    const { records } = this.current;
    const first = tags.length > FEW ? firstById(records) : undefined;
    return tags.map((tag) =>
      this.getProp(tag >>> 0, first ? first.get(propId(tag)) : findRecord(records, tag)),
    );
  }

  private getProp(tag: number, record: PropertyRecord | undefined): PropValue {
    const type = propType(tag);
    if (!record) return this.computeValue(tag) ?? failed(tag, MAPI_E_NOT_FOUND);
    if (type !== PT_UNSPECIFIED && !sameTypeButWidth(type, propType(record.tag)))
      return failed(tag, MAPI_E_NOT_FOUND);
    return valueOf(record, type === PT_UNSPECIFIED ? record.tag : tag, this.codePage);
  }

  /** A value that is not stored but can be told, or undefined. */
  protected abstract computeValue(tag: number): PropValue | undefined;

  setProps(values: readonly PropValue[]): PropProblem[] {
    this.assertWriteable();
    checkValues(values);
    const draft = new RecordDraft(this.current.records);
    let context = this.recordContext;
    return this.change(
      values.map((value) => value.tag),
      (tag, index) => {
        const value = values[index];
        if (!value || isSkipped(value)) return false;
        this.checkSettable(tag, draft.find(tag));
        draft.put(tag, value.value, context);
        if (DECIDING.has(propId(tag))) {
          this.setRecords(draft.records);
          context = this.recordContext;
        }
        return true;
      },
      () => this.setRecords(draft.records),
    );
  }

  deleteProps(tags: readonly number[]): PropProblem[] {
    this.assertWriteable();
    const { records } = this.current;
    const first = firstById(records);
    const gone = new Set<number>();
    return this.change(
      tags,
      (tag) => {
        const record = first.get(propId(tag));
        if (!record) return false;
        this.checkWriteable(record);
        if ((record.flags & PROPATTR_MANDATORY) !== 0) {
          throw new MapiError(
            "MAPI_E_NO_ACCESS",
            `0x${hex8(record.tag)} is mandatory and cannot be deleted.`,
          );
        }
        gone.add(propId(tag));
        return true;
      },
      () => this.setRecords(records.filter(({ tag }) => !gone.has(propId(tag)))),
    );
  }

  /**
   * Does something for each tag, turns what fails into problems, and follows up on what was done. When memory runs out,
   * or the follow-up fails, nothing is done at all.
   * @param finish puts what was done into the current state
   */
  private change(
    tags: readonly number[],
    apply: (tag: number, index: number) => boolean,
    finish: () => void,
  ): PropProblem[] {
    return this.atomically(() => {
      const { problems, changed } = applyEach(tags, apply);
      if (changed.size === 0) return problems;
      finish();
      this.afterChange(changed);
      return problems;
    });
  }

  private checkSettable(tag: number, record: PropertyRecord | undefined): void {
    const id = propId(tag);
    checkType(tag);
    if (!record) checkId(tag, this.file.names);
    if (record) this.checkWriteable(record);
    else if (this.computedIds.has(id)) {
      throw new MapiError("MAPI_E_COMPUTED", `0x${hex8(tag)} is computed by the session.`);
    }
  }

  private checkWriteable(record: PropertyRecord): void {
    if ((record.flags & PROPATTR_WRITEABLE) !== 0) return;
    const computed = this.computedIds.has(propId(record.tag));
    const tag = hex8(record.tag);
    if (computed) throw new MapiError("MAPI_E_COMPUTED", `0x${tag} is computed by the session.`);
    throw new MapiError("MAPI_E_NO_ACCESS", `0x${tag} is marked as not writeable.`);
  }

  /** Sets a value the session computes, whatever its flags say. */
  protected putComputed(tag: number, value: unknown, flags: number): void {
    this.setRecords(putValue(this.current.records, tag, value, this.recordContext, flags));
  }

  /** Sets a value only where there is none. */
  protected putDefault(tag: number, value: unknown, flags: number): void {
    if (!findRecord(this.current.records, tag)) this.putComputed(tag, value, flags);
  }

  protected dropComputed(tag: number): void {
    this.setRecords(withoutId(this.current.records, propId(tag)));
  }

  getPropFlags(tag: number): number {
    this.assertOpen();
    return findRecord(this.current.records, tag)?.flags ?? PROPATTR_NOT_PRESENT;
  }

  setPropFlags(tag: number, flags: number): void {
    this.assertWriteable();
    const record = findRecord(this.current.records, tag);
    if (!record) throw new MapiError("MAPI_E_NOT_FOUND", `There is no property 0x${hex8(tag)}.`);
    if (!Number.isInteger(flags) || flags < 0 || flags > 0xffffffff || (flags & PROPATTR_NOT_PRESENT) !== 0) {
      throw new MapiError("MAPI_E_INVALID_PARAMETER", `${flags} is not a set of property flags.`);
    }
    if (record.flags === flags) return;
    const baseline = this.baselineRecords().find((old) => old.tag === record.tag && old.flags === flags);
    const restored = baseline && baseline.stored === record.stored ? baseline : withFlags(record, flags);
    this.setRecords(putRecord(this.current.records, restored));
  }

  /** Puts the property of an id back to what the file holds: its value and flags, or its absence. */
  revertProp(tag: number): void {
    this.assertWriteable();
    const before = this.current.records;
    this.atomically(() => {
      this.revertId(tag);
      if (this.current.records !== before) this.afterChange(new Set([propId(tag)]));
    });
  }

  getNamesFromIDs(ids: readonly number[]): (NamedProperty | undefined)[] {
    this.assertOpen();
    return ids.map((id) => nameOfId(this.file.names, id > 0xffff ? propId(id) : id));
  }

  getIDsFromNames(names: readonly NamedProperty[], flags = 0): number[] {
    this.assertOpen();
    const canonical = names.map(canonicalName);
    const known = this.file.names;
    const unknown = (flags & MAPI_CREATE) === 0 ? [] : unknownNames(known, canonical);
    if (unknown.length > 0) {
      this.assertWriteable();
      this.file.names = appendNames(known, unknown);
    }
    return canonical.map((name) => {
      const id = idOfName(this.file.names, name);
      return id === undefined ? propTag(PT_ERROR, 0) : propTag(PT_UNSPECIFIED, id);
    });
  }

  /**
   * Replaces the bytes of an object property whose object is a stream, neither a message nor a storage. Such a property
   * is not made anew: [MS-OXMSG] 2.1.4.1 wants a storage, and only other writers have streams there.
   * @throws MapiError MAPI_E_NOT_FOUND where there is no such stream, and as `setProps`
   */
  setObjectStream(tag: number, bytes: Uint8Array): void {
    this.assertWriteable();
    const record = findRecord(this.current.records, tag);
    if (record?.tag !== tag >>> 0 || propType(tag) !== PT_OBJECT || record.stored?.place !== "stream") {
      throw new MapiError("MAPI_E_NOT_FOUND", `0x${hex8(tag)} is no object that is a stream.`);
    }
    this.checkWriteable(record);
    if (sameBytes(record.stored.data.bytes, bytes)) return;
    const old = this.baselineRecords().find((each) => each.tag === record.tag && each.flags === record.flags);
    const isAsRead = old?.stored?.place === "stream" && sameBytes(old.stored.data.bytes, bytes);
    this.setRecords(putRecord(this.current.records, isAsRead ? old : withObjectStream(record, bytes)));
  }

  /** The object properties whose object is a stream, but for what an attachment holds. */
  objectStreams(): readonly PropertyRecord[] {
    return this.current.records.filter(
      ({ tag, stored }) =>
        propType(tag) === PT_OBJECT && tag !== PR_ATTACH_DATA_OBJ && stored?.place === "stream",
    );
  }

  /** Takes an object property that is a stream from another object, under its tag here. */
  putObjectStream(tag: number, record: PropertyRecord): void {
    this.assertWriteable();
    if (record.stored?.place !== "stream") return;
    const copy = { ...withObjectStream(record, record.stored.data.bytes), tag };
    this.setRecords(putRecord(this.current.records, copy));
  }

  /**
   * The raw bytes of a string or binary property, or of an object property that is a stream. With MAPI_CREATE, which
   * needs MAPI_MODIFY beside it, a string or binary property is made anew, empty: what was there is discarded.
   */
  protected openBytes(tag: number, flags: number): Uint8Array {
    if (propType(tag) === PT_UNSPECIFIED) {
      throw new MapiError(
        "MAPI_E_INVALID_PARAMETER",
        `0x${hex8(tag)}: the type of the property must be named.`,
      );
    }
    checkAccessFlags(flags);
    if ((flags & MAPI_MODIFY) !== 0) this.assertWriteable();
    const empty = (flags & MAPI_CREATE) === 0 ? undefined : EMPTY_VALUES.get(propType(tag));
    if (empty !== undefined) {
      const [problem] = this.setProps([{ tag, value: empty }]);
      if (problem) throw new MapiError(problem.name, problem.message);
    }
    const record = findRecord(this.current.records, tag);
    if (!record || !sameTypeButWidth(propType(record.tag), propType(tag))) {
      throw new MapiError("MAPI_E_NOT_FOUND", `There is no property 0x${hex8(tag)}.`);
    }
    if (record.stored?.place !== "stream") {
      const type = PROPERTY_TYPES.get(elementType(propType(tag)))?.mapi ?? "its type";
      throw new MapiError("MAPI_E_INTERFACE_NOT_SUPPORTED", `0x${hex8(tag)}: ${type} has no stream.`);
    }
    return record.stored.data.bytes;
  }
}
