/** IMessage over the state of a message, at the top of a file or embedded: [MS-OXCMSG], MAPI's IMessage. */
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
  PR_STORE_SUPPORT_MASK,
} from "../mapi/tags";
import { AttachObject } from "./attach";
import { displayLists } from "./computed";
import {
  FORCE_SAVE,
  MODRECIP_ADD,
  MSGFLAG_HASATTACH,
  OUTLOOK_STORE_SUPPORT_MASK,
  PROPATTR_READABLE,
} from "./constants";
import { copyProperties, isExcluded, mapNames, refuseCycle } from "./copy";
import { asBefore, reordered, replaced, sameMessage, sameOwnLists } from "./lists";
import { MessageContent } from "./messageContent";
import type { NameMap } from "./namedProperties";
import { freeNumbers } from "./numbering";
import { DEFAULT_FLAGS } from "./propertyRecord";
import { sameRecords } from "./propertyStream";
import { valuesOf } from "./propValues";
import { accessAfterSave, touchModified } from "./saving";
import {
  type AttachEntry,
  type AttachState,
  checkCount,
  emptyAttachment,
  entryOfKey,
  findRecord,
  Lazy,
  longOf,
  type MessageState,
  newKey,
} from "./state";
import type { AttachmentRow, IAttach, IMAPIProp, IMessage } from "./types";

const ACCESS_READ = 2;

/** An open message. */
export class MessageObject extends MessageContent implements IMessage {
  readonly #attachments = new Map<number, AttachObject>();
  /** Numbers of attachments that were made and not saved yet, by key. */
  readonly #pending = new Map<number, number>();

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
    const entry = entryOfKey(this.current.attachments, key);
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
    checkCount(this.current.attachments.length + this.#pending.size + 1, "attachments");
    const number = this.nextAttachNumber();
    const key = newKey();
    const attach = new AttachObject(this, key, emptyAttachment(), true);
    attach.initialize(number);
    this.#pending.set(key, number);
    this.#attachments.set(key, attach);
    return { number, attach };
  }

