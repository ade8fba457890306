/** Tags of named properties inside of restrictions and rule actions: they name the same properties in another file. */
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import {
  createAllocator,
  decodeStructure,
  type IMAPIProp,
  type IMessage,
  KEEP_OPEN_READWRITE,
  MAPI_CREATE,
  MessageOutline,
  MODRECIP_ADD,
  type NamedProperty,
  PR_DISPLAY_NAME,
  PR_RECIPIENT_TYPE,
  PR_SUBJECT,
  propId,
  propTag,
  PT_ACTIONS,
  PT_LONG,
  PT_SRESTRICTION,
  PT_UNICODE,
  trySave,
} from "../../../src/core";
import { checkMsg } from "./support/checkMsg";
import { create, embedded, get, open, props, set } from "./support/open";

const SET = "{11111111-2222-3333-4444-555555555555}";
const RESTRICTION = propTag(PT_SRESTRICTION, 0x6801);
const ACTIONS = propTag(PT_ACTIONS, 0x6802);
const ODD = propTag(PT_SRESTRICTION, 0x6803);
const OWN = propTag(PT_SRESTRICTION, 0x6804);
/** The second is only named inside of values. */
const NAMES: readonly NamedProperty[] = [
  { guid: SET, id: 0x8501 },
  { guid: SET, name: "Colour" },
];

const u16 = (...values: number[]): number[] => values.flatMap((value) => [value & 0xff, value >>> 8]);
const u32 = (...values: number[]): number[] =>
  values.flatMap((value) => [...u16(value & 0xffff), ...u16(value >>> 16)]);

/** AND of: the first property exists; PR_SUBJECT exists; the second property is 7. */
const restrictionOf = (first: number, second: number): Uint8Array =>
  Uint8Array.from([
    ...u16(0),
    ...[0, ...u16(3)],
    ...[8, ...u32(propTag(PT_UNICODE, first))],
    ...[8, ...u32(PR_SUBJECT)],
    ...[4, 4, ...u32(propTag(PT_LONG, second), propTag(PT_LONG, second), 7)],
  ]);

/** OP_TAG: the second property becomes 9. */
const actionsOf = (second: number): Uint8Array =>
  Uint8Array.from([...u16(1, 17), 9, ...u32(0, 0), ...u32(propTag(PT_LONG, second), 9)]);

/** A restriction that names its property itself: id 0x8001 is the number 5 of a set. */
const SELF_NAMED = Uint8Array.from([
  ...u16(1, 0x8001),
  ...u32(21),
  ...[0, ...Array.from({ length: 16 }, (_, i) => i), ...u32(5)],
  ...[8, ...u32(propTag(PT_LONG, 0x8001))],
]);

const odd = (first: number, second: number): Uint8Array =>
  Uint8Array.from([...restrictionOf(first, second), 0xff]);

const idsOf = (object: IMAPIProp, flags = 0): number[] => object.getIDsFromNames(NAMES, flags).map(propId);

function fill(object: IMAPIProp): void {
  const [first = 0, second = 0] = idsOf(object, MAPI_CREATE);
  set(
    object,
    [propTag(PT_UNICODE, first), "here"],
    [RESTRICTION, restrictionOf(first, second)],
    [ACTIONS, actionsOf(second)],
    [ODD, odd(first, second)],
    [OWN, SELF_NAMED],
  );
}

/** Demands that the values of an object name what they named, by the ids that the names have there. */
function check(object: IMAPIProp): void {
  const [first = 0, second = 0] = idsOf(object);
  assert.equal(get(object, propTag(PT_UNICODE, first)), "here");
  assert.deepEqual(get(object, RESTRICTION), restrictionOf(first, second));
  assert.deepEqual(get(object, ACTIONS), actionsOf(second));
  assert.deepEqual(get(object, ODD), odd(0x8000, 0x8001));
  assert.deepEqual(get(object, OWN), SELF_NAMED);
}

