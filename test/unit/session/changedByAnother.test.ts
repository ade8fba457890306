/** Saving a message that somebody else changed in its storage. */
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import {
  createAllocator,
  FORCE_SAVE,
  type IMessage,
  IMSG_NO_ISTG_COMMIT,
  KEEP_OPEN_READWRITE,
  MAPI_CREATE,
  MAPI_E_NOT_FOUND,
  openIMsgOnIStg,
  openStorage,
  PR_BODY,
  PR_SUBJECT,
  PS_PUBLIC_STRINGS,
} from "../../../src/core";
import { sameStorage } from "../../../src/core/session/heldStorage";
import { checkMsg } from "./support/checkMsg";
import { nested } from "./support/nested";
import { embedded, fails, get, NOW, open, set } from "./support/open";

describe("session: when somebody else changed the message in its storage", () => {
  /** A message with an attachment that is opened twice on one storage, and saved by the other one. */
  function changedByAnother(change: (other: IMessage) => void) {
    const before = nested();
    const storage = openStorage(before);
    const message = openIMsgOnIStg(null, createAllocator(), storage, { now });
    const other = openIMsgOnIStg(null, createAllocator(), storage, { now });
    change(other);
    other.saveChanges();
    return { before, storage, message };
  }
  const now = () => NOW;
  const subjectIn = (bytes: Uint8Array) => get(open(bytes).message, PR_SUBJECT);

  it("refuses to save a change, keeps it, and still reads what was there", () => {
    const { storage, message } = changedByAnother((other) => {
      set(other, [PR_SUBJECT, "theirs"]);
      other.deleteAttach(0);
    });
    const theirs = storage.toBytes();
    set(message, [PR_SUBJECT, "ours"]);
    fails("MAPI_E_OBJECT_CHANGED", () => message.saveChanges(KEEP_OPEN_READWRITE));
    assert.deepEqual(storage.toBytes(), theirs);
    assert.equal(subjectIn(theirs), "theirs");
    assert.equal(get(message, PR_SUBJECT), "ours");
    assert.equal(get(embedded(message.openAttach(0)), PR_SUBJECT), "inner");
  });

  it("saves over it with FORCE_SAVE: the file is then as if the other had not been", () => {
    const { before, storage, message } = changedByAnother((other) => {
      set(other, [PR_SUBJECT, "theirs"], [PR_BODY, "their body"]);
      other.deleteAttach(0);
      other.getIDsFromNames([{ guid: PS_PUBLIC_STRINGS, name: "Theirs" }], MAPI_CREATE);
    });
    set(message, [PR_SUBJECT, "ours"]);
    message.saveChanges(FORCE_SAVE);
    const { message: saved } = open(storage.toBytes());
    assert.equal(get(saved, PR_SUBJECT), "ours");
    assert.equal(get(saved, PR_BODY), MAPI_E_NOT_FOUND);
    assert.equal(get(embedded(saved.openAttach(0)), PR_SUBJECT), "inner");
    assert.deepEqual(checkMsg(storage.toBytes()), []);
    const alone = openStorage(before);
    const single = openIMsgOnIStg(null, createAllocator(), alone, { now });
    set(single, [PR_SUBJECT, "ours"]);
    single.saveChanges();
    assert.ok(sameStorage(storage, alone));
  });

  it("saves on when the other only closed, or changed what is no part of the message", () => {
    const { storage, message } = changedByAnother(() => undefined);
    storage.writeStream("Olk10SideProps_0001", Uint8Array.of(1, 2, 3));
    set(message, [PR_SUBJECT, "ours"]);
    message.saveChanges(KEEP_OPEN_READWRITE);
    set(message, [PR_SUBJECT, "ours again"]);
    message.saveChanges();
    assert.equal(subjectIn(storage.toBytes()), "ours again");
    assert.deepEqual(storage.openStream("Olk10SideProps_0001"), Uint8Array.of(1, 2, 3));
  });

  it("closes without a word when it has nothing to save itself", () => {
    const { storage, message } = changedByAnother((other) => {
      set(other, [PR_SUBJECT, "theirs"]);
    });
    message.saveChanges();
    assert.equal(subjectIn(storage.toBytes()), "theirs");
  });

  it("notices that the caller took an uncommitted save back", () => {
    const storage = openStorage(nested());
    const message = openIMsgOnIStg(null, createAllocator(), storage, { flags: IMSG_NO_ISTG_COMMIT });
    set(message, [PR_SUBJECT, "first"]);
    message.saveChanges(KEEP_OPEN_READWRITE);
    storage.revert();
    set(message, [PR_BODY, "second"]);
    fails("MAPI_E_OBJECT_CHANGED", () => message.saveChanges(KEEP_OPEN_READWRITE));
    message.saveChanges(FORCE_SAVE);
    storage.commit();
    const { message: saved } = open(storage.toBytes());
    assert.deepEqual([get(saved, PR_SUBJECT), get(saved, PR_BODY)], ["first", "second"]);
  });
});
