import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { after, before, describe, it } from "mocha";
import { promisify } from "node:util";
import { PR_SUBJECT } from "../../src/core";
import { mail, valueIn } from "../support/mail";
import { currentSession, withVsCode } from "./harness";
import { MsgEditor } from "./support/msgEditor";

const SUBJECT = "0037001F";

describe("the packaged extension", () => {
  let folder: string;
  let vsix: string;

  before(async function () {
    this.timeout(5 * 60_000);
    folder = await mkdtemp(path.join(os.tmpdir(), "msg-session-vsix-"));
    vsix = path.join(folder, "msg-session.vsix");
    const root = currentSession().extensionPath;
    const script = path.join(root, "scripts", "package.mjs");
    await promisify(execFile)(process.execPath, [script, "--out", vsix], { cwd: root });
  });

  after(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  it("opens a message, edits it, saves it, and keeps unsaved edits over a reload", async () => {
    await withVsCode({ files: { "mail.msg": mail() }, server: { vsix } }, async (code) => {
      let editor = await MsgEditor.open(code, "mail.msg");
      await editor.setValue(SUBJECT, "By the packaged extension");
      await code.save();
      assert.equal(valueIn(await code.workspace.read("mail.msg"), PR_SUBJECT), "By the packaged extension");
      await editor.setValue(SUBJECT, "Not saved yet");
      await code.waitForDirty("mail.msg");
      await code.reload();
      await code.waitForDirty("mail.msg");
      editor = await MsgEditor.inView(code);
      await editor.find(SUBJECT);
      await editor.waitForValue(SUBJECT, "Not saved yet");
      await code.screenshot("packaged");
    });
  });
});
