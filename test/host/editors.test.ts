import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, it } from "mocha";
import {
  PR_CONVERSATION_INDEX,
  PR_IMPORTANCE,
  PR_CLIENT_SUBMIT_TIME,
  PR_SUBJECT,
  propTag,
  PSETID_APPOINTMENT,
  PT_BINARY,
  PT_CLSID,
  PT_DOUBLE,
  PT_I2,
  PT_I8,
  PT_LONG,
  PT_MV_BINARY,
  PT_MV_CLSID,
  PT_MV_LONG,
  PT_R4,
  PT_UNICODE,
} from "../../src/core";
import { weeklyRecurrence } from "../../scripts/samples/calendarBytes";
import { setNamed } from "../../scripts/samples/kit";
import type { StructureChange, StructureModel } from "../../src/protocol/editors";
import { type EditResult, PROTOCOL_VERSION, type RequestError } from "../../src/protocol/messages";
import type { PropertyDetail } from "../../src/protocol/viewModel";
import { mail, valueIn } from "../support/mail";
import { type OpenDocument, openDocument } from "./support/documents";
import { TestPage } from "./support/fakePanel";
import { bytesOf, temporaryFile } from "./support/files";
import type * as vscode from "vscode";

const TICKS_PER_DAY = 864_000_000_000n;
/** 2026-03-02, a Monday. */
const FIRST_DAY = 155_283n * TICKS_PER_DAY;
const INDEX = Uint8Array.from([
  1,
  0xdc,
  0xa9,
  0x53,
  0x2e,
  0x77,
  ...Array.from({ length: 16 }, (_, at) => at),
]);
const SECOND = INDEX.map((byte, at) => (at === 21 ? 0xff : byte));
const SERIES = weeklyRecurrence({
  firstDay: FIRST_DAY,
  weekday: 1,
  count: 4,
  deleted: [],
  startMinute: 540,
  endMinute: 600,
});
const INDEXES = propTag(PT_MV_BINARY, 0x0071);
const FOLDER_ID = propTag(PT_I8, 0x6748);
const WIDE = propTag(PT_LONG, 0x6810);
const GUID = propTag(PT_CLSID, 0x6811);
const GUIDS = propTag(PT_MV_CLSID, 0x6813);
const FLAG_LIST = propTag(PT_MV_LONG, 0x0020);
const REAL = propTag(PT_DOUBLE, 0x6812);

