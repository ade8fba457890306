/**
 * Strictly valid output: real files after edits of every kind, made through MAPI's own calls in the message and in every
 * message embedded in it. The bytes are read by two validators that know nothing of the code under test: `checkStructure`
 * ([MS-CFB]: trees, chains, sizes, counts) and `checkMsg` ([MS-OXMSG]: headers, entries, streams, names, lists).
 */
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import {
  ATTACH_BY_REFERENCE,
  ATTACH_EMBEDDED_MSG,
  ATTACH_OLE,
  FORCE_SAVE,
  type IAttach,
  type IMAPIProp,
  type IMessage,
  isMultiValued,
  KEEP_OPEN_READWRITE,
  MAPI_CREATE,
  MAPI_MODIFY,
  MessageOutline,
  MODRECIP_ADD,
  MODRECIP_MODIFY,
  MODRECIP_REMOVE,
  type NamedProperty,
  PR_ATTACH_DATA_BIN,
  PR_ATTACH_DATA_OBJ,
  PR_ATTACH_LONG_PATHNAME,
  PR_ATTACH_METHOD,
  PR_BODY,
  PR_DISPLAY_NAME,
  PR_RECIPIENT_TYPE,
  PR_SUBJECT,
  PR_TRANSPORT_MESSAGE_HEADERS,
  PROPERTY_TYPES,
  type PropProblem,
  type PropValue,
  propId,
  propTag,
  PT_LONG,
  PT_MV_UNICODE,
  PT_UNICODE,
} from "../../../src/core";
import { mail } from "../../support/mail";
import { checkStructure } from "../storage/structure";
import { checkMsg, newFindings } from "./support/checkMsg";
import { corpusFiles } from "./support/corpus";
import { embed, open, props, set } from "./support/open";

const SET = "{11111111-2222-3333-4444-555555555555}";
const PS_INTERNET_HEADERS = "{00020386-0000-0000-C000-000000000046}";
const PS_PUBLIC_STRINGS = "{00020329-0000-0000-C000-000000000046}";

/** What a file may say no to: what MAPI computes, and what is marked as not to be changed. */
const REFUSALS = new Set(["MAPI_E_COMPUTED", "MAPI_E_NO_ACCESS"]);

function tolerate(problems: readonly PropProblem[]): void {
  assert.deepEqual(
    problems.filter(({ name }) => !REFUSALS.has(name)),
    [],
  );
}

/** A value of a property type, as `setProps` takes it. */
function valueOfType(type: number): unknown {
  if (isMultiValued(type)) return [valueOfType(type & 0xfff), valueOfType(type & 0xfff)];
  switch (PROPERTY_TYPES.get(type)?.mapi) {
    case "PT_BOOLEAN":
      return true;
    case "PT_I8":
    case "PT_CURRENCY":
    case "PT_SYSTIME":
      return 5n;
    case "PT_STRING8":
    case "PT_UNICODE":
      return "some text";
    case "PT_CLSID":
      return SET;
    case "PT_BINARY":
    case "PT_SVREID":
    case "PT_SRESTRICTION":
    case "PT_ACTIONS":
      return Uint8Array.of(1, 2, 3);
    default:
      return 7;
  }
}

/** One property of every type that can be stored. */
const EVERY_TYPE: readonly PropValue[] = [...PROPERTY_TYPES.values()]
  .filter(({ place }) => place !== "none" && place !== "storage")
  .map(({ code }, i) => ({ tag: propTag(code, 0x6a00 + i), value: valueOfType(code) }));

const NAMES: readonly NamedProperty[] = [
  ...Array.from({ length: 40 }, (_, i): NamedProperty => ({ guid: SET, id: 0x8100 + i })),
  ...Array.from({ length: 40 }, (_, i): NamedProperty => ({ guid: PS_PUBLIC_STRINGS, name: `Field ${i}` })),
  { guid: PS_INTERNET_HEADERS, name: "X-Some-Header" },
  { guid: PS_PUBLIC_STRINGS, id: 5 },
];

/** A file to be put in. */
const GIVEN = mail({ more: props([PR_TRANSPORT_MESSAGE_HEADERS, "Subject: given"]) });

const row = (name: string, kind: number): PropValue[] =>
  props([PR_DISPLAY_NAME, name], [PR_RECIPIENT_TYPE, kind], [propTag(PT_MV_UNICODE, 0x6a01), ["a", ""]]);

function addAttachment(message: IMessage, fill: (attach: IAttach) => void): void {
  const { attach } = message.createAttach();
  fill(attach);
  attach.saveChanges();
}

