/**
 * Random sequences of MAPI's own calls against a plain model: objects that stay open with unsaved changes at every depth,
 * saved in any order and with any flags, released, read-only; the storage committed by the message or by hand; the session
 * closed over everything that is open.
 */
import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import {
  closeIMsgSession,
  createAllocator,
  createStorage,
  FORCE_SAVE,
  type IAttach,
  type IMAPIProp,
  type IMessage,
  IMSG_NO_ISTG_COMMIT,
  KEEP_OPEN_READONLY,
  KEEP_OPEN_READWRITE,
  MAPI_CREATE,
  MAPI_UNICODE,
  MODRECIP_ADD,
  MODRECIP_MODIFY,
  MODRECIP_REMOVE,
  openIMsgOnIStg,
  openIMsgSession,
  openStorage,
  PR_DISPLAY_NAME,
  PR_DISPLAY_TO,
  PR_HASATTACH,
  PR_NORMALIZED_SUBJECT,
  PR_RECIPIENT_TYPE,
  PR_SUBJECT,
  propId,
  propTag,
  PT_BINARY,
  PT_LONG,
  PT_UNICODE,
  type RootStorage,
} from "../../../src/core";
import { checkStructure } from "../storage/structure";
import { checkMsg } from "./support/checkMsg";
import { clock, column, embed, embedded, fails, get, isMapiError, props, set } from "./support/open";

const SET = "{11111111-2222-3333-4444-555555555555}";
const NAMES = [
  { guid: SET, name: "Colour" },
  { guid: SET, id: 0x8501 },
];
/** What tells one attachment from another. */
const MARK = propTag(PT_LONG, 0x6810);
const DATA = propTag(PT_BINARY, 0x6811);

/** The content of a message. Never changed: what was saved shares it. */
interface Content {
  readonly subject: string | undefined;
  readonly data: number | undefined;
  readonly named: readonly (string | undefined)[];
  readonly recipients: readonly string[];
  readonly attachments: readonly Attached[];
}
interface Attached {
  readonly mark: number;
  readonly data: number | undefined;
  readonly message: Content | undefined;
}
const EMPTY: Content = {
  subject: undefined,
  data: undefined,
  named: [undefined, undefined],
  recipients: [],
  attachments: [],
};

/** An open message: the object, and what it has to hold, saved or not. */
interface OpenMessage {
  readonly object: IMessage;
  current: Content;
  readonly attachments: Map<number, OpenAttachment>;
}
interface OpenAttachment {
  readonly object: IAttach;
  current: Attached;
  message?: OpenMessage;
}

const begin = (object: IMessage, current: Content): OpenMessage => ({
  object,
  current,
  attachments: new Map(),
});

const bytesOf = (seed: number): Uint8Array => new Uint8Array(seed * 700).fill(seed);
const row = (name: string): ReturnType<typeof props> =>
  props([PR_DISPLAY_NAME, name], [PR_RECIPIENT_TYPE, 1]);

const KINDS = [
  ...["subject", "data", "delete", "named", "addRecipient", "changeRecipient", "removeRecipient"],
  ...["replaceRecipients", "attach", "attachData", "deleteAttach", "embed", "saveInner", "saveAttachment"],
  ...["releaseInner", "releaseAttachment", "save", "commit", "readOnly", "reopen"],
] as const;

interface Step {
  readonly kind: (typeof KINDS)[number];
  /** Which way to go down from the top message. */
  readonly way: readonly number[];
  readonly value: number;
}
const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom(...KINDS),
  way: fc.array(fc.nat({ max: 3 }), { maxLength: 2 }),
  value: fc.integer({ min: 0, max: 9 }),
});

class Run {
  readonly #allocator = createAllocator();
  readonly #session = openIMsgSession(this.#allocator, MAPI_UNICODE);
  readonly #now = clock();
  storage: RootStorage = createStorage();
  /** What the storage holds, and what its bytes do. */
  saved = EMPTY;
  committed = EMPTY;
  released = 0;
  opened = 0;
  #marks = 0;
  top: OpenMessage;

  constructor(readonly commits: boolean) {
    this.top = this.open();
    this.top.object.saveChanges(KEEP_OPEN_READWRITE);
    this.storage.commit();
  }

