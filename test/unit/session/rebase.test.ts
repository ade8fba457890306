import assert from "node:assert/strict";
import { describe, it } from "mocha";
import {
  createAllocator,
  MAPI_TO,
  MessageOutline,
  openIMsgOnIStg,
  openStorage,
  PR_ATTACH_LONG_FILENAME,
  PR_DISPLAY_NAME,
  PR_LAST_MODIFICATION_TIME,
  PR_SUBJECT,
  rebaseSnapshot,
  recipientProperties,
  trySave,
} from "../../../src/core";
import { buildSamples } from "../../../scripts/samples";

/** A sample, opened, with what is needed to save it. */
function open(bytes: Uint8Array) {
  const storage = openStorage(bytes);
  const message = openIMsgOnIStg(null, createAllocator(), storage);
  return { storage, message, outline: new MessageOutline(message) };
}

function sample(part: string): Uint8Array {
  const found = buildSamples().find(({ name }) => name.includes(part));
  assert.ok(found, part);
  return found.bytes;
}

const saved = ({ message, storage }: ReturnType<typeof open>): Uint8Array =>
  trySave(message, storage).storage.toBytes();

/** Tags of the message's own changed properties, the time of the save apart. */
const changedTags = (outline: MessageOutline): number[] =>
  outline
    .properties("")
    .filter(({ change, tag }) => change !== undefined && tag !== PR_LAST_MODIFICATION_TIME)
    .map(({ tag }) => tag);

describe("session: unsaved work put back onto its file", () => {
  it("knows an unchanged copy as no change at all", () => {
    for (const name of ["Figures", "Hotel", "Weekly"]) {
      const base = open(sample(name));
      const work = open(sample(name));
      const rebased = rebaseSnapshot(work.outline.snapshot(), base.outline.snapshot());
      base.outline.restore(rebased);
      assert.equal(base.outline.changeCount(), 0, name);
      assert.deepEqual(saved(base), sample(name));
    }
  });

  it("shows just what was changed, wherever it was, and saves to the same bytes", () => {
    const bytes = sample("Hotel");
    const edited = open(bytes);
    const { recipients, attachments } = edited.outline.message("");
    const [first] = recipients;
    const inner = attachments.find(({ object }) => object === "message");
    assert.ok(first && inner);
    edited.outline.setProperty("", PR_SUBJECT, "Another subject");
    edited.outline.setProperty(`${inner.address}/m`, PR_SUBJECT, "Another inner subject");
    edited.outline.setProperty(first.address, PR_DISPLAY_NAME, "Another name");
    const [second] = attachments.filter(({ object }) => object === undefined);
    if (second) edited.outline.setProperty(second.address, PR_ATTACH_LONG_FILENAME, "another.txt");
    const { unicode } = edited.outline.message("");
    edited.outline.addRecipient(
      "",
      recipientProperties({ name: "New", address: "new@example.org", kind: MAPI_TO, unicode }),
    );
    const tags = changedTags(edited.outline);
    const backup = saved(edited);

    const base = open(bytes);
    base.outline.restore(rebaseSnapshot(open(backup).outline.snapshot(), base.outline.snapshot()));
    assert.deepEqual(changedTags(base.outline), tags);
    const view = base.outline.message("");
    assert.deepEqual(
      view.recipients.map(({ change }) => change),
      [...recipients.map((_, i) => (i === 0 ? "changed" : undefined)), "added"],
    );
    const innerNow = view.attachments.find(({ object }) => object === "message");
    assert.equal(innerNow?.change, "changed");
    assert.equal(base.outline.property(`${innerNow.address}/m`, PR_SUBJECT)?.value, "Another inner subject");
  });

  it("finds removed and moved elements by what they are", () => {
    const bytes = sample("Figures");
    const edited = open(bytes);
    const [, second] = edited.outline.message("").recipients;
    assert.ok(second);
    edited.outline.deleteObject(second.address);
    const backup = saved(edited);

    const base = open(bytes);
    const keys = base.outline.message("").recipients.map(({ address }) => address);
    base.outline.restore(rebaseSnapshot(open(backup).outline.snapshot(), base.outline.snapshot()));
    assert.deepEqual(
      base.outline.message("").recipients.map(({ address }) => address),
      keys.filter((_, i) => i !== 1),
    );
    assert.equal(base.outline.isChanged, true);
  });
});