/** A message with such values, in an attachment and a recipient too. */
function source(): ReturnType<typeof create> {
  const opened = create();
  fill(opened.message);
  const { attach } = opened.message.createAttach();
  fill(attach);
  attach.saveChanges();
  const restriction = get(opened.message, RESTRICTION);
  opened.message.modifyRecipients(MODRECIP_ADD, [
    { properties: props([PR_DISPLAY_NAME, "Ann"], [PR_RECIPIENT_TYPE, 1], [RESTRICTION, restriction]) },
  ]);
  opened.message.saveChanges(KEEP_OPEN_READWRITE);
  assert.deepEqual(idsOf(opened.message), [0x8000, 0x8001]);
  return opened;
}

function checkAll(message: IMessage): void {
  check(message);
  check(message.openAttach(0));
  const [row] = message.getRecipientTable();
  const [first = 0, second = 0] = idsOf(message);
  const value = row?.properties.find(({ tag }) => tag === RESTRICTION)?.value;
  assert.deepEqual(value, restrictionOf(first, second));
}

/** A file whose own names have the first ids. */
function host(): ReturnType<typeof create> {
  const opened = create();
  opened.message.getIDsFromNames(
    [1, 2, 3].map((id) => ({ guid: SET, id })),
    MAPI_CREATE,
  );
  opened.message.saveChanges(KEEP_OPEN_READWRITE);
  return opened;
}

describe("session: tags inside of restrictions and rule actions", () => {
  it("are understood as this test writes them", () => {
    for (const [id, bytes] of [
      ["RuleCondition", restrictionOf(0x8000, 0x8001)],
      ["RuleAction", actionsOf(0x8001)],
      ["RuleCondition", SELF_NAMED],
    ] as const) {
      assert.deepEqual(decodeStructure(id, bytes, { codePage: 1252 }).problems, [], id);
    }
    assert.equal(
      decodeStructure("RuleCondition", odd(0x8000, 0x8001), { codePage: 1252 }).problems.length,
      1,
    );
  });

  it("follow their names into a file as an embedded message, and out of it", () => {
    const { storage } = source();
    const target = host();
    const outline = new MessageOutline(target.message);
    const address = outline.addEmbeddedFile("", storage.toBytes());
    target.message.saveChanges(KEEP_OPEN_READWRITE);
    const bytes = target.storage.toBytes();
    assert.deepEqual(checkMsg(bytes), []);
    const inner = embedded(open(bytes).message.openAttach(0));
    assert.deepEqual(idsOf(inner), [0x8003, 0x8004]);
    checkAll(inner);
    const out = open(outline.exportEmbedded(`${address}/m`)).message;
    assert.deepEqual(idsOf(out), [0x8003, 0x8004]);
    checkAll(out);
  });

  it("follow their names in a copy", () => {
    const target = host();
    source().message.copyTo(target.message);
    target.message.saveChanges(KEEP_OPEN_READWRITE);
    assert.deepEqual(idsOf(target.message), [0x8003, 0x8004]);
    checkAll(open(target.storage.toBytes()).message);
  });

  it("follow names that an embedded message got on its own while its file got others", () => {
    const target = host();
    const outline = new MessageOutline(target.message);
    const address = `${outline.addEmbeddedMessage("", [], () => undefined)}/m`;
    const child = outline.openEmbedded(address, null, createAllocator());
    fill(child.message);
    trySave(child.message, child.storage);
    const values = new MessageOutline(child.message);
    assert.deepEqual(idsOf(child.message), [0x8003, 0x8004]);
    target.message.getIDsFromNames([{ guid: SET, id: 4 }], MAPI_CREATE);
    outline.replaceEmbeddedContent(address, values.snapshot());
    target.message.saveChanges(KEEP_OPEN_READWRITE);
    const inner = embedded(open(target.storage.toBytes()).message.openAttach(0));
    assert.deepEqual(idsOf(inner), [0x8004, 0x8005]);
    const [first = 0, second = 0] = idsOf(inner);
    assert.deepEqual(get(inner, RESTRICTION), restrictionOf(first, second));
    assert.deepEqual(get(inner, ACTIONS), actionsOf(second));
    assert.deepEqual(get(inner, ODD), odd(0x8003, 0x8004));
    assert.deepEqual(get(inner, OWN), SELF_NAMED);
  });
});
