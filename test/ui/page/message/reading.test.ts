import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { Page } from "playwright-core";
import {
  attachmentProperties,
  PR_BODY,
  PR_HTML,
  PR_INTERNET_CPID,
  PR_MESSAGE_CLASS,
  PR_MESSAGE_FLAGS,
  PR_SUBJECT,
  type PropValue,
} from "../../../../src/core";
import { roundMark } from "../../../../scripts/samples/png";
import { violations } from "../axe";
import { THEMES, type ThemeName } from "../themes";
import { closeMailsAfterwards, expectErrors, openMail, paperText, printed } from "./mailPage";
import { makeMail } from "./mails";

const mailOf = (html: string, ...more: readonly PropValue[]): Uint8Array =>
  makeMail([
    { tag: PR_SUBJECT, value: "Links" },
    { tag: PR_MESSAGE_FLAGS, value: 1 },
    { tag: PR_HTML, value: new TextEncoder().encode(html) },
    { tag: PR_INTERNET_CPID, value: 65001 },
    ...more,
  ]);

/** A mail signed in the clear, with a picture in its text and a file whose name is a path. */
function signedMail(): Uint8Array {
  const entity = [
    "Content-Type: multipart/mixed; boundary=b",
    "",
    "--b",
    "Content-Type: text/html; charset=utf-8",
    "",
    '<p>Signed <img src="cid:mark@example.org" alt="mark"></p>',
    "--b",
    "Content-Type: image/png; name=mark.png",
    "Content-ID: <mark@example.org>",
    "Content-Transfer-Encoding: base64",
    "",
    Buffer.from(roundMark()).toString("base64"),
    "--b",
    "Content-Type: text/plain",
    'Content-Disposition: attachment; filename="../notes.txt"',
    "",
    "notes",
    "--b--",
  ].join("\r\n");
  const properties = [
    { tag: PR_MESSAGE_CLASS, value: "IPM.Note.SMIME.MultipartSigned" },
    { tag: PR_SUBJECT, value: "Signed" },
    { tag: PR_MESSAGE_FLAGS, value: 1 },
  ];
  const bytes = new TextEncoder().encode(entity);
  return makeMail(properties, (outline) => {
    outline.addAttachment("", attachmentProperties({ fileName: "smime.p7m", bytes }));
  });
}

/** Links, where each says that it leads, and the host its text claims. */
const LINKS: readonly (readonly [html: string, said: string, claimed?: string])[] = [
  [`<a href="https://example.org/a?b=1">our figures</a>`, "Leads to https://example.org/a?b=1"],
  [`<a href="https://www.example.org/a">example.org</a>`, "Leads to https://www.example.org/a"],
  [
    `<a href="https://evil.example.net/login">www.bank.example.com</a>`,
    "Leads to https://evil.example.net/login, not to www.bank.example.com",
    "www.bank.example.com",
  ],
  [
    `<a href="https://bank.example.com.evil.example.net/"><b>https://bank.example.com</b>/login</a>`,
    "Leads to https://bank.example.com.evil.example.net/, not to bank.example.com",
    "bank.example.com",
  ],
  [
    `<a href="https://user:pass@evil.example.net/">bank.example.com</a>`,
    "not to bank.example.com",
    "bank.example.com",
  ],
  [`<a href="https://example.org/r.pdf">report.pdf</a>`, "Leads to https://example.org/r.pdf"],
  [`<a href="mailto:ann@example.org">write</a>`, "Leads to mailto:ann@example.org"],
];

/** The middle of an element of the mail, on the page. */
async function middleOf(page: Page, selector: string, index: number): Promise<{ x: number; y: number }> {
  return page.evaluate(
    ([wanted, at]) => {
      const frame = document.querySelector<HTMLIFrameElement>("iframe.mail-frame");
      const element = frame?.contentDocument?.querySelectorAll(wanted)[at];
      if (!frame || !element) throw new Error("There is no such element in the mail.");
      const [outer, inner] = [frame.getBoundingClientRect(), element.getBoundingClientRect()];
      return { x: outer.x + inner.x + inner.width / 2, y: outer.y + inner.y + inner.height / 2 };
    },
    [selector, index] as const,
  );
}

