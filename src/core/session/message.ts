/** IMessage over the state of a message, at the top of a file or embedded: [MS-OXCMSG], MAPI's IMessage. */
import { hex8, isStringType, propId, propType, PT_ERROR, PT_NULL, PT_OBJECT } from "../mapi/propertyTypes";
import { MapiError } from "../mapi/errors";
import {
  PR_ACCESS,
  PR_ACCESS_LEVEL,
  PR_CREATION_TIME,
  PR_HASATTACH,
  PR_MESSAGE_ATTACHMENTS,
  PR_MESSAGE_CLASS,
  PR_MESSAGE_FLAGS,
  PR_MESSAGE_RECIPIENTS,
  PR_MESSAGE_SIZE,
  PR_NORMALIZED_SUBJECT,
  PR_ROWID,
  PR_STORE_SUPPORT_MASK,
  PR_SUBJECT,
  PR_SUBJECT_PREFIX,
} from "../mapi/tags";
import type { IStorage } from "../storage/types";
import type { CodePage } from "../text/types";
import { storedSize } from "../mapi/values";
import { AttachObject } from "./attach";
import { type CodePageChoice, chooseCodePage } from "./codePageOf";
import { COMPUTED_OF_MESSAGE, displayLists, splitSubject } from "./computed";
import {
  MODRECIP_ADD,
  MODRECIP_MODIFY,
  MODRECIP_REMOVE,
  MSGFLAG_HASATTACH,
  OUTLOOK_STORE_SUPPORT_MASK,
  PROPATTR_READABLE,
} from "./constants";
import { copyProperties, isExcluded, mapNames } from "./copy";
import type { FileContext } from "./fileContext";
import { DEFAULT_FLAGS, type PropertyRecord, recordValue } from "./propertyRecord";
import { SUB_OBJECT_HEADER_SIZE } from "./propertyStream";
import { PropObject, unicodeOf, valuesOf } from "./propObject";
import { putValue, type RecordContext, withoutId } from "./recordList";
import { accessAfterSave, touchModified } from "./saving";
import {
  type AttachEntry,
  type AttachState,
  checkCount,
  emptyAttachment,
  findRecord,
  Lazy,
  longOf,
  type MessageState,
  newKey,
  type PropertyState,
  type RecipientEntry,
} from "./state";
import type { AttachmentRow, IAttach, IMAPIProp, IMessage, PropValue, RecipientRow } from "./types";

/** What a message is saved into: the file for the top message, an attachment for an embedded one. */
export interface MessageOwner {
  /** The page for strings whose page the message does not tell; undefined at the top. */
  readonly ownerCodePage: CodePage | undefined;
  readonly ownerUnicode: boolean;
  /** The message as last written to the file. */
  baselineMessage(): MessageState | undefined;
  /** The message as last saved into the owner. */
  savedMessage(): MessageState | undefined;
  /** Takes a saved message; answers the state it has from then on. */
  acceptMessage(state: MessageState): MessageState;
}

const ACCESS_READ = 2;

/** An open message. */
export class MessageObject extends PropObject<MessageState> implements IMessage {
  protected override readonly computedIds = COMPUTED_OF_MESSAGE;
  readonly #attachments = new Map<number, AttachObject>();
  /** Numbers of attachments that were made and not saved yet. */
  readonly #pending = new Map<number, number>();
  #codePage: { readonly records: readonly PropertyRecord[]; readonly choice: CodePageChoice } | undefined;

  constructor(
    file: FileContext,
    state: MessageState,
    readonly owner: MessageOwner,
  ) {
    super(file, state);
  }

  /** The message's content as it stands, saved or not. */
  get state(): MessageState {
    return this.current;
  }

  get codePage(): CodePage {
    return this.codePageChoice.page;
  }

  /** The code page of the message's 8-bit strings and the rule that chose it. */
  get codePageChoice(): CodePageChoice {
    if (this.#codePage?.records !== this.current.records || this.file.codePageOverride) {
      const choice = chooseCodePage(
        this.current.records,
        this.file.codePageOverride,
        this.owner.ownerCodePage,
      );
      this.#codePage = { records: this.current.records, choice };
    }
    return this.#codePage.choice;
  }

