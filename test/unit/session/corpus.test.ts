/** Real files: nothing is touched without an edit, nothing is lost by one, and an undo brings every byte back. */
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import {
  IMSG_NO_ISTG_COMMIT,
  KEEP_OPEN_READWRITE,
  MessageOutline,
  openStorage,
  PR_ATTACH_DATA_BIN,
  PR_ATTACH_LONG_FILENAME,
  PR_ATTACH_METHOD,
  PR_DISPLAY_NAME,
  PR_RECIPIENT_TYPE,
  PR_SUBJECT,
  PT_LONG,
  PT_MV_UNICODE,
  trySave,
  verifyBytes,
} from "../../../src/core";
import { checkMsg, newFindings } from "./support/checkMsg";
import { corpusFiles } from "./support/corpus";
import { contentsOf, differences, isMapiError, open, props, set } from "./support/open";

const SET = "{11111111-2222-3333-4444-555555555555}";

/** Edits of every kind, each as a person would make it. */
const EDITS: Record<string, (outline: MessageOutline) => void> = {
  "the subject": (outline) => outline.setProperty("", PR_SUBJECT, "RE: Changed"),
  "a new recipient": (outline) => {
    outline.addRecipient("", props([PR_DISPLAY_NAME, "Zoe"], [PR_RECIPIENT_TYPE, 2]));
  },
  "no first recipient": (outline) => {
    const first = outline.message("").recipients[0];
    if (first) outline.deleteObject(first.address);
  },
  "recipients turned round": (outline) => {
    const order = outline.message("").recipients.map((each) => each.address);
    outline.reorderRecipients("", order.reverse());
  },
  "a new attachment": (outline) => {
    outline.addAttachment(
      "",
      props(
        [PR_ATTACH_METHOD, 1],
        [PR_ATTACH_LONG_FILENAME, "new.txt"],
        [PR_ATTACH_DATA_BIN, Uint8Array.of(1, 2, 3)],
      ),
    );
  },
  "no first attachment": (outline) => {
    const first = outline.message("").attachments[0];
    if (first) outline.deleteObject(first.address);
  },
  "an embedded message": (outline) => {
    outline.addEmbeddedMessage("", props([PR_DISPLAY_NAME, "inner"]), (message) =>
      set(message, [PR_SUBJECT, "inner"]),
    );
  },
  "the subject of every embedded message": (outline) => {
    for (const each of outline.message("").attachments) {
      if (each.object === "message") outline.setProperty(`${each.address}/m`, PR_SUBJECT, "changed inside");
    }
  },
  "a numeric named property": (outline) => {
    outline.setProperty("", outline.tagOfName({ guid: SET, id: 0x8123 }, PT_LONG), 42);
  },
  "a string-named property": (outline) => {
    const tag = outline.tagOfName({ guid: SET, name: "Colours" }, PT_MV_UNICODE);
    outline.setProperty("", tag, ["red", "blue"]);
    outline.setProperty("", tag, ["green"]);
  },
};

const files = corpusFiles();