  private open(): OpenMessage {
    this.opened++;
    const object = openIMsgOnIStg(this.#session, this.#allocator, this.storage, {
      flags: this.commits ? 0 : IMSG_NO_ISTG_COMMIT,
      now: this.#now,
      onRelease: () => {
        this.released++;
      },
    });
    return begin(object, this.saved);
  }

  /** The open attachment of a message at a place of its list; opened when it is not. */
  attachment(message: OpenMessage, place: number): OpenAttachment | undefined {
    const list = message.current.attachments;
    const wanted = list[place % Math.max(1, list.length)];
    if (!wanted) return undefined;
    const known = message.attachments.get(wanted.mark);
    if (known) return known;
    for (let number = 0; number < 60; number++) {
      const object = opened(message.object, number);
      if (!object || get(object, MARK) !== wanted.mark) continue;
      assert.equal(message.object.openAttach(object.number), object);
      const made: OpenAttachment = { object, current: wanted };
      message.attachments.set(wanted.mark, made);
      return made;
    }
    throw new Error(`attachment ${wanted.mark} cannot be opened`);
  }

  inner(attachment: OpenAttachment): OpenMessage | undefined {
    const content = attachment.current.message;
    if (!attachment.message && content) attachment.message = begin(embedded(attachment.object), content);
    return attachment.message;
  }

  /** The message that a way leads to, with the attachment that holds it. */
  find(way: readonly number[]): { message: OpenMessage; holder?: OpenAttachment; outer?: OpenMessage } {
    let found: ReturnType<Run["find"]> = { message: this.top };
    for (const place of way) {
      const holder = this.attachment(found.message, place);
      const message = holder && this.inner(holder);
      if (!holder || !message) return found;
      found = { message, holder, outer: found.message };
    }
    return found;
  }

  take({ kind, way, value }: Step): void {
    const { message, holder, outer } = this.find(way);
    const { object, current } = message;
    const { recipients } = current;
    const place = value % Math.max(1, recipients.length);
    const change = (change: Partial<Content>): void => {
      message.current = { ...current, ...change };
    };
    switch (kind) {
      case "subject":
        set(object, [PR_SUBJECT, `RE: ${value}`]);
        change({ subject: `${value}` });
        return;
      case "data":
        set(object, [DATA, bytesOf(value)]);
        change({ data: value });
        return;
      case "delete":
        assert.deepEqual(object.deleteProps([DATA]), []);
        change({ data: undefined });
        return;
      case "named": {
        const [tag = 0] = object.getIDsFromNames([NAMES[value % 2]!], MAPI_CREATE);
        set(object, [propTag(PT_UNICODE, propId(tag)), `n${value}`]);
        change({ named: current.named.map((old, i) => (i === value % 2 ? `n${value}` : old)) });
        return;
      }
      case "addRecipient":
        object.modifyRecipients(MODRECIP_ADD, [{ properties: row(`a${value}`) }]);
        change({ recipients: [...recipients, `a${value}`] });
        return;
      case "changeRecipient":
        if (recipients.length === 0) return;
        object.modifyRecipients(MODRECIP_MODIFY, [
          { rowId: rowId(object, place), properties: row(`c${value}`) },
        ]);
        change({ recipients: recipients.map((old, i) => (i === place ? `c${value}` : old)) });
        return;
      case "removeRecipient":
        if (recipients.length === 0) return;
        object.modifyRecipients(MODRECIP_REMOVE, [{ rowId: rowId(object, place), properties: [] }]);
        change({ recipients: recipients.filter((_, i) => i !== place) });
        return;
      case "replaceRecipients":
        object.modifyRecipients(0, [{ properties: row("x") }, { properties: row(`y${value}`) }]);
        change({ recipients: ["x", `y${value}`] });
        return;
      case "attach":
        this.attach(message, value);
        return;
      case "attachData": {
        const attachment = this.attachment(message, value);
        if (!attachment) return;
        set(attachment.object, [DATA, bytesOf(value)]);
        attachment.current = { ...attachment.current, data: value };
        return;
      }
      case "deleteAttach": {
        const attachment = this.attachment(message, value);
        if (!attachment) return;
        object.deleteAttach(attachment.object.number);
        fails("MAPI_E_INVALID_OBJECT", () => attachment.object.getPropList());
        message.attachments.delete(attachment.current.mark);
        change({ attachments: current.attachments.filter(({ mark }) => mark !== attachment.current.mark) });
        return;
      }
      case "embed": {
        const attachment = this.attachment(message, value);
        if (!attachment) return;
        attachment.current = { ...attachment.current, message: undefined };
        attachment.message = begin(embed(attachment.object), EMPTY);
        return;
      }
      case "saveInner":
        if (!holder) return;
        holder.current = { ...holder.current, message: current };
        object.saveChanges(flagsOf(value));
        if (closes(value)) delete holder.message;
        return;
      case "saveAttachment": {
        const attachment = this.attachment(message, value);
        if (attachment) this.saveAttachment(message, attachment, value);
        return;
      }
      case "releaseInner":
        if (!holder) return;
        object.release();
        delete holder.message;
        return;
      case "releaseAttachment":
        if (!holder || !outer) return;
        holder.object.release();
        fails("MAPI_E_INVALID_OBJECT", () => object.getPropList());
        outer.attachments.delete(holder.current.mark);
        return;
      case "save":
        this.save(value);
        return;
      case "commit":
        this.storage.commit();
        this.committed = this.saved;
        return;
      case "readOnly":
        this.readOnly();
        return;
      case "reopen":
        this.top.object.release();
        this.storage = openStorage(this.storage.toBytes());
        this.saved = this.committed;
        this.top = this.open();
    }
  }

  private attach(message: OpenMessage, value: number): void {
    const mark = ++this.#marks;
    const { attach } = message.object.createAttach();
    set(attach, [MARK, mark]);
    if (value === 0) {
      // One that is never saved leaves nothing behind.
      attach.release();
      return;
    }
    const attachment: OpenAttachment = {
      object: attach,
      current: { mark, data: undefined, message: undefined },
    };
    if (value % 2 === 0) {
      const inner = embed(attach);
      set(inner, [PR_SUBJECT, "RE: fresh"]);
      inner.saveChanges();
      attachment.current = { ...attachment.current, message: { ...EMPTY, subject: "fresh" } };
    }
    message.attachments.set(mark, attachment);
    this.saveAttachment(message, attachment, value);
  }

  private saveAttachment(message: OpenMessage, attachment: OpenAttachment, value: number): void {
    const { current } = attachment;
    const list = message.current.attachments;
    const isThere = list.some(({ mark }) => mark === current.mark);
    const attachments = isThere
      ? list.map((old) => (old.mark === current.mark ? current : old))
      : [...list, current];
    message.current = { ...message.current, attachments };
    attachment.object.saveChanges(flagsOf(value));
    if (closes(value)) message.attachments.delete(current.mark);
  }

  private save(value: number): void {
    this.saved = this.top.current;
    this.top.object.saveChanges(flagsOf(value));
    if (this.commits) this.committed = this.saved;
    if (closes(value)) this.top = this.open();
    if (this.committed !== this.saved) return;
    const bytes = this.storage.toBytes();
    assert.deepEqual(checkMsg(bytes), []);
    assert.deepEqual(checkStructure(bytes).faults, []);
  }

  /** Saved for reading only, the message and all in it are read, not changed; then it is opened again. */
  private readOnly(): void {
    this.saved = this.top.current;
    this.top.object.saveChanges(KEEP_OPEN_READONLY);
    if (this.commits) this.committed = this.saved;
    const { object, attachments } = this.top;
    fails("MAPI_E_NO_ACCESS", () => object.setProps(props([DATA, bytesOf(1)])));
    fails("MAPI_E_NO_ACCESS", () => object.saveChanges(KEEP_OPEN_READWRITE));
    for (const each of attachments.values()) fails("MAPI_E_NO_ACCESS", () => each.object.saveChanges());
    object.release();
    this.top = this.open();
  }

  check(): void {
    checkMessage(this.top, this.saved);
  }

  /** Closes the session over all that is open. */
  end(): void {
    const objects = objectsIn(this.top);
    closeIMsgSession(this.#session);
    for (const each of objects) fails("MAPI_E_INVALID_OBJECT", () => each.getPropList());
    assert.equal(this.#allocator.used, 0);
    assert.equal(this.released, this.opened);
  }
}

const closes = (value: number): boolean => value % 3 === 0;
const flagsOf = (value: number): number =>
  (closes(value) ? 0 : KEEP_OPEN_READWRITE) | (value % 2 === 0 ? FORCE_SAVE : 0);

function opened(message: IMessage, number: number): IAttach | undefined {
  try {
    return message.openAttach(number);
  } catch (error) {
    assert.ok(isMapiError("MAPI_E_NOT_FOUND")(error));
    return undefined;
  }
}

const rowId = (message: IMessage, place: number): number => message.getRecipientTable()[place]?.rowId ?? -1;

function objectsIn({ object, attachments }: OpenMessage): IMAPIProp[] {
  const inside = [...attachments.values()].flatMap((each) => [
    each.object,
    ...(each.message ? objectsIn(each.message) : []),
  ]);
  return [object, ...inside];
}

const dataOf = (object: IMAPIProp): unknown => {
  const value = get(object, DATA);
  if (value instanceof Uint8Array) assert.deepEqual(object.openProperty(DATA), value);
  return value instanceof Uint8Array ? value : undefined;
};

/** Demands that what is open holds what it has to, and that what is not open is as it was saved. */
function checkMessage({ object, current, attachments }: OpenMessage, saved: Content | undefined): void {
  const { subject, data, recipients } = current;
  if (subject !== undefined) {
    assert.equal(get(object, PR_SUBJECT), `RE: ${subject}`);
    assert.equal(get(object, PR_NORMALIZED_SUBJECT), subject);
  }
  assert.deepEqual(dataOf(object), data === undefined ? undefined : bytesOf(data));
  object.getIDsFromNames(NAMES).forEach((tag, i) => {
    const value = propId(tag) === 0 ? undefined : get(object, propTag(PT_UNICODE, propId(tag)));
    assert.equal(typeof value === "string" ? value : undefined, current.named[i]);
  });
  const rows = object.getRecipientTable();
  assert.deepEqual(
    rows.map((each) => column(each, PR_DISPLAY_NAME)),
    recipients,
  );
  if (recipients.length > 0) assert.equal(get(object, PR_DISPLAY_TO), recipients.join("; "));
  assert.equal(get(object, PR_HASATTACH) === true, current.attachments.length > 0);
  // The table has those that were saved with their message.
  const known = new Set(saved?.attachments.map(({ mark }) => mark));
  assert.deepEqual(
    object.getAttachmentTable().map((each) => column(each, MARK)),
    current.attachments.map(({ mark }) => mark).filter((mark) => known.has(mark)),
  );
  for (const attachment of attachments.values()) checkAttachment(attachment);
}

function checkAttachment({ object, current, message }: OpenAttachment): void {
  assert.equal(get(object, MARK), current.mark);
  assert.deepEqual(dataOf(object), current.data === undefined ? undefined : bytesOf(current.data));
  if (message) checkMessage(message, current.message);
}

/** Opens everything there is in a message, so that all of it is compared. */
function openAll(run: Run, message: OpenMessage): void {
  message.current.attachments.forEach((_, place) => {
    const attachment = run.attachment(message, place);
    const inner = attachment && run.inner(attachment);
    if (inner) openAll(run, inner);
  });
}

describe("session: MAPI's calls against a model", function () {
  this.timeout(240_000);

  for (const commits of [true, false]) {
    it(`in any order, ${commits ? "committed by the message" : "committed by hand"} (property)`, () => {
      fc.assert(
        fc.property(fc.array(step, { minLength: 10, maxLength: 50 }), (steps) => {
          const run = new Run(commits);
          // Two messages, each with one in it, so that there is something to go down to.
          for (const way of [[], [], [0], [1]]) run.take({ kind: "attach", way, value: 4 });
          for (const each of steps) {
            run.take(each);
            run.check();
          }
          run.take({ kind: "save", way: [], value: 1 });
          run.take({ kind: "commit", way: [], value: 0 });
          run.take({ kind: "reopen", way: [], value: 0 });
          openAll(run, run.top);
          run.check();
          run.end();
        }),
        { numRuns: 200 },
      );
    });
  }
});
