/** An embedded message edited in a session of its own: its saves go into the parent, and only what was edited differs. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import {
  closeIMsgSession,
  createAllocator,
  type EmbeddedSession,
  type IMessage,
  KEEP_OPEN_READWRITE,
  MessageOutline,
  MODRECIP_ADD,
  openIMsgSession,
  openStorage,
  PR_ATTACH_DATA_BIN,
  PR_ATTACH_METHOD,
  PR_BODY,
  PR_BODY_A,
  PR_DISPLAY_NAME,
  PR_RECIPIENT_TYPE,
  PR_SUBJECT,
  PT_LONG,
  PT_UNICODE,
  type RootStorage,
  trySave,
  verifyBytes,
} from "../../../src/core";
import { checkMsg, newFindings } from "./support/checkMsg";
import { corpusFiles } from "./support/corpus";
import { contentsOf, create, differences, embed, fails, get, open, props, set } from "./support/open";

const SET = "{11111111-2222-3333-4444-555555555555}";

interface Child extends EmbeddedSession {
  storage: RootStorage;
  readonly outline: MessageOutline;
}

function openChild(parent: MessageOutline, address: string): Child {
  const { message, storage } = parent.openEmbedded(address, null, createAllocator());
  return { message, storage, outline: new MessageOutline(message) };
}

/** Saves a child as an editor does: into its own storage, then into the parent. */
function saveChild(child: Child, parent: MessageOutline, address: string): void {
  const trial = trySave(child.message, child.storage);
  assert.deepEqual(verifyBytes(trial.storage.toBytes(), trial.storage), []);
  parent.replaceEmbeddedContent(address, child.outline.snapshot());
  child.storage = trial.storage;
}

/** A message in a message in a message, with a recipient and a file in each, and things that nobody knows. */
function nested(flags?: number): Uint8Array {
  const { storage, message } = create(flags === undefined ? {} : { flags, codePage: 932 });
  const fill = (target: IMessage, subject: string, inner: readonly string[]): void => {
    set(target, [PR_SUBJECT, subject], [PR_BODY, "本"]);
    target.modifyRecipients(MODRECIP_ADD, [
      { properties: props([PR_DISPLAY_NAME, "Ann"], [PR_RECIPIENT_TYPE, 1]) },
    ]);
    const file = target.createAttach().attach;
    set(file, [PR_ATTACH_METHOD, 1], [PR_ATTACH_DATA_BIN, Uint8Array.of(1, 2)]);
    file.saveChanges();
    const [first, ...rest] = inner;
    if (first === undefined) return;
    const { attach } = target.createAttach();
    const message = embed(attach);
    fill(message, first, rest);
    message.saveChanges();
    attach.saveChanges();
  };
  fill(message, "top", ["middle", "deepest"]);
  message.saveChanges();
  const holder = storage.openStorage("__attach_version1.0_#00000001");
  const middle = holder.openStorage("__substg1.0_3701000D");
  for (const each of [middle.openStorage("__attach_version1.0_#00000000"), middle, holder, storage]) {
    each.writeStream("unknown", Uint8Array.of(9));
    each.setStat({ stateBits: 5 });
    each.commit();
  }
  return storage.toBytes();
}

const MIDDLE = "__attach_version1.0_#00000001/__substg1.0_3701000D/";
const embeddedAddress = (outline: MessageOutline, at = ""): string => {
  const found = outline.message(at).attachments.find(({ object }) => object === "message");
  assert.ok(found);
  return `${found.address}/m`;
};

const EDITS: Record<string, (child: MessageOutline) => void> = {
  "the subject": (child) => child.setProperty("", PR_SUBJECT, "changed"),
  "a property gone": (child) => child.deleteProperties("", [PR_BODY]),
  "a named property": (child) =>
    child.setProperty("", child.tagOfName({ guid: SET, name: "Colour" }, PT_UNICODE), "red"),
  "a recipient": (child) =>
    void child.addRecipient("", props([PR_DISPLAY_NAME, "Bob"], [PR_RECIPIENT_TYPE, 1])),
  "no recipient": (child) => child.deleteObject(child.message("").recipients[0]!.address),
  "the attachments turned round": (child) =>
    child.reorderAttachments(
      "",
      child
        .message("")
        .attachments.map(({ address }) => address)
        .reverse(),
    ),
  "an attachment's bytes": (child) =>
    child.setProperty(child.message("").attachments[0]!.address, PR_ATTACH_DATA_BIN, Uint8Array.of(3)),
  "no first attachment": (child) => child.deleteObject(child.message("").attachments[0]!.address),
  "a message in it": (child) => child.setProperty(embeddedAddress(child), PR_SUBJECT, "deep"),
  "a file in it": (child) => void child.addEmbeddedFile("", nested()),
  "another message in it": (child) => child.replaceEmbedded(embeddedAddress(child), nested()),
};

