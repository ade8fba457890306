/** A message written from nothing, by keyboard, in the real editor; saved, and read by the programs of other people. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { describe, it } from "mocha";
import type { FrameLocator } from "playwright-core";
import { makeSample, props } from "../../scripts/samples/kit";
import { quarterFigures } from "../../scripts/samples/mails";
import { roundMark } from "../../scripts/samples/png";
import {
  PR_ATTACH_CONTENT_ID,
  PR_BODY,
  PR_DISPLAY_TO,
  PR_HTML,
  PR_MESSAGE_FLAGS,
  PR_SUBJECT,
  setEvery,
} from "../../src/core";
import { firstThatRuns, jsonLines, output, scriptOf } from "../interop/programs";
import { sha256 } from "../interop/reading";
import { outlineOf } from "../support/mail";
import { until, type VsCodePage, withVsCode } from "./harness";

const SUBJECT = "Grüße – written from nothing";
const NOTES = "Ten chairs\nfour tables\n";
const INNER = "Inner: agenda";
const innerMessage = (): Uint8Array =>
  makeSample({ name: "inner.msg", seed: 5 }, (message) => {
    setEvery(message, props([PR_SUBJECT, INNER], [PR_BODY, "Item one\r\n"]));
  }).bytes;

const SETTINGS = { "msgSession.defaultView": "message" };

async function compose(code: VsCodePage): Promise<FrameLocator> {
  await code.runCommand("MSG Session: New Message Session");
  await code.quickInput.pick("Unsent Mail");
  await code.quickInput.pick("Unicode");
  await code.tab("Untitled-1.msg").waitFor();
  const frame = code.webview();
  await frame.locator(".composer").waitFor({ timeout: 60_000 });
  return frame;
}

/** What programs of other people find in a file; those that are not installed are left out. */
function readByOthers(file: string): Record<string, unknown> {
  const found: Record<string, unknown> = {};
  const python = firstThatRuns(["python3", "/usr/bin/python3", "python"], ["-c", "import olefile"]);
  if (python !== undefined)
    [found["olefile"]] = jsonLines(output(python, [scriptOf("readWithOlefile.py")], file));
  if (
    python !== undefined &&
    firstThatRuns(["perl"], ["-MEmail::Outlook::Message", "-e", "1"]) !== undefined
  ) {
    assert.equal(spawnSync("msgconvert", ["--outfile", `${file}.eml`, file]).status, 0);
    [found["msgconvert"]] = jsonLines(output(python, [scriptOf("readMails.py")], `${file}.eml`));
  }
  const jars = process.env["POI_JARS"] ?? "/usr/share/java";
  const classPath = ["poi", "poi-scratchpad", "commons-codec", "commons-collections4", "commons-math3"].map(
    (name) => path.join(jars, `${name}.jar`),
  );
  if (classPath.every((jar) => existsSync(jar)) && firstThatRuns(["java"], ["-version"]) !== undefined) {
    const args = ["-cp", classPath.join(path.delimiter), scriptOf("ReadWithPoi.java")];
    [found["poi"]] = jsonLines(output("java", args, `${file}\n`));
  }
  return found;
}

interface OtherAttachment {
  readonly hash: string | null;
  readonly embedded: string | null;
}

