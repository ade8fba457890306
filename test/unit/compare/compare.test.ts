/** Two messages compared: what is matched with what, and what is said to differ. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { before, describe, it } from "mocha";
import {
  type ComparedObject,
  type ComparedProperty,
  compareMessages,
  countDifferences,
  createPropertyDictionary,
  MAPI_CC,
  MAPI_CREATE,
  MAPI_TO,
  MessageOutline,
  openStorage,
  parsePropertyTables,
  PR_ATTACH_DATA_BIN,
  PR_BODY,
  PR_SUBJECT,
  propTag,
  PT_LONG,
  PT_MV_UNICODE,
} from "../../../src/core";
import { compareLines } from "../../../src/core/compare/lines";
import { matchLists } from "../../../src/core/compare/match";
import tables from "../../../src/core/mapi/tables/dictionary.json";
import { addRecipients, attachFile, utf8 } from "../../../scripts/samples/kit";
import { buildSamples, type Sample } from "../../../scripts/samples";
import { mail, outlineOf } from "../../support/mail";
import { corpusFiles } from "../session/support/corpus";
import { create, set } from "../session/support/open";

const dictionary = createPropertyDictionary(parsePropertyTables(tables));

const sideOf = (bytes: Uint8Array) => ({ outline: outlineOf(bytes), storage: openStorage(bytes) });

const compare = (left: Uint8Array, right: Uint8Array): ComparedObject =>
  compareMessages(sideOf(left), sideOf(right), { dictionary });

const compareOutlines = (left: MessageOutline, right: MessageOutline): ComparedObject =>
  compareMessages({ outline: left }, { outline: right }, { dictionary });

/** Every property that differs, as "object: property state". */
function differences(object: ComparedObject, path = ""): string[] {
  const title = path + object.title.replace(/ .*$/, "");
  if (object.state === "added" || object.state === "removed") return [`${title} ${object.state}`];
  const own = object.properties.filter(({ state }) => state !== "same");
  return [
    ...own.map(({ name, state }) => `${title}: ${name} ${state}`),
    ...object.children.flatMap((child) => differences(child, `${title} > `)),
  ];
}

function property(object: ComparedObject, name: string): ComparedProperty {
  const found = object.properties.find((each) => each.name === name);
  assert.ok(found, name);
  return found;
}