describe("session: an embedded message on its own", function () {
  this.timeout(240_000);

  it("is a top message with the embedded content, and put back as it is changes nothing", () => {
    const bytes = nested();
    const file = open(bytes);
    const parent = new MessageOutline(file.message);
    const address = embeddedAddress(parent);
    const child = openChild(parent, address);
    assert.equal(child.outline.property("", PR_SUBJECT)?.value, "middle");
    assert.equal(child.outline.isChanged, false);
    assert.equal(child.outline.message("").attachments.length, 2);
    assert.deepEqual(
      checkMsg(child.storage.toBytes()).filter((finding) => !finding.includes("unknown")),
      [],
    );
    assert.deepEqual(child.storage.openStream("unknown"), Uint8Array.of(9));
    saveChild(child, parent, address);
    assert.equal(parent.isChanged, false);
    file.message.saveChanges(KEEP_OPEN_READWRITE);
    assert.deepEqual(file.storage.toBytes(), bytes);
  });

  for (const [what, edit] of Object.entries(EDITS)) {
    it(`saves into the parent what was edited: ${what}; undo brings back every byte`, () => {
      const bytes = nested();
      const file = open(bytes);
      const parent = new MessageOutline(file.message);
      const address = embeddedAddress(parent);
      const child = openChild(parent, address);
      const [start, childStart] = [parent.snapshot(), child.outline.snapshot()];
      edit(child.outline);
      assert.equal(parent.snapshot().message, start.message);
      saveChild(child, parent, address);
      assert.equal(child.outline.isChanged, false);
      assert.equal(parent.isChanged, true);
      assert.equal(parent.embeddedSnapshot(address).message, child.outline.snapshot().message);
      const before = contentsOf(file.storage);
      file.message.saveChanges(KEEP_OPEN_READWRITE);
      const after = file.storage.toBytes();
      assert.deepEqual(newFindings(checkMsg(bytes), checkMsg(after)), []);
      // The message in the parent's file is what is in the child's, stream by stream.
      const inFile = contentsOf(openStorage(after));
      const own = contentsOf(child.storage);
      for (const [name, content] of own) {
        const isStorage = content.startsWith("{");
        if (isStorage || name.startsWith("__nameid") || name === "__properties_version1.0") continue;
        assert.equal(inFile.get(MIDDLE + name), content, name);
      }
      const outside = differences(before, inFile).filter(
        (name) => !name.startsWith(MIDDLE) && !name.startsWith("__nameid"),
      );
      assert.deepEqual(outside, []);
      // Undo, in the parent as in the child.
      parent.restore(start);
      child.outline.restore(parent.embeddedSnapshot(address));
      assert.equal(child.outline.property("", PR_SUBJECT)?.value, "middle");
      file.message.saveChanges(KEEP_OPEN_READWRITE);
      assert.deepEqual(differences(contentsOf(open(bytes).storage), contentsOf(file.storage)), []);
      child.outline.restore(childStart);
      saveChild(child, parent, address);
      assert.equal(parent.isChanged, false);
    });
  }

  it("goes into a parent that was edited and saved meanwhile, names of both included", () => {
    const file = open(nested());
    const parent = new MessageOutline(file.message);
    const address = embeddedAddress(parent);
    const child = openChild(parent, address);
    const ours = parent.tagOfName({ guid: SET, name: "Ours" }, PT_LONG);
    parent.setProperty("", ours, 1);
    const theirs = child.outline.tagOfName({ guid: SET, name: "Theirs" }, PT_LONG);
    assert.equal(theirs, ours);
    child.outline.setProperty("", theirs, 2);
    child.outline.setProperty(child.outline.message("").recipients[0]!.address, theirs, 3);
    child.outline.setProperty(embeddedAddress(child.outline), theirs, 4);
    file.message.saveChanges(KEEP_OPEN_READWRITE);
    saveChild(child, parent, address);
    file.message.saveChanges(KEEP_OPEN_READWRITE);
    const again = new MessageOutline(open(file.storage.toBytes()).message);
    const at = embeddedAddress(again);
    const [one, two] = ["Ours", "Theirs"].map((name) => again.tagOfName({ guid: SET, name }, PT_LONG));
    assert.equal(again.property("", one!)?.value, 1);
    assert.equal(again.property(at, two!)?.value, 2);
    assert.equal(again.property(again.message(at).recipients[0]!.address, two!)?.value, 3);
    assert.equal(again.property(embeddedAddress(again, at), two!)?.value, 4);
    assert.equal(again.isChanged, false);
  });

  it("works at every depth, the innermost saved through all that are around it", () => {
    const file = open(nested());
    const parent = new MessageOutline(file.message);
    const address = embeddedAddress(parent);
    const child = openChild(parent, address);
    const inner = embeddedAddress(child.outline);
    const grandchild = openChild(child.outline, inner);
    grandchild.outline.setProperty("", PR_SUBJECT, "from the inside");
    saveChild(grandchild, child.outline, inner);
    saveChild(child, parent, address);
    file.message.saveChanges(KEEP_OPEN_READWRITE);
    const again = new MessageOutline(open(file.storage.toBytes()).message);
    const at = embeddedAddress(again, embeddedAddress(again));
    assert.equal(again.property(at, PR_SUBJECT)?.value, "from the inside");
  });

  it("refuses a content of another message, and takes it as a message of its own all the same", () => {
    const bytes = nested();
    const first = new MessageOutline(open(bytes).message);
    const child = openChild(first, embeddedAddress(first));
    child.outline.setProperty("", PR_SUBJECT, "worked on");
    const second = new MessageOutline(open(bytes).message);
    const address = embeddedAddress(second);
    fails("MAPI_E_OBJECT_CHANGED", () => second.replaceEmbeddedContent(address, child.outline.snapshot()));
    second.replaceEmbedded(address, child.message);
    assert.equal(second.property(address, PR_SUBJECT)?.value, "worked on");
    fails("MAPI_E_OBJECT_CHANGED", () => {
      const file = second.message("").attachments.find(({ object }) => !object)!;
      second.replaceEmbeddedContent(file.address, child.outline.snapshot());
    });
  });

  it("lives on when its parent is closed, and is closed with its own session, which gives everything back", () => {
    const file = open(nested());
    const parent = new MessageOutline(file.message);
    const allocator = createAllocator();
    const session = openIMsgSession(allocator);
    let released = 0;
    const { message, storage } = parent.openEmbedded(embeddedAddress(parent), session, allocator, {
      onRelease: () => released++,
    });
    file.message.release();
    set(message, [PR_SUBJECT, "alone"]);
    message.saveChanges(KEEP_OPEN_READWRITE);
    assert.equal(get(open(storage.toBytes()).message, PR_SUBJECT), "alone");
    assert.equal(released, 0);
    assert.ok(allocator.used > 0);
    closeIMsgSession(session);
    assert.equal(released, 1);
    assert.equal(allocator.used, 0);
    fails("MAPI_E_INVALID_OBJECT", () => message.getProps());
    fails("MAPI_E_INVALID_OBJECT", () => {
      const other = new MessageOutline(open(nested()).message);
      other.openEmbedded(embeddedAddress(other), session, allocator);
    });
  });

  it("reads 8-bit text in the code page of the message around it, and says so in a file of its own", () => {
    const parent = new MessageOutline(open(nested(0)).message);
    const child = openChild(parent, embeddedAddress(parent));
    assert.equal(child.outline.property("", PR_BODY_A)?.value, "本");
    assert.equal(child.outline.message("").codePageRule, "parent");
    assert.equal(get(open(child.outline.exportEmbedded("")).message, PR_BODY), "本");
  });

  it("does the same for every embedded message of real files", function () {
    const files = corpusFiles();
    if (files.length === 0) this.skip();
    let count = 0;
    for (const { name, read } of files) {
      const bytes = read();
      let file;
      try {
        file = open(bytes);
      } catch {
        continue;
      }
      const parent = new MessageOutline(file.message);
      for (const { address, object, number } of parent.message("").attachments) {
        if (object !== "message") continue;
        count++;
        const child = openChild(parent, `${address}/m`);
        const start = parent.snapshot();
        saveChild(child, parent, address);
        assert.equal(parent.isChanged, false, name);
        child.outline.setProperty("", PR_SUBJECT, "changed");
        saveChild(child, parent, address);
        file.message.saveChanges(KEEP_OPEN_READWRITE);
        const after = file.storage.toBytes();
        assert.deepEqual(verifyBytes(after, file.storage), []);
        assert.deepEqual(newFindings(checkMsg(bytes), checkMsg(after)), []);
        const inside = `__attach_version1.0_#${number.toString(16).padStart(8, "0").toUpperCase()}/`;
        const changed = differences(contentsOf(open(bytes).storage), contentsOf(openStorage(after)));
        const allowed = /__properties_version1\.0$|__substg1\.0_(?:0037|003D|0E1D)00(?:1F|1E)$|^$/;
        for (const path of changed) {
          assert.match(path, allowed, name);
          if (path.includes("__substg")) assert.ok(path.startsWith(inside), `${name}: ${path}`);
        }
        parent.restore(start);
        file.message.saveChanges(KEEP_OPEN_READWRITE);
        assert.deepEqual(differences(contentsOf(open(bytes).storage), contentsOf(file.storage)), [], name);
      }
    }
    assert.ok(count > 10, `${count} embedded messages`);
  });

  it("keeps parent and child together over any order of edits, saves, undos and reopenings", () => {
    type Step = "child" | "parent" | "name" | "put" | "save" | "undo" | "child undo" | "follow" | "reopen";
    const step = fc.constantFrom<Step>(
      ...(["child", "parent", "name", "put", "save", "undo", "child undo", "follow", "reopen"] as const),
    );
    const steps = fc.array(step, { maxLength: 20 });
    const bytes = nested();
    fc.assert(
      fc.property(steps, (all) => {
        let file = open(bytes);
        let parent = new MessageOutline(file.message);
        let child = openChild(parent, embeddedAddress(parent));
        const model = { top: "top", middle: "middle", child: "middle" };
        let parents = [{ content: parent.snapshot(), top: model.top, middle: model.middle }];
        let children = [{ content: child.outline.snapshot(), child: model.child }];
        all.forEach((each, i) => {
          const address = embeddedAddress(parent);
          switch (each) {
            case "child":
              child.outline.setProperty("", PR_SUBJECT, (model.child = `c${i}`));
              break;
            case "parent":
              parent.setProperty("", PR_SUBJECT, (model.top = `p${i}`));
              break;
            case "name": {
              const owner = i % 2 === 0 ? parent : child.outline;
              owner.setProperty("", owner.tagOfName({ guid: SET, name: `n${i % 3}` }, PT_LONG), i);
              break;
            }
            case "put":
              saveChild(child, parent, address);
              model.middle = model.child;
              break;
            case "save":
              file.message.saveChanges(KEEP_OPEN_READWRITE);
              assert.deepEqual(newFindings(checkMsg(bytes), checkMsg(file.storage.toBytes())), []);
              break;
            case "undo": {
              const back = parents[i % parents.length]!;
              parent.restore(back.content);
              ({ top: model.top, middle: model.middle } = back);
              break;
            }
            case "child undo": {
              const back = children[i % children.length]!;
              child.outline.restore(back.content);
              model.child = back.child;
              break;
            }
            case "follow":
              child.outline.restore(parent.embeddedSnapshot(address));
              model.child = model.middle;
              break;
            case "reopen":
              file.message.saveChanges();
              file = open(file.storage.toBytes());
              parent = new MessageOutline(file.message);
              child = openChild(parent, embeddedAddress(parent));
              model.child = model.middle;
              parents = [];
              children = [];
              break;
          }
          parents.push({ content: parent.snapshot(), top: model.top, middle: model.middle });
          children.push({ content: child.outline.snapshot(), child: model.child });
          const now = embeddedAddress(parent);
          assert.equal(parent.property("", PR_SUBJECT)?.value, model.top);
          assert.equal(parent.property(now, PR_SUBJECT)?.value, model.middle);
          assert.equal(child.outline.property("", PR_SUBJECT)?.value, model.child);
          assert.equal(parent.property(embeddedAddress(parent, now), PR_SUBJECT)?.value, "deepest");
        });
        file.message.saveChanges(KEEP_OPEN_READWRITE);
        const last = openStorage(file.storage.toBytes());
        assert.deepEqual(
          last.openStorage(MIDDLE.slice(0, 29)).openStorage(MIDDLE.slice(30, -1)).openStream("unknown"),
          Uint8Array.of(9),
        );
      }),
      { numRuns: 60 },
    );
  });
});