  get unicode(): boolean {
    return unicodeOf(this.current.records) ?? this.owner.ownerUnicode;
  }

  protected baselineRecords(): readonly PropertyRecord[] {
    return this.owner.baselineMessage()?.records ?? [];
  }

  // ---- properties ------------------------------------------------------------------------------------------------

  protected computeValue(tag: number): PropValue | undefined {
    if (tag !== PR_MESSAGE_SIZE) return undefined;
    return { tag, value: Math.min(sizeOfMessage(this.current), 0x7fffffff) };
  }

  protected afterChange(ids: ReadonlySet<number>): void {
    if (ids.has(propId(PR_SUBJECT)) || ids.has(propId(PR_SUBJECT_PREFIX))) {
      this.computeSubject(ids.has(propId(PR_SUBJECT_PREFIX)));
    }
  }

  private textOf(tag: number): string | undefined {
    const record = findRecord(this.current.records, tag);
    const value =
      record?.stored && isStringType(propType(record.tag)) ? recordValue(record, this.codePage) : undefined;
    return typeof value === "string" ? value : undefined;
  }

  /** PR_SUBJECT_PREFIX and PR_NORMALIZED_SUBJECT follow PR_SUBJECT. */
  private computeSubject(prefixWasSet: boolean): void {
    const subject = this.textOf(PR_SUBJECT);
    if (subject === undefined) {
      this.dropComputed(PR_NORMALIZED_SUBJECT);
      if (!prefixWasSet) this.dropComputed(PR_SUBJECT_PREFIX);
      return;
    }
    const { prefix, normalized } = splitSubject(subject, this.textOf(PR_SUBJECT_PREFIX));
    this.putComputed(PR_SUBJECT_PREFIX, prefix, DEFAULT_FLAGS);
    this.putComputed(PR_NORMALIZED_SUBJECT, normalized, PROPATTR_READABLE);
  }

  override openProperty(tag: number): Uint8Array | IStorage | IMessage {
    this.assertOpen();
    const wanted = tag >>> 0;
    if (wanted === PR_MESSAGE_RECIPIENTS || wanted === PR_MESSAGE_ATTACHMENTS) {
      throw new MapiError("MAPI_E_INTERFACE_NOT_SUPPORTED", "Use getRecipientTable and getAttachmentTable.");
    }
    if (propType(wanted) === PT_OBJECT) {
      throw new MapiError("MAPI_E_NOT_FOUND", `There is no object property 0x${hex8(wanted)} on a message.`);
    }
    return this.openBytes(wanted);
  }

  // ---- recipients ------------------------------------------------------------------------------------------------

  getRecipientTable(): RecipientRow[] {
    this.assertOpen();
    return this.current.recipients.map((entry) => ({
      rowId: entry.number,
      properties: valuesOf(entry.state.value.records, this.codePage),
    }));
  }

  modifyRecipients(
    flags: number,
    rows: readonly { rowId?: number; properties: readonly PropValue[] }[],
  ): void {
    this.assertWriteable();
    const before = this.current.recipients;
    switch (flags) {
      case 0:
        this.setRecipients(this.addRows([], rows));
        break;
      case MODRECIP_ADD:
        this.setRecipients(this.addRows(before, rows));
        break;
      case MODRECIP_MODIFY:
        this.setRecipients(this.modifyRows(before, rows));
        break;
      case MODRECIP_REMOVE: {
        const gone = new Set(rows.map((row) => this.entryOfRow(before, row).key));
        this.setRecipients(before.filter((entry) => !gone.has(entry.key)));
        break;
      }
      default:
        throw new MapiError(
          "MAPI_E_UNKNOWN_FLAGS",
          `modifyRecipients does not know the flags 0x${flags.toString(16)}.`,
        );
    }
  }