describe("session: real files", function () {
  this.timeout(240_000);
  if (files.length === 0) {
    it("needs the corpus", function () {
      this.skip();
    });
  }

  it("are written back as they are when nothing was changed", () => {
    for (const { name, read } of files) {
      const bytes = read();
      let opened;
      try {
        opened = open(bytes);
      } catch (error) {
        assert.ok(
          isMapiError("MAPI_E_CORRUPT_DATA")(error) || isMapiError("STG_E_DOCFILECORRUPT")(error),
          name,
        );
        continue;
      }
      const outline = new MessageOutline(opened.message);
      outline.properties("");
      assert.equal(outline.isChanged, false, name);
      opened.message.saveChanges(KEEP_OPEN_READWRITE);
      assert.equal(opened.storage.toBytes(), bytes, name);
    }
  });

  it("are written back as they are when the subject was changed and changed back", () => {
    for (const { name, read } of files) {
      const bytes = read();
      const { storage, message } = open(bytes);
      const outline = new MessageOutline(message);
      const subject = outline.property("", PR_SUBJECT);
      outline.setProperty("", PR_SUBJECT, "something else");
      if (subject) outline.setProperty("", PR_SUBJECT, subject.value);
      else outline.deleteProperties("", [PR_SUBJECT]);
      assert.equal(outline.changeCount(), 0, name);
      message.saveChanges(KEEP_OPEN_READWRITE);
      assert.equal(storage.toBytes(), bytes, name);
    }
  });

  for (const [what, edit] of Object.entries(EDITS)) {
    it(`stay valid with ${what}, and an undo brings every byte back`, () => {
      for (const { name, read } of files) {
        const bytes = read();
        const known = checkMsg(bytes);
        const { storage, message } = open(bytes);
        const outline = new MessageOutline(message);
        const before = outline.snapshot();
        const original = contentsOf(storage);
        try {
          edit(outline);
        } catch (error) {
          // An 8-bit page that cannot hold the text, say: then nothing may have happened.
          assert.ok(isMapiError("MAPI_E_BAD_CHARWIDTH")(error), `${name}: ${String(error)}`);
          assert.equal(outline.isChanged, false, name);
          continue;
        }
        outline.restore(before);
        assert.equal(outline.isChanged, false, name);
        edit(outline);
        const after = outline.snapshot();
        const trial = trySave(message, storage);
        const edited = trial.storage.toBytes();
        assert.deepEqual(newFindings(known, checkMsg(edited)), [], name);
        assert.deepEqual(verifyBytes(edited, trial.storage), [], name);
        assert.deepEqual(differences(original, contentsOf(storage)), [], `${name}: the old storage`);
        const editedContents = contentsOf(trial.storage);

        outline.restore(before);
        const undone = trySave(message, trial.storage);
        assert.deepEqual(differences(original, contentsOf(undone.storage)), [], `${name}: undo`);
        outline.restore(after);
        const redone = trySave(message, undone.storage);
        const again = differences(editedContents, contentsOf(redone.storage)).filter((each) => {
          // A storage made anew has a new creation time.
          return !/#[0-9A-F]{8}$|_3701000D$|__nameid_version1.0$/.test(each);
        });
        assert.deepEqual(again, [], `${name}: redo`);
        assert.equal(outline.isChanged, false, name);
        message.release();
      }
    });
  }

  it("come back as they were when a save is taken back", () => {
    for (const { name, read } of files) {
      const bytes = read();
      const { storage, message } = open(bytes, { flags: IMSG_NO_ISTG_COMMIT });
      const outline = new MessageOutline(message);
      for (const edit of Object.values(EDITS)) {
        try {
          edit(outline);
        } catch (error) {
          assert.ok(isMapiError("MAPI_E_BAD_CHARWIDTH")(error), `${name}: ${String(error)}`);
        }
      }
      const changes = outline.changeCount();
      const first = trySave(message, storage).storage;
      const expected = checkMsg(first.toBytes());
      assert.deepEqual(newFindings(checkMsg(bytes), expected), [], name);
      assert.ok(changes > 0, name);
      message.release();

      const other = open(bytes);
      const otherOutline = new MessageOutline(other.message);
      otherOutline.setProperty("", PR_SUBJECT, "once");
      const trial = trySave(other.message, other.storage);
      assert.equal(otherOutline.isChanged, false, name);
      trial.rollBack();
      assert.equal(otherOutline.isChanged, true, name);
      assert.equal(other.storage.toBytes(), bytes, name);
      other.message.saveChanges(KEEP_OPEN_READWRITE);
      assert.deepEqual(newFindings(checkMsg(bytes), checkMsg(other.storage.toBytes())), [], name);
      assert.equal(openStorage(other.storage.toBytes()).problems.length, 0);
    }
  });
});
