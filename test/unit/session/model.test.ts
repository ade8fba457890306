/** Random sequences of calls against a plain model: what was set is there, what was saved is in the file, undo undoes. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import {
  createAllocator,
  createStorage,
  type IMessage,
  KEEP_OPEN_READWRITE,
  MAPI_UNICODE,
  MessageOutline,
  type MessageSnapshot,
  MODRECIP_ADD,
  MODRECIP_MODIFY,
  MODRECIP_REMOVE,
  openIMsgOnIStg,
  openStorage,
  PR_ATTACH_DATA_BIN,
  PR_ATTACH_METHOD,
  PR_DISPLAY_NAME,
  PR_DISPLAY_TO,
  PR_HASATTACH,
  PR_RECIPIENT_TYPE,
  type PropValue,
  propId,
  propTag,
  PT_BINARY,
  PT_LONG,
  PT_MV_UNICODE,
  PT_UNICODE,
  type RootStorage,
  sameValue,
  trySave,
} from "../../../src/core";
import { checkMsg } from "./support/checkMsg";
import { clock, column, embed, embedded, fails, get, props, set } from "./support/open";

/** What a message holds, as plain data. */
interface Model {
  readonly values: ReadonlyMap<number, PropValue>;
  readonly recipients: readonly string[];
  readonly attachments: readonly (string | Model)[];
}
const EMPTY: Model = { values: new Map(), recipients: [], attachments: [] };

const IDS = [0x6801, 0x6802, 0x6803];
const someValue: fc.Arbitrary<PropValue> = fc.constantFrom(...IDS).chain((id) =>
  fc.oneof(
    fc.integer({ min: -5, max: 5 }).map((value) => ({ tag: propTag(PT_LONG, id), value })),
    fc
      .string({ maxLength: 5 })
      .map((value) => ({ tag: propTag(PT_UNICODE, id), value: value.replace(/\0/g, "") })),
    fc.uint8Array({ maxLength: 5 }).map((value) => ({ tag: propTag(PT_BINARY, id), value })),
    fc
      .array(fc.constantFrom("", "a", "bc"), { minLength: 1, maxLength: 3 })
      .map((value) => ({ tag: propTag(PT_MV_UNICODE, id), value })),
  ),
);
const name = fc.constantFrom("Ann", "Bob", "Cleo");

type Step =
  | { do: "set" | "setInner"; at: number; value: PropValue }
  | { do: "delete"; id: number }
  | { do: "addRecipient"; name: string }
  | { do: "modifyRecipient" | "attach"; at: number; name: string }
  | { do: "removeRecipient" | "deleteAttach" | "undo" | "reorder"; at: number }
  | { do: "embed" | "save" | "trial" | "rollBack" | "reopen" };

const at = fc.nat({ max: 9 });
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constantFrom("set" as const, "setInner" as const), at, value: someValue }),
  fc.record({ do: fc.constant("delete" as const), id: fc.constantFrom(...IDS) }),
  fc.record({ do: fc.constant("addRecipient" as const), name }),
  fc.record({ do: fc.constantFrom("modifyRecipient" as const, "attach" as const), at, name }),
  fc.record({ do: fc.constantFrom("removeRecipient", "deleteAttach", "undo", "reorder"), at }),
  fc.record({ do: fc.constantFrom("embed", "save", "trial", "rollBack", "reopen") }),
);

/** Runs the steps on a message and on the model side by side. */
class Run {
  storage: RootStorage = createStorage();
  message!: IMessage;
  model = EMPTY;
  /** What is in the file. */
  saved = EMPTY;
  readonly undo: { snapshot: MessageSnapshot; model: Model }[] = [];
  readonly #now = clock();

  constructor() {
    this.open();
    this.message.saveChanges(KEEP_OPEN_READWRITE);
  }

  open(): void {
    this.message = openIMsgOnIStg(null, createAllocator(), this.storage, {
      flags: MAPI_UNICODE,
      now: this.#now,
    });
    this.undo.length = 0;
  }

  get outline(): MessageOutline {
    return new MessageOutline(this.message);
  }

  /** Number of the attachment at a place of the list. */
  number(place: number): number {
    return this.outline.message("").attachments[place]?.number ?? -1;
  }

  rowId(place: number): number {
    return this.message.getRecipientTable()[place]?.rowId ?? -1;
  }

  take(change: Step): void {
    const { model } = this;
    const snapshot = this.outline.snapshot();
    const next = this.apply(change);
    if (next === model || change.do === "undo" || change.do === "reopen") return;
    this.undo.push({ snapshot, model });
    this.model = next;
  }

