/**
 * A message and everything in it as objects with addresses, for whoever shows and edits a whole message: what there is,
 * the properties of each object with what changed since the last save, edits by address, and the whole content as a
 * value that can be taken and put back. Edits go through IMAPIProp and are saved up to the top message at once; its own
 * `saveChanges` is the caller's.
 */
import { propId, propTag, propType, PT_ERROR } from "../mapi/propertyTypes";
import { MapiError } from "../mapi/errors";
import { PR_ROWID } from "../mapi/tags";
import type { CodePage } from "../text/types";
import { recipientKind } from "./computed";
import { KEEP_OPEN_READWRITE, MAPI_CREATE, MODRECIP_ADD } from "./constants";
import { nameOfId } from "./namedProperties";
import { inspectNameMap, type NameMapReport } from "./nameMapReport";
import { gone, messageOf, objectOf, raise } from "./outlineBase";
import { OutlineStorages } from "./outlineStorages";
import {
  attachedKind,
  byKey,
  diffRecords,
  entryChange,
  type MessageView,
  type ObjectAddress,
  type PropertyView,
  viewOf,
} from "./outlineViews";
import { type PropertyRecord, withFlags } from "./propertyRecord";
import { checkId } from "./propValues";
import { withoutIds } from "./recipientList";
import { putRecord, putValue, revertId } from "./recordList";
import { entryOfKey, findRecord } from "./state";
import type { IMessage, NamedProperty, PropValue } from "./types";

export type { GivenMessage } from "./outlineEmbedded";
export type { ElementPath, StorageElementView } from "./outlineStorages";
export type {
  AttachmentView,
  Change,
  MessageSnapshot,
  MessageView,
  ObjectAddress,
  PropertyView,
  RecipientView,
} from "./outlineViews";

/** The key in the last step of an address of the given kind: "r" or "a". */
function keyOf(address: ObjectAddress, parent: ObjectAddress, kind: "r" | "a"): number {
  const prefix = `${parent}/${kind}`;
  return address.startsWith(prefix) ? Number(address.slice(prefix.length)) : Number.NaN;
}

/** Addresses, views and edits of a message; see the head of this file. */
export class MessageOutline extends OutlineStorages {
  // ---- what there is ---------------------------------------------------------------------------------------------

  /** @throws MapiError MAPI_E_OBJECT_DELETED when the message is not there any more. */
  message(address: ObjectAddress): MessageView {
    const target = this.find(address);
    if (target.kind !== "message") throw gone();
    const { message } = target;
    const { baseline } = message;
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
    return diffRecords(current, baseline).map(({ record, change }) => viewOf(record, codePage, change));
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
    const stored = (findRecord(current, tag) ?? findRecord(baseline ?? [], tag))?.stored;
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
    return nameOfId(this.root.file.names, id);
  }

  /** The named property map, entry by entry, with names added since the last save. */
  nameMap(): NameMapReport {
    return inspectNameMap(this.root.file.names);
  }

  /** The code page of an object's 8-bit strings. */
  codePageOf(address: ObjectAddress): CodePage {
    return this.records(address).codePage;
  }

  private records(address: ObjectAddress): {
    current: readonly PropertyRecord[];
    baseline: readonly PropertyRecord[] | undefined;
    codePage: CodePage;
  } {
    const target = this.find(address);
    switch (target.kind) {
      case "message": {
        const { state, baseline, codePage } = target.message;
        return { current: state.records, baseline: baseline?.records, codePage };
      }
      case "attachment": {
        const { attach } = target;
        const baseline = attach.parent.baselineAttachment(attach.key)?.records;
        return { current: attach.state.records, baseline, codePage: attach.codePage };
      }
      case "recipient": {
        const entry = entryOfKey(target.message.state.recipients, target.key);
        if (!entry) throw gone();
        const baseline = target.message.baselineRecipient(target.key)?.state.value.records;
        return { current: entry.state.value.records, baseline, codePage: target.message.codePage };
      }
    }
  }

  // ---- edits -----------------------------------------------------------------------------------------------------

