/** What the session computes: subject, display lists, attachment flags, code pages. */
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import {
  createAllocator,
  createStorage,
  type IMessage,
  KEEP_OPEN_READWRITE,
  MAPI_E_NOT_FOUND,
  MAPI_UNICODE,
  MessageOutline,
  MODRECIP_ADD,
  MODRECIP_MODIFY,
  MODRECIP_REMOVE,
  openIMsgOnIStg,
  PR_ACCESS,
  PR_ACCESS_LEVEL,
  PR_ATTACH_DATA_BIN,
  PR_CREATION_TIME,
  PR_DISPLAY_BCC,
  PR_DISPLAY_CC,
  PR_DISPLAY_NAME,
  PR_DISPLAY_TO,
  PR_HASATTACH,
  PR_INTERNET_CPID,
  PR_LAST_MODIFICATION_TIME,
  PR_MESSAGE_CLASS,
  PR_MESSAGE_CODEPAGE,
  PR_MESSAGE_FLAGS,
  PR_MESSAGE_LOCALE_ID,
  PR_NORMALIZED_SUBJECT,
  PR_RECIPIENT_TYPE,
  PR_ROWID,
  PR_STORE_SUPPORT_MASK,
  PR_SUBJECT,
  PR_SUBJECT_PREFIX,
  PR_TRANSPORT_MESSAGE_HEADERS,
} from "../../../src/core";
import {
  column,
  create,
  embed,
  fails,
  get,
  NOW,
  open,
  type Opened,
  props,
  reopen,
  set,
} from "./support/open";

const subjectOf = (message: IMessage): unknown[] =>
  [PR_SUBJECT, PR_SUBJECT_PREFIX, PR_NORMALIZED_SUBJECT].map((tag) => get(message, tag));
const listsOf = (message: IMessage): unknown[] =>
  [PR_DISPLAY_TO, PR_DISPLAY_CC, PR_DISPLAY_BCC].map((tag) => get(message, tag));
const row = (name: string, kind: number): { properties: ReturnType<typeof props> } => ({
  properties: props([PR_DISPLAY_NAME, name], [PR_RECIPIENT_TYPE, kind]),
});

describe("session: subject", () => {
  const rows: [subject: string, prefix: string, normalized: string][] = [
    ["RE: Hello", "RE: ", "Hello"],
    ["re: Hello", "re: ", "Hello"],
    ["AW: Hello", "AW: ", "Hello"],
    ["Ré: Hello", "Ré: ", "Hello"],
    ["回复: Hello", "回复: ", "Hello"],
    ["A: x", "A: ", "x"],
    ["FWDX: Hello", "", "FWDX: Hello"],
    ["RE:Hello", "", "RE:Hello"],
    ["R2: Hello", "", "R2: Hello"],
    ["R-: Hello", "", "R-: Hello"],
    [": Hello", "", ": Hello"],
    ["RE: RE: x", "RE: ", "RE: x"],
    ["", "", ""],
    ["Hello", "", "Hello"],
  ];
  for (const [subject, prefix, normalized] of rows) {
    it(`“${subject}” is “${prefix}” and “${normalized}”`, () => {
      const opened = create();
      set(opened.message, [PR_SUBJECT, subject]);
      assert.deepEqual(subjectOf(opened.message), [subject, prefix, normalized]);
      assert.deepEqual(subjectOf(reopen(opened).message), [subject, prefix, normalized]);
    });
  }

  it("keeps a prefix that was set as long as it leads the subject", () => {
    const { message } = create();
    set(message, [PR_SUBJECT_PREFIX, "Antwort: "], [PR_SUBJECT, "Antwort: Hello"]);
    assert.deepEqual(subjectOf(message), ["Antwort: Hello", "Antwort: ", "Hello"]);
    set(message, [PR_SUBJECT, "Antwort: Bye"]);
    assert.deepEqual(subjectOf(message), ["Antwort: Bye", "Antwort: ", "Bye"]);
    set(message, [PR_SUBJECT, "RE: Bye"]);
    assert.deepEqual(subjectOf(message), ["RE: Bye", "RE: ", "Bye"]);
    set(message, [PR_SUBJECT_PREFIX, "FW: "]);
    assert.deepEqual(subjectOf(message), ["RE: Bye", "RE: ", "Bye"]);
    message.deleteProps([PR_SUBJECT]);
    assert.deepEqual(subjectOf(message), [MAPI_E_NOT_FOUND, MAPI_E_NOT_FOUND, MAPI_E_NOT_FOUND]);
  });

  it("comes back with a prefix of its own when the subject is set back", () => {
    const first = create();
    set(first.message, [PR_SUBJECT_PREFIX, "Antwort: "], [PR_SUBJECT, "Antwort: Hello"]);
    const { message, storage } = reopen(first);
    const bytes = storage.toBytes();
    set(message, [PR_SUBJECT, "other"]);
    assert.deepEqual(subjectOf(message), ["other", "", "other"]);
    set(message, [PR_SUBJECT, "Antwort: Hello"]);
    assert.deepEqual(subjectOf(message), ["Antwort: Hello", "Antwort: ", "Hello"]);
    message.saveChanges();
    assert.equal(storage.toBytes(), bytes);
  });
});