describe("the composer", () => {
  it("writes a message from nothing by keyboard, and other programs read what was written", async function () {
    this.timeout(300_000);
    const files = { "notes.txt": NOTES, "inner.msg": innerMessage() };
    await withVsCode({ files, settings: SETTINGS }, async (code) => {
      const frame = await compose(code);
      const { keyboard } = code.page;
      await frame.locator("#compose-kind-1").focus();
      await keyboard.type("Ann Lee <ann@example.com>; bob@example.org");
      await keyboard.press("Enter");
      await frame.locator(".compose-chip", { hasText: "bob@example.org" }).waitFor();
      await keyboard.press("Tab");
      await keyboard.type('"Weiß, Zoë" <zoe@example.com>');
      await keyboard.press("Tab");
      await frame.locator(".compose-chip", { hasText: "Weiß, Zoë" }).waitFor();
      await keyboard.press("Tab");
      await keyboard.type(SUBJECT);
      await keyboard.press("Enter");
      for (const name of ["notes.txt", "inner.msg"]) {
        await frame.locator("vscode-button", { hasText: "Add attachments" }).focus();
        await keyboard.press("Enter");
        await code.answerFileDialog(name);
        const shown = name === "inner.msg" ? INNER : name;
        await frame.locator(".attachment-name", { hasText: shown }).waitFor();
      }
      const paper = frame.frameLocator(".compose-frame").locator("body");
      await paper.focus();
      await keyboard.type("Hello ");
      await keyboard.press("Control+b");
      await keyboard.type("everybody");
      await keyboard.press("Control+b");
      await keyboard.press("Enter");
      await keyboard.type("春 and more");
      await frame
        .locator(".compose-body input[type=file]")
        .setInputFiles({ name: "mark.png", mimeType: "image/png", buffer: Buffer.from(roundMark()) });
      await paper.locator("img[data-msg-cid]").waitFor();
      await code.screenshot("compose-written");
      await code.saveAs("made.msg");
      await code.waitForDirty("made.msg", false);

      const saved = outlineOf(await code.workspace.read("made.msg"));
      assert.equal(saved.property("", PR_SUBJECT)?.value, SUBJECT);
      assert.equal(saved.property("", PR_DISPLAY_TO)?.value, "Ann Lee; bob@example.org");
      assert.equal(Number(saved.property("", PR_MESSAGE_FLAGS)?.value) & 8, 8);
      const body = String(saved.property("", PR_BODY)?.value);
      assert.match(body, /Hello everybody(?:\r\n)+春 and more/);
      const html = new TextDecoder().decode(saved.property("", PR_HTML)?.value as Uint8Array);
      assert.match(html, /<b>everybody<\/b>|font-weight:\s*bold[^>]*>everybody/);
      const { attachments } = saved.message("");
      assert.equal(attachments.length, 3);
      const contentId = attachments
        .map(({ address }) => saved.property(address, PR_ATTACH_CONTENT_ID)?.value)
        .find((id) => typeof id === "string");
      assert.ok(typeof contentId === "string" && html.includes(`cid:${contentId}`));

      const others = readByOthers(code.workspace.path("made.msg")) as {
        olefile?: { error?: string; issues: string[]; entries: { type: string; hash: string }[] };
        msgconvert?: {
          subject: string;
          to: string;
          cc: string;
          body: string;
          attachments: OtherAttachment[];
        };
        poi?: {
          subject: string;
          displayTo: string;
          body: string;
          recipients: { address: string }[];
          attachments: OtherAttachment[];
        };
      };
      const notes = sha256(Buffer.from(NOTES));
      const picture = sha256(roundMark());
      const { olefile, msgconvert, poi } = others;
      if (olefile) {
        assert.equal(olefile.error, undefined);
        assert.deepEqual(olefile.issues, []);
        const hashes = olefile.entries.map(({ hash }) => hash);
        // Streams by their content: olefile knows storages, and not what they mean.
        const texts = [
          SUBJECT,
          body,
          html,
          "Ann Lee",
          "ann@example.com",
          "bob@example.org",
          "Weiß, Zoë",
          INNER,
        ];
        const wide = texts.map((text) => sha256(Buffer.from(text, text === html ? "utf8" : "utf16le")));
        for (const [i, hash] of [notes, picture, ...wide].entries())
          assert.ok(hashes.includes(hash), `olefile finds ${["notes", "picture", ...texts][i] ?? ""}`);
      }
      if (msgconvert) {
        assert.equal(msgconvert.subject, SUBJECT);
        assert.match(msgconvert.to, /Ann Lee.*<ann@example\.com>.*bob@example\.org/);
        assert.match(msgconvert.cc, /zoe@example\.com/);
        // msgconvert encodes a text twice when a message is attached to it.
        const plain = (text: string): string => text.trimEnd().replace(/\r/g, "");
        const once = Buffer.from(msgconvert.body, "latin1").toString("utf8");
        assert.ok([msgconvert.body, once].map(plain).includes(plain(body)), msgconvert.body);
        const hashes = msgconvert.attachments.map(({ hash }) => hash);
        assert.ok(hashes.includes(notes) && hashes.includes(picture));
        assert.ok(msgconvert.attachments.some(({ embedded }) => embedded === INNER));
      }
      if (poi) {
        assert.equal(poi.subject, SUBJECT);
        assert.equal(poi.displayTo, "Ann Lee; bob@example.org");
        assert.equal(poi.body, body);
        assert.deepEqual(
          poi.recipients.map(({ address }) => address),
          ["ann@example.com", "bob@example.org", "zoe@example.com"],
        );
        const hashes = poi.attachments.map(({ hash }) => hash);
        assert.ok(hashes.includes(notes) && hashes.includes(picture));
        assert.ok(poi.attachments.some(({ embedded }) => embedded === INNER));
      }
    });
  });

  it("undoes what was typed with VS Code's own undo, and takes it back", async function () {
    this.timeout(180_000);
    await withVsCode({ settings: SETTINGS }, async (code) => {
      const frame = await compose(code);
      const { keyboard } = code.page;
      const paper = frame.frameLocator(".compose-frame").locator("body");
      await paper.focus();
      await keyboard.type("one");
      await code.waitForDirty("Untitled-1.msg");
      await keyboard.press("Control+z");
      await until("the text to be gone", async () => (await paper.innerText()).trim() === "");
      await code.runCommand("Redo");
      await until("the text to be back", async () => (await paper.innerText()).trim() === "one");
    });
  });

  it("has room and contrast in every theme, wide and narrow", async function () {
    this.timeout(240_000);
    const files = { "figures.msg": quarterFigures().bytes };
    await withVsCode({ files, settings: SETTINGS }, async (code) => {
      const frame = await code.openFile("figures.msg");
      await frame.locator(".message-actions vscode-button").click();
      await frame.locator(".composer .compose-chip").first().waitFor();
      const paper = frame.frameLocator(".compose-frame").locator("body");
      await paper.locator("table").waitFor();
      await frame.locator("summary", { hasText: "Options" }).click();
      for (const theme of ["light", "hc-black", "dark"] as const) {
        await code.setTheme(theme);
        await code.page.setViewportSize({ width: 1280, height: 800 });
        await code.screenshot(`compose-${theme}-wide`);
        await code.page.setViewportSize({ width: 620, height: 800 });
        await code.screenshot(`compose-${theme}-narrow`);
        const composer = frame.locator(".composer");
        const wide = await composer.evaluate((element) =>
          Array.from(element.querySelectorAll("*"))
            .filter((each) => each.getBoundingClientRect().right > element.getBoundingClientRect().right + 1)
            .map((each) => each.className)
            .slice(0, 5),
        );
        assert.deepEqual(wide, [], `${theme}: wider than the composer`);
      }
    });
  });
});
