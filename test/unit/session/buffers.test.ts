/** Hosts hand files out as Buffers, whose `slice` copies nothing: a copy that is changed must not be the file. */
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import {
  createAllocator,
  MessageOutline,
  openIMsgOnIStg,
  openStorage,
  PR_BODY,
  PR_SUBJECT,
  trySave,
  verifyBytes,
} from "../../../src/core";
import { mail } from "../../support/mail";

function opened(file: Uint8Array): {
  outline: MessageOutline;
  readonly save: () => Uint8Array;
} {
  const storage = openStorage(file);
  const message = openIMsgOnIStg(null, createAllocator(), storage);
  const save = (): Uint8Array => {
    const saved = trySave(message, storage).storage;
    const bytes = saved.toBytes();
    assert.deepEqual(verifyBytes(bytes, saved), []);
    return bytes;
  };
  return { outline: new MessageOutline(message), save };
}

describe("session: a file that is a Buffer", () => {
  it("is saved without changes, and stays what it was", () => {
    const file = Buffer.from(mail());
    const before = Buffer.from(file);
    assert.equal(before.compare(opened(file).save()), 0);
    assert.equal(file.compare(before), 0);
  });

  it("stays what it was under edits of every kind, while they are saved", () => {
    const file = Buffer.from(mail());
    const before = Buffer.from(file);
    const inner = Buffer.from(mail({ subject: "Inner", codePage: 1252, unicode: false }));
    const innerBefore = Buffer.from(inner);
    const { outline, save } = opened(file);
    outline.setProperty("", PR_SUBJECT, "Other");
    outline.deleteProperties("", [PR_BODY]);
    const [recipient] = outline.message("").recipients;
    outline.deleteObject(recipient!.address);
    const address = outline.addEmbeddedFile("", inner);
    const out = outline.exportEmbedded(`${address}/m`);
    assert.equal(opened(out).outline.property("", PR_SUBJECT)?.value, "Inner");
    assert.equal(opened(save()).outline.property("", PR_SUBJECT)?.value, "Other");
    assert.equal(file.compare(before), 0);
    assert.equal(inner.compare(innerBefore), 0);
  });
});