describe("session: recipients", () => {
  it("lists the names by kind, in the order of the rows", () => {
    const opened = create();
    const { message } = opened;
    message.modifyRecipients(MODRECIP_ADD, [row("A", 1), row("B", 2), row("C", 1), row("D", 3)]);
    assert.deepEqual(listsOf(message), ["A; C", "B", "D"]);
    message.modifyRecipients(MODRECIP_ADD, [row("E", 0x10000001), row("F", 0), row("", 1)]);
    assert.deepEqual(listsOf(message), ["A; C; E", "B", "D"]);
    message.modifyRecipients(MODRECIP_REMOVE, [{ rowId: 0, properties: [] }]);
    assert.deepEqual(listsOf(message), ["C; E", "B", "D"]);
    message.modifyRecipients(MODRECIP_MODIFY, [{ rowId: 1, ...row("B", 1) }]);
    assert.deepEqual(listsOf(message), ["B; C; E", "", "D"]);
    message.modifyRecipients(MODRECIP_MODIFY, [{ properties: props([PR_ROWID, 3], [PR_DISPLAY_NAME, "D"]) }]);
    assert.deepEqual(listsOf(message), ["B; C; E", "", ""]);
    const again = reopen(opened).message;
    assert.deepEqual(listsOf(again), ["B; C; E", "", ""]);
    assert.deepEqual(
      again
        .getRecipientTable()
        .map((each) => [each.rowId, column(each, PR_ROWID), column(each, PR_DISPLAY_NAME)]),
      ["B", "C", "D", "E", "F", ""].map((name, i) => [i, i, name]),
    );
    again.modifyRecipients(0, []);
    assert.deepEqual(listsOf(again), ["", "", ""]);
  });

  it("has all three lists in a new message, and lists as Outlook wrote them until a name changes", () => {
    const opened = create();
    const { message } = reopen(opened);
    assert.deepEqual(listsOf(message), ["", "", ""]);
    assert.equal(message.getPropFlags(PR_DISPLAY_TO), 2);
  });

  it("refuses rows that cannot be, and leaves the list as it was", () => {
    const { message } = create();
    message.modifyRecipients(MODRECIP_ADD, [row("A", 1)]);
    const calls: [name: string, call: () => void][] = [
      ["MAPI_E_MISSING_REQUIRED_COLUMN", () => message.modifyRecipients(MODRECIP_REMOVE, [row("A", 1)])],
      ["MAPI_E_NOT_FOUND", () => message.modifyRecipients(MODRECIP_MODIFY, [{ rowId: 5, ...row("A", 1) }])],
      [
        "MAPI_E_INVALID_PARAMETER",
        () => message.modifyRecipients(0, [{ properties: props([0x68010001, null]) }]),
      ],
      [
        "MAPI_E_INVALID_PARAMETER",
        () => message.modifyRecipients(0, [{ properties: props([0x6801000d, null]) }]),
      ],
      [
        "MAPI_E_INVALID_PARAMETER",
        () => message.modifyRecipients(0, [{ properties: props([0x68010003, "x"]) }]),
      ],
      ["MAPI_E_UNEXPECTED_ID", () => message.modifyRecipients(0, [{ properties: props([0x80010003, 1]) }])],
      ["MAPI_E_INVALID_TYPE", () => message.modifyRecipients(0, [{ properties: props([0x68010099, 1]) }])],
      ["MAPI_E_TOO_BIG", () => message.modifyRecipients(0, new Array(2049).fill(row("x", 1)))],
      ["MAPI_E_UNKNOWN_FLAGS", () => message.modifyRecipients(MODRECIP_ADD | MODRECIP_MODIFY, [])],
    ];
    for (const [name, call] of calls) fails(name, call);
    assert.deepEqual(listsOf(message), ["A", MAPI_E_NOT_FOUND, MAPI_E_NOT_FOUND]);
    assert.equal(message.getRecipientTable().length, 1);
  });

  it("keeps names whole that are Unicode in an 8-bit message and do not fit its code page", () => {
    const eightBit = create({ flags: 0, codePage: 1252 });
    eightBit.message.modifyRecipients(MODRECIP_ADD, [row("Ann", 1), row("Bob", 1)]);
    eightBit.message.saveChanges();
    const name = "__recip_version1.0_#00000001";
    const storage = eightBit.storage.openStorage(name);
    const stream = Buffer.from(storage.openStream("__properties_version1.0"));
    const at = stream.indexOf(Buffer.from([0x1e, 0, 0x01, 0x30]));
    stream.writeUInt32LE(PR_DISPLAY_NAME, at);
    storage.writeStream("__properties_version1.0", Uint8Array.from(stream));
    storage.destroyElement("__substg1.0_3001001E");
    storage.writeStream("__substg1.0_3001001F", Uint8Array.from(Buffer.from("日本", "utf16le")));
    storage.commit();
    eightBit.storage.commit();
    const { message } = open(eightBit.storage.toBytes());
    message.modifyRecipients(MODRECIP_ADD, [row("Zoe", 1)]);
    assert.equal(get(message, PR_DISPLAY_TO), "Ann; 日本; Zoe");
    message.modifyRecipients(MODRECIP_REMOVE, [{ rowId: 1, properties: [] }]);
    assert.equal(get(message, PR_DISPLAY_TO), "Ann; Zoe");
  });

  it("are put in another order, with their row ids and lists", () => {
    const opened = create();
    opened.message.modifyRecipients(0, [row("A", 1), row("B", 1), row("C", 1)]);
    const again = reopen(opened);
    const bytes = again.storage.toBytes();
    const outline = new MessageOutline(again.message);
    const order = outline.message("").recipients.map((each) => each.address);
    outline.reorderRecipients("", [order[2]!, order[0]!, order[1]!]);
    assert.equal(get(again.message, PR_DISPLAY_TO), "C; A; B");
    assert.equal(outline.isChanged, true);
    outline.reorderRecipients("", order);
    assert.equal(outline.isChanged, false);
    again.message.saveChanges(KEEP_OPEN_READWRITE);
    assert.equal(again.storage.toBytes(), bytes);
    outline.reorderRecipients("", [...order].reverse());
    const last = reopen(again).message;
    assert.equal(get(last, PR_DISPLAY_TO), "C; B; A");
    assert.deepEqual(
      last.getRecipientTable().map((each) => [column(each, PR_ROWID), column(each, PR_DISPLAY_NAME)]),
      [
        [0, "C"],
        [1, "B"],
        [2, "A"],
      ],
    );
    const lastOutline = new MessageOutline(last);
    const [first, second] = lastOutline.message("").recipients.map((each) => each.address);
    for (const wrong of [[], [first!], [first!, first!, second!], ["/a1", first!, second!], order]) {
      fails("MAPI_E_INVALID_PARAMETER", () => lastOutline.reorderRecipients("", wrong));
    }
  });
});

