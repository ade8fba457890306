/** Items by preset: what is in each, as text that was read and approved; in Unicode and in 8 bits. */
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import {
  createAllocator,
  createItem,
  fillItem,
  groupMemberProperties,
  type IMessage,
  isPresetId,
  KEEP_OPEN_READWRITE,
  MapiError,
  MessageOutline,
  openIMsgOnIStg,
  openStorage,
  PR_CREATION_TIME,
  PR_MESSAGE_CLASS,
  PR_MESSAGE_CODEPAGE,
  PR_MESSAGE_FLAGS,
  PR_SENDER_EMAIL_ADDRESS,
  PR_SENDER_NAME,
  PR_SENT_REPRESENTING_NAME,
  PRESET_IDS,
  presetClass,
  type PresetId,
  propId,
  propType,
  PSETID_ADDRESS,
  PSETID_APPOINTMENT,
  PSETID_COMMON,
  PT_ERROR,
  PT_MV_UNICODE,
  PT_STRING8,
  PT_UNICODE,
  setNamed,
} from "../../../src/core";
import { crc32 } from "../../../src/core/mapi/crc";
import { assertGolden, dump } from "../session/support/dump";

const NOW = 134_172_477_000_000_000n;
const SENDER = { name: "Jürgen Weiß", address: "juergen@example.de" };
const randomBytes = (count: number): Uint8Array => Uint8Array.from({ length: count }, (_, i) => i + 1);

const make = (preset: PresetId, narrow?: number): Uint8Array =>
  createItem({
    preset,
    unicode: narrow === undefined,
    ...(narrow === undefined ? {} : { codePage: narrow }),
    sender: SENDER,
    now: () => NOW,
    randomBytes,
  }).toBytes();

const reopen = (bytes: Uint8Array): IMessage => openIMsgOnIStg(null, createAllocator(), openStorage(bytes));

function value(message: IMessage, tag: number): unknown {
  const [prop] = message.getProps([tag]);
  return prop && propType(prop.tag) !== PT_ERROR ? prop.value : undefined;
}

function named(message: IMessage, guid: string, id: number): unknown {
  const [tag] = message.getIDsFromNames([{ guid, id }]);
  const whole = message.getPropList().find((each) => propId(each) === propId(tag ?? 0));
  return whole === undefined ? undefined : value(message, whole);
}

describe("a new item", () => {
  for (const preset of PRESET_IDS) {
    it(`by preset ${preset} is what Outlook makes`, () => {
      const message = reopen(make(preset));
      assert.equal(value(message, PR_MESSAGE_CLASS), presetClass(preset));
      assert.equal(value(message, PR_CREATION_TIME), NOW);
      assertGolden(`item-${preset}`, dump(message));
    });

    it(`by preset ${preset} is 8-bit through and through in a code page`, () => {
      const message = reopen(make(preset, 1250));
      assert.equal(value(message, PR_MESSAGE_CODEPAGE), 1250);
      assert.ok(message.getPropList().every((tag) => ![PT_UNICODE, PT_MV_UNICODE].includes(propType(tag))));
      const wide = reopen(make(preset)).getPropList();
      assert.ok(wide.every((tag) => propType(tag) !== PT_STRING8));
      assert.equal(openStorage(make(preset, 1250)).problems.length, 0);
    });
  }

  it("by preset unsentMail is a draft; every other one is not", () => {
    for (const preset of PRESET_IDS) {
      const flags = Number(value(reopen(make(preset)), PR_MESSAGE_FLAGS));
      assert.equal((flags & 0x8) !== 0, preset === "unsentMail", preset);
    }
  });

  it("names its sender twice, and nobody where nobody is known", () => {
    const mail = reopen(make("receivedMail"));
    assert.equal(value(mail, PR_SENDER_NAME), "Jürgen Weiß");
    assert.equal(value(mail, PR_SENT_REPRESENTING_NAME), "Jürgen Weiß");
    assert.equal(value(mail, PR_SENDER_EMAIL_ADDRESS), "juergen@example.de");
    const nobody = createItem({ preset: "receivedMail", unicode: true, randomBytes });
    assert.equal(value(reopen(nobody.toBytes()), PR_SENDER_NAME), undefined);
  });

  it("of a calendar starts at the next half hour, everywhere the same", () => {
    const message = reopen(make("appointment"));
    const start = named(message, PSETID_APPOINTMENT, 0x820d) as bigint;
    const half = 18_000_000_000n;
    assert.ok(start > NOW && start - NOW <= half && start % half === 0n);
    assert.equal(named(message, PSETID_COMMON, 0x8516), start);
    assert.equal(named(message, PSETID_APPOINTMENT, 0x8235), start);
    assert.equal(named(message, PSETID_APPOINTMENT, 0x820e), start + half);
  });

  it("refuses a sender without an address and one that the code page cannot hold", () => {
    const options = { preset: "unsentMail", randomBytes } as const;
    const refuses = (name: string, run: () => unknown): void => {
      assert.throws(run, (error) => error instanceof MapiError && error.name === name);
    };
    refuses("MAPI_E_INVALID_PARAMETER", () =>
      createItem({ ...options, unicode: true, sender: { name: "Ann", address: "" } }),
    );
    refuses("MAPI_E_BAD_CHARWIDTH", () =>
      createItem({
        ...options,
        unicode: false,
        codePage: 1252,
        sender: { name: "春", address: "a@example.jp" },
      }),
    );
  });

  it("can be one in another message", () => {
    const message = reopen(make("unsentMail"));
    const outline = new MessageOutline(message);
    outline.addEmbeddedMessage("", [], (inner) =>
      fillItem(inner, { preset: "task", now: () => NOW, randomBytes }, { unicode: true }),
    );
    message.saveChanges(KEEP_OPEN_READWRITE);
    const [attachment] = outline.message("").attachments;
    assert.equal(outline.property(`${attachment!.address}/m`, PR_MESSAGE_CLASS)?.value, "IPM.Task");
  });

  it("knows its presets by their ids alone", () => {
    assert.ok(isPresetId("task"));
    assert.ok(!isPresetId("toString"));
    assert.ok(!isPresetId(""));
  });
});

describe("members of a contact group", () => {
  const width = { unicode: true } as const;

  it("are one-offs in two lists with a checksum", () => {
    const message = reopen(make("distributionList"));
    setNamed(message, groupMemberProperties([SENDER, { name: "", address: "b@example.com" }], width));
    const members = named(message, PSETID_ADDRESS, 0x8055) as Uint8Array[];
    assert.equal(members.length, 2);
    assert.deepEqual(named(message, PSETID_ADDRESS, 0x8054), members);
    assert.equal(named(message, PSETID_ADDRESS, 0x804c), crc32(Buffer.concat(members)) | 0);
  });

  it("are refused where they do not fit", () => {
    const many = Array.from({ length: 400 }, (_, i) => ({
      name: `Person ${i}`,
      address: `p${i}@example.com`,
    }));
    assert.throws(
      () => groupMemberProperties(many, width),
      (error) => error instanceof MapiError && error.name === "MAPI_E_TOO_BIG",
    );
  });
});
