/** The composer's requests as a page makes them: what they write, that one edit undoes each, byte for byte. */
import assert from "node:assert/strict";
import { afterEach, describe, it } from "mocha";
import * as vscode from "vscode";
import {
  BODY_MESSAGES,
  bodiesOf,
  bodySourceOfOutline,
  FIELD_MESSAGES,
  oneOffEntryId,
  PR_ATTACH_CONTENT_ID,
  PR_BODY,
  PR_CLIENT_SUBMIT_TIME,
  PR_CONVERSATION_TOPIC,
  PR_DISPLAY_CC,
  PR_DISPLAY_NAME,
  PR_DISPLAY_TO,
  PR_EMAIL_ADDRESS,
  PR_END_DATE,
  PR_ENTRYID,
  PR_HTML,
  PR_IMPORTANCE,
  PR_MESSAGE_FLAGS,
  PR_PRIORITY,
  PR_REPLY_RECIPIENT_NAMES,
  PR_RTF_COMPRESSED,
  PR_SEARCH_KEY,
  PR_SENDER_ADDRTYPE,
  PR_SENDER_EMAIL_ADDRESS,
  PR_SENDER_ENTRYID,
  PR_SENDER_NAME,
  PR_SENDER_SMTP_ADDRESS,
  PR_SENT_REPRESENTING_EMAIL_ADDRESS,
  PR_SENT_REPRESENTING_ENTRYID,
  PR_SENT_REPRESENTING_NAME,
  PR_SENT_REPRESENTING_SEARCH_KEY,
  PR_START_DATE,
  PR_SUBJECT,
  type PresetId,
  PSETID_ADDRESS,
  PSETID_APPOINTMENT,
  PSETID_COMMON,
  PSETID_TASK,
  readerOf,
} from "../../src/core";
import { quarterFigures } from "../../scripts/samples/mails";
import { rememberFormat } from "../../src/extension/newMessages";
import { fileTimeOfMs } from "../../src/extension/fileTimes";
import type { ComposeField, ComposeModel, ComposeValue } from "../../src/protocol/compose";
import { PROTOCOL_VERSION } from "../../src/protocol/messages";
import { type OpenDocument, openDocument } from "./support/documents";
import { TestPage } from "./support/fakePanel";
import { temporaryFile } from "./support/files";

let number = 0;
let opened: { page: TestPage; at: OpenDocument } | undefined;

/** A page of a new message. */
async function compose(preset: PresetId = "unsentMail", codePage?: number): Promise<Composing> {
  const uri = vscode.Uri.from({ scheme: "untitled", path: `Compose-${++number}.msg` });
  const format = codePage === undefined ? { unicode: true } : { unicode: false, codePage };
  rememberFormat(uri.toString(), { ...format, preset });
  return composeOn(uri);
}

/** A page of a file. */
async function composeOn(file: vscode.Uri): Promise<Composing> {
  const at = await openDocument(file);
  const page = new TestPage(at.document);
  await page.get("ready", { version: PROTOCOL_VERSION });
  opened = { page, at };
  return new Composing(page, at);
}

class Composing {
  constructor(
    readonly page: TestPage,
    readonly at: OpenDocument,
  ) {}

  get outline() {
    return this.at.document.outline;
  }

  get revision(): number {
    return this.at.document.revision;
  }

  model(): Promise<ComposeModel> {
    return this.page.get("getCompose", { object: "" });
  }

  async labels(kind: number): Promise<string[]> {
    return (await this.model()).recipients.flatMap((each) => (each.kind === kind ? [each.label] : []));
  }

  add(kind: number, text: string, before?: string) {
    const { revision } = this;
    return this.page.get("addRecipients", {
      object: "",
      kind,
      text,
      revision,
      ...(before === undefined ? {} : { before }),
    });
  }

  set(field: string, value: ComposeValue) {
    return this.page.get("setField", { object: "", field, value, revision: this.revision });
  }

  refuse(field: string, value: ComposeValue) {
    return this.page.refusal("setField", { object: "", field, value, revision: this.revision });
  }

