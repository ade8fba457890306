/** A new message: what is in it, that it is a sound file, and that its 8-bit form keeps its code page. */
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import {
  CLSID_MAIL_MESSAGE,
  createAllocator,
  createNewMessage,
  fillNewMessage,
  type IMessage,
  KEEP_OPEN_READWRITE,
  MapiError,
  openIMsgOnIStg,
  openStorage,
  OUTLOOK_STORE_SUPPORT_MASK,
  PR_BODY,
  PR_CREATION_TIME,
  PR_DISPLAY_TO,
  PR_MESSAGE_CLASS,
  PR_MESSAGE_CODEPAGE,
  PR_MESSAGE_FLAGS,
  PR_NORMALIZED_SUBJECT,
  PR_SEARCH_KEY,
  PR_STORE_SUPPORT_MASK,
  PR_SUBJECT,
  PR_SUBJECT_PREFIX,
  propId,
  propType,
  PT_ERROR,
  PT_STRING8,
  PT_UNICODE,
} from "../../../src/core";

const NOW = 133_900_000_000_000_000n;
const randomBytes = (count: number): Uint8Array => Uint8Array.from({ length: count }, (_, i) => i + 1);

const reopen = (bytes: Uint8Array): IMessage => openIMsgOnIStg(null, createAllocator(), openStorage(bytes));

function value(message: IMessage, tag: number): unknown {
  const [prop] = message.getProps([tag]);
  return prop && propType(prop.tag) !== PT_ERROR ? prop.value : undefined;
}

const unicode = (): Uint8Array => createNewMessage({ unicode: true, now: () => NOW, randomBytes }).toBytes();

describe("a new message", () => {
  it("is an unsent mail that was read", () => {
    const message = reopen(unicode());
    assert.equal(value(message, PR_MESSAGE_CLASS), "IPM.Note");
    assert.equal(value(message, PR_MESSAGE_FLAGS), 0x9);
    assert.deepEqual(value(message, PR_SEARCH_KEY), randomBytes(16));
    assert.equal(value(message, PR_CREATION_TIME), NOW);
  });

  it("has an empty subject in all its parts, empty lists of names and no body", () => {
    const message = reopen(unicode());
    for (const tag of [PR_SUBJECT, PR_SUBJECT_PREFIX, PR_NORMALIZED_SUBJECT, PR_DISPLAY_TO]) {
      assert.equal(value(message, tag), "", tag.toString(16));
    }
    assert.equal(value(message, PR_BODY), undefined);
    assert.deepEqual(message.getRecipientTable(), []);
    assert.deepEqual(message.getAttachmentTable(), []);
  });

  it("is a file with the class id of messages, the mask of Unicode and a name map", () => {
    const root = openStorage(unicode());
    assert.equal(root.clsid, CLSID_MAIL_MESSAGE);
    assert.equal(root.elementType("__nameid_version1.0"), "storage");
    assert.deepEqual(
      root
        .openStorage("__nameid_version1.0")
        .enumElements()
        .map(({ name }) => name),
      ["__substg1.0_00020102", "__substg1.0_00030102", "__substg1.0_00040102"],
    );
    const message = reopen(unicode());
    assert.equal(value(message, PR_STORE_SUPPORT_MASK), OUTLOOK_STORE_SUPPORT_MASK);
    assert.ok(message.getPropList().every((tag) => propType(tag) !== PT_STRING8));
  });

  it("has no property twice", () => {
    const ids = reopen(unicode()).getPropList().map(propId);
    assert.equal(new Set(ids).size, ids.length);
  });

  it("in 8 bits has its code page and no Unicode string", () => {
    const root = createNewMessage({ unicode: false, codePage: 932, now: () => NOW, randomBytes });
    const message = reopen(root.toBytes());
    assert.equal(value(message, PR_MESSAGE_CODEPAGE), 932);
    assert.ok(message.getPropList().every((tag) => propType(tag) !== PT_UNICODE));
    assert.equal(value(message, PR_STORE_SUPPORT_MASK), undefined);
    message.setProps([{ tag: PR_SUBJECT, value: "春" }]);
    assert.deepEqual([...(message.openProperty(PR_SUBJECT) as Uint8Array)], [0x8f, 0x74]);
  });

  it("in 8 bits is western when no code page is named", () => {
    const root = createNewMessage({ unicode: false, randomBytes });
    assert.equal(value(reopen(root.toBytes()), PR_MESSAGE_CODEPAGE), 1252);
  });

  it("refuses a code page nobody knows", () => {
    assert.throws(
      () => createNewMessage({ unicode: false, codePage: 12, randomBytes }),
      (error) => error instanceof MapiError && error.name === "MAPI_E_INVALID_PARAMETER",
    );
  });

  it("refuses too few random bytes instead of writing a search key that others may have", () => {
    assert.throws(
      () => createNewMessage({ unicode: true, randomBytes: () => new Uint8Array(3) }),
      (error) => error instanceof MapiError && /16/.test(error.message),
    );
  });

  it("fills a message that is there already", () => {
    const root = createNewMessage({ unicode: true, randomBytes });
    const message = openIMsgOnIStg(null, createAllocator(), root);
    message.setProps([{ tag: PR_SUBJECT, value: "to be emptied" }]);
    fillNewMessage(message, { randomBytes });
    message.saveChanges(KEEP_OPEN_READWRITE);
    assert.equal(value(message, PR_SUBJECT), "");
  });
});
