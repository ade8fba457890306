/** The part of IMessage that is about properties and recipients: [MS-OXCMSG] 2.2.1, [MS-OXOMSG] 2.2.1, 2.2.3. */
import { isStringType, propId, propType } from "../mapi/propertyTypes";
import { MapiError } from "../mapi/errors";
import {
  PR_MESSAGE_ATTACHMENTS,
  PR_MESSAGE_RECIPIENTS,
  PR_MESSAGE_SIZE,
  PR_NORMALIZED_SUBJECT,
  PR_SUBJECT,
  PR_SUBJECT_PREFIX,
} from "../mapi/tags";
import type { IStorage } from "../storage/types";
import type { CodePage } from "../text/types";
import type { AttachObject } from "./attach";
import { type CodePageChoice, chooseCodePage } from "./codePageOf";
import { COMPUTED_OF_MESSAGE, displayLists, showSame, splitSubject } from "./computed";
import { PROPATTR_READABLE } from "./constants";
import type { FileContext } from "./fileContext";
import { asBefore, reordered, replaced } from "./lists";
import type { MessageOwner } from "./messageOwner";
import { DEFAULT_FLAGS, type PropertyRecord, recordValue } from "./propertyRecord";
import { PropObject } from "./propObject";
import { unicodeOf, valuesOf } from "./propValues";
import { type GivenRow, modifiedRecipients, withState } from "./recipientList";
import { putValue, type RecordContext } from "./recordList";
import { sizeOfMessage } from "./size";
import { entryOfKey, findRecord, type MessageState, type RecipientEntry } from "./state";
import type { IMessage, PropValue, RecipientRow } from "./types";

/** Properties and recipients of an open message. */
export abstract class MessageContent extends PropObject<MessageState> {
  protected override readonly computedIds = COMPUTED_OF_MESSAGE;
  #codePage:
    | {
        readonly records: readonly PropertyRecord[];
        readonly outer: CodePage | undefined;
        readonly override: CodePage | undefined;
        readonly choice: CodePageChoice;
      }
    | undefined;

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

  /** This message as last written to the file; undefined for one that is not in it. */
  get baseline(): MessageState | undefined {
    const written = this.owner.baselineMessage();
    return written?.origin === this.current.origin ? written : undefined;
  }

  override get container(): AttachObject | undefined {
    return this.owner.attachment;
  }

  get codePage(): CodePage {
    return this.codePageChoice.page;
  }

  /** The code page of the message's 8-bit strings and the rule that chose it. */
  get codePageChoice(): CodePageChoice {
    const { records } = this.current;
    const outer = this.owner.ownerCodePage;
    const override = this.file.codePageOverride;
    const known = this.#codePage;
    if (known?.records === records && known.outer === outer && known.override === override)
      return known.choice;
    const choice = chooseCodePage(records, override, outer);
    this.#codePage = { records, outer, override, choice };
    return choice;
  }

  get unicode(): boolean {
    return unicodeOf(this.current.records) ?? this.owner.ownerUnicode;
  }

  override assertWriteable(): void {
    super.assertWriteable();
    this.owner.assertWriteable();
  }

