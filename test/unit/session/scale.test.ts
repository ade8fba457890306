/** Time grows in line with the number of recipients, attachments and properties. */
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import {
  MessageOutline,
  MODRECIP_ADD,
  MODRECIP_MODIFY,
  PR_ATTACH_DATA_BIN,
  PR_ATTACH_METHOD,
  PR_DISPLAY_NAME,
  PR_RECIPIENT_TYPE,
  PR_SUBJECT,
  propTag,
  PT_UNICODE,
  trySave,
} from "../../../src/core";
import { checkMsg } from "./support/checkMsg";
import { create, open, props } from "./support/open";

const row = (i: number): { properties: ReturnType<typeof props> } => ({
  properties: props([PR_DISPLAY_NAME, `Recipient ${i}`], [PR_RECIPIENT_TYPE, 1 + (i % 3)], [PR_SUBJECT, "x"]),
});

/** The bytes of a message with as many recipients and attachments. */
function build(count: number): Uint8Array {
  const { storage, message } = create();
  message.modifyRecipients(
    MODRECIP_ADD,
    Array.from({ length: count }, (_, i) => row(i)),
  );
  for (let i = 0; i < count; i++) {
    const { attach } = message.createAttach();
    attach.setProps(props([PR_ATTACH_METHOD, 1], [PR_ATTACH_DATA_BIN, Uint8Array.of(i, i >> 8)]));
    attach.saveChanges();
  }
  message.saveChanges();
  return storage.toBytes();
}

/** One at a time, as a person or a script would: each edit is complete before the next. */
const WORK: Record<string, (count: number) => void> = {
  "create and save": (count) => {
    build(count);
  },
  "open, list everything, edit one, save": (count) => {
    const { storage, message } = open(built(count));
    const outline = new MessageOutline(message);
    const { recipients, attachments } = outline.message("");
    for (const { address } of [...recipients, ...attachments]) outline.properties(address);
    message.getRecipientTable();
    message.getAttachmentTable();
    outline.setProperty(recipients[7]!.address, PR_DISPLAY_NAME, "changed");
    outline.setProperty(attachments[9]!.address, PR_DISPLAY_NAME, "changed");
    trySave(message, storage).storage.toBytes();
  },
  "add recipients and attachments one by one": (count) => {
    const { storage, message } = create();
    const outline = new MessageOutline(message);
    for (let i = 0; i < count; i++) {
      outline.addRecipient("", row(i).properties);
      outline.addAttachment("", props([PR_ATTACH_METHOD, 1]));
    }
    outline.changeCount();
    trySave(message, storage);
  },
  "change every row, in one call and one by one": (count) => {
    const { message } = open(built(count));
    message.modifyRecipients(
      MODRECIP_MODIFY,
      Array.from({ length: count }, (_, i) => ({ rowId: i, ...row(i + 1) })),
    );
    const outline = new MessageOutline(message);
    for (const { address } of outline.message("").recipients) {
      outline.setProperty(address, propTag(PT_UNICODE, 0x6801), "x");
    }
  },
  "take the first recipient and attachment away, so that all others move": (count) => {
    const { storage, message } = open(built(count));
    const outline = new MessageOutline(message);
    const { recipients, attachments } = outline.message("");
    outline.deleteObject(recipients[0]!.address);
    outline.deleteObject(attachments[0]!.address);
    trySave(message, storage);
  },
  "set and delete many properties": (count) => {
    const { storage, message } = create();
    const tags = Array.from({ length: count }, (_, i) => propTag(PT_UNICODE, 0x6000 + i));
    message.setProps(tags.map((tag) => ({ tag, value: "x" })));
    message.getProps(tags);
    trySave(message, storage);
    message.deleteProps(tags);
  },
};

const files = new Map<number, Uint8Array>();
function built(count: number): Uint8Array {
  const bytes = files.get(count) ?? build(count);
  files.set(count, bytes);
  return bytes;
}

function milliseconds(work: () => void): number {
  const start = process.hrtime.bigint();
  work();
  return Number(process.hrtime.bigint() - start) / 1e6;
}

describe("session: many recipients and attachments", function () {
  this.timeout(180_000);

  it("2,048 of each make a valid file", () => {
    const bytes = built(2048);
    assert.deepEqual(checkMsg(bytes), []);
    const { message } = open(bytes);
    assert.equal(message.getRecipientTable().length, 2048);
    assert.equal(message.getAttachmentTable().length, 2048);
    assert.equal(message.openAttach(2047).number, 2047);
  });

  for (const [what, work] of Object.entries(WORK)) {
    it(`${what}: eight times as many take no more than a generous eight times as long`, () => {
      work(64);
      // Work that grows with the square takes 64 times as long. The machine may be busy: the best of some tries counts.
      let ratio = Infinity;
      for (let attempt = 0; attempt < 4 && ratio > 32; attempt++) {
        const few = Math.min(...[0, 1, 2].map(() => milliseconds(() => work(256))));
        const many = Math.min(...[0, 1].map(() => milliseconds(() => work(2048))));
        ratio = Math.min(ratio, many / few);
        if (process.env["SHOW_TIMES"])
          process.stdout.write(`      ${few.toFixed(1)} ${many.toFixed(1)} ms\n`);
      }
      assert.ok(ratio <= 32, `${ratio.toFixed(1)} times as long`);
    });
  }
});