  private addRows(
    entries: readonly RecipientEntry[],
    rows: readonly { properties: readonly PropValue[] }[],
  ): RecipientEntry[] {
    checkCount(entries.length + rows.length, "recipients");
    let number = entries.reduce((highest, entry) => Math.max(highest, entry.number + 1), 0);
    const added = rows.map((row) => {
      const rowId = number++;
      const empty: PropertyState = { header: new Uint8Array(SUB_OBJECT_HEADER_SIZE), records: [] };
      const state = this.rowState(empty, [], rowId, row.properties);
      return { key: newKey(), number: rowId, state: Lazy.of(state) };
    });
    return [...entries, ...added];
  }

  private modifyRows(
    entries: readonly RecipientEntry[],
    rows: readonly { rowId?: number; properties: readonly PropValue[] }[],
  ): RecipientEntry[] {
    const changed = new Map<number, RecipientEntry>();
    for (const row of rows) {
      const entry = this.entryOfRow(entries, row);
      const baseline = this.baselineRecipient(entry.key);
      const state = this.rowState(
        entry.state.value,
        baseline?.value.records ?? [],
        entry.number,
        row.properties,
      );
      changed.set(entry.key, withRecipientState(entry, state, baseline));
    }
    return entries.map((entry) => changed.get(entry.key) ?? entry);
  }

  /** The recipient as last written to the file. */
  baselineRecipient(key: number): Lazy<PropertyState> | undefined {
    return this.owner.baselineMessage()?.recipients.find((old) => old.key === key)?.state;
  }

  /** Changes the records of one recipient; a row that is as in the file again becomes that very row. */
  updateRecipient(
    key: number,
    change: (records: readonly PropertyRecord[], context: RecordContext) => readonly PropertyRecord[],
  ): void {
    this.assertWriteable();
    const baseline = this.baselineRecipient(key);
    const context = {
      codePage: this.codePage,
      unicode: this.unicode,
      baseline: baseline?.value.records ?? [],
    };
    const recipients = this.current.recipients.map((entry) => {
      if (entry.key !== key) return entry;
      const state = entry.state.value;
      const records = change(state.records, context);
      return records === state.records ? entry : withRecipientState(entry, { ...state, records }, baseline);
    });
    this.setRecipients(recipients);
  }

  /** Takes one recipient out of the list. */
  deleteRecipient(key: number): void {
    this.assertWriteable();
    this.setRecipients(this.current.recipients.filter((entry) => entry.key !== key));
  }

  private entryOfRow(
    entries: readonly RecipientEntry[],
    row: { rowId?: number; properties: readonly PropValue[] },
  ): RecipientEntry {
    const rowId = row.rowId ?? row.properties.find(({ tag }) => tag === PR_ROWID)?.value;
    if (rowId === undefined) {
      throw new MapiError(
        "MAPI_E_MISSING_REQUIRED_COLUMN",
        "A row to be modified or removed needs its row id.",
      );
    }
    const entry = entries.find((candidate) => candidate.number === rowId);
    if (!entry) throw new MapiError("MAPI_E_NOT_FOUND", `There is no recipient row ${String(rowId)}.`);
    return entry;
  }

  /** A row's state with exactly these properties (PR_ROWID apart); what is equal keeps its record and place. */
  private rowState(
    state: PropertyState,
    baseline: readonly PropertyRecord[],
    rowId: number,
    properties: readonly PropValue[],
  ): PropertyState {
    const context: RecordContext = { codePage: this.codePage, unicode: this.unicode, baseline };
    const values = properties.filter(({ tag }) => propType(tag) !== PT_ERROR && tag !== PR_ROWID);
    const kept = new Set(values.map(({ tag }) => propId(tag)).concat(propId(PR_ROWID)));
    // Values that cannot be read came back as PT_ERROR: they stay as they are.
    for (const { tag } of properties) if (propType(tag) === PT_ERROR) kept.add(propId(tag));
    let records: readonly PropertyRecord[] = state.records;
    for (const { tag } of state.records)
      if (!kept.has(propId(tag))) records = withoutId(records, propId(tag));
    if (!findRecord(records, PR_ROWID)) records = putValue(records, PR_ROWID, rowId, context);
    for (const { tag, value } of values) {
      if (propType(tag) === PT_NULL || propType(tag) === PT_OBJECT) {
        throw new MapiError(
          "MAPI_E_INVALID_PARAMETER",
          `0x${hex8(tag)} cannot be a property of a recipient.`,
        );
      }
      records = putValue(records, tag, value, context);
    }
    if (records === state.records || sameRecords(records, state.records)) return state;
    const known = new Set(state.records);
    const added = records.filter((record) => !known.has(record));
    this.file.account.hold(
      added.reduce((sum, record) => sum + (record.stored ? storedSize(record.stored) : 0), 0),
    );
    return { ...state, records };
  }

