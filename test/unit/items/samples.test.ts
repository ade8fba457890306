/** The samples: the same bytes every time, and in each what it is there for. */
import assert from "node:assert/strict";
import { before, describe, it } from "mocha";
import { buildSamples, type Sample } from "../../../scripts/samples";
import {
  createAllocator,
  type IMessage,
  MapiError,
  openIMsgOnIStg,
  openStorage,
  PR_ATTACH_CONTENT_ID,
  PR_ATTACH_DATA_BIN,
  PR_ATTACH_DATA_OBJ,
  PR_ATTACH_LONG_FILENAME,
  PR_BODY,
  PR_DISPLAY_BCC,
  PR_HTML,
  PR_MESSAGE_CLASS,
  PR_NORMALIZED_SUBJECT,
  PR_SUBJECT,
  PROPERTY_TYPES,
  propId,
  propType,
  PSETID_APPOINTMENT,
  PT_BINARY,
  PT_ERROR,
  PT_OBJECT,
  PT_STRING8,
  PT_MV_STRING8,
} from "../../../src/core";

const open = (sample: Sample): IMessage => openIMsgOnIStg(null, createAllocator(), openStorage(sample.bytes));

function value(message: { getProps: IMessage["getProps"] }, tag: number): unknown {
  const [prop] = message.getProps([tag]);
  return prop && propType(prop.tag) !== PT_ERROR ? prop.value : undefined;
}

function embeddedIn(message: IMessage): IMessage {
  for (const { number } of message.getAttachmentTable()) {
    const attach = message.openAttach(number);
    if (!attach.getPropList().includes(PR_ATTACH_DATA_OBJ)) continue;
    const object = attach.openProperty(PR_ATTACH_DATA_OBJ);
    if ("getRecipientTable" in object) return object;
  }
  throw new Error("there is no embedded message");
}

describe("samples", function () {
  this.timeout(120_000);
  let samples: Sample[] = [];

  before(() => {
    samples = buildSamples();
  });

  const sample = (start: string): Sample => {
    const found = samples.find(({ name }) => name.startsWith(start));
    assert.ok(found, start);
    return found;
  };
  const message = (start: string): IMessage => open(sample(start));

  it("are the same bytes every time", () => {
    const again = buildSamples();
    assert.deepEqual(
      again.map(({ name }) => name),
      samples.map(({ name }) => name),
    );
    again.forEach(({ name, bytes }, i) => {
      assert.ok(Buffer.compare(bytes, samples[i]?.bytes ?? new Uint8Array()) === 0, name);
    });
  });

  it("open without a problem, but for the damaged one", () => {
    for (const { name, bytes } of samples.filter((one) => !one.name.startsWith("Damaged"))) {
      assert.deepEqual(openStorage(bytes).problems, [], name);
    }
    const { bytes } = sample("Damaged");
    assert.throws(() => openStorage(bytes), MapiError);
    const recovered = openStorage(bytes, { recover: true });
    assert.ok(recovered.problems.length > 0);
    const rescued = openIMsgOnIStg(null, createAllocator(), recovered);
    assert.equal(value(rescued, PR_NORMALIZED_SUBJECT), "Figures of the first quarter – final");
  });

  it("hold a mail with HTML, three attachments and a picture that the HTML shows", () => {
    const figures = message("Figures");
    const html = Buffer.from(value(figures, PR_HTML) as Uint8Array).toString();
    const attachments = figures.getAttachmentTable().map(({ number }) => figures.openAttach(number));
    assert.deepEqual(
      attachments.map((attach) => value(attach, PR_ATTACH_LONG_FILENAME)),
      ["Notes of the budget round.txt", "Travel costs.png", "Q1 figures.csv", "image001.png"],
    );
    const contentId = value(attachments[3]!, PR_ATTACH_CONTENT_ID);
    assert.ok(html.includes(`src="cid:${String(contentId)}"`));
    const png = Buffer.from(value(attachments[1]!, PR_ATTACH_DATA_BIN) as Uint8Array);
    assert.equal(png.subarray(1, 4).toString(), "PNG");
    assert.ok(String(value(figures, PR_BODY)).includes("Marco"));
  });

  it("hold a mail in a mail in a mail", () => {
    const inner = embeddedIn(embeddedIn(message("FW")));
    assert.equal(value(inner, PR_SUBJECT), "Rooms in May?");
    assert.equal(inner.getAttachmentTable().length, 1);
  });

  it("hold a recurring appointment", () => {
    const meeting = message("Weekly");
    assert.equal(value(meeting, PR_MESSAGE_CLASS), "IPM.Appointment");
    const [id] = meeting.getIDsFromNames([{ guid: PSETID_APPOINTMENT, id: 0x8216 }]);
    const blob = value(meeting, (id! | PT_BINARY) >>> 0) as Uint8Array;
    const fields = new DataView(blob.buffer, blob.byteOffset, blob.byteLength);
    assert.equal(fields.getUint16(4, true), 0x200b);
    assert.equal(fields.getUint32(30, true), 12);
  });

  it("hold 8-bit mails that read well", () => {
    assert.equal(value(message("Japanese"), PR_SUBJECT), "春の展示会のご案内");
    assert.equal(value(message("German"), PR_SUBJECT), "AW: Grüße aus Köln – Termin am Mittwoch");
    assert.equal(value(message("German"), PR_NORMALIZED_SUBJECT), "Grüße aus Köln – Termin am Mittwoch");
  });

  it("hold every type that can be stored, named by number and by text", () => {
    const types = new Set([
      ...message("Every property type.msg").getPropList().map(propType),
      ...message("Every property type, 8-bit").getPropList().map(propType),
      PT_OBJECT,
    ]);
    assert.ok(embeddedIn(message("Every property type.msg")));
    const storable = [...PROPERTY_TYPES.values()].filter(({ place }) => place !== "none");
    assert.deepEqual(
      storable.filter(({ code }) => !types.has(code)).map(({ mapi }) => mapi),
      [],
    );
    const names = (one: IMessage, text: boolean): number =>
      one.getPropList().filter((tag) => {
        const [name] = one.getNamesFromIDs([propId(tag)]);
        return name !== undefined && propId(tag) >= 0x8000 && "name" in name === text;
      }).length;
    for (const text of [true, false]) assert.ok(names(message("Every property type.msg"), text) > 25);
  });

  it("hold 8-bit text only where the message is 8-bit", () => {
    const narrow = (start: string): boolean =>
      message(start)
        .getPropList()
        .some((tag) => [PT_STRING8, PT_MV_STRING8].includes(propType(tag)));
    assert.ok(!narrow("Every property type.msg"));
    assert.ok(narrow("Every property type, 8-bit"));
  });

  it("hold ten thousand properties and two hundred recipients", () => {
    assert.ok(message("Ten thousand").getPropList().length > 10_000);
    const party = message("Two hundred");
    assert.equal(party.getRecipientTable().length, 200);
    assert.equal(String(value(party, PR_DISPLAY_BCC)).split("; ").length, 20);
  });

  it("hold a template with the class id of templates", () => {
    assert.equal(openStorage(sample("Holiday").bytes).clsid, "{0006F046-0000-0000-C000-000000000046}");
  });
});