describe("session: what a message tells of itself", () => {
  it("says whether it has attachments", () => {
    const opened = create();
    const { message } = opened;
    set(message, [PR_MESSAGE_FLAGS, 1]);
    const { attach } = message.createAttach();
    attach.saveChanges();
    assert.deepEqual([get(message, PR_HASATTACH), get(message, PR_MESSAGE_FLAGS)], [true, 0x11]);
    const again = reopen(opened);
    again.message.deleteAttach(0);
    assert.deepEqual(
      [get(again.message, PR_HASATTACH), get(again.message, PR_MESSAGE_FLAGS)],
      [MAPI_E_NOT_FOUND, 1],
    );
    const last = reopen(again);
    const outline = new MessageOutline(last.message);
    const address = outline.addAttachment("", []);
    outline.deleteObject(address);
    assert.equal(outline.isChanged, false);
  });

  it("gets what every new message and attachment has", () => {
    const opened = create();
    const { attach } = opened.message.createAttach();
    set(attach, [PR_ATTACH_DATA_BIN, Uint8Array.of(1)]);
    attach.saveChanges();
    const { message } = reopen(opened);
    assert.equal(get(message, PR_MESSAGE_CLASS), "IPM.Note");
    assert.equal(get(message, PR_STORE_SUPPORT_MASK), 0x40e79);
    assert.deepEqual([get(message, PR_ACCESS), get(message, PR_ACCESS_LEVEL)], [2, 0]);
    assert.ok((get(message, PR_CREATION_TIME) as bigint) > NOW);
    assert.equal(get(message, PR_CREATION_TIME), get(message, PR_LAST_MODIFICATION_TIME));
    for (const tag of [PR_ACCESS, PR_CREATION_TIME, PR_STORE_SUPPORT_MASK]) {
      assert.equal(message.getPropFlags(tag), 2);
    }
  });
});