  /** Does a step; the model after it. */
  private apply(change: Step): Model {
    const { message, model } = this;
    switch (change.do) {
      case "set":
        set(message, [change.value.tag, change.value.value]);
        return { ...model, values: withValue(model.values, change.value) };
      case "delete":
        assert.deepEqual(message.deleteProps([propTag(PT_LONG, change.id)]), []);
        return { ...model, values: new Map([...model.values].filter(([id]) => id !== change.id)) };
      case "addRecipient":
        message.modifyRecipients(MODRECIP_ADD, [{ properties: row(change.name) }]);
        return { ...model, recipients: [...model.recipients, change.name] };
      case "modifyRecipient": {
        if (model.recipients.length === 0) return model;
        const place = change.at % model.recipients.length;
        message.modifyRecipients(MODRECIP_MODIFY, [
          { rowId: this.rowId(place), properties: row(change.name) },
        ]);
        return { ...model, recipients: replaced(model.recipients, place, change.name) };
      }
      case "removeRecipient": {
        if (model.recipients.length === 0) return model;
        const place = change.at % model.recipients.length;
        message.modifyRecipients(MODRECIP_REMOVE, [{ rowId: this.rowId(place), properties: [] }]);
        return { ...model, recipients: model.recipients.filter((_, i) => i !== place) };
      }
      case "reorder": {
        const { outline } = this;
        const order = outline.message("").recipients.map(({ address }) => address);
        const by = order.length === 0 ? 0 : change.at % order.length;
        outline.reorderRecipients("", [...order.slice(by), ...order.slice(0, by)]);
        return { ...model, recipients: [...model.recipients.slice(by), ...model.recipients.slice(0, by)] };
      }
      case "attach": {
        const { attach } = message.createAttach();
        set(attach, [PR_ATTACH_METHOD, 1], [PR_ATTACH_DATA_BIN, Buffer.from(change.name)]);
        attach.saveChanges(change.at % 2 === 0 ? 0 : KEEP_OPEN_READWRITE);
        return { ...model, attachments: [...model.attachments, change.name] };
      }
      case "embed": {
        const { attach } = message.createAttach();
        embed(attach).saveChanges();
        attach.saveChanges();
        return { ...model, attachments: [...model.attachments, EMPTY] };
      }
      case "setInner": {
        const places = model.attachments.flatMap((each, i) => (typeof each === "string" ? [] : [i]));
        const place = places[change.at % Math.max(1, places.length)];
        const inner = place === undefined ? undefined : model.attachments[place];
        if (place === undefined || inner === undefined || typeof inner === "string") return model;
        const attach = message.openAttach(this.number(place));
        const innerMessage = embedded(attach);
        set(innerMessage, [change.value.tag, change.value.value]);
        innerMessage.saveChanges(KEEP_OPEN_READWRITE);
        attach.saveChanges(KEEP_OPEN_READWRITE);
        const changed = { ...inner, values: withValue(inner.values, change.value) };
        return { ...model, attachments: replaced(model.attachments, place, changed) };
      }
      case "deleteAttach": {
        if (model.attachments.length === 0) return model;
        const place = change.at % model.attachments.length;
        message.deleteAttach(this.number(place));
        return { ...model, attachments: model.attachments.filter((_, i) => i !== place) };
      }
      case "save":
        message.saveChanges(KEEP_OPEN_READWRITE);
        this.saved = model;
        assert.deepEqual(checkMsg(this.storage.toBytes()), []);
        assert.equal(this.outline.isChanged, false);
        return model;
      case "trial":
        this.storage = trySave(message, this.storage).storage;
        this.saved = model;
        assert.deepEqual(checkMsg(this.storage.toBytes()), []);
        return model;
      case "rollBack":
        trySave(message, this.storage).rollBack();
        return model;
      case "undo": {
        for (let i = change.at % 4; i >= 0; i--) {
          const last = this.undo.pop();
          if (!last) break;
          this.outline.restore(last.snapshot);
          this.model = last.model;
        }
        return this.model;
      }
      case "reopen":
        message.release();
        this.storage = openStorage(this.storage.toBytes());
        this.open();
        this.model = this.saved;
        return this.model;
    }
  }

  check(): void {
    compare(this.message, this.model, (place) => this.number(place));
  }
}

const row = (text: string): PropValue[] => props([PR_DISPLAY_NAME, text], [PR_RECIPIENT_TYPE, 1]);

const replaced = <T>(list: readonly T[], place: number, element: T): T[] =>
  list.map((each, i) => (i === place ? element : each));

function withValue(values: ReadonlyMap<number, PropValue>, value: PropValue): Map<number, PropValue> {
  return new Map(values).set(propId(value.tag), value);
}

/** Demands that a message holds what the model does. */
function compare(message: IMessage, model: Model, number: (place: number) => number): void {
  for (const id of IDS) {
    const value = model.values.get(id);
    const [found] = message.getProps([propTag(0, id)]);
    if (value) {
      assert.equal(found?.tag, value.tag);
      assert.ok(sameValue(found.value, value.value));
    } else assert.equal(propTag(0x0a, id), found?.tag);
  }
  assert.deepEqual(
    message.getRecipientTable().map((each) => column(each, PR_DISPLAY_NAME)),
    model.recipients,
  );
  if (model.recipients.length > 0) assert.equal(get(message, PR_DISPLAY_TO), model.recipients.join("; "));
  assert.equal(get(message, PR_HASATTACH) === true, model.attachments.length > 0);
  model.attachments.forEach((each, i) => {
    const attach = message.openAttach(number(i));
    if (typeof each === "string") {
      assert.equal(Buffer.from(get(attach, PR_ATTACH_DATA_BIN) as Uint8Array).toString(), each);
    } else compare(embedded(attach), each, (place) => place);
  });
  fails("MAPI_E_NOT_FOUND", () => message.openAttach(number(model.attachments.length)));
}

describe("session: against a model", function () {
  this.timeout(120_000);

  it("any sequence of calls (property)", () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 25 }), (steps) => {
        const run = new Run();
        for (const each of steps) {
          run.take(each);
          run.check();
        }
        run.take({ do: "save" });
        run.take({ do: "reopen" });
        run.check();
      }),
      { numRuns: 250 },
    );
  });
});