describe("a page's editors", function () {
  this.timeout(30_000);
  let opened: OpenDocument;
  let page: TestPage;
  let file: vscode.Uri;

  async function openMail(more: Parameters<typeof mail>[0] = {}): Promise<void> {
    file = await temporaryFile("editors.msg", mail(more));
    opened = await openDocument(file);
    page = new TestPage(opened.document);
    await page.get("ready", { version: PROTOCOL_VERSION });
  }

  beforeEach(async () => {
    await openMail({
      more: [
        { tag: PR_CONVERSATION_INDEX, value: INDEX },
        { tag: WIDE, value: 70_000 },
        { tag: PR_CLIENT_SUBMIT_TIME, value: 134_167_104_000_000_001n },
        { tag: GUID, value: "{00062002-0000-0000-C000-000000000046}" },
        { tag: REAL, value: 0.1 },
        { tag: FOLDER_ID, value: 0x0100n },
      ],
      fill: (message) => {
        const name = { guid: PSETID_APPOINTMENT, id: 0x8216 };
        setNamed(message, [{ name, type: PT_BINARY, value: SERIES }]);
      },
    });
  });

  afterEach(() => {
    page.dispose();
    opened.document.dispose();
  });

  const revision = (): number => opened.document.revision;
  const detail = (tag: number): Promise<PropertyDetail> => page.get("getDetail", { object: "", tag });

  async function structure(tag: number, index = 0): Promise<StructureModel> {
    const found = (await detail(tag)).structures?.find((model) => model.index === index);
    assert.ok(found, "no structure");
    return found;
  }

  async function field(tag: number, path: string, index = 0): Promise<StructureModel["fields"][number]> {
    const found = (await structure(tag, index)).fields.find((each) => each.path === path);
    assert.ok(found, `no field ${path}`);
    return found;
  }

  const params = (tag: number, change: StructureChange, index = 0) => ({
    object: "",
    tag,
    index,
    change,
    revision: revision(),
  });
  const edit = (tag: number, change: StructureChange, index = 0): Promise<EditResult> =>
    page.get("editStructure", params(tag, change, index));
  const refusal = (tag: number, change: StructureChange): Promise<RequestError> =>
    page.refusal("editStructure", params(tag, change));

  async function recurrenceTag(): Promise<number> {
    const { rows } = await page.get("getRows", { object: "" });
    const row = rows.find(({ namedAs }) => namedAs.endsWith("0x8216"));
    assert.ok(row);
    return row.tag;
  }

  describe("of structures", () => {
    it("send the fields with their places, names and what is edited", async () => {
      const model = await structure(PR_CONVERSATION_INDEX);
      assert.equal(model.title, "Conversation index");
      assert.match(model.summary, /^Header 2026-/);
      assert.equal(model.problems, 0);
      assert.deepEqual(model.bytes, INDEX);
      const time = await field(PR_CONVERSATION_INDEX, "HeaderTime");
      assert.deepEqual([time.offset, time.length, time.depth], [0, 6, 1]);
      assert.match(time.text ?? "", /^2026-/);
      const kind = await field(await recurrenceTag(), "RecurrencePattern/PatternType");
      const numbers = (await structure(await recurrenceTag())).numbers;
      assert.ok(kind.number !== undefined && (numbers[kind.number]?.parts[0]?.values.length ?? 0) > 3);
    });

    it("change one field: its bytes follow, as one edit that is undone and saved", async () => {
      const tag = await recurrenceTag();
      const result = await edit(tag, { kind: "set", path: "EndTimeOffset", text: "11:30" });
      assert.equal(result.revision, revision());
      assert.equal((await field(tag, "EndTimeOffset")).value, "11:30");
      assert.equal(opened.edits.length, 1);
      assert.equal(opened.edits[0]?.label, "Change End time offset in Appointment recur");
      await opened.edits[0].undo();
      assert.deepEqual((await structure(tag)).bytes, SERIES);
      await opened.edits[0].redo();
      await opened.document.save();
      const saved = valueIn(await bytesOf(file), tag);
      assert.ok(saved instanceof Uint8Array && saved.length === SERIES.length);
      const differs = [...saved].flatMap((byte, at) => (byte === SERIES[at] ? [] : [at]));
      assert.equal(differs.length > 0 && differs.length <= 4, true);
    });

    it("refuse at the field what would make it invalid, and change nothing", async () => {
      const tag = await recurrenceTag();
      const before = revision();
      for (const [path, text, message] of [
        ["RecurrencePattern/PatternType", "77", /./],
        ["EndTimeOffset", "half past", /whole number/],
        ["RecurrencePattern/StartDate", "1066-10-14", /./],
        ["No/Such/Field", "1", /no such field/],
        ["", "1", /fields in it/],
      ] as const) {
        const error = await refusal(tag, { kind: "set", path, text });
        assert.equal(error.code, "invalid", path);
        assert.match(error.message, message, path);
      }
      assert.equal(revision(), before);
      assert.deepEqual(opened.edits, []);
    });

    it("write nothing when the field already has the value", async () => {
      const { text = "" } = await field(PR_CONVERSATION_INDEX, "HeaderTime");
      await edit(PR_CONVERSATION_INDEX, { kind: "set", path: "HeaderTime", text });
      assert.deepEqual(opened.edits, []);
    });

    it("add and remove elements; their count follows", async () => {
      const tag = await recurrenceTag();
      const list = "RecurrencePattern/DeletedInstanceDates";
      assert.equal((await field(tag, list)).canInsert, true);
      await edit(tag, { kind: "insert", path: list });
      assert.equal((await field(tag, "RecurrencePattern/DeletedInstanceCount")).value, "1");
      assert.equal((await field(tag, `${list}/0`)).canRemove, true);
      await edit(tag, { kind: "remove", path: `${list}/0` });
      assert.deepEqual((await structure(tag)).bytes, SERIES);
      assert.equal((await refusal(tag, { kind: "remove", path: "EndTimeOffset" })).code, "invalid");
    });

    it("reach each value of a multi-valued property, and numbers that are structures", async () => {
      page.dispose();
      opened.document.dispose();
      await openMail({ more: [{ tag: INDEXES, value: [INDEX, SECOND] }] });
      assert.equal((await detail(INDEXES)).structures?.length, 2);
      await edit(INDEXES, { kind: "set", path: "HeaderTime", text: "2026-05-01T00:00:00Z" }, 1);
      const { values = [] } = await detail(INDEXES);
      assert.equal(values.length, 2);
      assert.match(values[0] ?? "", /^01 DC A9 53/);
      assert.doesNotMatch(values[1] ?? "", /^01 DC A9 53/);
      assert.match(values[1] ?? "", /FF$/);
    });

    it("decode and change a folder id in its 64 bits", async () => {
      const model = await structure(FOLDER_ID);
      const [editable] = model.fields.filter(({ text }) => text !== undefined);
      assert.ok(editable);
      assert.equal(model.bytes.length, 8);
    });

    it("are there of large values too, and what they have no room for stays as it is", async () => {
      const large = new Uint8Array(22 + 5 * 30_000);
      large.set(INDEX);
      for (let at = INDEX.length; at < large.length; at++) large[at] = at & 0x7f;
      opened.document.edit("Grow", (outline) => outline.setProperty("", PR_CONVERSATION_INDEX, large));
      const model = await structure(PR_CONVERSATION_INDEX);
      assert.equal(model.bytes.length, large.length);
      assert.ok(model.fields.length > 1000 && model.fields.length <= 20_000, String(model.fields.length));
      await page.get("editStructure", {
        ...params(PR_CONVERSATION_INDEX, { kind: "set", path: "HeaderTime", text: "2027-05-06T07:08:00Z" }),
        revision: revision(),
      });
      const value = opened.document.outline.property("", PR_CONVERSATION_INDEX)?.value;
      assert.ok(value instanceof Uint8Array && value.length === large.length);
      assert.notDeepEqual(value.subarray(0, 6), large.subarray(0, 6));
      assert.ok(value.subarray(6).every((byte, at) => byte === large[at + 6]));
      // Beyond what the page gets of a value its fields are not read.
      const beyond = new Uint8Array(300_000);
      opened.document.edit("Grow", (outline) => outline.setProperty("", PR_CONVERSATION_INDEX, beyond));
      assert.equal((await detail(PR_CONVERSATION_INDEX)).structures, undefined);
    });

    it("decode bytes that are not written yet", async () => {
      const bytes = INDEX.map((byte, at) => (at === 6 ? 0xee : byte));
      const { structure: model } = await page.get("decodeValue", {
        object: "",
        tag: PR_CONVERSATION_INDEX,
        index: 0,
        bytes,
      });
      assert.match(model?.fields.find(({ path }) => path === "ThreadGuid")?.value ?? "", /EE\b|EE-/);
      const none = await page.get("decodeValue", { object: "", tag: PR_SUBJECT, index: 0, bytes });
      assert.equal(none.structure, undefined);
    });

    it("are told when they speak of a state that is no more, or of what has no fields", async () => {
      const change = { kind: "set", path: "HeaderTime", text: "2026-01-01" } as const;
      const old = { ...params(PR_CONVERSATION_INDEX, change), revision: revision() + 7 };
      assert.equal((await page.refusal("editStructure", old)).code, "stale");
      assert.equal((await refusal(PR_SUBJECT, change)).code, "notFound");
      assert.equal(
        (await page.refusal("editStructure", params(PR_CONVERSATION_INDEX, change, 9))).code,
        "notFound",
      );
    });
  });

  describe("of single values", () => {
    it("say the names of numbers, for the cell and for the detail", async () => {
      const { rows } = await page.get("getRows", { object: "" });
      const row = rows.find(({ tag }) => tag === PR_IMPORTANCE);
      assert.deepEqual(
        row?.choices?.parts[0]?.values.map(({ name }) => name),
        ["IMPORTANCE_LOW", "IMPORTANCE_NORMAL", "IMPORTANCE_HIGH"],
      );
      const { extras } = await detail(PR_IMPORTANCE);
      assert.ok(extras?.kind === "number" && extras.number.bits === 32);
    });

    it("take names where numbers and GUIDs are asked for", async () => {
      const set = (tag: number, text: string): Promise<EditResult> =>
        page.get("setProperty", { object: "", tag, text, revision: revision() });
      await set(PR_IMPORTANCE, "importance_high");
      assert.equal((await detail(PR_IMPORTANCE)).text, "2");
      await set(GUID, "PSETID_Task");
      assert.equal((await detail(GUID)).text, "{00062003-0000-0000-C000-000000000046}");
      assert.equal(
        (
          await page.refusal("setProperty", {
            object: "",
            tag: GUID,
            text: "PSETID_Tusk",
            revision: revision(),
          })
        ).code,
        "invalid",
      );
    });

    it("read times in UTC and by the local clock, to the last tick", async () => {
      const read = (text: string, local: boolean) => page.get("readTime", { text, local });
      const { extras } = await detail(PR_CLIENT_SUBMIT_TIME);
      const time = extras?.kind === "time" ? extras.time : undefined;
      assert.ok(time);
      assert.equal((await read(time.local, true)).utc, time.utc);
      for (const text of [
        "1601-01-02T00:00:00.0000001Z",
        "2026-07-01T12:00:00.1234567Z",
        "0xFFFFFFFFFFFFFFFF",
        "9999-12-31T23:59:59.9999999Z",
      ]) {
        const time = await read(text, false);
        assert.deepEqual(await read(time.local, true), time, text);
        assert.deepEqual(await read(time.fileTime, true), time, text);
      }
      assert.equal((await read("none", true)).isNone, true);
      assert.equal((await read("0x0CB34557A3DD4000", false)).utc, "4501-01-01T00:00:00.0000000Z");
      assert.equal((await read("2026-03-01T12:00+05:00", true)).utc, "2026-03-01T07:00:00.0000000Z");
      for (const text of ["1600-12-30", "soon", "2026-02-29", ""]) {
        assert.equal((await page.refusal("readTime", { text, local: true })).code, "invalid", text);
      }
      assert.match((await page.get("timeNow", {})).utc, /^20\d\d-/);
    });

    it("of a value that is to be added are those it will have, by its tag or by its name", async () => {
      assert.deepEqual(await page.get("newValue", { tag: GUIDS }), {
        editor: "list",
        extras: { kind: "list", editor: "line", element: { kind: "named", list: "guid" } },
      });
      assert.deepEqual(await page.get("newValue", { tag: 0x6868001f }), { editor: "line" });
      const named = { guid: "{00062002-0000-0000-C000-000000000046}", id: 0x8205 };
      const busy = await page.get("newValue", { tag: 3, named });
      assert.ok(busy.extras?.kind === "number");
      const [name] = busy.extras.number.parts.flatMap(({ values }) => values);
      assert.ok(name !== undefined);
      const { tag = 0 } = await page.get("addProperty", {
        object: "",
        tag: 3,
        named,
        values: [name.name],
        revision: revision(),
      });
      assert.equal((await detail(tag)).text, String(name.value));
      const twice = await page.refusal("addProperty", {
        object: "",
        tag: 3,
        named,
        values: ["0"],
        revision: revision(),
      });
      assert.equal(twice.code, "exists");
    });

    it("of several values are those of one: each is read as one alone is, by name too", async () => {
      const add = (tag: number, values: string[]) =>
        page.get("addProperty", { object: "", tag, values, revision: revision() });
      await add(GUIDS, ["PSETID_Meeting", "{00062002-0000-0000-C000-000000000046}"]);
      await add(FLAG_LIST, ["MSG_DEFAULTS_FOR_FORMAT | 0x10", "3"]);
      const { rows } = await page.get("getRows", { object: "" });
      const shown = (tag: number): string | undefined => rows.find((row) => row.tag === tag)?.value;
      assert.match(shown(GUIDS) ?? "", /^\{6ED8DA90[^;]*PSETID_Meeting; \{00062002[^;]*PSETID_Appointment$/);
      assert.match(shown(FLAG_LIST) ?? "", /^17 {2}MSG_DEFAULTS_FOR_FORMAT[^;]*; 3 {2}MSG_DEFAULTS_FOR/);
      const guids = await detail(GUIDS);
      assert.deepEqual(guids.extras, {
        kind: "list",
        editor: "line",
        element: { kind: "named", list: "guid" },
      });
      assert.equal(guids.values?.[0], "{6ED8DA90-450B-101B-98DA-00AA003F1305}");
      const flags = await detail(FLAG_LIST);
      assert.ok(flags.extras?.kind === "list" && flags.extras.element?.kind === "number");
      assert.ok(flags.extras.element.number.flags.some(({ name }) => name === "MSG_DEFAULTS_GLOBAL"));
      assert.deepEqual(flags.values, ["17", "3"]);
      const refused = await page.refusal("setValues", {
        object: "",
        tag: GUIDS,
        values: ["PSETID_Task", "PSETID_Tusk"],
        revision: revision(),
      });
      assert.deepEqual([refused.code, refused.index], ["invalid", 1]);
    });

    it("find GUIDs and errors by parts of their names and values", async () => {
      const names = async (list: "guid" | "error", query: string) =>
        (await page.get("suggestNames", { list, query })).names;
      assert.deepEqual((await names("guid", "psetid_app"))[0], {
        name: "PSETID_Appointment",
        value: "{00062002-0000-0000-C000-000000000046}",
      });
      assert.deepEqual((await names("error", "8004010f"))[0]?.name, "MAPI_E_NOT_FOUND");
      assert.deepEqual(await names("error", "no such error"), []);
      assert.ok((await names("guid", "")).length <= 50);
    });

    it("change the type where there is a way: the value is converted, and undo brings both back", async () => {
      const types = (await detail(REAL)).types ?? [];
      assert.equal(types.find(({ type }) => type === PT_R4)?.lossy, true);
      assert.equal(types.find(({ type }) => type === PT_UNICODE)?.lossy, false);
      assert.equal(
        types.some(({ type }) => type === PT_CLSID || type === PT_LONG),
        false,
      );
      const result = await page.get("changeType", {
        object: "",
        tag: REAL,
        type: PT_UNICODE,
        revision: revision(),
      });
      assert.equal(result.tag, propTag(PT_UNICODE, 0x6812));
      assert.equal((await detail(propTag(PT_UNICODE, 0x6812))).text, "0.1");
      await opened.edits.at(-1)?.undo();
      assert.equal((await detail(REAL)).text, "0.1");
      const error = await page.refusal("changeType", {
        object: "",
        tag: REAL,
        type: PT_LONG,
        revision: revision(),
      });
      assert.equal(error.code, "invalid");
      const narrow = await page.refusal("changeType", {
        object: "",
        tag: WIDE,
        type: PT_I2,
        revision: revision(),
      });
      assert.match(narrow.message, /Allowed/);
      assert.equal(
        (await page.refusal("changeType", { object: "", tag: REAL, type: 0x7777, revision: revision() }))
          .code,
        "invalid",
      );
    });

    it("tell every name of a property, its set by name, and an unknown one by tag and type", async () => {
      const facts = async (tag: number): Promise<Map<string, string>> =>
        new Map((await detail(tag)).facts.map(({ label, value }) => [label, value]));
      const subject = await facts(PR_SUBJECT);
      assert.equal(subject.get("Canonical name"), "PidTagSubject");
      assert.equal(subject.get("MAPI name"), "PR_SUBJECT");
      assert.match(subject.get("Other names") ?? "", /subject/i);
      assert.ok(subject.get("Area"));
      assert.match(subject.get("Defined in") ?? "", /^\[MS-/);
      assert.ok(((await detail(PR_SUBJECT)).description ?? "").length > 10);
      const recurrence = await facts(await recurrenceTag());
      assert.match(recurrence.get("Property set") ?? "", /^PSETID_Appointment \{00062002-/);
      assert.match(recurrence.get("Named property") ?? "", /0x8216/);
      const unknown = await facts(REAL);
      assert.equal(unknown.get("Tag"), "0x68120005");
      assert.equal(unknown.get("Type"), "PtypFloating64 (PT_DOUBLE)");
    });
  });
});
