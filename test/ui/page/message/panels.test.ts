import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { Page } from "playwright-core";
import { teamMeeting } from "../../../../scripts/samples/appointment";
import { contact } from "../../../../scripts/samples/contact";
import { utc } from "../../../../scripts/samples/kit";
import { roundMark } from "../../../../scripts/samples/png";
import {
  attachmentProperties,
  groupMemberProperties,
  MAPI_TO,
  MessageOutline,
  createAllocator,
  openIMsgOnIStg,
  openStorage,
  PR_BODY,
  PR_MESSAGE_CLASS,
  PR_SUBJECT,
  PSETID_APPOINTMENT,
  PSETID_COMMON,
  PSETID_LOG,
  PSETID_MESSAGING,
  PSETID_NOTE,
  PSETID_TASK,
  PT_BINARY,
  PT_DOUBLE,
  PT_LONG,
  PT_SYSTIME,
  PT_UNICODE,
  recipientProperties,
} from "../../../../src/core";
import { violations } from "../axe";
import { THEMES, type ThemeName } from "../themes";
import { newItem } from "./composePage";
import { closeMailsAfterwards, openAnother, openMail } from "./mailPage";
import { makeMail } from "./mails";

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const hex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text.replace(/ /g, ""), "hex"));

type Named = readonly [set: string, id: number | string, type: number, value: unknown];

function setNamed(outline: MessageOutline, values: readonly Named[]): void {
  for (const [guid, id, type, value] of values) {
    const name = typeof id === "number" ? { guid, id } : { guid, name: id };
    outline.setProperty("", outline.tagOfName(name, type), value);
  }
}

/** A message of a class with a text. */
const item = (
  messageClass: string,
  named: readonly Named[] = [],
  fill: (outline: MessageOutline) => void = () => undefined,
): Uint8Array =>
  makeMail(
    [
      { tag: PR_MESSAGE_CLASS, value: messageClass },
      { tag: PR_SUBJECT, value: messageClass },
      { tag: PR_BODY, value: "Some text." },
    ],
    (outline) => {
      setNamed(outline, named);
      fill(outline);
    },
  );

/** A file with changes made to it. */
function changed(bytes: Uint8Array, change: (outline: MessageOutline) => void): Uint8Array {
  const storage = openStorage(bytes);
  const message = openIMsgOnIStg(null, createAllocator(), storage);
  change(new MessageOutline(message));
  message.saveChanges();
  return storage.toBytes();
}

const withPicture = (): Uint8Array =>
  changed(contact().bytes, (outline) => {
    const file = attachmentProperties({ fileName: "ContactPicture.jpg", bytes: roundMark() });
    outline.addAttachment("", [...file, { tag: 0x7fff000b, value: true }]);
  });

const meetingWithAnswers = (): Uint8Array =>
  changed(teamMeeting().bytes, (outline) => {
    const [first, second] = outline.message("").recipients.map(({ address }) => address);
    assert.ok(first !== undefined && second !== undefined);
    outline.setProperty(first, 0x5fff0003, 3);
    outline.setProperty(second, 0x5fff0003, 4);
  });

const VOTES =
  "0201 01000000" +
  "04000000 03596573 0849504D2E4E6F7465 00 03596573 00000000 00 00000000 01000000 02000000 02000000 01000000 FFFFFFFF" +
  "0401 03590065007300 03590065007300";

const REACTIONS = JSON.stringify([{ Type: "like", Name: "Ann Ash", Email: "ann@example.org" }]);

