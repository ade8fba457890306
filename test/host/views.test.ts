import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, it } from "mocha";
import * as vscode from "vscode";
import {
  openStorage,
  PR_DISPLAY_NAME,
  PR_SUBJECT,
  PS_PUBLIC_STRINGS,
  PT_MV_UNICODE,
  PT_UNICODE,
} from "../../src/core";
import { setNamed } from "../../scripts/samples/kit";
import { PROTOCOL_VERSION, type RequestName } from "../../src/protocol/messages";
import { MAX_HITS } from "../../src/protocol/search";
import { MAX_WINDOW, type StorageModel, type StorageRow } from "../../src/protocol/storage";
import type { TreeNode } from "../../src/protocol/viewModel";
import { mail } from "../support/mail";
import { changeSubject, type OpenDocument, openDocument } from "./support/documents";
import { TestPage } from "./support/fakePanel";
import { bytesOf, temporaryFile, temporaryFolder } from "./support/files";

const KEYWORDS = { guid: PS_PUBLIC_STRINGS, name: "Keywords" } as const;
const UNUSED = { guid: PS_PUBLIC_STRINGS, name: "Nobody has it" } as const;
const SUBJECT_STREAM = "__substg1.0_0037001F";
const LONG_BODY = `${"x".repeat(200_000)} the needle at the end`;

/** Answers VS Code's dialog in a person's place. */
function answerSaveDialog(target: vscode.Uri | undefined): {
  proposed: (vscode.Uri | undefined)[];
  restore(): void;
} {
  const proposed: (vscode.Uri | undefined)[] = [];
  const real = Object.getOwnPropertyDescriptor(vscode.window, "showSaveDialog");
  assert.ok(real);
  Object.defineProperty(vscode.window, "showSaveDialog", {
    configurable: true,
    value: (options?: vscode.SaveDialogOptions) => {
      proposed.push(options?.defaultUri);
      return Promise.resolve(target);
    },
  });
  return { proposed, restore: () => Object.defineProperty(vscode.window, "showSaveDialog", real) };
}