  private setRecipients(recipients: readonly RecipientEntry[]): void {
    const before = this.current.recipients;
    if (recipients.length === before.length && recipients.every((entry, i) => entry === before[i])) return;
    const baseline = this.owner.baselineMessage();
    const isBaseline =
      baseline?.recipients.length === recipients.length &&
      recipients.every(
        (entry, i) =>
          entry.key === baseline.recipients[i]?.key && entry.state === baseline.recipients[i].state,
      );
    this.current = { ...this.current, recipients: isBaseline ? baseline.recipients : recipients };
    this.computeDisplayLists(before);
  }

  /** PR_DISPLAY_TO, _CC, _BCC follow the recipients; a list whose names did not change keeps what the file says. */
  private computeDisplayLists(before: readonly RecipientEntry[]): void {
    const old = displayLists(before, this.codePage);
    const baseline = this.owner.baselineMessage();
    const written = baseline ? displayLists(baseline.recipients, this.codePage) : [];
    displayLists(this.current.recipients, this.codePage).forEach(([tag, names], i) => {
      if (names === old[i]?.[1]) return;
      const record = baseline && names === written[i]?.[1] ? findRecord(baseline.records, tag) : undefined;
      const value = record?.stored ? recordValue(record, this.codePage) : names;
      this.putComputed(tag, value, PROPATTR_READABLE);
    });
  }

  // ---- attachments -----------------------------------------------------------------------------------------------

  getAttachmentTable(): AttachmentRow[] {
    this.assertOpen();
    const saved = new Set(this.owner.savedMessage()?.attachments.map((entry) => entry.key));
    return this.current.attachments
      .filter((entry) => saved.has(entry.key))
      .map((entry) => ({
        number: entry.number,
        properties: valuesOf(entry.state.value.records, this.codePage),
      }));
  }

  openAttach(number: number): IAttach {
    this.assertOpen();
    const entry = this.current.attachments.find((candidate) => candidate.number === number);
    if (!entry) throw new MapiError("MAPI_E_NOT_FOUND", `There is no attachment ${number}.`);
    return this.attachOfKey(entry.key);
  }

  /** The open object of an attachment of the list; opened when it is not. */
  attachOfKey(key: number): AttachObject {
    const open = this.#attachments.get(key);
    if (open) return open;
    const entry = this.current.attachments.find((candidate) => candidate.key === key);
    if (!entry) throw new MapiError("MAPI_E_NOT_FOUND", "The attachment is not there any more.");
    const attach = new AttachObject(this, key, entry.state.value, false);
    this.#attachments.set(key, attach);
    return attach;
  }

  createAttach(): { number: number; attach: IAttach } {
    return this.createAttachment();
  }