/** An item of every class with a panel, and what its panel says. */
const ITEMS: readonly (readonly [name: string, make: () => Uint8Array, said: readonly RegExp[]])[] = [
  [
    "a meeting with its answers",
    meetingWithAnswers,
    [
      /Start\s.*2026.*\(?.*in W\. Europe Standard Time/s,
      /End\s/,
      /Recurrence\s.*Tuesday/s,
      /Time zone\s+W\. Europe Standard Time/,
      /Marco Bianchi\s+accepted/,
      /Tomáš Dvořák\s+declined/,
      /Required/,
      /Optional/,
    ],
  ],
  [
    "a meeting response",
    () =>
      item("IPM.Schedule.Meeting.Resp.Pos", [
        [PSETID_APPOINTMENT, 0x820d, PT_SYSTIME, utc(2026, 4, 7, 8)],
        [PSETID_APPOINTMENT, 0x8208, PT_UNICODE, "Room 4"],
      ]),
    [/State\s+Accepted/, /Start\s/, /Location\s+Room 4/],
  ],
  [
    "a contact",
    withPicture,
    [
      /E-mail\s+Katharina Vogel katharina\.vogel@example\.de\s/,
      /Rheinufer 12\n50668 Köln\nGermany/,
      /Filed as\s+Vogel, Katharina/,
    ],
  ],
  [
    "a task",
    () =>
      item("IPM.Task", [
        [PSETID_TASK, 0x8101, PT_LONG, 1],
        [PSETID_TASK, 0x8102, PT_DOUBLE, 0.4],
        [PSETID_TASK, 0x8105, PT_SYSTIME, utc(2026, 5, 4)],
        [PSETID_TASK, 0x811f, PT_UNICODE, "Ann Ash"],
      ]),
    [/Status\s+In progress/, /Done\s+40 %/, /Due\s+.*2026/, /Owner\s+Ann Ash/],
  ],
  ["a note", () => item("IPM.StickyNote", [[PSETID_NOTE, 0x8b00, PT_LONG, 1]]), [/Color\s+Green/]],
  [
    "a journal entry",
    () =>
      item("IPM.Activity", [
        [PSETID_LOG, 0x8712, PT_UNICODE, "Phone call"],
        [PSETID_LOG, 0x8706, PT_SYSTIME, utc(2026, 3, 3, 9)],
        [PSETID_LOG, 0x8707, PT_LONG, 90],
      ]),
    [/Kind\s+Phone call/, /Start\s+.*2026/, /Duration\s+1 h 30 min/],
  ],
  [
    "a contact group with its members",
    () =>
      changed(newItem("distributionList"), (outline) => {
        const members = [
          { name: "Ann Ash", address: "ann@example.org" },
          { name: "Bob", address: "bob@example.org" },
        ];
        for (const { name, type, value } of groupMemberProperties(members, { unicode: true }))
          outline.setProperty("", outline.tagOfName(name, type), value);
      }),
    [/Members\s+Ann Ash ann@example\.org\s+Bob bob@example\.org/],
  ],
  [
    "a report",
    () =>
      item("REPORT.IPM.Note.NDR", [], (outline) => {
        outline.setProperty("", 0x0049001f, "Lost mail");
        const bob = { kind: MAPI_TO, name: "Bob", address: "bob@example.org", unicode: true };
        const row = outline.addRecipient("", recipientProperties(bob));
        outline.setProperty(row, 0x0c1b001f, "550 no such user");
      }),
    [/Original subject\s+Lost mail/, /Bob\s+550 no such user/],
  ],
  [
    "a post",
    () => item("IPM.Post", [], (outline) => outline.setProperty("", 0x0070001f, "Fair")),
    [/Conversation\s+Fair/],
  ],
  [
    "a vote",
    () =>
      item("IPM.Note", [
        [PSETID_COMMON, 0x8520, PT_BINARY, hex(VOTES)],
        [PSETID_COMMON, 0x8524, PT_UNICODE, "Yes"],
      ]),
    [/Vote\s+Yes/, /Voted\s+Yes/],
  ],
  [
    "reactions",
    () => item("IPM.Note", [[PSETID_MESSAGING, "ReactionsHistory", PT_BINARY, utf8(REACTIONS)]]),
    [/Reactions\s+👍 Ann Ash/],
  ],
];

/** The head and the panel as a person reads them. */
async function shownText(page: Page): Promise<string> {
  const [head, panel] = await Promise.all([
    page.locator(".message-head").innerText(),
    page.locator(".message-panel").innerText(),
  ]);
  return `${head}\n${panel}`;
}

describe("items in the Message view", function () {
  this.timeout(240_000);
  closeMailsAfterwards();

  it("of every class have a panel with what they are about", async () => {
    const page = await openMail(item("IPM.Note"));
    assert.equal(await page.locator(".message-panel").count(), 0);
    for (const [name, make, said] of ITEMS) {
      await openAnother(page, make());
      const text = await shownText(page);
      for (const pattern of said) assert.match(text, pattern, name);
    }
    await openAnother(page, item("IPM.Something.Unheard.Of"));
    await page.locator(".message-panel").waitFor({ state: "detached" });
    assert.equal(await page.locator(".message-subject").innerText(), "IPM.Something.Unheard.Of");
  });

  it("of a contact show the picture", async () => {
    const page = await openMail(withPicture());
    await page.locator("img.panel-picture").waitFor();
    await page.waitForFunction(() => {
      const image = document.querySelector<HTMLImageElement>("img.panel-picture");
      return image?.complete === true && image.naturalWidth > 0;
    });
  });

  for (const theme of Object.keys(THEMES) as ThemeName[]) {
    it(`have no accessibility violations in ${theme}`, async () => {
      const page = await openMail(meetingWithAnswers(), { theme, width: 700 });
      await page.locator(".details-toggle").click();
      assert.deepEqual(await violations(page), [], "a meeting");
      for (const [name, make] of ITEMS.slice(2, 8)) {
        await openAnother(page, make());
        assert.deepEqual(await violations(page), [], name);
      }
    });
  }
});
