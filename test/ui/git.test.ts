import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { before, describe, it } from "mocha";
import { promisify } from "node:util";
import { mail } from "../support/mail";
import { until, type VsCodePage, withVsCode } from "./harness";
import { MsgEditor } from "./support/msgEditor";

const SUBJECT = "0037001F";
const run = promisify(execFile);

/** Runs Git in a folder, with a name of its own and none of the person's settings. */
async function git(folder: string, ...args: readonly string[]): Promise<void> {
  const identity = ["-c", "user.name=Test", "-c", "user.email=test@example.com"];
  const env = { ...process.env, GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_NOSYSTEM: "1" };
  await run("git", [...identity, ...args], { cwd: folder, env });
}

async function hasGit(): Promise<boolean> {
  return run("git", ["--version"]).then(
    () => true,
    () => false,
  );
}

/** A VS Code with Git on a folder in which a message was changed since it was committed. */
async function withChangedMessage(use: (code: VsCodePage) => Promise<void>): Promise<void> {
  // The built-in Git starts with the server's settings.
  const server = { settings: { "git.enabled": true, "git.openRepositoryInParentFolders": "never" } };
  await withVsCode({ files: { "mail.msg": mail() }, server }, async (code) => {
    const { folder } = code.workspace;
    await git(folder, "init", "-q");
    await git(folder, "add", "mail.msg");
    await git(folder, "commit", "-q", "-m", "One");
    await code.workspace.write("mail.msg", mail({ subject: "Changed since" }));
    await code.reload();
    await MsgEditor.open(code, "mail.msg");
    // Git has read the repository when it offers this.
    await code.page.locator('.editor-actions a[aria-label^="Open Changes"]').first().waitFor();
    await use(code);
  });
}

describe("a message in Git", () => {
  before(async function () {
    if (!(await hasGit())) this.skip();
  });

  it("is compared with its last version in two editors side by side, the old one read-only", async () => {
    await withChangedMessage(async (code) => {
      await code.page.locator('.editor-actions a[aria-label^="Open Changes"]').first().click();
      await until(
        "two editors",
        async () => (await code.page.locator("iframe.webview.ready:visible").count()) === 2,
        60_000,
      );
      const editors = [await MsgEditor.inView(code, 0), await MsgEditor.inView(code, 1)];
      // One after the other: there is one keyboard.
      const subjects: string[] = [];
      for (const editor of editors) subjects.push(await editor.valueOf(await editor.find(SUBJECT)));
      await code.screenshot("git-diff");
      assert.deepEqual([...subjects].sort(), ["Changed since", "Quarterly figures"]);
      const old = editors[subjects.indexOf("Quarterly figures")];
      assert.match((await old?.header()) ?? "", /Read-only/);
    });
  });

  it("is compared with its last version property by property", async () => {
    await withChangedMessage(async (code) => {
      await code.runCommand("MSG Session: Compare Message with Git");
      const subject = code
        .webview()
        .locator(".compare-row", { hasText: /^Subject/ })
        .first();
      await subject.waitFor({ timeout: 60_000 });
      assert.equal(await subject.locator(".compare-left").innerText(), "Quarterly figures");
      assert.equal(await subject.locator(".compare-right").innerText(), "Changed since");
      await code.screenshot("git-compare");
    });
  });
});