interface PaperLook {
  readonly background: string;
  readonly color: string;
}

const look = (page: Page): Promise<PaperLook> =>
  page.evaluate(() => {
    const body = document.querySelector<HTMLIFrameElement>("iframe.mail-frame")?.contentDocument?.body;
    if (!body) throw new Error("There is no mail.");
    const { backgroundColor, color } = getComputedStyle(body);
    return { background: backgroundColor, color };
  });

const followTheme = (page: Page) => page.locator(".body-toggle", { hasText: "Follow the theme" });

describe("reading in the Message view", function () {
  this.timeout(120_000);
  closeMailsAfterwards();

  it("says where links really lead, warns of another host than the text claims, and tells the host", async () => {
    const page = await openMail(mailOf(LINKS.map(([html]) => `<p>${html}</p>`).join("")));
    const target = page.locator(".link-target");
    for (const [index, [, said, claimed]] of LINKS.entries()) {
      const { x, y } = await middleOf(page, "a", index);
      await page.mouse.move(x, y);
      await target.filter({ hasText: said }).waitFor();
      const isWarning = (await target.getAttribute("class"))?.includes("warning") ?? false;
      assert.equal(isWarning, claimed !== undefined, said);
      await page.mouse.click(x, y);
      await page.waitForFunction((count) => window.mailHost.opened.length === count, index + 1);
      assert.equal(await page.evaluate((at) => window.mailHost.claims[at], index), claimed, said);
    }
    await page.mouse.move(5, 5);
    await target.waitFor({ state: "hidden" });
    const opened = await page.evaluate(() => window.mailHost.opened);
    assert.equal(opened[2], "https://evil.example.net/login");
  });

  it("opens nothing from a link that runs something or leads into the file system, and says so", async () => {
    expectErrors(/javascript:|Content Security Policy|local resource/);
    const dead = ["javascript:top.pwned=1", "file:///etc/passwd", "\\\\server\\share\\a.exe", "vbscript:x"];
    const page = await openMail(mailOf(dead.map((url) => `<p><a href="${url}">link</a></p>`).join("")));
    const count = await page.evaluate(
      () =>
        document.querySelector<HTMLIFrameElement>("iframe.mail-frame")?.contentDocument?.links.length ?? 0,
    );
    const texts = await page.evaluate(() => {
      const mail = document.querySelector<HTMLIFrameElement>("iframe.mail-frame")?.contentDocument;
      return Array.from(mail?.querySelectorAll("p") ?? [], (each) => each.textContent);
    });
    assert.deepEqual(texts, ["link", "link", "link", "link"]);
    for (let index = 0; index < 4; index++) {
      const { x, y } = await middleOf(page, "p", index);
      await page.mouse.click(x, y);
    }
    await page.keyboard.press("Tab");
    assert.ok(count <= 4);
    assert.deepEqual(await page.evaluate(() => window.mailHost.opened), []);
    assert.equal(await page.evaluate(() => "pwned" in window), false);
  });

  it("keeps light paper, follows the theme when asked to, and stays readable", async () => {
    const page = await openMail(mailOf("<p>plain words</p>"), { theme: "dark" });
    assert.deepEqual(await look(page), { background: "rgb(255, 255, 255)", color: "rgb(31, 31, 31)" });
    await followTheme(page).click();
    await printed(page);
    await page.waitForFunction(() => {
      const mail = document.querySelector<HTMLIFrameElement>("iframe.mail-frame")?.contentDocument;
      return (
        mail?.querySelector(".mail")?.textContent.includes("plain words") === true &&
        getComputedStyle(mail.body).color !== "rgb(31, 31, 31)"
      );
    });
    assert.deepEqual(await look(page), { background: "rgb(31, 31, 31)", color: "rgb(204, 204, 204)" });
    assert.equal(await followTheme(page).getAttribute("aria-pressed"), "true");
    // The choice stays for the next mail; one that sets its own dark text stays on light paper, and that is said.
    await page.evaluate(() => window.mailHost.showHtml(`<p style="color: #202020">dark words</p>`));
    await page.locator('[data-bar="keptLight"]').waitFor();
    assert.equal((await look(page)).background, "rgb(255, 255, 255)");
    await page.evaluate(() => window.mailHost.showHtml("<p>plain again</p>"));
    await page.locator('[data-bar="keptLight"]').waitFor({ state: "detached" });
    assert.equal((await look(page)).background, "rgb(31, 31, 31)");
    await followTheme(page).click();
    await page.waitForFunction(() => {
      const mail = document.querySelector<HTMLIFrameElement>("iframe.mail-frame")?.contentDocument;
      return (
        mail?.querySelector(".mail")?.textContent.includes("plain again") === true &&
        getComputedStyle(mail.body).color === "rgb(31, 31, 31)"
      );
    });
  });

  it("switches between the forms there are and their source, and says which one is shown", async () => {
    const page = await openMail(mailOf("<p>from <b>HTML</b></p>", { tag: PR_BODY, value: "from text" }));
    const form = page.locator('select[aria-label="Form of the body"]');
    assert.equal(await page.textContent(".body-origin"), "PR_HTML");
    await form.selectOption({ label: "Plain text" });
    await page.locator(".body-origin", { hasText: "PR_BODY" }).waitFor();
    await printed(page);
    assert.match(await paperText(page), /from text/);
    await form.selectOption({ index: 0 });
    await page.locator(".body-origin", { hasText: "PR_HTML" }).waitFor();
    await page.locator(".body-toggle", { hasText: "Source" }).click();
    await page.locator(".mail-source", { hasText: "<p>from <b>HTML</b></p>" }).waitFor();
  });

  it("lists what is inside a signed mail, to be saved and not changed, and shows its pictures", async () => {
    const page = await openMail(signedMail());
    const image = page.frameLocator("iframe.mail-frame").locator("img");
    await image.waitFor();
    assert.match((await image.getAttribute("src")) ?? "", /^blob:/);
    const names = page.locator(".attachment:visible .attachment-name");
    assert.deepEqual(await names.allInnerTexts(), ["smime.p7m", "../notes.txt"]);
    await page.locator(".attachment", { hasText: "notes.txt" }).click({ button: "right" });
    const items = page.locator(".menu .menu-label");
    await items.first().waitFor();
    assert.deepEqual(await items.allInnerTexts(), ["Save as…", "Copy name"]);
  });

  it("reads the text in another code page when that is chosen, for this view alone", async () => {
    const bytes = Uint8Array.from([0x3c, 0x70, 0x3e, 0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2]);
    const page = await openMail(
      makeMail([
        { tag: PR_SUBJECT, value: "Cyrillic" },
        { tag: PR_MESSAGE_FLAGS, value: 1 },
        { tag: PR_HTML, value: bytes },
        { tag: PR_INTERNET_CPID, value: 1252 },
      ]),
    );
    assert.match(await paperText(page), /Ïðèâåò/);
    await page.locator('select[aria-label="Code page"]').selectOption("1251");
    await page.waitForFunction(() => {
      const mail = document.querySelector<HTMLIFrameElement>("iframe.mail-frame")?.contentDocument;
      return mail?.querySelector(".mail")?.textContent.includes("Привет") === true;
    });
    assert.deepEqual(await page.evaluate(() => window.mailHost.labels.length), 0);
  });

  for (const theme of Object.keys(THEMES) as ThemeName[]) {
    it(`has no accessibility violations in ${theme}`, async () => {
      const page = await openMail(mailOf("<h1>Title</h1><p>words</p>"), { theme, width: 640 });
      await page.locator(".details-toggle").click();
      assert.deepEqual(await violations(page), []);
    });
  }
});