/** Numbers of the attachments there are. */
const numbers = (message: IMessage): number[] => message.getAttachmentTable().map(({ number }) => number);

function messageIn(attach: IAttach): IMessage | undefined {
  try {
    const object = attach.openProperty(PR_ATTACH_DATA_OBJ);
    return "getRecipientTable" in object ? object : undefined;
  } catch {
    return undefined;
  }
}

function setNames(object: IMAPIProp): void {
  const tags = object.getIDsFromNames(NAMES, MAPI_CREATE);
  set(
    object,
    ...tags.map((tag, i): [number, unknown] =>
      i % 2 === 0 ? [propTag(PT_LONG, propId(tag)), i] : [propTag(PT_UNICODE, propId(tag)), `value ${i}`],
    ),
  );
}

/** Edits of every kind, of one message. */
const EDITS: Record<string, (message: IMessage) => void> = {
  "properties of every type set": (message) => {
    tolerate(message.setProps([...props([PR_SUBJECT, "RE: Changed"], [PR_BODY, "body"]), ...EVERY_TYPE]));
    for (const number of numbers(message)) {
      const attach = message.openAttach(number);
      tolerate(attach.setProps(EVERY_TYPE));
      attach.saveChanges();
    }
  },
  "all properties deleted that can be": (message) => {
    tolerate(message.deleteProps(message.getPropList()));
  },
  "all properties of attachments deleted that can be": (message) => {
    for (const number of numbers(message)) {
      const attach = message.openAttach(number);
      tolerate(attach.deleteProps(attach.getPropList()));
      attach.saveChanges(KEEP_OPEN_READWRITE | FORCE_SAVE);
    }
  },
  "recipients added": (message) => {
    message.modifyRecipients(MODRECIP_ADD, [
      { properties: row("Zoe", 1) },
      { properties: row("Yan", 2) },
      { properties: row("Xi", 3) },
    ]);
  },
  "every recipient changed": (message) => {
    const rows = message.getRecipientTable().map(({ rowId, properties }, i) => ({
      rowId,
      properties: [
        ...properties.filter(({ tag }) => propId(tag) !== propId(PR_DISPLAY_NAME)),
        ...props([PR_DISPLAY_NAME, `Person ${i}`]),
      ],
    }));
    message.modifyRecipients(MODRECIP_MODIFY, rows);
  },
  "every second recipient removed": (message) => {
    const rows = message.getRecipientTable().filter((_, i) => i % 2 === 0);
    message.modifyRecipients(
      MODRECIP_REMOVE,
      rows.map(({ rowId }) => ({ rowId, properties: [] })),
    );
  },
  "the recipients replaced, in another order": (message) => {
    const rows = message.getRecipientTable().map(({ properties }) => ({
      properties: properties.filter(({ tag }) => propId(tag) !== 0x3000),
    }));
    message.modifyRecipients(0, [...rows.reverse(), { properties: row("Zoe", 1) }]);
  },
  "attachments of every kind added": (message) => {
    addAttachment(message, (attach) => {
      set(attach, [PR_ATTACH_METHOD, 1], [PR_ATTACH_DATA_BIN, new Uint8Array(9000).fill(3)]);
    });
    addAttachment(message, (attach) => {
      set(attach, [PR_ATTACH_METHOD, ATTACH_BY_REFERENCE], [PR_ATTACH_LONG_PATHNAME, "\\\\host\\share\\a"]);
    });
    addAttachment(message, (attach) => {
      set(attach, [PR_ATTACH_METHOD, ATTACH_OLE]);
      const storage = attach.openProperty(PR_ATTACH_DATA_OBJ, MAPI_CREATE | MAPI_MODIFY);
      assert.ok("writeStream" in storage);
      storage.clsid = SET;
      storage.writeStream("\u0001Ole10Native", new Uint8Array(5000));
      storage.createStorage("inside").commit();
      storage.commit();
    });
    addAttachment(message, (attach) => {
      const inner = embed(attach);
      set(inner, [PR_SUBJECT, "inner"]);
      inner.modifyRecipients(MODRECIP_ADD, [{ properties: row("Zoe", 1) }]);
      addAttachment(inner, (deep) =>
        set(deep, [PR_ATTACH_METHOD, 1], [PR_ATTACH_DATA_BIN, new Uint8Array(2)]),
      );
      inner.saveChanges();
    });
  },
  "every second attachment removed": (message) => {
    for (const number of numbers(message).filter((_, i) => i % 2 === 0)) message.deleteAttach(number);
  },
  "embedded messages put in the place of what attachments hold": (message) => {
    for (const number of numbers(message)) {
      const attach = message.openAttach(number);
      tolerate(attach.setProps(props([PR_ATTACH_METHOD, ATTACH_EMBEDDED_MSG])));
      const inner = embed(attach);
      set(inner, [PR_SUBJECT, "another"]);
      inner.modifyRecipients(MODRECIP_ADD, [{ properties: row("Zoe", 1) }]);
      inner.saveChanges();
      attach.saveChanges();
    }
  },
  "named properties added": (message) => {
    setNames(message);
    for (const number of numbers(message)) {
      const attach = message.openAttach(number);
      setNames(attach);
      attach.saveChanges();
    }
    const rows = message.getRecipientTable().map(({ rowId, properties }) => ({
      rowId,
      properties: [...properties, ...props([message.getIDsFromNames(NAMES)[3]! | PT_UNICODE, "of a row"])],
    }));
    message.modifyRecipients(MODRECIP_MODIFY, rows);
  },
  "flags of properties changed": (message) => {
    for (const tag of message.getPropList().slice(0, 5)) message.setPropFlags(tag, 3);
  },
  "both lists turned round": (message) => {
    const outline = new MessageOutline(message);
    const { recipients, attachments } = outline.message("");
    outline.reorderRecipients("", recipients.map(({ address }) => address).reverse());
    outline.reorderAttachments("", attachments.map(({ address }) => address).reverse());
  },
  "a file put in the place of what attachments hold": (message) => {
    const outline = new MessageOutline(message);
    for (const { address } of outline.message("").attachments) outline.replaceEmbedded(address, GIVEN);
    outline.addEmbeddedFile("", GIVEN);
  },
};

