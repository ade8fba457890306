import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { describe, it } from "mocha";
import { promisify } from "node:util";
import { mail } from "../support/mail";
import { until, withVsCode } from "./harness";
import { MsgEditor } from "./support/msgEditor";

const SUBJECT = "0037001F";
const run = promisify(execFile);

/** Runs Git in a folder, with a name of its own and none of the person's settings. */
async function git(folder: string, ...args: readonly string[]): Promise<void> {
  const identity = ["-c", "user.name=Test", "-c", "user.email=test@example.com"];
  const env = { ...process.env, GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_NOSYSTEM: "1" };
  await run("git", [...identity, ...args], { cwd: folder, env });
}

describe("a message in Git", () => {
  it("is compared with its last version in two editors side by side, the old one read-only", async function () {
    const hasGit = await run("git", ["--version"]).then(
      () => true,
      () => false,
    );
    if (!hasGit) return this.skip();
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
});
