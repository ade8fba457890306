import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, it } from "mocha";
import * as vscode from "vscode";
import {
  PR_BODY,
  PR_DISPLAY_NAME,
  PR_IMPORTANCE,
  PR_MESSAGE_DELIVERY_TIME,
  PR_READ_RECEIPT_REQUESTED,
  PR_SEARCH_KEY,
  PR_SUBJECT,
  PS_PUBLIC_STRINGS,
  propTag,
  PT_LONG,
  PT_MV_UNICODE,
  PT_UNICODE,
} from "../../src/core";
import { PROTOCOL_VERSION, type RequestName } from "../../src/protocol/messages";
import type { PropertyRow, TreeNode } from "../../src/protocol/viewModel";
import { PAGE_STRINGS } from "../../src/protocol/strings";
import { setNamed } from "../../scripts/samples/kit";
import { type Answer, TestPage } from "./support/fakePanel";
import { bytesOf, temporaryFile, until } from "./support/files";
import { mail, outlineOf, valueIn } from "../support/mail";
import { changeSubject, type OpenDocument, openDocument } from "./support/documents";

const KEYWORDS = { guid: PS_PUBLIC_STRINGS, name: "Keywords" } as const;

describe("a page", () => {
  let opened: OpenDocument;
  let page: TestPage;

  beforeEach(async () => {
    const bytes = mail({
      fill: (message) => {
        setNamed(message, [{ name: KEYWORDS, type: PT_MV_UNICODE, value: ["red", "blue"] }]);
      },
    });
    opened = await openDocument(await temporaryFile("page.msg", bytes));
    page = new TestPage(opened.document);
    await page.get("ready", { version: PROTOCOL_VERSION });
  });

  afterEach(() => {
    page.dispose();
    opened.document.dispose();
  });

  const revision = (): number => opened.document.revision;

  async function rows(object = ""): Promise<readonly PropertyRow[]> {
    return (await page.get("getRows", { object })).rows;
  }

  async function row(tag: number, object = ""): Promise<PropertyRow> {
    const found = (await rows(object)).find((candidate) => candidate.tag === tag);
    assert.ok(found, `no row for ${tag.toString(16)}`);
    return found;
  }

  async function keywords(): Promise<PropertyRow> {
    const found = (await rows()).find(({ name }) => name === "Keywords");
    assert.ok(found, "no row for Keywords");
    return found;
  }

  async function tree(): Promise<TreeNode> {
    const { model } = await page.get("ready", { version: PROTOCOL_VERSION });
    assert.ok(model.kind === "session");
    return model.tree;
  }

  async function group(kind: "recipients" | "attachments"): Promise<TreeNode> {
    const found = (await tree()).children.find((child) => child.kind === kind);
    assert.ok(found);
    return found;
  }

  async function firstRecipient(): Promise<string> {
    const [recipient] = (await group("recipients")).children;
    assert.ok(recipient);
    return recipient.id;
  }

  describe("that begins", () => {
    it("gets its whole state: model, texts, types, language", async () => {
      const state = await page.get("ready", { version: PROTOCOL_VERSION });
      assert.equal(state.revision, revision());
      assert.ok(state.model.kind === "session");
      assert.equal(state.model.header.title, "Quarterly figures");
      assert.equal(state.model.header.messageClass, "IPM.Note");
      assert.equal(state.model.header.changes, 0);
      assert.deepEqual(state.model.banners, []);
      assert.deepEqual(Object.keys(state.strings).sort(), Object.keys(PAGE_STRINGS).sort());
      assert.ok(state.types.some(({ type }) => type === PT_UNICODE));
      assert.ok(state.types.length > 20);
      assert.equal(state.language, vscode.env.language);
    });

    it("of another version is told to reload", async () => {
      const error = await page.refusal("ready", { version: PROTOCOL_VERSION + 1 });
      assert.match(error.message, /Reload/);
    });

    it("hears of no change before it has asked for its state", () => {
      const other = new TestPage(opened.document);
      changeSubject(opened.document, "Changed");
      assert.deepEqual(other.heard, []);
      other.dispose();
    });
  });

  describe("that reads", () => {
    it("gets rows with names, tags, types and edit texts", async () => {
      const subject = await row(PR_SUBJECT);
      assert.equal(subject.name, "Subject");
      assert.equal(subject.tagText, "0037001F");
      assert.equal(subject.typeText, "PT_UNICODE");
      assert.equal(subject.value, "Quarterly figures");
      assert.equal(subject.editText, "Quarterly figures");
      assert.equal(subject.editor, "line");
      assert.equal((await row(PR_BODY)).editor, "text");
      assert.equal((await row(PR_SEARCH_KEY)).editor, "hex");
      assert.equal((await row(PR_READ_RECEIPT_REQUESTED)).editor, "boolean");
      assert.equal((await keywords()).editor, "list");
      assert.match((await keywords()).namedAs, /PS_PUBLIC_STRINGS Keywords/);
    });

    it("gets the detail of a property", async () => {
      const detail = await page.get("getDetail", { object: "", tag: PR_SUBJECT });
      assert.equal(detail.text, "Quarterly figures");
      assert.ok(detail.facts.some(({ value }) => value === "PidTagSubject"));
      assert.ok(detail.facts.some(({ value }) => value === "PR_SUBJECT"));
      assert.equal(detail.byteLength, "Quarterly figures".length * 2);
      assert.ok(detail.bytes instanceof Uint8Array);
      const list = await page.get("getDetail", { object: "", tag: (await keywords()).tag });
      assert.deepEqual(list.values, ["red", "blue"]);
    });

    it("is told what is not there", async () => {
      assert.equal((await page.refusal("getDetail", { object: "", tag: 0x66660003 })).code, "notFound");
      assert.equal((await page.refusal("getRows", { object: "/r99" })).code, "notFound");
      assert.equal((await page.refusal("getRows", { object: "/a0/m/r1/x" })).code, "notFound");
      assert.equal((await page.refusal("getRows", { object: "nonsense/recipients" })).code, "notFound");
    });

    it("gets suggestions for a part of a name, a tag, and nothing for nothing", async () => {
      const find = async (query: string): Promise<string[]> =>
        (await page.get("suggestProperties", { query })).suggestions.map(
          ({ canonicalName }) => canonicalName,
        );
      assert.ok((await find("importance")).includes("PidTagImportance"));
      assert.ok((await find("PR_SENDER_NAME")).includes("PidTagSenderName"));
      assert.ok((await find("0037001F")).includes("PidTagSubject"));
      assert.ok((await find("appointment start")).includes("PidLidAppointmentStartWhole"));
      assert.deepEqual(await find("no such property anywhere"), []);
      assert.ok((await find("a")).length <= 50);
      assert.ok((await find("x".repeat(100_000))).length === 0);
    });
  });

  describe("that edits", () => {
    it("sets a value; undo and redo of VS Code do theirs", async () => {
      const { revision: after } = await page.get("setProperty", {
        object: "",
        tag: PR_SUBJECT,
        text: "Changed",
        revision: revision(),
      });
      assert.equal(after, revision());
      assert.equal((await row(PR_SUBJECT)).value, "Changed");
      assert.equal((await row(PR_SUBJECT)).change, "changed");
      assert.deepEqual(
        opened.edits.map(({ label }) => label),
        ["Change Subject"],
      );
      const update = page.updates.at(-1);
      assert.ok(update?.model.kind === "session");
      assert.equal(update.model.header.title, "Changed");
      assert.ok(update.model.header.changes > 0);
      await opened.edits[0]!.undo();
      assert.equal((await row(PR_SUBJECT)).value, "Quarterly figures");
      assert.equal((await row(PR_SUBJECT)).change, undefined);
    });

    it("is refused a value that does not fit its type, with the reason; nothing changes", async () => {
      const before = revision();
      const error = await page.refusal("setProperty", {
        object: "",
        tag: PR_IMPORTANCE,
        text: "high",
        revision: before,
      });
      assert.equal(error.code, "invalid");
      assert.match(error.message, /whole number/);
      assert.equal(revision(), before);
      assert.deepEqual(opened.edits, []);
      assert.equal((await row(PR_IMPORTANCE)).editText, "1");
      const tooLarge = await page.refusal("setProperty", {
        object: "",
        tag: PR_IMPORTANCE,
        text: "4294967296",
        revision: before,
      });
      assert.match(tooLarge.message, /-2,?147,?483,?648.*2,?147,?483,?647|Allowed/);
    });

    it("is told when it speaks of a state that is no more", async () => {
      const old = revision();
      changeSubject(opened.document, "Meanwhile");
      const error = await page.refusal("setProperty", {
        object: "",
        tag: PR_SUBJECT,
        text: "Too late",
        revision: old,
      });
      assert.equal(error.code, "stale");
      assert.equal((await row(PR_SUBJECT)).value, "Meanwhile");
      const stale = { object: "", revision: old };
      const tag = PR_SUBJECT;
      const refusals = [
        await page.refusal("setValues", { ...stale, tag, values: ["x"] }),
        await page.refusal("setFlags", { ...stale, tag, flags: 6 }),
        await page.refusal("addProperty", { ...stale, tag: 0x66660003, values: ["1"] }),
        await page.refusal("deleteProperties", { ...stale, tags: [tag] }),
        await page.refusal("revertProperty", { ...stale, tag }),
        await page.refusal("addRecipient", {
          object: "/recipients",
          revision: old,
          recipientType: 1,
          name: "",
          address: "x@example.com",
        }),
        await page.refusal("addAttachment", { object: "/attachments", revision: old }),
        await page.refusal("deleteObject", { object: await firstRecipient(), revision: old }),
        await page.refusal("loadValue", { ...stale, tag }),
      ];
      assert.deepEqual(new Set(refusals.map(({ code }) => code)), new Set(["stale"]));
    });

    it("sets all values of a list, and is told which of them is wrong", async () => {
      const { tag } = await keywords();
      await page.get("setValues", { object: "", tag, values: ["one", "two", "three"], revision: revision() });
      const detail = await page.get("getDetail", { object: "", tag });
      assert.deepEqual(detail.values, ["one", "two", "three"]);
      const empty = await page.refusal("setValues", { object: "", tag, values: [], revision: revision() });
      assert.equal(empty.code, "invalid");
      const longs = await page.get("addProperty", {
        object: "",
        tag: 0x66661003,
        values: ["1", "2"],
        revision: revision(),
      });
      const error = await page.refusal("setValues", {
        object: "",
        tag: longs.tag ?? 0,
        values: ["1", "zwei", "3"],
        revision: revision(),
      });
      assert.equal(error.index, 1);
    });

    it("adds a property by tag, refuses a second one and a value that does not fit", async () => {
      const object = "";
      const added = await page.get("addProperty", {
        object,
        tag: PR_MESSAGE_DELIVERY_TIME,
        values: ["2026-03-01T08:12:44Z"],
        revision: revision(),
      });
      assert.equal(added.tag, PR_MESSAGE_DELIVERY_TIME);
      assert.equal((await row(PR_MESSAGE_DELIVERY_TIME)).change, "added");
      const again = await page.refusal("addProperty", {
        object,
        tag: PR_MESSAGE_DELIVERY_TIME,
        values: ["none"],
        revision: revision(),
      });
      assert.equal(again.code, "exists");
      assert.match(again.message, /already/);
      const wrong = await page.refusal("addProperty", {
        object,
        tag: 0x66660003,
        values: ["x"],
        revision: revision(),
      });
      assert.equal(wrong.code, "invalid");
    });

    it("adds a named property, under the id that the file gives it", async () => {
      const before = opened.edits.length;
      const added = await page.get("addProperty", {
        object: "",
        tag: propTag(PT_LONG, 0),
        named: { guid: PS_PUBLIC_STRINGS, name: "Measured" },
        values: ["42"],
        revision: revision(),
      });
      assert.ok((added.tag ?? 0) >>> 16 >= 0x8000);
      assert.equal(opened.edits.length, before + 1);
      await opened.document.save();
      const saved = outlineOf(await bytesOf(opened.document.uri));
      assert.equal(saved.property("", added.tag ?? 0)?.value, 42);
      assert.deepEqual(saved.nameOf((added.tag ?? 0) >>> 16), { guid: PS_PUBLIC_STRINGS, name: "Measured" });
      const again = await page.refusal("addProperty", {
        object: "",
        tag: propTag(PT_LONG, 0),
        named: { guid: PS_PUBLIC_STRINGS, name: "Measured" },
        values: ["43"],
        revision: revision(),
      });
      assert.match(again.message, /already/);
      const guid = await page.refusal("addProperty", {
        object: "",
        tag: propTag(PT_LONG, 0),
        named: { guid: "not a guid", id: 1 },
        values: ["43"],
        revision: revision(),
      });
      assert.equal(guid.code, "invalid");
    });

    it("deletes properties, shows them as deleted, puts one back", async () => {
      await page.get("deleteProperties", {
        object: "",
        tags: [PR_IMPORTANCE, PR_BODY],
        revision: revision(),
      });
      assert.deepEqual(
        opened.edits.map(({ label }) => label),
        ["Delete 2 properties"],
      );
      assert.equal((await row(PR_IMPORTANCE)).change, "deleted");
      const refused = await page.refusal("setProperty", {
        object: "",
        tag: PR_IMPORTANCE,
        text: "2",
        revision: revision(),
      });
      assert.equal(refused.code, "notFound");
      await page.get("revertProperty", { object: "", tag: PR_IMPORTANCE, revision: revision() });
      assert.equal((await row(PR_IMPORTANCE)).change, undefined);
      assert.equal((await row(PR_BODY)).change, "deleted");
      await opened.document.save();
      assert.equal(valueIn(await bytesOf(opened.document.uri), PR_BODY), undefined);
      assert.equal(valueIn(await bytesOf(opened.document.uri), PR_IMPORTANCE), 1);
    });

    it("changes property flags, and back", async () => {
      const { flags } = await page.get("getDetail", { object: "", tag: PR_SUBJECT });
      await page.get("setFlags", { object: "", tag: PR_SUBJECT, flags: flags & ~4, revision: revision() });
      const detail = await page.get("getDetail", { object: "", tag: PR_SUBJECT });
      assert.equal(detail.flags, flags & ~4);
      assert.match(detail.readOnly ?? "", /not writeable/);
      await page.get("setFlags", { object: "", tag: PR_SUBJECT, flags, revision: revision() });
      assert.equal((await row(PR_SUBJECT)).change, undefined);
    });

    it("keeps the line ends of the body: CRLF from a field that knows only LF", async () => {
      const same = await page.get("setProperty", {
        object: "",
        tag: PR_BODY,
        text: "Hello\nthere\n",
        revision: revision(),
      });
      assert.equal(same.revision, revision());
      assert.deepEqual(opened.edits, []);
      await page.get("setProperty", {
        object: "",
        tag: PR_BODY,
        text: "Hello\nnew line\nthere\n",
        revision: revision(),
      });
      await opened.document.save();
      assert.equal(valueIn(await bytesOf(opened.document.uri), PR_BODY), "Hello\r\nnew line\r\nthere\r\n");
    });

    it("adds recipients, with what is wrong with an address; deletes them", async () => {
      const { id } = await group("recipients");
      const added = await page.get("addRecipient", {
        object: id,
        recipientType: 2,
        name: "Bob",
        address: "bob@example.com",
        revision: revision(),
      });
      const bob = (await group("recipients")).children.find((child) => child.id === added.object);
      assert.equal(bob?.label, "Bob");
      assert.equal(bob.badge, "Cc");
      assert.equal(bob.change, "added");
      for (const address of ["", "a b@example.com", "a@example.com; b@example.com", "<a@example.com>"]) {
        const error = await page.refusal("addRecipient", {
          object: id,
          recipientType: 1,
          name: "X",
          address,
          revision: revision(),
        });
        assert.equal(error.code, "invalid", address);
      }
      await page.get("deleteObject", { object: await firstRecipient(), revision: revision() });
      await opened.document.save();
      const saved = outlineOf(await bytesOf(opened.document.uri));
      const left = saved
        .message("")
        .recipients.map(({ address }) => saved.property(address, PR_DISPLAY_NAME));
      assert.deepEqual(
        left.map((view) => view?.value),
        ["Bob"],
      );
    });

    it("deletes an attachment; undo brings it back", async () => {
      const [attachment] = (await group("attachments")).children;
      assert.equal(attachment?.label, "notes.txt");
      await page.get("deleteObject", { object: attachment.id, revision: revision() });
      assert.deepEqual((await group("attachments")).children, []);
      await opened.edits[0]!.undo();
      assert.equal((await group("attachments")).children[0]?.label, "notes.txt");
    });

    it("does not delete a message or a group", async () => {
      for (const object of ["", "/recipients", "/attachments", "/x"]) {
        const error = await page.refusal("deleteObject", { object, revision: revision() });
        assert.ok(["invalid", "notFound"].includes(error.code), `${object}: ${error.code}`);
      }
      assert.deepEqual(opened.edits, []);
    });
  });

  describe("with another page beside it", () => {
    it("gets the same updates in the same order", async () => {
      const other = new TestPage(opened.document);
      await other.get("ready", { version: PROTOCOL_VERSION });
      await other.get("getRows", { object: await firstRecipient() });
      await page.get("getRows", { object: "" });
      const seen = page.updates.length;
      await page.get("setProperty", { object: "", tag: PR_SUBJECT, text: "One", revision: revision() });
      await other.get("setProperty", { object: "", tag: PR_SUBJECT, text: "Two", revision: revision() });
      await opened.edits[1]!.undo();
      await opened.document.save();
      const mine = page.updates.slice(seen).map(({ revision: at, model }) => ({ at, model }));
      const theirs = other.updates.map(({ revision: at, model }) => ({ at, model }));
      assert.ok(mine.length >= 4);
      assert.deepEqual(theirs, mine);
      assert.equal(page.updates.at(-1)?.rows?.object, "");
      assert.equal(other.updates.at(-1)?.rows?.object, await firstRecipient());
      other.dispose();
    });

    it("hears the whole state again when it is shown after it was hidden", () => {
      page.panel.show(false);
      changeSubject(opened.document, "While hidden");
      const before = page.updates.length;
      page.panel.show(true);
      assert.equal(page.updates.length, before + 1);
      const update = page.updates.at(-1);
      assert.ok(update?.model.kind === "session");
      assert.equal(update.model.header.title, "While hidden");
    });

    it("hears nothing any more after it was closed", async () => {
      const before = page.heard.length;
      page.page.dispose();
      changeSubject(opened.document, "Closed");
      page.say({ type: "request", id: 1, name: "getRows", params: { object: "" } });
      await Promise.resolve();
      assert.equal(page.heard.length, before);
    });
  });

  describe("that is hostile", () => {
    const JUNK: readonly unknown[] = [
      undefined,
      null,
      0,
      "ready",
      [],
      {},
      { type: "request" },
      { type: "request", id: 1, name: "nothing", params: {} },
      { type: "request", id: 1, name: "constructor", params: {} },
      { type: "request", id: 1, name: "__proto__", params: {} },
      { type: "request", id: -1, name: "getRows", params: { object: "" } },
      { type: "request", id: 1.5, name: "getRows", params: { object: "" } },
      { type: "request", id: 1, name: "getRows", params: null },
      { type: "request", id: 1, name: "getRows", params: { object: 7 } },
      { type: "request", id: 1, name: "getRows", params: { object: "", more: 1 } },
      { type: "request", id: 1, name: "getDetail", params: { object: "", tag: Number.NaN } },
      { type: "request", id: 1, name: "getDetail", params: { object: "", tag: 2 ** 32 } },
      { type: "request", id: 1, name: "setValues", params: { object: "", tag: 1, values: "x", revision: 1 } },
      { type: "request", id: 1, name: "setValues", params: { object: "", tag: 1, values: [1], revision: 1 } },
      { type: "request", id: 1, name: "deleteProperties", params: { object: "", tags: ["x"], revision: 1 } },
      { type: "request", id: 1, name: "action", params: { id: {} } },
      { type: "response", id: 1, ok: true, result: {} },
      { type: "update", revision: 1, model: {} },
    ];

    it("is not answered when it does not keep to the protocol, and changes nothing", async () => {
      const before = { heard: page.heard.length, revision: revision() };
      for (const junk of JUNK) page.say(junk);
      await new Promise((resolve) => setTimeout(resolve, 50));
      assert.equal(page.heard.length, before.heard);
      assert.equal(revision(), before.revision);
      assert.equal((await row(PR_SUBJECT)).value, "Quarterly figures");
    });

    it("gets an error for requests that are well formed and senseless, and changes nothing", async () => {
      const at = { revision: revision() };
      const addresses = ["/", "//", "/r", "/r-1", "/rNaN", "/a0/m", "/a0/m/m", "/a999999999999", "../.."];
      const refuse = (what: string, answer: Answer<RequestName>): void => {
        assert.ok(!answer.ok, `${what} was accepted`);
        assert.notEqual(answer.error.code, "failed", `${what}: ${answer.error.message}`);
      };
      for (const object of addresses) {
        const what = JSON.stringify(object);
        const tag = PR_SUBJECT;
        refuse(`getRows ${what}`, await page.ask("getRows", { object }));
        refuse(`getDetail ${what}`, await page.ask("getDetail", { object, tag }));
        refuse(`setProperty ${what}`, await page.ask("setProperty", { object, tag, text: "x", ...at }));
        refuse(`setFlags ${what}`, await page.ask("setFlags", { object, tag, flags: 0xffffffff, ...at }));
        refuse(`delete ${what}`, await page.ask("deleteProperties", { object, tags: [tag], ...at }));
        refuse(`revert ${what}`, await page.ask("revertProperty", { object, tag, ...at }));
        refuse(`deleteObject ${what}`, await page.ask("deleteObject", { object, ...at }));
        refuse(`saveValueAs ${what}`, await page.ask("saveValueAs", { object, tag }));
        const addition = { object, tag: 0x66660003, values: ["1"], ...at };
        refuse(`addProperty ${what}`, await page.ask("addProperty", addition));
        const recipient = { object, recipientType: 9, name: "", address: "a@b", ...at };
        refuse(`addRecipient ${what}`, await page.ask("addRecipient", recipient));
      }
      assert.equal(revision(), at.revision);
      assert.deepEqual(opened.edits, []);
    });

    it("gets an error for tags and types that there are not", async () => {
      for (const tag of [0, 0xffffffff, 0x0037ffff, 0x00370000, 0x0037000d, 0x80ff001f, 0x3001101e]) {
        const add = await page.ask("addProperty", { object: "", tag, values: ["x"], revision: revision() });
        const set = await page.ask("setProperty", { object: "", tag, text: "\0", revision: revision() });
        for (const answer of [add, set]) {
          if (!answer.ok)
            assert.notEqual(answer.error.code, "failed", `${tag.toString(16)}: ${answer.error.message}`);
        }
      }
      await opened.document.save();
      assert.ok(outlineOf(await bytesOf(opened.document.uri)).properties("").length > 0);
    });

    it("runs no action but those there are", async () => {
      for (const id of ["", "workbench.action.quit", "constructor", "msgSession.newMessage"]) {
        assert.equal((await page.refusal("action", { id })).code, "notFound");
      }
      await page.get("action", { id: "saveAs" });
      assert.deepEqual(page.actions, ["saveAs"]);
    });

    it("can ask for very much at once and is answered every time", async () => {
      const many = 500;
      const before = page.heard.length;
      for (let id = 0; id < many; id++) {
        page.say({
          type: "request",
          id: 10_000 + id,
          name: "getDetail",
          params: { object: "", tag: PR_SUBJECT },
        });
      }
      await until("all answers", () => page.heard.length === before + many);
    });
  });

  it("copies text through the host", async () => {
    await page.get("copyText", { text: "Zażółć 🍀" });
    assert.equal(await vscode.env.clipboard.readText(), "Zażółć 🍀");
  });
});

describe("a page of a file that could not be opened", () => {
  it("gets the failure and refuses every edit, without a crash", async () => {
    const { document } = await openDocument(await temporaryFile("bad.msg", new Uint8Array(3)));
    const page = new TestPage(document);
    const { model } = await page.get("ready", { version: PROTOCOL_VERSION });
    assert.equal(model.kind, "failure");
    assert.equal((await page.refusal("getRows", { object: "" })).code, "readOnly");
    const edit = { object: "", tag: PR_SUBJECT, text: "x", revision: document.revision };
    assert.equal((await page.refusal("setProperty", edit)).code, "readOnly");
    await page.get("action", { id: "reopen" });
    assert.deepEqual(page.actions, ["reopen"]);
    page.dispose();
    document.dispose();
  });
});