  /** Sets a property. @throws MapiError what `setProps` reports as its problem. */
  setProperty(address: ObjectAddress, tag: number, value: unknown): void {
    this.edit(address, (target) => {
      if (target.kind === "recipient") {
        this.checkRecipientTag(tag);
        target.message.updateRecipient(target.key, (records, context) => {
          if (!findRecord(records, tag)) checkId(tag, this.root.file.names);
          return putValue(records, tag, value, context);
        });
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
  }

  deleteProperties(address: ObjectAddress, tags: readonly number[]): void {
    this.edit(address, (target) => {
      if (target.kind === "recipient") {
        tags.forEach((tag) => this.checkRecipientTag(tag));
        target.message.updateRecipient(target.key, (records) => withoutIds(records, tags));
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
        const record = findRecord(records, tag);
        if (!record || record.flags === flags) return records;
        const old = baseline.find((candidate) => candidate.tag === record.tag && candidate.flags === flags);
        return putRecord(records, old?.stored === record.stored && old ? old : withFlags(record, flags));
      });
    });
  }

  /** Puts a property back to what the file holds. */
  revertProperty(address: ObjectAddress, tag: number): void {
    this.edit(address, (target) => {
      if (target.kind === "recipient") {
        target.message.updateRecipient(target.key, (records, { baseline }) =>
          revertId(records, propId(tag), baseline),
        );
      } else objectOf(target).revertProp(tag);
    });
  }

  /** The tag of a named property in this file, given an id when it has none. An edit even when no value follows. */
  tagOfName(name: NamedProperty, type: number): number {
    const [tag] = this.root.getIDsFromNames([name], MAPI_CREATE);
    if (tag === undefined || propType(tag) === PT_ERROR) {
      throw new MapiError("MAPI_E_NOT_FOUND", "The named property got no id.");
    }
    return propTag(type, propId(tag));
  }

  /** Adds a recipient to a message; its address. */
  addRecipient(address: ObjectAddress, properties: readonly PropValue[]): ObjectAddress {
    return this.edit(address, (target) => {
      const message = messageOf(target);
      message.modifyRecipients(MODRECIP_ADD, [{ properties }]);
      return `${address}/r${message.state.recipients.at(-1)?.key ?? 0}`;
    });
  }

  /** Adds an attachment to a message; its address. */
  addAttachment(address: ObjectAddress, properties: readonly PropValue[]): ObjectAddress {
    return this.edit(address, (target) => {
      const { attach } = messageOf(target).createAttachment();
      if (properties.length > 0) raise(attach.setProps(properties));
      attach.saveChanges(KEEP_OPEN_READWRITE);
      return `${address}/a${attach.key}`;
    });
  }

  /**
   * Adds an attachment that holds a message; its address.
   * @param fill gives the embedded message its content; it is saved afterwards
   */
  addEmbeddedMessage(
    address: ObjectAddress,
    properties: readonly PropValue[],
    fill: (message: IMessage) => void,
  ): ObjectAddress {
    return this.edit(address, (target) => {
      const { attach } = messageOf(target).createAttachment();
      const message = attach.createMessage();
      fill(message);
      message.saveChanges(KEEP_OPEN_READWRITE);
      if (properties.length > 0) raise(attach.setProps(properties));
      attach.saveChanges(KEEP_OPEN_READWRITE);
      return `${address}/a${attach.key}`;
    });
  }

  /** Deletes a recipient or an attachment. */
  deleteObject(address: ObjectAddress): void {
    const found = this.find(address);
    if (found.kind === "message") {
      throw new MapiError("MAPI_E_NO_SUPPORT", "A message is deleted with the attachment that holds it.");
    }
    this.edit(address.slice(0, address.lastIndexOf("/")), (target) => {
      if (found.kind === "recipient") messageOf(target).deleteRecipient(found.key);
      else messageOf(target).deleteAttachment(found.attach.key);
    });
  }

  /**
   * Puts the recipients of a message in another order; row ids and display lists follow.
   * @throws MapiError MAPI_E_INVALID_PARAMETER when the order does not name each of them once.
   */
  reorderRecipients(address: ObjectAddress, order: readonly ObjectAddress[]): void {
    this.edit(address, (target) =>
      messageOf(target).reorderRecipients(order.map((each) => keyOf(each, address, "r"))),
    );
  }

  /**
   * Puts the attachments of a message in another order; their numbers follow when the message is saved.
   * @throws MapiError MAPI_E_INVALID_PARAMETER when the order does not name each of them once.
   */
  reorderAttachments(address: ObjectAddress, order: readonly ObjectAddress[]): void {
    this.edit(address, (target) =>
      messageOf(target).reorderAttachments(order.map((each) => keyOf(each, address, "a"))),
    );
  }
}