describe("session: code pages", () => {
  const eightBit = (...values: [number, unknown][]): Opened => {
    const opened = create({ flags: 0 });
    if (values.length > 0) set(opened.message, ...values);
    return opened;
  };
  const rows: [what: string, values: [number, unknown][], page: number, rule: string][] = [
    ["nothing", [], 1252, "default"],
    [
      "PR_MESSAGE_CODEPAGE",
      [
        [PR_MESSAGE_CODEPAGE, 932],
        [PR_MESSAGE_LOCALE_ID, 1049],
      ],
      932,
      "messageCodePage",
    ],
    [
      "an unknown page",
      [
        [PR_MESSAGE_CODEPAGE, 4711],
        [PR_MESSAGE_LOCALE_ID, 1049],
      ],
      1251,
      "locale",
    ],
    ["UTF-16, which cannot be", [[PR_MESSAGE_CODEPAGE, 1200]], 1252, "default"],
    ["the locale", [[PR_MESSAGE_LOCALE_ID, 1041]], 932, "locale"],
    ["PR_INTERNET_CPID, which says nothing", [[PR_INTERNET_CPID, 50220]], 1252, "default"],
    [
      "the transport headers",
      [[PR_TRANSPORT_MESSAGE_HEADERS, 'A: b\r\nContent-Type: text/plain;\r\n\tcharset="KOI8-R"\r\n']],
      20866,
      "headers",
    ],
    ["headers of UTF-8", [[PR_TRANSPORT_MESSAGE_HEADERS, "Content-Type: x; charset=utf-8"]], 1252, "default"],
    ["another header", [[PR_TRANSPORT_MESSAGE_HEADERS, "X: charset=koi8-r"]], 1252, "default"],
  ];
  for (const [what, values, page, rule] of rows) {
    it(`${page} (${rule}) by ${what}`, () => {
      const view = new MessageOutline(eightBit(...values).message).message("");
      assert.deepEqual([view.codePage.id, view.codePageRule, view.unicode], [page, rule, false]);
    });
  }

  it("an option overrides what the message says and touches nothing", () => {
    const opened = eightBit([PR_MESSAGE_CODEPAGE, 1252], [PR_SUBJECT, "é"]);
    opened.message.saveChanges();
    const bytes = opened.storage.toBytes();
    const again = open(bytes, { codePage: 1251 });
    assert.equal(get(again.message, PR_SUBJECT), "й");
    assert.equal(new MessageOutline(again.message).message("").codePageRule, "override");
    again.message.saveChanges(KEEP_OPEN_READWRITE);
    assert.equal(again.storage.toBytes(), bytes);
    set(again.message, [PR_SUBJECT, "Ж"]);
    again.message.saveChanges();
    assert.equal(get(open(again.storage.toBytes()).message, PR_SUBJECT), "Æ");
  });

  it("is stored for a new 8-bit message, and inherited by what is embedded", () => {
    const opened = create({ flags: 0, codePage: 932 });
    const { attach } = opened.message.createAttach();
    const inner = embed(attach);
    set(inner, [PR_SUBJECT, "日本"]);
    inner.saveChanges();
    attach.saveChanges();
    const { message } = reopen(opened);
    assert.equal(get(message, PR_MESSAGE_CODEPAGE), 932);
    const outline = new MessageOutline(message);
    const [inside] = outline.message("").attachments;
    const view = outline.message(`${inside!.address}/m`);
    assert.deepEqual([view.codePage.id, view.codePageRule, view.unicode], [932, "parent", false]);
    assert.equal(outline.property(`${inside!.address}/m`, PR_SUBJECT)?.value, "日本");
    outline.setProperty("", PR_MESSAGE_CODEPAGE, 1252);
    assert.equal(outline.message(`${inside!.address}/m`).codePage.id, 1252);
  });

  it("a Unicode message has none, even with the option", () => {
    const message = openIMsgOnIStg(null, createAllocator(), createStorage(), {
      flags: MAPI_UNICODE,
      codePage: 932,
    });
    assert.equal(get(message, PR_MESSAGE_CODEPAGE), MAPI_E_NOT_FOUND);
  });
});