  private nextAttachNumber(): number {
    const used = [...this.current.attachments.map((entry) => entry.number), ...this.#pending.values()];
    return freeNumbers(used, 1)[0] ?? 0;
  }

  deleteAttach(number: number): void {
    this.assertWriteable();
    const entry = this.current.attachments.find((candidate) => candidate.number === number);
    const pending = [...this.#pending].find(([, used]) => used === number);
    const key = entry?.key ?? pending?.[0];
    if (key === undefined) throw new MapiError("MAPI_E_NOT_FOUND", `There is no attachment ${number}.`);
    this.deleteAttachment(key);
  }

  /** Takes one attachment out of the list and closes it. */
  deleteAttachment(key: number): void {
    this.assertWriteable();
    this.setAttachments(this.current.attachments.filter((entry) => entry.key !== key));
    this.#attachments.get(key)?.detach();
    this.forget(key);
  }

  /** Puts the attachments in the order of the keys. @throws MapiError MAPI_E_INVALID_PARAMETER when they are others. */
  reorderAttachments(keys: readonly number[]): void {
    this.assertWriteable();
    this.setAttachments(reordered(this.current.attachments, keys));
  }

  /** Forgets an attachment's open object. */
  forget(key: number): void {
    this.#attachments.delete(key);
    this.#pending.delete(key);
  }

  attachNumber(key: number): number {
    return entryOfKey(this.current.attachments, key)?.number ?? this.#pending.get(key) ?? -1;
  }

  /** The attachment as last written to the file. */
  baselineAttachment(key: number): AttachState | undefined {
    return entryOfKey(this.baseline?.attachments, key)?.state.value;
  }

  /** Takes over a saved attachment; it reaches the file with the message's own `saveChanges`. */
  acceptAttachment(key: number, state: AttachState): AttachState {
    this.assertWriteable();
    const list = this.current.attachments;
    const present = entryOfKey(list, key);
    const old = entryOfKey(this.baseline?.attachments, key)?.state;
    const isAsRead =
      old && old.value.object === state.object && sameRecords(old.value.records, state.records);
    const number = present?.number ?? this.#pending.get(key) ?? this.nextAttachNumber();
    const entry: AttachEntry = { key, number, state: isAsRead ? old : Lazy.of(state) };
    this.setAttachments(present ? replaced(list, present, entry) : [...list, entry]);
    this.#pending.delete(key);
    return entry.state.value;
  }

  private setAttachments(attachments: readonly AttachEntry[]): void {
    const before = this.current.attachments;
    const list = asBefore(attachments, before, this.baseline?.attachments);
    if (list === before) return;
    this.atomically(() => {
      this.current = { ...this.current, attachments: list };
      if (before.length > 0 !== list.length > 0) this.computeHasAttach();
    });
  }

  /** PR_HASATTACH and MSGFLAG_HASATTACH follow the number of attachments; with the file's list they are the file's. */
  private computeHasAttach(): void {
    const { baseline } = this;
    const has = this.current.attachments.length > 0;
    const isAsRead = baseline?.attachments === this.current.attachments;
    if (isAsRead) this.revertId(PR_HASATTACH);
    else if (has) this.putComputed(PR_HASATTACH, true, PROPATTR_READABLE);
    else this.dropComputed(PR_HASATTACH);
    const flags = longOf(this.current.records, PR_MESSAGE_FLAGS);
    if (flags === undefined && !has) return;
    const bits = has ? (flags ?? 0) | MSGFLAG_HASATTACH : (flags ?? 0) & ~MSGFLAG_HASATTACH;
    if (isAsRead && bits === 0 && !findRecord(baseline.records, PR_MESSAGE_FLAGS)) {
      this.dropComputed(PR_MESSAGE_FLAGS);
    } else this.putComputed(PR_MESSAGE_FLAGS, bits, DEFAULT_FLAGS);
  }

  // ---- saving ----------------------------------------------------------------------------------------------------

  override saveChanges(flags = 0): void {
    this.assertWriteable();
    const access = accessAfterSave(flags, this.access);
    if (this.current !== this.owner.savedMessage() || this.owner.hasMore) {
      this.atomically(() => {
        const from = this.current;
        if (this.owner.inFile(from) !== from) this.prepareSave();
        const { baseline, current } = this;
        const isAsRead = baseline !== undefined && sameMessage(baseline, current);
        const force = (flags & FORCE_SAVE) !== 0;
        this.refresh(this.owner.acceptMessage(isAsRead ? baseline : current, from, force), true);
      });
    }
    if (access === "closed") this.detach();
    else this.access = access;
  }

  /** Sets what the session itself has to say of a message that changed. */
  private prepareSave(): void {
    const now = this.file.options.now();
    const saved = this.owner.savedMessage();
    if (!saved) this.initialize(now);
    const { baseline } = this;
    const alsoChanged = baseline !== undefined && !sameOwnLists(baseline, this.current);
    const before = { saved: saved?.records ?? [], baseline: baseline?.records ?? [], alsoChanged };
    this.setRecords(touchModified(this.current.records, before, now));
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

  /** Puts an earlier content and its names back; what was not saved into the top message is dropped. */
  restore(content: MessageState, names: NameMap): void {
    this.assertOpen();
    const state = this.owner.inFile(content) ?? content;
    this.atomically(() => {
      this.current = state;
      this.file.names = names;
    });
    this.refresh(state, false);
  }

  /** Closes the object and everything opened in it. */
  detach(): void {
    this.close();
    for (const attach of this.#attachments.values()) attach.detach();
    this.#attachments.clear();
    this.#pending.clear();
  }

  release(): void {
    this.detach();
  }

  override copyTo(target: IMAPIProp, exclude: readonly number[] = []): void {
    this.assertOpen();
    refuseCycle(this, target);
    if (!(target instanceof MessageObject)) {
      copyProperties(this, target, exclude);
      return;
    }
    target.assertWriteable();
    target.atomically(() => {
      copyProperties(this, target, exclude);
      if (!isExcluded(PR_MESSAGE_RECIPIENTS, exclude)) this.copyRecipients(target);
      if (!isExcluded(PR_MESSAGE_ATTACHMENTS, exclude)) this.copyAttachments(target);
      if (longOf(target.current.records, PR_MESSAGE_FLAGS) !== undefined) target.computeHasAttach();
    });
  }

  private copyRecipients(target: MessageObject): void {
    const rows = this.getRecipientTable().map((row) => ({
      properties: mapNames(this, target, row.properties),
    }));
    target.modifyRecipients(MODRECIP_ADD, rows);
  }

  private copyAttachments(target: MessageObject): void {
    for (const entry of this.current.attachments) {
      const open = this.#attachments.get(entry.key);
      const source = open ?? new AttachObject(this, entry.key, entry.state.value, false);
      const { attach } = target.createAttachment();
      try {
        source.copyTo(attach);
        attach.saveChanges();
      } finally {
        attach.release();
        if (!open) source.detach();
      }
    }
  }
}