  async field(id: string): Promise<ComposeField> {
    const { from, options, form } = await this.model();
    const found = [...(from ? [from] : []), ...options, ...form].find((field) => field.id === id);
    assert.ok(found, id);
    return found;
  }

  body(
    kind: "html" | "text",
    content: string,
    accepted: string[] = [],
    pictures: { contentId: string; name: string; bytes: Uint8Array }[] = [],
  ) {
    return this.page.get("setBody", {
      object: "",
      kind,
      content,
      pictures,
      accepted,
      revision: this.revision,
    });
  }

  value(tag: number): unknown {
    return readerOf(this.outline, "").value(tag);
  }

  named(guid: string, id: number): unknown {
    return readerOf(this.outline, "").value({ guid, id });
  }

  bytes(): Uint8Array {
    return Uint8Array.from(this.at.document.currentBytes());
  }

  /** Does something that is to be one edit, and its undo and redo. */
  async undoes(task: () => Promise<unknown>): Promise<void> {
    const before = this.outline.snapshot();
    const edits = this.at.edits.length;
    await task();
    assert.equal(this.at.edits.length, edits + 1, "one edit");
    const after = this.outline.snapshot();
    const edit = this.at.edits[edits];
    assert.ok(edit && edit.label !== "");
    await edit.undo();
    assert.equal(this.outline.snapshot().message, before.message);
    assert.equal(this.outline.snapshot().names, before.names);
    await edit.redo();
    assert.equal(this.outline.snapshot().message, after.message);
  }
}

const PNG = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3]);