describe("the views of a page", function () {
  this.timeout(60_000);
  let opened: OpenDocument;
  let page: TestPage;
  let file: vscode.Uri;
  let recipient: string;
  let attachment: string;

  beforeEach(async () => {
    const bytes = mail({
      body: LONG_BODY,
      fill: (message) => {
        setNamed(message, [
          { name: KEYWORDS, type: PT_MV_UNICODE, value: ["red", "blue"] },
          { name: UNUSED, type: PT_UNICODE, value: "for now" },
        ]);
      },
    });
    file = await temporaryFile("views.msg", bytes);
    opened = await openDocument(file);
    page = new TestPage(opened.document);
    const { model } = await page.get("ready", { version: PROTOCOL_VERSION });
    assert.ok(model.kind === "session");
    const first = (kind: TreeNode["kind"]): string =>
      model.tree.children.find((child) => child.kind === kind)?.children[0]?.id ?? "";
    recipient = first("recipients");
    attachment = first("attachments");
  });

  afterEach(() => {
    page.dispose();
    opened.document.dispose();
  });

  /** Says what does not keep to the protocol, and demands that nothing answers it. */
  async function unanswered(name: RequestName, list: readonly unknown[]): Promise<void> {
    for (const params of list) page.say({ type: "request", id: 900_000, name, params });
    // Requests are answered in turn: the answer to this one comes after those that are not to come.
    await page.get("cancelSearch", {});
    assert.equal(
      page.heard.some((message) => message.type === "response" && message.id === 900_000),
      false,
    );
  }

  it("are told what commands of VS Code ask for, once the page is there and can be seen", async () => {
    const told = (): unknown[] =>
      page.heard.flatMap((message) => (message.type === "command" ? [message.command] : []));
    page.page.run({ kind: "showView", view: "storage" });
    page.page.run({ kind: "copy", format: "json" });
    assert.deepEqual(told(), [
      { kind: "showView", view: "storage" },
      { kind: "copy", format: "json" },
    ]);
    page.panel.show(false);
    page.page.run({ kind: "showView", view: "names" });
    assert.equal(told().length, 2);
    page.panel.show(true);
    await page.get("ready", { version: PROTOCOL_VERSION });
    assert.deepEqual(told().at(-1), { kind: "showView", view: "names" });
    const other = new TestPage(opened.document);
    other.page.run({ kind: "showView", view: "names" });
    assert.equal(other.heard.length, 0);
    await other.get("ready", { version: PROTOCOL_VERSION });
    assert.deepEqual(other.heard.at(-1), { type: "command", command: { kind: "showView", view: "names" } });
    other.dispose();
  });

  describe("searchSession", () => {
    it("finds properties in all objects, in the order of the tree", async () => {
      const found = await page.get("searchSession", { query: "ann", limit: 100 });
      assert.equal(found.cancelled, false);
      const hits = found.objects.find(({ object }) => object === recipient)?.hits ?? [];
      assert.ok(hits.some(({ tag, value }) => tag === PR_DISPLAY_NAME && value === "Ann"));
      const notes = await page.get("searchSession", { query: "name:filename value:notes.txt", limit: 100 });
      assert.deepEqual(
        notes.objects.map(({ object }) => object),
        [attachment],
      );
    });

    it("searches values to their end, and shows the part that was found", async () => {
      const { objects, count } = await page.get("searchSession", { query: "needle", limit: 10 });
      assert.ok(count >= 1);
      const [hit] = objects[0]?.hits ?? [];
      assert.match(hit?.value ?? "", /needle/);
      assert.ok((hit?.value.length ?? 0) < 2000);
    });

    it("counts everything and sends no more than was asked for", async () => {
      const all = await page.get("searchSession", { query: "type:unicode", limit: MAX_HITS });
      const none = await page.get("searchSession", { query: "type:unicode", limit: 0 });
      const one = await page.get("searchSession", { query: "type:unicode", limit: 1 });
      const sent = all.objects.reduce((sum, { hits }) => sum + hits.length, 0);
      assert.equal(sent, all.count);
      assert.deepEqual([none.count, none.objectCount, none.objects], [all.count, all.objectCount, []]);
      assert.equal(one.count, all.count);
      assert.deepEqual(
        one.objects.map(({ hits }) => hits.length),
        [1],
      );
    });

    it("knows unsaved changes, and finds nothing where nothing is searched", async () => {
      changeSubject(opened.document, "Unicorns");
      const { objects } = await page.get("searchSession", { query: "unicorns changed", limit: 10 });
      assert.ok(objects[0]?.hits.some(({ tag }) => tag === PR_SUBJECT));
      for (const query of ["", "   ", "tag:", '"'])
        assert.equal((await page.get("searchSession", { query, limit: 10 })).count, 0, query);
    });

    it("is not made for what breaks the protocol", async () => {
      await unanswered("searchSession", [
        {},
        { query: 5, limit: 1 },
        { query: "a", limit: -1 },
        { query: "a", limit: MAX_HITS + 1 },
        { query: "a", limit: 1.5 },
        { query: "a", limit: 1, more: 1 },
      ]);
    });

    it("takes any text as text", async () => {
      for (const query of ["(((((", "[a-z", "\\", "\0", "\ud800", "a".repeat(100_000), ":".repeat(5000)])
        assert.equal((await page.get("searchSession", { query, limit: 10 })).cancelled, false);
    });
  });

  describe("compareObjects", () => {
    it("gives the union of both, those of the left first", async () => {
      const { properties } = await page.get("compareObjects", { left: recipient, right: attachment });
      const rows = async (object: string): Promise<number[]> =>
        (await page.get("getRows", { object })).rows.map(({ tag }) => tag >>> 16);
      const [left, right] = [await rows(recipient), await rows(attachment)];
      assert.equal(properties.length, new Set([...left, ...right]).size);
      const name = properties.find(({ tag }) => tag === PR_DISPLAY_NAME);
      assert.equal(name?.left, "Ann");
      assert.equal(name.same, false);
      assert.deepEqual(
        properties.map((property) => property.left !== undefined),
        properties.map((_, index) => index < left.length),
      );
    });

    it("finds an object the same as itself, until it is changed", async () => {
      const same = await page.get("compareObjects", { left: recipient, right: recipient });
      assert.ok(same.properties.length > 0 && same.properties.every((property) => property.same));
    });

    it("refuses objects that there are not", async () => {
      for (const [left, right] of [
        [recipient, "/r7"],
        ["/a0/m", recipient],
        ["../..", ""],
        ["constructor", "__proto__"],
      ] as const) {
        const { code } = await page.refusal("compareObjects", { left, right });
        assert.equal(code, "notFound", `${left} ${right}`);
      }
      await unanswered("compareObjects", [
        {},
        { left: "" },
        { left: "", right: 1 },
        { left: "", right: "", x: 1 },
      ]);
    });
  });

  describe("getNames", () => {
    it("lists the named properties with who uses them", async () => {
      const { names, problems, problemCount } = await page.get("getNames", {});
      const keywords = names.find(({ localId }) => localId === "Keywords");
      assert.ok(keywords);
      assert.equal(keywords.isText, true);
      assert.equal(keywords.guid, PS_PUBLIC_STRINGS);
      assert.match(keywords.bucket, /^10[01][0-9A-F]$/);
      assert.deepEqual(
        keywords.uses.map(({ object, tag }) => [object, tag >>> 16]),
        [["", keywords.id]],
      );
      assert.deepEqual([problems, problemCount], [[], 0]);
      const { rows } = await page.get("getRows", { object: "" });
      assert.ok(rows.some(({ tag }) => tag === keywords.uses[0]?.tag));
    });

    it("no longer counts a property that is deleted", async () => {
      const unused = async () =>
        (await page.get("getNames", {})).names.find(({ localId }) => localId === UNUSED.name);
      const tag = (await unused())?.uses[0]?.tag;
      assert.ok(tag !== undefined);
      await page.get("deleteProperties", { object: "", tags: [tag], revision: opened.document.revision });
      assert.equal((await unused())?.useCount, 0);
      await unanswered("getNames", [undefined, null, [], { more: 1 }]);
    });
  });

  describe("the storage", () => {
    const streamOf = ({ elements }: StorageModel, name: string): StorageRow => {
      const found = elements.find((element) => element.name === name);
      assert.ok(found, name);
      return found;
    };

    it("is listed as the file has it", async () => {
      const model = await page.get("getStorage", {});
      assert.equal(model.elements[0]?.parent, undefined);
      assert.deepEqual([model.majorVersion, model.sectorSize, model.isNew], [3, 512, false]);
      const subject = streamOf(model, SUBJECT_STREAM);
      assert.deepEqual(
        [subject.type, subject.meaning, subject.size, subject.place, subject.parent],
        ["stream", "Subject", 34, "mini", 0],
      );
      const body = streamOf(model, "__substg1.0_1000001F");
      assert.equal(body.place, "regular");
      assert.equal(body.offset, ((body.firstSector ?? 0) + 1) * 512);
      assert.equal(streamOf(model, "__recip_version1.0_#00000000").meaning, "Recipient 1");
    });

    it("gives windows of a stream, cut at its end", async () => {
      const model = await page.get("getStorage", {});
      const { stamp } = model;
      const { id, size } = streamOf(model, "__substg1.0_1000001F");
      const whole = openStorage(await bytesOf(file)).openStream("__substg1.0_1000001F");
      const read = async (offset: number, length: number): Promise<Uint8Array> =>
        (await page.get("readStream", { stamp, id, offset, length })).bytes;
      assert.deepEqual(await read(0, 64), whole.slice(0, 64));
      assert.deepEqual(await read(65_530, MAX_WINDOW), whole.slice(65_530, 65_530 + MAX_WINDOW));
      assert.deepEqual(await read(size - 2, 100), whole.slice(-2));
      for (const [offset, length] of [
        [size, 1],
        [0xffffffff, MAX_WINDOW],
        [0, 0],
      ] as const)
        assert.equal((await read(offset, length)).length, 0);
    });

    it("refuses streams that there are not, and what breaks the protocol", async () => {
      const { stamp, elements } = await page.get("getStorage", {});
      const window = { offset: 0, length: 16 };
      for (const id of [0, elements.length, 0xffffffff]) {
        assert.equal((await page.ask("readStream", { stamp, id, ...window })).ok, false, String(id));
        assert.equal((await page.ask("saveStreamAs", { stamp, id })).ok, false, String(id));
      }
      for (const wrong of [0, stamp + 1]) {
        assert.equal((await page.refusal("readStream", { stamp: wrong, id: 1, ...window })).code, "stale");
        assert.equal((await page.refusal("saveStreamAs", { stamp: wrong, id: 1 })).code, "stale");
      }
      await unanswered("readStream", [
        { stamp, id: 1, offset: -1, length: 1 },
        { stamp, id: 1, offset: 0, length: MAX_WINDOW + 1 },
        { stamp, id: "1", offset: 0, length: 1 },
        { stamp, id: 1.5, offset: 0, length: 1 },
        { stamp, id: 2 ** 32, offset: 0, length: 1 },
      ]);
      await unanswered("saveStreamAs", [{ stamp }, { stamp, id: -1 }, { stamp, id: 1, path: "/etc" }]);
      await unanswered("getStorage", [{ stamp }]);
    });

    it("is that of the file: it changes with a save, and older windows are refused", async () => {
      const before = await page.get("getStorage", {});
      changeSubject(opened.document, "A much longer subject than before");
      const unsaved = await page.get("getStorage", {});
      assert.deepEqual(unsaved, before);
      await opened.document.save();
      const after = await page.get("getStorage", {});
      assert.ok(after.stamp > before.stamp);
      assert.equal(streamOf(after, SUBJECT_STREAM).size, 66);
      const { id } = streamOf(before, SUBJECT_STREAM);
      const old = { stamp: before.stamp, id, offset: 0, length: 4 };
      assert.equal((await page.refusal("readStream", old)).code, "stale");
    });

    it("saves a stream to the file a person chooses, and nothing where they do not", async () => {
      const model = await page.get("getStorage", {});
      const { stamp } = model;
      const { id } = streamOf(model, SUBJECT_STREAM);
      const target = vscode.Uri.joinPath(await temporaryFolder(), "subject.bin");
      const chosen = answerSaveDialog(target);
      try {
        assert.deepEqual(await page.get("saveStreamAs", { stamp, id }), { saved: true });
      } finally {
        chosen.restore();
      }
      assert.match(chosen.proposed[0]?.path ?? "", /\/__substg1\.0_0037001F\.bin$/);
      assert.deepEqual(
        await bytesOf(target),
        openStorage(await bytesOf(file))
          .openStream(SUBJECT_STREAM)
          .slice(),
      );
      const cancelled = answerSaveDialog(undefined);
      try {
        assert.deepEqual(await page.get("saveStreamAs", { stamp, id }), { saved: false });
      } finally {
        cancelled.restore();
      }
    });
  });

  describe("saveColumns", () => {
    it("keeps the columns for pages that are opened later", async () => {
      const columns = [
        { id: "tag", width: 120, shown: true },
        { id: "value", width: 0, shown: false },
      ];
      await page.get("saveColumns", { columns });
      assert.deepEqual(page.preferences.columns, columns);
      const next = new TestPage(opened.document, page.preferences);
      assert.deepEqual((await next.get("ready", { version: PROTOCOL_VERSION })).columns, columns);
      next.dispose();
    });

    it("keeps nothing that breaks the protocol", async () => {
      const column = { id: "tag", width: 1, shown: true };
      await unanswered("saveColumns", [
        {},
        { columns: {} },
        { columns: [{ ...column, width: -1 }] },
        { columns: [{ ...column, width: Number.POSITIVE_INFINITY }] },
        { columns: [{ ...column, shown: 1 }] },
        { columns: [{ ...column, script: "x" }] },
        { columns: Array.from({ length: 65 }, () => column) },
      ]);
      assert.equal(page.preferences.columns, undefined);
    });
  });
});
