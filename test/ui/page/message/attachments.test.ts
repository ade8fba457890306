import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { Locator, Page } from "playwright-core";
import {
  PR_ATTACH_CONTENT_ID,
  PR_ATTACH_DATA_BIN,
  PR_ATTACHMENT_HIDDEN,
  PR_MESSAGE_FLAGS,
  PR_RENDERING_POSITION,
  PR_RTF_COMPRESSED,
  type PropValue,
  attachmentProperties,
  compressRtf,
  PR_HTML,
  PR_SUBJECT,
} from "../../../../src/core";
import { forwardedThread, quarterFigures } from "../../../../scripts/samples/mails";
import { roundMark } from "../../../../scripts/samples/png";
import { violations } from "../axe";
import { intoText, labels, newItem, openComposer, stored, surface, waitForStored } from "./composePage";
import { closeMailsAfterwards, openMail } from "./mailPage";
import { makeMail } from "./mails";

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64");

interface DroppedFile {
  readonly name: string;
  /** The content, in Base64. */
  readonly content: string;
  /** What the file says its size is, when that is not its length. */
  readonly size?: number;
}

/** Drops files from outside onto an element. */
async function drop(page: Page, selector: string, files: readonly DroppedFile[]): Promise<void> {
  const data = await page.evaluateHandle((list) => {
    const transfer = new DataTransfer();
    for (const { name, content } of list) {
      transfer.items.add(new File([Uint8Array.from(atob(content), (char) => char.charCodeAt(0))], name));
    }
    const sized = Array.from(transfer.files, (file, i) => {
      const size = list[i]?.size;
      return size === undefined ? file : Object.defineProperty(file, "size", { value: size });
    });
    return Object.defineProperty(transfer, "files", { value: sized });
  }, files);
  await page.dispatchEvent(selector, "dragover", { dataTransfer: data });
  await page.dispatchEvent(selector, "drop", { dataTransfer: data });
}

const names = (page: Page): Promise<string[]> =>
  page.locator(".attachment:not([hidden]) .attachment-name").allTextContents();

async function waitForNames(page: Page, wanted: readonly string[]): Promise<void> {
  await page.waitForFunction((text) => {
    const found = Array.from(document.querySelectorAll<HTMLElement>(".attachment-name"))
      .filter((each) => each.closest("[hidden]") === null)
      .map((each) => each.textContent);
    return JSON.stringify(found) === text;
  }, JSON.stringify(wanted));
}

const chip = (page: Page, name: string): Locator =>
  page.locator(".attachment", { has: page.locator(".attachment-name", { hasText: name }) });

/** Chooses something in the menu of an attachment, by the keyboard. */
async function choose(page: Page, name: string, action: string): Promise<void> {
  await chip(page, name).locator('button[aria-label^="Actions"]').focus();
  await page.keyboard.press("Enter");
  await page.locator(".menu-item", { hasText: action }).click();
}

const addresses = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    window.mailHost.document.outline
      .message("")
      .attachments.flatMap(({ address, change }) => (change === "deleted" ? [] : [address])),
  );

const text = (content: string): string => base64(new TextEncoder().encode(content));