  /** As `createAttach`, with the key the attachment will have in the list. */
  createAttachment(): { number: number; attach: AttachObject } {
    this.assertWriteable();
    const numbers = [...this.current.attachments.map((entry) => entry.number), ...this.#pending.values()];
    checkCount(numbers.length + 1, "attachments");
    const number = numbers.reduce((highest, used) => Math.max(highest, used + 1), 0);
    const key = newKey();
    this.#pending.set(key, number);
    const attach = new AttachObject(this, key, emptyAttachment(), true);
    attach.initialize(number);
    this.#attachments.set(key, attach);
    return { number, attach };
  }

  deleteAttach(number: number): void {
    this.assertWriteable();
    const entry = this.current.attachments.find((candidate) => candidate.number === number);
    const pending = [...this.#pending].find(([, used]) => used === number);
    const key = entry?.key ?? pending?.[0];
    if (key === undefined) throw new MapiError("MAPI_E_NOT_FOUND", `There is no attachment ${number}.`);
    this.#attachments.get(key)?.detach();
    this.forget(key);
    if (entry) this.setAttachments(this.current.attachments.filter((candidate) => candidate !== entry));
  }

  /** Forgets an attachment's open object. */
  forget(key: number): void {
    this.#attachments.delete(key);
    this.#pending.delete(key);
  }

  attachNumber(key: number): number {
    const entry = this.current.attachments.find((candidate) => candidate.key === key);
    return entry?.number ?? this.#pending.get(key) ?? -1;
  }

  /** The attachment as last written to the file. */
  baselineAttachment(key: number): AttachState | undefined {
    return this.owner.baselineMessage()?.attachments.find((entry) => entry.key === key)?.state.value;
  }

  /** Takes over a saved attachment; it reaches the file with the message's own `saveChanges`. */
  acceptAttachment(key: number, state: AttachState): AttachState {
    this.assertWriteable();
    const list = this.current.attachments;
    const at = list.findIndex((entry) => entry.key === key);
    const old = this.owner.baselineMessage()?.attachments.find((entry) => entry.key === key);
    const restored =
      old && old.state.value.object === state.object && sameRecords(old.state.value.records, state.records)
        ? old.state
        : Lazy.of(state);
    const number = list[at]?.number ?? this.#pending.get(key) ?? 0;
    this.#pending.delete(key);
    const entry: AttachEntry = { key, number, state: restored };
    this.setAttachments(
      at < 0 ? [...list, entry] : list.map((candidate, i) => (i === at ? entry : candidate)),
    );
    return restored.value;
  }

  private setAttachments(attachments: readonly AttachEntry[]): void {
    const had = this.current.attachments.length > 0;
    const baseline = this.owner.baselineMessage()?.attachments;
    const isBaseline =
      baseline?.length === attachments.length &&
      attachments.every((entry, i) => entry.key === baseline[i]?.key && entry.state === baseline[i].state);
    this.current = { ...this.current, attachments: isBaseline ? baseline : attachments };
    if (had !== attachments.length > 0) this.computeHasAttach();
  }

  /** PR_HASATTACH and MSGFLAG_HASATTACH follow the number of attachments. */
  private computeHasAttach(): void {
    const has = this.current.attachments.length > 0;
    if (has) this.putComputed(PR_HASATTACH, true, PROPATTR_READABLE);
    else this.dropComputed(PR_HASATTACH);
    const flags = longOf(this.current.records, PR_MESSAGE_FLAGS);
    if (flags === undefined && !has) return;
    const bits = has ? (flags ?? 0) | MSGFLAG_HASATTACH : (flags ?? 0) & ~MSGFLAG_HASATTACH;
    this.putComputed(PR_MESSAGE_FLAGS, bits, DEFAULT_FLAGS);
  }

  // ---- saving ----------------------------------------------------------------------------------------------------

  override saveChanges(flags = 0): void {
    this.assertWriteable();
    const access = accessAfterSave(flags, this.access);
    const saved = this.owner.savedMessage();
    if (this.current !== saved || this.needsWriting()) {
      const now = this.file.options.now();
      if (!saved) this.initialize(now);
      const baseline = this.owner.baselineMessage();
      const listsChanged = baseline !== undefined && !sameOwnLists(baseline, this.current);
      this.setRecords(
        touchModified(this.current.records, saved?.records ?? [], this.baselineRecords(), now, listsChanged),
      );
      const sameAsFile = baseline !== undefined && sameMessage(baseline, this.current);
      this.refresh(this.owner.acceptMessage(sameAsFile ? baseline : this.current), true);
    }
    this.access = access;
  }

  /** Names that were added without a property still have to be written with the top message. */
  private needsWriting(): boolean {
    return this.file.names !== this.file.writtenNames;
  }

  /** Sets what MAPI gives every new message when it is first saved. */
  private initialize(now: bigint): void {
    this.putDefault(PR_CREATION_TIME, now, PROPATTR_READABLE);
    this.putDefault(PR_ACCESS_LEVEL, 0, PROPATTR_READABLE);
    this.putDefault(PR_ACCESS, ACCESS_READ, PROPATTR_READABLE);
    if (this.unicode) this.putDefault(PR_STORE_SUPPORT_MASK, OUTLOOK_STORE_SUPPORT_MASK, PROPATTR_READABLE);
    this.putDefault(PR_MESSAGE_CLASS, "IPM.Note", DEFAULT_FLAGS);
    for (const [tag, names] of displayLists(this.current.recipients, this.codePage)) {
      this.putDefault(tag, names, PROPATTR_READABLE);
    }
  }

  /** The owner's state of this message changed: it was numbered, or put back to an earlier one. */
  refresh(state: MessageState, keepPending: boolean): void {
    this.current = state;
    const entries = new Map(state.attachments.map((entry) => [entry.key, entry]));
    for (const [key, attach] of this.#attachments) {
      const entry = entries.get(key);
      if (entry) attach.refresh(entry.state.value, keepPending);
      else if (!keepPending || !this.#pending.has(key)) {
        attach.detach();
        this.forget(key);
      }
    }
  }

  /** Closes the object: its owner is gone. */
  detach(): void {
    this.access = "closed";
    for (const attach of this.#attachments.values()) attach.detach();
  }

  release(): void {
    this.detach();
  }

  override copyTo(target: IMAPIProp, exclude: readonly number[] = []): void {
    this.assertOpen();
    copyProperties(this, target, exclude);
    if (!(target instanceof MessageObject)) return;
    if (!isExcluded(PR_MESSAGE_RECIPIENTS, exclude)) {
      const rows = this.getRecipientTable().map((row) => ({
        properties: mapNames(this, target, row.properties),
      }));
      target.modifyRecipients(MODRECIP_ADD, rows);
    }
    if (isExcluded(PR_MESSAGE_ATTACHMENTS, exclude)) return;
    for (const entry of this.current.attachments) {
      const { attach } = target.createAttachment();
      this.attachOfKey(entry.key).copyTo(attach);
      attach.saveChanges();
    }
  }
}

function withRecipientState(
  entry: RecipientEntry,
  state: PropertyState,
  baseline: Lazy<PropertyState> | undefined,
): RecipientEntry {
  if (state === entry.state.value) return entry;
  const restored = baseline && sameRecords(baseline.value.records, state.records) ? baseline : Lazy.of(state);
  return { ...entry, state: restored };
}

const sameRecords = (a: readonly PropertyRecord[], b: readonly PropertyRecord[]): boolean =>
  a === b || (a.length === b.length && a.every((record, i) => record === b[i]));

const sameMessage = (a: MessageState, b: MessageState): boolean =>
  sameRecords(a.records, b.records) && a.recipients === b.recipients && a.attachments === b.attachments;

/** Whether recipients and attachments differ in more than what is embedded in them. */
function sameOwnLists(a: MessageState, b: MessageState): boolean {
  if (a.recipients !== b.recipients || a.attachments.length !== b.attachments.length) return false;
  return a.attachments.every((entry, i) => {
    const other = b.attachments[i];
    if (other?.key !== entry.key) return false;
    return other.state === entry.state || sameRecords(entry.state.value.records, other.state.value.records);
  });
}

/** Bytes of all values of a message, its recipients and attachments: what PR_MESSAGE_SIZE counts. */
function sizeOfMessage(state: MessageState): number {
  const own = (records: readonly PropertyRecord[]): number =>
    records.reduce(
      (sum, record) =>
        sum + 16 + (record.stored && record.stored.place !== "fixed" ? storedSize(record.stored) : 0),
      0,
    );
  const recipients = state.recipients.reduce((sum, entry) => sum + own(entry.state.value.records), 0);
  const attachments = state.attachments.reduce((sum, entry) => {
    const object = entry.state.value.object.value;
    return (
      sum + own(entry.state.value.records) + (object?.kind === "message" ? sizeOfMessage(object.message) : 0)
    );
  }, 0);
  return own(state.records) + recipients + attachments;
}