describe("compare", function () {
  this.timeout(60_000);
  let samples: Sample[] = [];
  before(() => (samples = buildSamples().filter(({ name }) => !name.startsWith("Damaged"))));

  it("finds nothing where nothing differs", function () {
    for (const { name, bytes } of samples) {
      const result = compare(bytes, bytes);
      assert.deepEqual([result.state, countDifferences(result), differences(result)], ["same", 0, []], name);
    }
    for (const { name, read } of corpusFiles()) assert.equal(compare(read(), read()).state, "same", name);
  });

  it("says what was added, removed and changed", () => {
    const left = create();
    const right = create();
    set(left.message, [PR_SUBJECT, "one"], [propTag(PT_LONG, 0x6801), 1]);
    set(right.message, [PR_SUBJECT, "two"], [propTag(PT_LONG, 0x6802), 1]);
    const result = compareOutlines(new MessageOutline(left.message), new MessageOutline(right.message));
    const subject = property(result, "PidTagSubject");
    assert.deepEqual([subject.state, subject.left, subject.right], ["changed", "one", "two"]);
    assert.equal(result.properties.find(({ where }) => where === "68010003")?.state, "removed");
    assert.equal(result.properties.find(({ where }) => where === "68020003")?.state, "added");
    assert.equal(countDifferences(result), 4);
  });

  it("knows a named property by its name, whatever its id", () => {
    const outlines = [
      ["a", "b"],
      ["b", "a"],
    ].map((order) => {
      const { message } = create();
      const guid = "{11111111-2222-3333-4444-555555555555}";
      message.getIDsFromNames(
        order.map((name) => ({ guid, name })),
        MAPI_CREATE,
      );
      const [id = 0] = message.getIDsFromNames([{ guid, name: "a" }]);
      set(message, [propTag(PT_MV_UNICODE, id >>> 16), order]);
      return new MessageOutline(message);
    });
    const found = property(compareOutlines(outlines[0]!, outlines[1]!), "a");
    assert.equal(found.state, "changed");
    assert.notEqual(found.leftTag, found.rightTag);
    assert.deepEqual(found.fields, [
      { state: "changed", label: "[0]", left: "a", right: "b" },
      { state: "changed", label: "[1]", left: "b", right: "a" },
    ]);
  });

  it("takes a structure apart down to the field", () => {
    const meeting = samples.find(({ name }) => name.startsWith("Weekly"));
    assert.ok(meeting);
    const right = outlineOf(meeting.bytes);
    const recurrence = right.properties("").find(({ tag }) => {
      const named = right.nameOf(tag >>> 16);
      return named && "id" in named && named.id === 0x8216;
    });
    assert.ok(recurrence?.value instanceof Uint8Array);
    const bytes = recurrence.value.slice();
    assert.equal(bytes[14], 1);
    bytes[14] = 2; // the period: every second week
    right.setProperty("", recurrence.tag, bytes);
    const found = property(compareOutlines(outlineOf(meeting.bytes), right), "PidLidAppointmentRecur");
    assert.deepEqual(
      found.fields.filter(({ label }) => label.endsWith("Period")),
      [{ state: "changed", label: "Recurrence pattern › Period", left: "1", right: "2" }],
    );
  });

  it("shows the lines of a text that differ", () => {
    const result = compare(mail({ body: "a\r\nb\r\nc\r\nd" }), mail({ body: "a\r\nB\r\nc\r\nd\r\ne" }));
    assert.deepEqual(property(result, "PidTagBody").fields, [
      { state: "changed", label: "line 2", left: "b", right: "B" },
      { state: "added", label: "line 5", right: "e" },
    ]);
  });

  it("matches recipients by who they are", () => {
    const people = (...list: [kind: number, name: string, address: string][]): Uint8Array =>
      mail({
        fill: (message) => {
          for (const [kind, name, address] of list)
            addRecipients(message, kind, [{ name, address }], { unicode: true });
        },
      });
    const left = people([MAPI_TO, "Bob", "bob@example.com"], [MAPI_TO, "Cleo", "cleo@example.com"]);
    const right = people([MAPI_CC, "Cleo", "CLEO@example.com"], [MAPI_TO, "Dan", "dan@example.com"]);
    const recipients = compare(left, right).children.filter(({ kind }) => kind === "recipient");
    assert.deepEqual(
      recipients.map(({ title, state }) => `${title.replace(/^.*: (\w+).*$/, "$1")} ${state}`),
      ["Ann same", "Bob removed", "Cleo changed", "Dan added"],
    );
    const cleo = recipients[2];
    assert.ok(cleo);
    assert.equal(property(cleo, "PidTagRecipientType").state, "changed");
  });

  it("matches attachments by name, by content and as messages", () => {
    const files = (...list: [name: string, text: string][]): Uint8Array =>
      mail({
        fill: (message) =>
          list.forEach(([fileName, text]) => attachFile(message, { fileName, bytes: utf8(text) })),
      });
    const left = files(["a.txt", "first"], ["b.txt", "second"], ["gone.txt", "away"]);
    const right = files(["renamed.txt", "second"], ["a.txt", "first, edited"]);
    const attachments = compare(left, right).children.filter(({ kind }) => kind === "attachment");
    assert.deepEqual(
      attachments.map(({ title, state }) => `${title.replace(/^.*: /, "")} ${state}`),
      ["notes.txt same", "a.txt changed", "renamed.txt changed", "gone.txt removed"],
    );
    const edited = attachments[1]?.properties.find(({ leftTag }) => leftTag === PR_ATTACH_DATA_BIN);
    assert.deepEqual(
      edited?.fields.map(({ label }) => label),
      ["from byte 0x5"],
    );
  });

  it("goes down into embedded messages", () => {
    const thread = samples.find(({ name }) => name.startsWith("FW"));
    assert.ok(thread);
    const right = outlineOf(thread.bytes);
    const outer = right.message("").attachments.find(({ object }) => object === "message");
    assert.ok(outer);
    const inner = right.message(`${outer.address}/m`).attachments.find(({ object }) => object === "message");
    assert.ok(inner);
    right.setProperty(`${inner.address}/m`, PR_BODY, "Changed deep inside");
    const found = differences(compareOutlines(outlineOf(thread.bytes), right));
    assert.ok(
      found.includes("Message > Attachment > Message > Attachment > Message: PidTagBody changed"),
      found.join("\n"),
    );
    assert.ok(!found.some((each) => /added|removed/.test(each)), found.join("\n"));
  });

  it("compares streams that are no part of a message", () => {
    const storage = openStorage(mail());
    storage.writeStream("Strange", Uint8Array.of(1));
    storage.commit();
    const result = compare(mail(), storage.toBytes());
    const strange = property(result, "Strange");
    assert.deepEqual([strange.state, strange.isProperty, strange.right], ["added", false, "1 byte: 01"]);
  });

  it("tells any two files of the corpus apart, and the other way round the same", function () {
    const files = corpusFiles();
    if (files.length === 0) this.skip();
    for (let at = 1; at < files.length; at += 3) {
      const [a, b] = [files[at - 1]!.read(), files[at]!.read()];
      const there = compare(a, b);
      const back = compare(b, a);
      const count = (object: ComparedObject, state: string): number =>
        object.properties.filter((each) => each.state === state).length;
      assert.equal(count(there, "added"), count(back, "removed"), files[at]!.name);
      assert.equal(count(there, "changed"), count(back, "changed"), files[at]!.name);
    }
  });
});

describe("compare: lists and lines", () => {
  it("matches every element at most once, and loses none", () => {
    const item = fc.record({ a: fc.nat(3), b: fc.nat(3) });
    fc.assert(
      fc.property(fc.array(item), fc.array(item), (left, right) => {
        const pairs = matchLists(left, right, [({ a, b }) => `${a}/${b}`, ({ a }) => String(a)]);
        const lefts = pairs.flatMap((pair) => pair.left ?? []);
        const rights = pairs.flatMap((pair) => pair.right ?? []);
        assert.deepEqual(lefts, left);
        assert.deepEqual(new Set(rights), new Set(right));
        assert.equal(rights.length, right.length);
      }),
    );
  });

  it("says lines from which the right text follows", () => {
    const text = fc
      .array(fc.constantFrom("a", "b", "c", ""), { minLength: 1, maxLength: 12 })
      .map((lines) => lines.join("\n"));
    fc.assert(
      fc.property(text, text, (left, right) => {
        const fields = compareLines(left, right);
        assert.equal(fields.length === 0, left === right);
        const gone = fields.filter((each) => each.left !== undefined).length;
        const come = fields.filter((each) => each.right !== undefined).length;
        assert.equal(left.split("\n").length - gone + come, right.split("\n").length);
      }),
    );
  });
});