describe("attachments in the Message view", function () {
  this.timeout(120_000);
  closeMailsAfterwards();

  it("are dropped as files, several as one edit, a .msg as the message it is", async () => {
    const page = await openComposer(newItem("unsentMail"));
    await drop(page, ".composer", [
      { name: "notes.txt", content: text("ten chairs") },
      { name: "thread.msg", content: base64(forwardedThread().bytes) },
      { name: "empty.bin", content: "" },
    ]);
    await waitForNames(page, ["notes.txt", "FW: Hotel in Lisbon", "empty.bin"]);
    assert.deepEqual(await labels(page), ["Add 3 attachments"]);
    const [notes, thread] = await addresses(page);
    assert.ok(notes !== undefined && thread !== undefined);
    assert.equal(await stored(page, PR_ATTACH_DATA_BIN, notes), "ten chairs");
    assert.equal(await stored(page, PR_SUBJECT, `${thread}/m`), "FW: Hotel in Lisbon");
    assert.equal(await page.evaluate(() => document.querySelector(".drop-target") === null), true);
  });

  it("are dropped onto the text: pictures come into it, other files are attached", async () => {
    const page = await openComposer(newItem("unsentMail"));
    await intoText(page);
    await surface(page)
      .locator("body")
      .evaluate((body, mark) => {
        const data = new DataTransfer();
        const bytes = Uint8Array.from(atob(mark), (char) => char.charCodeAt(0));
        data.items.add(new File([bytes], "mark.png", { type: "image/png" }));
        data.items.add(new File(["ten chairs"], "notes.txt", { type: "text/plain" }));
        body.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
      }, base64(roundMark()));
    await surface(page).locator("img[data-msg-cid]").waitFor();
    await waitForStored(page, PR_HTML, /cid:/);
    await chip(page, "notes.txt").waitFor();
    assert.equal((await addresses(page)).length, 2);
  });

  it("are dropped onto a message that is read, too", async () => {
    const page = await openMail(quarterFigures().bytes);
    const before = await names(page);
    await drop(page, ".message-scroll", [{ name: "more.txt", content: text("more") }]);
    await chip(page, "more.txt").waitFor();
    assert.ok(before.length < (await names(page)).length);
  });

  it("that take long are called off while they are read: the message stays as it was", async () => {
    const page = await openComposer(newItem("unsentMail"));
    await page.evaluate(() => {
      // The first piece of the file comes when the test says so.
      const read = Object.getOwnPropertyDescriptor(Blob.prototype, "arrayBuffer")
        ?.value as Blob["arrayBuffer"];
      const released = new Promise<void>((resolve) => document.addEventListener("release", () => resolve()));
      Blob.prototype.arrayBuffer = async function () {
        await released;
        return read.call(this);
      };
      window.mailHost.callOff();
    });
    await drop(page, ".composer", [{ name: "slow.bin", content: text("slow") }]);
    await page.waitForFunction(() => window.mailHost.progressShown > 0);
    await page.evaluate(() => document.dispatchEvent(new Event("release")));
    await page.waitForFunction(() => window.mailHost.requests.some(({ name }) => name === "cancelUpload"));
    const asked = await page.evaluate(() => window.mailHost.requests.map(({ name }) => name));
    assert.ok(!asked.includes("finishUpload"));
    assert.deepEqual(await addresses(page), []);
    assert.deepEqual(await labels(page), []);
    assert.equal(await page.locator(".banner").count(), 0);
  });

  it("that would not fit are refused before a byte of them is read", async () => {
    const page = await openComposer(newItem("unsentMail"));
    await drop(page, ".composer", [{ name: "disk.iso", content: text("x"), size: 3 * 1024 ** 3 }]);
    await page.locator(".banner", { hasText: "disk.iso" }).filter({ hasText: "Nothing was read" }).waitFor();
    const asked = await page.evaluate(() => window.mailHost.requests.map(({ name }) => name));
    assert.ok(asked.includes("beginUpload") && !asked.includes("sendChunk"));
    assert.deepEqual(await addresses(page), []);
  });

  it("are chosen from disk, renamed, moved, replaced and removed, each as one edit", async () => {
    const page = await openComposer(newItem("unsentMail"));
    const add = page.locator(".compose-top vscode-button", { hasText: "Add attachments" });
    for (const name of ["a.txt", "b.txt"]) {
      await page.evaluate(([path, bytes]) => window.mailHost.choose(path, bytes), [
        `/files/${name}`,
        text(name),
      ] as const);
      await add.click();
      await chip(page, name).waitFor();
    }
    await choose(page, "a.txt", "Rename");
    const field = page.locator(".name-field");
    await field.waitFor();
    // The stem is selected, so that the extension stays.
    await page.keyboard.type("agenda");
    await page.keyboard.press("Enter");
    await waitForNames(page, ["agenda.txt", "b.txt"]);
    await choose(page, "agenda.txt", "Move down");
    await waitForNames(page, ["b.txt", "agenda.txt"]);
    await page.evaluate((bytes) => window.mailHost.choose("/files/new.txt", bytes), text("replaced"));
    await choose(page, "b.txt", "Replace with a file");
    const [first] = await addresses(page);
    assert.ok(first !== undefined);
    await page.waitForFunction(() => window.mailHost.labels.includes("Replace attachment"));
    assert.equal(await stored(page, PR_ATTACH_DATA_BIN, first), "replaced");
    await choose(page, "b.txt", "Delete");
    await waitForNames(page, ["agenda.txt"]);
    assert.deepEqual(await labels(page), [
      "Add attachment a.txt",
      "Add attachment b.txt",
      "Rename attachment",
      "Move attachment",
      "Replace attachment",
      "Delete",
    ]);
  });

  it("are shown in the text under a content id, hidden, and listed again, with the reason said", async () => {
    const page = await openComposer(newItem("unsentMail"));
    await drop(page, ".composer", [{ name: "a.png", content: text("a") }]);
    await chip(page, "a.png").waitFor();
    const [object] = await addresses(page);
    assert.ok(object !== undefined);
    await choose(page, "a.png", "Show in the text");
    const folded = page.locator(".attachment-list .link-button", { hasText: "1 more in the text or hidden" });
    await folded.click();
    await chip(page, "a.png").locator(".attachment-aside", { hasText: "In the text" }).waitFor();
    assert.match(await stored(page, PR_ATTACH_CONTENT_ID, object), /^a\.png@/);
    assert.equal(await stored(page, PR_ATTACHMENT_HIDDEN, object), "true");
    await choose(page, "a.png", "Show in the text");
    await chip(page, "a.png").locator(".attachment-aside").waitFor({ state: "detached" });
    await choose(page, "a.png", "Hide from the list");
    await chip(page, "a.png").locator(".attachment-aside", { hasText: "Hidden" }).waitFor();
    assert.deepEqual(await violations(page), []);
  });

  it("stand at their places in the text of RTF, in the order of their positions, and open from there", async () => {
    const rtf = String.raw`{\rtf1\ansi{\fonttbl{\f0 Arial;}}\f0 see {\objattph  } and {\objattph  } end{\objattph  }\par}`;
    const attached = (fileName: string, position: number): PropValue[] => [
      ...attachmentProperties({ fileName, bytes: new TextEncoder().encode(fileName) }).filter(
        ({ tag }) => tag !== PR_RENDERING_POSITION,
      ),
      { tag: PR_RENDERING_POSITION, value: position },
    ];
    const mail = makeMail(
      [
        { tag: PR_SUBJECT, value: "Places" },
        { tag: PR_MESSAGE_FLAGS, value: 1 },
        { tag: PR_RTF_COMPRESSED, value: compressRtf(new TextEncoder().encode(rtf)) },
      ],
      (outline) => {
        outline.addAttachment("", attached("second & b.txt", 40));
        outline.addAttachment("", attached("first.txt", 4));
      },
    );
    const page = await openMail(mail);
    const places = await page.evaluate(() => {
      const shown = document.querySelector<HTMLIFrameElement>("iframe.mail-frame")?.contentDocument;
      const links = Array.from(
        shown?.querySelectorAll("a.attachment-place") ?? [],
        (link) => link.textContent,
      );
      return { links, text: shown?.body.textContent ?? "" };
    });
    assert.deepEqual(places.links, ["first.txt", "second & b.txt"]);
    // A place that no attachment belongs to says that there was one.
    assert.match(places.text, /see first\.txt and second & b\.txt end\s*\[attachment\]/);
    await page.evaluate(() => {
      const shown = document.querySelector<HTMLIFrameElement>("iframe.mail-frame")?.contentDocument;
      shown?.querySelector<HTMLAnchorElement>("a.attachment-place")?.click();
    });
    await page.waitForFunction(() => window.mailHost.commands.includes("msgSession.openAttachment"));
    // HTML of a mail cannot make itself such places.
    await page.evaluate(() => window.mailHost.showHtml('<p>x<span data-attachment="0">fake</span></p>'));
    await page.waitForFunction(() => {
      const shown = document.querySelector<HTMLIFrameElement>("iframe.mail-frame")?.contentDocument;
      return (
        shown?.querySelector(".mail")?.textContent.includes("fake") === true &&
        shown.querySelector(".attachment-place") === null
      );
    });
  });

  it("are opened in VS Code; an embedded message opens in the view, with a way back", async () => {
    const page = await openMail(forwardedThread().bytes);
    await chip(page, "My comments.txt").locator(".attachment-main").click();
    await page.waitForFunction(() => window.mailHost.commands.includes("msgSession.openAttachment"));
    await chip(page, "Hotel in Lisbon").locator(".attachment-main").click();
    await page.locator(".message-subject", { hasText: /^Hotel in Lisbon$/ }).waitFor();
    await page.locator(".path-step").first().click();
    await page.locator(".message-subject", { hasText: "FW: Hotel in Lisbon" }).waitFor();
  });
});
