/** The program `msg-session`: what it prints, where, and with which exit code; and git that shows messages with it. */
import assert from "node:assert/strict";
import { execFileSync, execSync, spawnSync } from "node:child_process";
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, before, describe, it } from "mocha";
import { build } from "esbuild";
import { importJson, openStorage } from "../../../src/core";
import { parseCommand } from "../../../src/cli/options";
import { mail, valueIn } from "../../support/mail";
import { contentsOf, differences } from "../session/support/open";

interface Result {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

describe("program msg-session", function () {
  this.timeout(120_000);
  let folder = "";
  const inFolder = (name: string): string => path.join(folder, name);

  /** Runs the program in the folder. */
  function msgSession(args: readonly string[], input?: Uint8Array): Result {
    const { status, stdout, stderr } = spawnSync(process.execPath, [inFolder("cli.js"), ...args], {
      cwd: folder,
      encoding: "utf8",
      maxBuffer: 64 * 1024 * 1024,
      ...(input ? { input } : {}),
    });
    return { code: status, out: stdout, err: stderr };
  }

  before(async () => {
    folder = mkdtempSync(path.join(os.tmpdir(), "msg-session-cli-"));
    await build({
      entryPoints: [path.resolve("src/cli/main.ts")],
      bundle: true,
      format: "cjs",
      platform: "node",
      target: "node20",
      banner: { js: "#!/usr/bin/env node" },
      outfile: inFolder("cli.js"),
      logLevel: "warning",
    });
    copyFileSync(path.resolve("src/core/mapi/tables/dictionary.json"), inFolder("dictionary.json"));
    writeFileSync(inFolder("mail.msg"), mail({ subject: "Größe" }));
    writeFileSync(inFolder("cut.msg"), mail({ body: "x".repeat(20_000) }).slice(0, 24_000));
    writeFileSync(inFolder("text.msg"), "no message");
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it("prints a message as text, without a word of where it lies", () => {
    const { code, out, err } = msgSession(["dump", "mail.msg"]);
    assert.deepEqual([code, err], [0, ""]);
    assert.match(out, /PidTagSubject 0037001F PT_UNICODE: "Größe"/);
    assert.match(out, /^Recipient 0, To: Ann <ann@example\.com>$/m);
    assert.equal(out.includes(folder), false);
    assert.equal(msgSession(["dump", inFolder("mail.msg")]).out, out);
    assert.equal(msgSession(["dump", "-"], mail({ subject: "Größe" })).out, out);
  });

  it("prints JSON that makes the same file again", () => {
    const { code, out } = msgSession(["dump", "mail.msg", "--json"]);
    assert.equal(code, 0);
    const back = importJson(out);
    assert.deepEqual(differences(contentsOf(openStorage(mail({ subject: "Größe" }))), contentsOf(back)), []);
    assert.equal(valueIn(back.toBytes(), 0x0037001f), "Größe");
  });

  it("prints what a damaged file still holds, and what is wrong with it to the standard error", () => {
    const { code, out, err } = msgSession(["dump", "cut.msg"]);
    assert.equal(code, 0);
    assert.match(out, /^Outlook message, .*, damaged: \d+ problems/);
    assert.match(err, /^cut\.msg: .+: .+$/m);
  });

  it("says what is wrong, and where, and ends with the code for it", () => {
    assert.deepEqual(msgSession(["dump", "gone.msg"]), {
      code: 1,
      out: "",
      err: "gone.msg: There is no such file.\n",
    });
    assert.deepEqual(msgSession(["dump", "."]), { code: 1, out: "", err: ".: This is a folder.\n" });
    const text = msgSession(["dump", "text.msg"]);
    assert.equal(text.code, 1);
    assert.match(text.err, /^text\.msg: .+ \(STG_E_INVALIDHEADER\)\n$/);
    for (const args of [[], ["dump"], ["show", "a"], ["dump", "a", "b"], ["dump", "a", "--wrong"]]) {
      const { code, out, err } = msgSession(args);
      assert.deepEqual([code, out], [2, ""], args.join(" "));
      assert.match(err, /^msg-session: .+ See msg-session --help\.\n$/);
    }
  });

  it("explains itself", () => {
    assert.match(msgSession(["--help"]).out, /^Usage: msg-session dump FILE/);
    assert.match(msgSession(["--version"]).out, /^\d+\.\d+\.\d+\n$/);
  });

  it("does not fail where the reader has seen enough", () => {
    writeFileSync(inFolder("long.msg"), mail({ body: "line\r\n".repeat(200_000) }));
    const { status, stderr } = spawnSync(
      "sh",
      ["-c", `"${process.execPath}" cli.js dump long.msg | head -n 1`],
      {
        cwd: folder,
        encoding: "utf8",
      },
    );
    assert.deepEqual([status, stderr], [0, ""]);
  });

  it("takes what stands behind -- for files", () => {
    assert.deepEqual(parseCommand(["dump", "--", "--json"]), {
      kind: "dump",
      file: "--json",
      json: false,
      textconv: false,
    });
  });

  it("shows git what changed in a message, and stops nobody where a file is none", function () {
    const repository = inFolder("repository");
    const git = (...args: string[]): string =>
      execFileSync("git", ["-c", "user.name=Test", "-c", "user.email=test@example.com", ...args], {
        cwd: repository,
        encoding: "utf8",
        env: { ...process.env, GIT_CONFIG_GLOBAL: os.devNull, GIT_CONFIG_NOSYSTEM: "1", GIT_PAGER: "" },
      });
    try {
      execFileSync("git", ["init", "-q", repository]);
    } catch {
      this.skip();
    }
    writeFileSync(path.join(repository, ".gitattributes"), "*.msg diff=msg\n");
    const program = `"${process.execPath.replaceAll("\\", "/")}" "${inFolder("cli.js").replaceAll("\\", "/")}"`;
    git("config", "diff.msg.textconv", `${program} dump --textconv`);
    const file = path.join(repository, "mail.msg");
    writeFileSync(file, mail({ subject: "Before", body: "one\r\ntwo\r\n" }));
    writeFileSync(path.join(repository, "odd.msg"), "no message");
    git("add", "-A");
    git("commit", "-qm", "first");
    writeFileSync(file, mail({ subject: "After", body: "one\r\n2\r\n" }));
    writeFileSync(path.join(repository, "odd.msg"), "still none");
    const diff = git("diff");
    assert.match(diff, /^-.*PidTagSubject 0037001F PT_UNICODE: "Before"$/m);
    assert.match(diff, /^\+.*PidTagSubject 0037001F PT_UNICODE: "After"$/m);
    assert.match(diff, /^-\s+\| two$\n^\+\s+\| 2$/m);
    assert.match(diff, /^@@ .* @@ Message, Unicode$/m);
    assert.match(diff, /^\+10 bytes, SHA-256 [0-9a-f]{64}$/m);
  });

  it("runs out of the package that npm makes, which holds what it needs and nothing else", function () {
    const npm = (args: readonly string[], cwd: string): string =>
      execFileSync("npm", [...args, "--offline", "--no-audit", "--no-fund", "--loglevel=error"], {
        cwd,
        encoding: "utf8",
        shell: process.platform === "win32",
      });
    const project = inFolder("project");
    const user = inFolder("user");
    for (const made of [`${project}/dist/web`, `${project}/src`, user]) mkdirSync(made, { recursive: true });
    for (const name of ["package.json", ".npmignore", "README.md", "LICENSE"])
      copyFileSync(path.resolve(name), path.join(project, name));
    for (const name of ["cli.js", "dictionary.json"])
      copyFileSync(inFolder(name), path.join(project, "dist", name));
    for (const name of ["dist/web/extension.js", "dist/cli.js.map", "src/secret.ts", "eslint.config.mjs"])
      writeFileSync(path.join(project, name), "// not for the package");
    // Its own build would make dist/ of the whole project.
    const packed: unknown = JSON.parse(npm(["pack", "--json", "--ignore-scripts"], project));
    assert.ok(Array.isArray(packed));
    const { filename, files } = packed[0] as { filename: string; files: readonly { path: string }[] };
    assert.deepEqual(files.map((file) => file.path).sort(), [
      "LICENSE",
      "README.md",
      "dist/cli.js",
      "dist/dictionary.json",
      "package.json",
    ]);
    writeFileSync(path.join(user, "package.json"), '{ "name": "user", "version": "1.0.0" }');
    npm(["install", "--ignore-scripts", path.join(project, filename)], user);
    assert.deepEqual(
      readdirSync(path.join(user, "node_modules")).filter((name) => !name.startsWith(".")),
      ["msg-session"],
    );
    writeFileSync(path.join(user, "mail.msg"), mail({ subject: "Packed" }));
    const run = (args: string): string =>
      execSync(`npx --offline msg-session ${args}`, { cwd: user, encoding: "utf8" });
    assert.match(run("dump mail.msg"), /PidTagSubject 0037001F PT_UNICODE: "Packed"/);
    assert.equal(
      Reflect.get(JSON.parse(run("dump mail.msg --json")) as object, "format"),
      "msg-session/message",
    );
    if (process.platform !== "win32") followReadme(user);
  });

  /** Does in a repository, with the program installed, what the README says to do, and looks at a diff. */
  function followReadme(folder: string): void {
    const [, lines = ""] = /```\n(.*diff=msg.*\n[^`]*)```/.exec(readFileSync("README.md", "utf8")) ?? [];
    const commands = lines.trim().split("\n");
    assert.equal(commands.length, 3, lines);
    const shell = (command: string): string =>
      execSync(command, {
        cwd: folder,
        encoding: "utf8",
        env: {
          ...process.env,
          GIT_CONFIG_GLOBAL: os.devNull,
          GIT_CONFIG_NOSYSTEM: "1",
          GIT_PAGER: "",
          // Git keeps what it converted as notes, which have an author.
          GIT_AUTHOR_NAME: "Test",
          GIT_AUTHOR_EMAIL: "test@example.com",
          GIT_COMMITTER_NAME: "Test",
          GIT_COMMITTER_EMAIL: "test@example.com",
          npm_config_offline: "true",
        },
      });
    try {
      shell("git init -q");
    } catch {
      return;
    }
    for (const command of commands) shell(command);
    shell("git add mail.msg .gitattributes");
    shell("git commit -qm first");
    writeFileSync(path.join(folder, "mail.msg"), mail({ subject: "Changed" }));
    assert.match(shell("git diff"), /^-.*"Packed"$[^]*^\+.*"Changed"$/m);
  }
});