/** Does an edit in every message of a message, the innermost first; each is saved into what it is in. */
function everywhere(message: IMessage, edit: (message: IMessage) => void): void {
  for (const number of numbers(message)) {
    const attach = message.openAttach(number);
    const inner = messageIn(attach);
    if (!inner) continue;
    everywhere(inner, edit);
    inner.saveChanges(KEEP_OPEN_READWRITE);
    attach.saveChanges(KEEP_OPEN_READWRITE);
  }
  // The outline saves up to the top by itself and begins there.
  edit(message);
}

/** Findings that nothing a file may have had before excuses. */
const NEVER =
  /gap|in the header|lookup stream|no whole|shorter than|occurs twice|GUID index|property stream|storage is missing|size of an object/;

/** Demands that saved bytes are strictly valid; of what the file had wrong in values that were kept, nothing more. */
function checkStrictly(bytes: Uint8Array, before: readonly string[], what: string): void {
  assert.deepEqual(checkStructure(bytes).faults, [], what);
  const findings = checkMsg(bytes);
  assert.deepEqual(newFindings(before, findings), [], what);
  assert.deepEqual(
    findings.filter((finding) => NEVER.test(finding)),
    [],
    what,
  );
}

/** Files above this size are not saved over and over. */
const MAX_BYTES = 60_000;

const files = corpusFiles();
/** What the files have wrong as they are, looked for once. */
const findingsOf = new Map<string, readonly string[]>();

function known(name: string, bytes: Uint8Array): readonly string[] {
  const findings = findingsOf.get(name) ?? checkMsg(bytes);
  findingsOf.set(name, findings);
  return findings;
}

const OUTLINE_EDITS = new Set([
  "both lists turned round",
  "a file put in the place of what attachments hold",
]);

describe("session: strictly valid output", function () {
  this.timeout(240_000);
  if (files.length === 0) {
    it("needs the corpus", function () {
      this.skip();
    });
    return;
  }

  for (const [what, edit] of Object.entries(EDITS)) {
    it(`of every real file with ${what}`, () => {
      let changed = 0;
      for (const { name, read } of files) {
        const bytes = read();
        const { storage, message } = open(bytes);
        if (OUTLINE_EDITS.has(what)) edit(message);
        else everywhere(message, edit);
        message.saveChanges(KEEP_OPEN_READWRITE);
        const saved = storage.toBytes();
        if (saved === bytes) continue;
        changed++;
        checkStrictly(saved, known(name, bytes), name);
      }
      assert.ok(changed > 5, `${changed} files changed`);
    });
  }

  it("of real files with one edit after the other, saved and opened again between them", () => {
    for (const { name, read } of files) {
      let bytes = read();
      if (bytes.length > MAX_BYTES) continue;
      const findings = known(name, bytes);
      for (const [what, edit] of Object.entries(EDITS)) {
        const { storage, message } = open(bytes);
        edit(message);
        message.saveChanges();
        bytes = storage.toBytes();
        checkStrictly(bytes, findings, `${name}: ${what}`);
      }
    }
  });
});