describe("the composer's requests", () => {
  afterEach(() => {
    opened?.page.dispose();
    opened?.at.document.dispose();
    opened = undefined;
  });

  describe("recipients", () => {
    it("are added from a typed list, with all that Outlook needs; what is no address is said", async () => {
      const at = await compose();
      await at.undoes(async () => {
        const { added, refused } = await at.add(1, '"Weiß, Zoë" <zoe@example.com>, nobody; b@example.org');
        assert.equal(added.length, 2);
        assert.deepEqual(
          refused.map(({ text }) => text),
          ["nobody"],
        );
        assert.match(refused[0]?.reason ?? "", /no address/i);
      });
      assert.deepEqual(await at.labels(1), ["Weiß, Zoë", "b@example.org"]);
      const [first] = (await at.model()).recipients;
      const reader = readerOf(at.outline, first!.object);
      assert.equal(reader.text(PR_EMAIL_ADDRESS), "zoe@example.com");
      assert.ok((reader.bytes(PR_ENTRYID)?.length ?? 0) > 24);
      assert.equal(new TextDecoder().decode(reader.bytes(PR_SEARCH_KEY)), "SMTP:ZOE@EXAMPLE.COM\0");
      assert.equal(first!.text, '"Weiß, Zoë" <zoe@example.com>');
      assert.equal(at.value(PR_DISPLAY_TO), "Weiß, Zoë; b@example.org");
    });

    it("that are all no addresses are no edit", async () => {
      const at = await compose();
      const { added, refused } = await at.add(1, "nobody, @x");
      assert.deepEqual(added, []);
      assert.equal(refused.length, 2);
      assert.equal(at.at.edits.length, 0);
    });

    it("are moved between To, Cc and Bcc and among each other, changed and removed", async () => {
      const at = await compose();
      await at.add(1, "a@example.com; b@example.com; c@example.com");
      const [a, b, c] = (await at.model()).recipients.map(({ object }) => object) as [string, string, string];
      const move = (objects: string[], kind: number, before?: string) =>
        at.page.get("moveRecipients", {
          objects,
          kind,
          revision: at.revision,
          ...(before === undefined ? {} : { before }),
        });
      await at.undoes(() => move([b], 2));
      assert.deepEqual(await at.labels(1), ["a@example.com", "c@example.com"]);
      assert.deepEqual(await at.labels(2), ["b@example.com"]);
      assert.equal(at.value(PR_DISPLAY_CC), "b@example.com");
      await at.undoes(() => move([c], 1, a));
      assert.deepEqual(await at.labels(1), ["c@example.com", "a@example.com"]);
      await at.undoes(() => move([a, b], 3));
      assert.deepEqual(await at.labels(3), ["a@example.com", "b@example.com"]);
      await at.undoes(() =>
        at.page.get("changeRecipient", { object: b, text: "Bea <bea@example.com>", revision: at.revision }),
      );
      assert.deepEqual(await at.labels(3), ["a@example.com", "Bea"]);
      assert.equal(readerOf(at.outline, b).text(PR_DISPLAY_NAME), "Bea");
      const refused = await at.page.refusal("changeRecipient", {
        object: b,
        text: "x; y",
        revision: at.revision,
      });
      assert.equal(refused.code, "invalid");
      await at.undoes(() => at.page.get("removeRecipients", { objects: [a, c], revision: at.revision }));
      assert.equal((await at.model()).recipients.length, 1);
    });

    it("that a code page cannot hold are refused, and nothing is changed", async () => {
      const at = await compose("unsentMail", 1252);
      const error = await at.page.refusal("addRecipients", {
        object: "",
        kind: 1,
        text: "a@example.com, 春 <h@example.com>",
        revision: at.revision,
      });
      assert.match(error.message, /春/);
      assert.deepEqual((await at.model()).recipients, []);
    });

    it("are not touched by a page that lags behind", async () => {
      const at = await compose();
      const error = await at.page.refusal("addRecipients", {
        object: "",
        kind: 1,
        text: "a@example.com",
        revision: at.revision + 7,
      });
      assert.equal(error.code, "stale");
    });
  });

  describe("the body", () => {
    it("is written in every form the message has", async () => {
      const at = await compose();
      await at.undoes(() => at.body("html", "<p>Grüße, <b>春</b></p>"));
      assert.match(String(at.value(PR_BODY)), /^Grüße, 春/);
      assert.match(new TextDecoder().decode(at.value(PR_HTML) as Uint8Array), /<b>春<\/b>/);
      await at.undoes(async () => at.body("text", "Only text", [...(await lossesOf(at)).text]));
      assert.equal(at.value(PR_HTML), undefined);
      assert.equal(at.value(PR_BODY), "Only text");
    });

    it("of a file is undone to the very same bytes, whatever form was edited", async () => {
      const before = quarterFigures().bytes;
      const file = await temporaryFile("figures.msg", before);
      const at = await composeOn(file);
      const losses = await lossesOf(at);
      await at.body("html", "<p>another</p>", [...losses.html]);
      await at.body("text", "plain", [...losses.text, ...(await lossesOf(at)).text]);
      await at.body("html", "");
      assert.notDeepEqual(at.bytes(), before);
      for (const edit of [...at.at.edits].reverse()) await edit.undo();
      assert.deepEqual(at.bytes(), Uint8Array.from(before));
    });

    it("tells what would be lost and writes nothing before somebody says yes", async () => {
      const at = await compose();
      await at.body("html", '<p>see <a href="https://example.com">here</a></p>');
      const edits = at.at.edits.length;
      const { losses } = await at.body("text", "see here");
      assert.ok(losses.length > 0);
      assert.ok(losses.includes(BODY_MESSAGES.lossFormatting));
      assert.equal(at.at.edits.length, edits);
      assert.deepEqual((await lossesOf(at)).text, losses);
      const again = await at.body("text", "see here", [...losses]);
      assert.deepEqual(again.losses, []);
      assert.equal(at.value(PR_BODY), "see here");
    });

    it("of RTF is edited as HTML, and the RTF is kept in step", async () => {
      const at = await compose();
      await at.body("html", "<p>one</p>");
      at.at.document.edit("RTF", (outline) =>
        outline.setProperty("", PR_RTF_COMPRESSED, new TextEncoder().encode("{\\rtf1\\ansi one\\par}")),
      );
      await at.body("html", "<p>two</p>", [...(await lossesOf(at)).html]);
      const forms = bodiesOf(bodySourceOfOutline(at.outline, "")).forms;
      assert.ok(forms.some(({ tag }) => tag === PR_RTF_COMPRESSED));
      for (const { text } of forms) assert.match(text, /^two/);
    });

    it("brings its pictures, and takes away those that it shows no more", async () => {
      const at = await compose();
      const picture = { contentId: "p1@x", name: "dot.png", bytes: PNG };
      await at.undoes(() => at.body("html", '<p><img src="cid:p1@x"></p>', [], [picture]));
      const { pictures } = await at.model();
      assert.deepEqual(
        pictures.map(({ contentId }) => contentId),
        ["p1@x"],
      );
      const [attachment] = at.outline.message("").attachments;
      assert.equal(at.outline.property(attachment!.address, PR_ATTACH_CONTENT_ID)?.value, "p1@x");
      await at.undoes(() => at.body("html", "<p>none</p>"));
      assert.deepEqual((await at.model()).pictures, []);
    });

    it("has a stamp that is another one whenever it is another one", async () => {
      const at = await compose();
      const stamps = [(await at.model()).bodyStamp];
      stamps.push((await at.body("text", "a")).stamp, (await at.body("text", "b")).stamp);
      assert.equal(new Set(stamps).size, 3);
      await at.set("importance", 2);
      assert.equal((await at.model()).bodyStamp, stamps[2]);
    });

    it("of 8 bits tells of characters that the code page does not have", async () => {
      const at = await compose("unsentMail", 1252);
      const { losses } = await at.body("text", "春");
      assert.deepEqual(losses, [BODY_MESSAGES.lossCodePage]);
    });
  });

  describe("fields", () => {
    it("of a mail are written with what depends on them, each undone as one", async () => {
      const at = await compose();
      await at.undoes(() => at.set("subject", "RE: Figures"));
      assert.equal(at.value(PR_SUBJECT), "RE: Figures");
      assert.equal(at.value(PR_CONVERSATION_TOPIC), "Figures");
      await at.undoes(() => at.set("importance", 2));
      assert.equal(at.value(PR_IMPORTANCE), 2);
      assert.equal(at.value(PR_PRIORITY), 1);
      await at.undoes(() => at.set("sensitivity", 2));
      assert.equal(at.named(PSETID_COMMON, 0x8506), true);
      await at.undoes(() => at.set("categories", [" Work", "work", "", "Köln "]));
      assert.deepEqual((await at.field("categories")).value, ["Work", "Köln"]);
      await at.undoes(() => at.set("flag", 2));
      assert.equal(at.named(PSETID_COMMON, 0x8530), "Follow up");
      await at.undoes(() => at.set("flag", 1));
      assert.equal(at.named(PSETID_TASK, 0x811c), true);
      await at.undoes(() => at.set("flag", 0));
      assert.equal(at.named(PSETID_COMMON, 0x8530), undefined);
      await at.undoes(() => at.set("replyTo", "Ann <a@example.com>; b@example.com"));
      assert.equal(at.value(PR_REPLY_RECIPIENT_NAMES), "Ann;b@example.com");
      assert.equal((await at.field("replyTo")).value, "Ann <a@example.com>; b@example.com");
      await at.undoes(() => at.set("replyTo", ""));
      assert.equal((await at.field("replyTo")).value, null);
      assert.equal((await at.refuse("replyTo", "nobody")).code, "invalid");
    });

    it("of a mail say who it is from and who sends it for them, with all that Outlook needs", async () => {
      const at = await compose();
      const parts = (): unknown[] => [
        at.value(PR_SENDER_NAME),
        at.value(PR_SENDER_EMAIL_ADDRESS),
        at.value(PR_SENT_REPRESENTING_NAME),
        at.value(PR_SENT_REPRESENTING_EMAIL_ADDRESS),
      ];
      await at.undoes(() => at.set("from", "Chief <chief@example.org>"));
      assert.deepEqual(parts(), ["Chief", "chief@example.org", "Chief", "chief@example.org"]);
      assert.equal(at.value(PR_SENDER_ADDRTYPE), "SMTP");
      assert.equal(at.value(PR_SENDER_SMTP_ADDRESS), "chief@example.org");
      for (const tag of [PR_SENDER_ENTRYID, PR_SENT_REPRESENTING_ENTRYID]) {
        assert.deepEqual(
          at.value(tag),
          oneOffEntryId({ name: "Chief", address: "chief@example.org" }, { unicode: true }),
        );
      }
      assert.deepEqual(
        at.value(PR_SENT_REPRESENTING_SEARCH_KEY),
        new TextEncoder().encode("SMTP:CHIEF@EXAMPLE.ORG\0"),
      );
      assert.equal((await at.field("sender")).value, null);

      await at.undoes(() => at.set("sender", "ann@example.org"));
      assert.deepEqual(parts(), ["ann@example.org", "ann@example.org", "Chief", "chief@example.org"]);
      assert.equal((await at.field("sender")).value, "ann@example.org");
      // Who sends it stays when it is from somebody else.
      await at.undoes(() => at.set("from", "Boss <boss@example.org>"));
      assert.deepEqual(parts(), ["ann@example.org", "ann@example.org", "Boss", "boss@example.org"]);
      await at.undoes(() => at.set("sender", null));
      assert.deepEqual(parts(), ["Boss", "boss@example.org", "Boss", "boss@example.org"]);
      await at.undoes(() => at.set("from", null));
      assert.deepEqual(parts(), [undefined, undefined, undefined, undefined]);
      assert.equal((await at.refuse("from", "a@example.org, b@example.org")).code, "invalid");
      assert.equal((await at.refuse("sender", "nobody")).code, "invalid");
    });

    it("of a mail say whether it is read and sent, and when", async () => {
      const at = await compose();
      assert.equal((await at.field("isSent")).value, false);
      await at.undoes(() => at.set("isSent", true));
      assert.equal(Number(at.value(PR_MESSAGE_FLAGS)) & 8, 0);
      assert.ok(at.value(PR_CLIENT_SUBMIT_TIME));
      await at.undoes(() => at.set("isRead", false));
      assert.equal(Number(at.value(PR_MESSAGE_FLAGS)) & 1, 0);
      const when = Date.UTC(2026, 2, 1, 9, 12);
      await at.undoes(() => at.set("sent", when));
      assert.equal(at.value(PR_CLIENT_SUBMIT_TIME), fileTimeOfMs(when));
      await at.undoes(() => at.set("sent", null));
      assert.equal(at.value(PR_CLIENT_SUBMIT_TIME), undefined);
    });

    it("that have the value already are no edit", async () => {
      const at = await compose();
      await at.set("importance", 1);
      await at.set("subject", "");
      await at.set("categories", []);
      assert.equal(at.at.edits.length, 0);
    });

    it("of an appointment keep all its times together", async () => {
      const at = await compose("appointment");
      // Typed with the clock of the appointment's zone: of a new one that of the machine.
      const clock = Date.UTC(2026, 4, 5, 8, 0);
      const start = new Date(2026, 4, 5, 8, 0).getTime();
      await at.undoes(() => at.set("start", clock));
      assert.equal((await at.field("start")).kind, "clock");
      assert.equal((await at.field("start")).value, clock);
      const end = start + 30 * 60_000;
      for (const time of [
        at.value(PR_START_DATE),
        at.named(PSETID_APPOINTMENT, 0x820d),
        at.named(PSETID_COMMON, 0x8516),
        at.named(PSETID_COMMON, 0x8502),
      ]) {
        assert.equal(time, fileTimeOfMs(start));
      }
      assert.equal(at.value(PR_END_DATE), fileTimeOfMs(end));
      assert.equal(at.named(PSETID_COMMON, 0x8560), fileTimeOfMs(start - 15 * 60_000));
      await at.undoes(() => at.set("end", clock + 90 * 60_000));
      assert.equal(at.named(PSETID_APPOINTMENT, 0x8213), 90);
      assert.equal((await at.refuse("end", clock - 1)).message, FIELD_MESSAGES.endBeforeStart);
      await at.undoes(() => at.set("allDay", true));
      const day = new Date((await at.field("start")).value as number);
      assert.deepEqual([day.getUTCHours(), day.getUTCMinutes()], [0, 0]);
      await at.undoes(() => at.set("reminderMinutes", 60));
      assert.equal(at.named(PSETID_COMMON, 0x8501), 60);
      await at.undoes(() => at.set("location", "Room 1"));
      assert.equal(at.named(PSETID_APPOINTMENT, 0x8208), "Room 1");
    });

    it("of an appointment give it another time zone, which is undone to the very same bytes", async () => {
      const made = await compose("appointment");
      const before = made.bytes();
      made.page.dispose();
      made.at.document.dispose();
      const at = await composeOn(await temporaryFile("zone.msg", before));
      const [start, end] = [(await at.field("start")).value, (await at.field("end")).value];
      const { zones = [], kind } = await at.field("timeZone");
      assert.equal(kind, "zone");
      assert.ok(
        zones.some(
          ({ description }) => description.includes("Kathmandu") || description.includes("Katmandu"),
        ),
      );
      const moment = at.value(PR_START_DATE);
      await at.undoes(() => at.set("timeZone", "Nepal Standard Time"));
      assert.equal((await at.field("timeZone")).value, "Nepal Standard Time");
      assert.notEqual(at.value(PR_START_DATE), moment);
      assert.deepEqual([(await at.field("start")).value, (await at.field("end")).value], [start, end]);
      assert.equal((await at.refuse("timeZone", "Nowhere")).message, FIELD_MESSAGES.unknownZone);
      assert.notDeepEqual(at.bytes(), before);
      for (const edit of [...at.at.edits].reverse()) await edit.undo();
      assert.deepEqual(at.bytes(), before);
    });

    it("of a contact make its names and how it is filed", async () => {
      const at = await compose("contact");
      await at.set("given", "Zoë");
      await at.undoes(() => at.set("surname", "Weiß"));
      assert.equal(at.value(PR_DISPLAY_NAME), "Zoë Weiß");
      assert.equal(at.value(PR_SUBJECT), "Zoë Weiß");
      assert.equal((await at.field("fileAs")).value, "Weiß, Zoë");
      await at.undoes(() => at.set("email1", "zoe@example.com"));
      assert.equal(at.named(PSETID_ADDRESS, 0x8080), "Zoë Weiß (zoe@example.com)");
      assert.equal(at.named(PSETID_ADDRESS, 0x8029), 1);
      await at.undoes(() => at.set("email3", "z3@example.com"));
      assert.deepEqual(at.named(PSETID_ADDRESS, 0x8028), [0, 2]);
      await at.undoes(() => at.set("email1", ""));
      assert.deepEqual(at.named(PSETID_ADDRESS, 0x8028), [2]);
      assert.equal(at.named(PSETID_ADDRESS, 0x8083), undefined);
      await at.undoes(() => at.set("workStreet", "Rheinufer 12"));
      await at.undoes(() => at.set("workCity", "Köln"));
      assert.equal(at.named(PSETID_ADDRESS, 0x801b), "Rheinufer 12\r\nKöln");
      const day = Date.UTC(1984, 5, 21);
      await at.undoes(() => at.set("birthday", day));
      assert.equal((await at.field("birthday")).value, day);
    });

    it("of a task say the same of status, percentage and completion", async () => {
      const at = await compose("task");
      await at.undoes(() => at.set("percentComplete", 40));
      assert.equal((await at.field("taskStatus")).value, 1);
      await at.undoes(() => at.set("taskStatus", 2));
      assert.equal((await at.field("percentComplete")).value, 100);
      assert.equal(at.named(PSETID_TASK, 0x811c), true);
      const done = (await at.field("taskCompleted")).value as number;
      const now = new Date();
      assert.equal(done, Date.UTC(now.getFullYear(), now.getMonth(), now.getDate()));
      await at.undoes(() => at.set("percentComplete", 50));
      assert.equal(at.named(PSETID_TASK, 0x811c), false);
      assert.equal((await at.field("taskCompleted")).value, null);
      const due = Date.UTC(2026, 6, 1);
      await at.undoes(() => at.set("taskDue", due));
      assert.equal(at.named(PSETID_TASK, 0x8105), fileTimeOfMs(due));
      assert.equal((await at.refuse("percentComplete", 101)).message, FIELD_MESSAGES.notPercent);
    });
  });
});

/** What editing the body would lose, as the page is told beforehand. */
async function lossesOf(at: Composing): Promise<Readonly<Record<"html" | "text", readonly string[]>>> {
  return (await at.page.get("getComposeBody", { object: "" })).losses;
}