  protected baselineRecords(): readonly PropertyRecord[] {
    return this.baseline?.records ?? [];
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

  /** PR_SUBJECT_PREFIX and PR_NORMALIZED_SUBJECT follow PR_SUBJECT; with the file's subject they are the file's. */
  private computeSubject(prefixWasSet: boolean): void {
    const record = findRecord(this.current.records, PR_SUBJECT);
    const baseline = this.baselineRecords();
    if (this.baseline && !prefixWasSet && record === findRecord(baseline, PR_SUBJECT)) {
      this.revertId(PR_SUBJECT_PREFIX);
      this.revertId(PR_NORMALIZED_SUBJECT);
      return;
    }
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

  override openProperty(tag: number, flags = 0): Uint8Array | IStorage | IMessage {
    this.assertOpen();
    const wanted = tag >>> 0;
    if (wanted === PR_MESSAGE_RECIPIENTS || wanted === PR_MESSAGE_ATTACHMENTS) {
      throw new MapiError("MAPI_E_INTERFACE_NOT_SUPPORTED", "Use getRecipientTable and getAttachmentTable.");
    }
    return this.openBytes(wanted, flags);
  }

  // ---- recipients ------------------------------------------------------------------------------------------------

  getRecipientTable(): RecipientRow[] {
    this.assertOpen();
    return this.current.recipients.map((entry) => ({
      rowId: entry.number,
      properties: valuesOf(entry.state.value.records, this.codePage),
    }));
  }

  modifyRecipients(flags: number, rows: readonly GivenRow[]): void {
    this.assertWriteable();
    const context = {
      codePage: this.codePage,
      unicode: this.unicode,
      names: this.file.names,
      baseline: this.baseline?.recipients ?? [],
    };
    this.setRecipients(modifiedRecipients(flags, this.current.recipients, rows, context));
  }

  /** The recipient as last written to the file. */
  baselineRecipient(key: number): RecipientEntry | undefined {
    return entryOfKey(this.baseline?.recipients, key);
  }

  /** Changes the records of one recipient; a row that is as in the file again becomes that very row. */
  updateRecipient(
    key: number,
    change: (records: readonly PropertyRecord[], context: RecordContext) => readonly PropertyRecord[],
  ): void {
    this.assertWriteable();
    const entry = entryOfKey(this.current.recipients, key);
    if (!entry) throw new MapiError("MAPI_E_OBJECT_DELETED", "The recipient is not there any more.");
    const baseline = this.baselineRecipient(key);
    const state = entry.state.value;
    const records = change(state.records, {
      codePage: this.codePage,
      unicode: this.unicode,
      baseline: baseline?.state.value.records ?? [],
    });
    if (records === state.records) return;
    const changed = withState(entry, { ...state, records }, baseline);
    this.setRecipients(replaced(this.current.recipients, entry, changed));
  }

  /** Takes one recipient out of the list. */
  deleteRecipient(key: number): void {
    this.assertWriteable();
    this.setRecipients(this.current.recipients.filter((entry) => entry.key !== key));
  }

  /** Puts the recipients in the order of the keys. @throws MapiError MAPI_E_INVALID_PARAMETER when they are others. */
  reorderRecipients(keys: readonly number[]): void {
    this.assertWriteable();
    this.setRecipients(reordered(this.current.recipients, keys));
  }

  private setRecipients(recipients: readonly RecipientEntry[]): void {
    const before = this.current.recipients;
    const list = asBefore(recipients, before, this.baseline?.recipients);
    if (list === before) return;
    this.atomically(() => {
      this.current = { ...this.current, recipients: list };
      this.computeDisplayLists(before);
    });
  }

  /** PR_DISPLAY_TO, _CC, _BCC follow the recipients; where the names are those of the file, so are the lists. */
  private computeDisplayLists(before: readonly RecipientEntry[]): void {
    const { recipients } = this.current;
    const page = this.codePage;
    if (showSame(before, recipients, page)) return;
    const old = displayLists(before, page);
    const { baseline } = this;
    const written = baseline ? displayLists(baseline.recipients, page) : [];
    displayLists(recipients, page, before).forEach(([tag, names], i) => {
      if (names === old[i]?.[1]) return;
      if (names === written[i]?.[1]) this.revertId(tag);
      else this.putDisplayList(tag, names);
    });
  }

  /** Sets a display list: as Unicode where rows of an 8-bit message are, and its code page cannot hold their names. */
  private putDisplayList(tag: number, names: string): void {
    try {
      this.putComputed(tag, names, PROPATTR_READABLE);
    } catch (error) {
      if (!(error instanceof MapiError) || error.name !== "MAPI_E_BAD_CHARWIDTH") throw error;
      this.dropComputed(tag);
      const context = { ...this.recordContext, unicode: true };
      this.setRecords(putValue(this.current.records, tag, names, context, PROPATTR_READABLE));
    }
  }
}
