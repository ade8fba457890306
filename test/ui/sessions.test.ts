import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { PR_ATTACH_DATA_BIN, PR_SUBJECT } from "../../src/core";
import { mail, outlineOf } from "../support/mail";
import { nestedMail } from "../support/nested";
import { differentStreams, pythonWithOlefile } from "../support/streams";
import { until, type VsCodePage, withVsCode } from "./harness";
import { MsgEditor } from "./support/msgEditor";
import { SessionsView } from "./support/sessionsView";

const SUBJECT = "0037001F";
const text = (bytes: Uint8Array | undefined): string => new TextDecoder().decode(bytes);

/** Opens the messages in each other by the view, the innermost last. */
async function openInner(code: VsCodePage): Promise<{ view: SessionsView; inner: MsgEditor }> {
  await code.openFile("outer.msg");
  const view = new SessionsView(code);
  await view.show();
  await view.press("Middle", "Open");
  await code.tab("Middle.msg").waitFor();
  await MsgEditor.inView(code);
  await view.unfold("Middle");
  await view.press("Inner", "Open");
  await code.tab("Inner.msg").waitFor();
  const inner = await MsgEditor.inView(code);
  await inner.find(SUBJECT);
  await inner.waitForValue(SUBJECT, "Inner");
  return { view, inner };
}

/** Shows the editor behind a tab, and waits until it is there: what a person does before pressing keys. */
async function showEditor(code: VsCodePage, name: string): Promise<void> {
  await code.tab(name).click();
  await until(`${name} in front`, async () => (await code.activeTab()) === name);
  await (await MsgEditor.inView(code)).find(SUBJECT);
}

const textOfEditor = (code: VsCodePage): Promise<string> =>
  code.page.locator(".editor-instance .view-lines").first().innerText();

describe("sessions at home", () => {
  it("edits the innermost of three messages and saves it all the way into the file", async () => {
    const bytes = nestedMail();
    await withVsCode({ files: { "outer.msg": bytes, "before.bin": bytes } }, async (code) => {
      const { view, inner } = await openInner(code);
      await inner.setValue(SUBJECT, "Changed inside");
      await code.waitForDirty("Inner.msg");
      await code.screenshot("sessions-embedded");
      assert.deepEqual(await code.tabNames(), ["outer.msg", "Middle.msg", "Inner.msg"]);
      await code.save();
      await code.waitForDirty("Middle.msg");
      assert.equal(await code.tabIsDirty("outer.msg"), false);
      await showEditor(code, "Middle.msg");
      await code.save();
      await code.waitForDirty("outer.msg");
      assert.deepEqual(await code.workspace.read("outer.msg"), bytes);
      await showEditor(code, "outer.msg");
      await code.save();

      const saved = outlineOf(await code.workspace.read("outer.msg"));
      const middle = `${saved.message("").attachments[1]!.address}/m`;
      const innermost = `${saved.message(middle).attachments[1]!.address}/m`;
      assert.equal(saved.property(innermost, PR_SUBJECT)?.value, "Changed inside");
      const python = pythonWithOlefile();
      if (python !== undefined) {
        const files = [code.workspace.path("before.bin"), code.workspace.path("outer.msg")] as const;
        const inside = "__attach_version1.0_#00000001/__substg1.0_3701000D/";
        const changed = differentStreams(python, ...files);
        assert.ok(changed.includes(`${inside}${inside}__substg1.0_0037001F`));
        // The subject, what is made from it, and the times of change: not one byte else.
        const own = ["0037001F", "0E1D001F"].map((name) => `${inside}${inside}__substg1.0_${name}`);
        const others = changed.filter(
          (path) => !path.endsWith("/__properties_version1.0") && !own.includes(path),
        );
        assert.deepEqual(
          others.filter((path) => path !== "__properties_version1.0"),
          [],
        );
      }

      // In its own editor the change is still there to be undone.
      await code.tab("Inner.msg").click();
      const again = await MsgEditor.inView(code);
      await again.find(SUBJECT);
      await again.waitForValue(SUBJECT, "Changed inside");
      await code.undo();
      await again.waitForValue(SUBJECT, "Inner");
      await view.menu("outer.msg", "Close Session");
      await code.answerDialog("Don't Save");
      await until("all tabs to be closed", async () => (await code.tabNames()).length === 0);
      await view.pane.waitFor({ state: "hidden" });
    });
  });

  it("edits a text attachment in VS Code’s own editor, as an edit of the message that undoes", async () => {
    await withVsCode({ files: { "mail.msg": mail() } }, async (code) => {
      await code.openFile("mail.msg");
      const view = new SessionsView(code);
      await view.show();
      await view.press("notes.txt", "Open");
      await code.tab("notes.txt").waitFor();
      await until("the attachment’s text", async () => (await textOfEditor(code)).includes("words"));
      await code.page.locator(".editor-instance .view-lines").first().click();
      await code.page.keyboard.press("ControlOrMeta+End");
      await code.page.keyboard.type(" and more");
      await code.save();
      await code.waitForDirty("mail.msg");
      await code.screenshot("sessions-text-attachment");
      await code.tab("mail.msg").click();
      await MsgEditor.inView(code);
      await code.undo();
      await code.waitForDirty("mail.msg", false);
      await code.tab("notes.txt").click();
      await until("the text of before", async () => !(await textOfEditor(code)).includes("more"));
      await code.tab("mail.msg").click();
      await MsgEditor.inView(code);
      await code.redo();
      await code.waitForDirty("mail.msg");
      await code.save();
      const saved = outlineOf(await code.workspace.read("mail.msg"));
      const { address } = saved.message("").attachments[0]!;
      assert.equal(text(saved.storedBytes(address, PR_ATTACH_DATA_BIN)), "three words here and more");
    });
  });

  it("asks for what is unsaved inside when the message around it is closed, and comes back after a reload", async () => {
    await withVsCode({ files: { "outer.msg": nestedMail() } }, async (code) => {
      const { inner, view } = await openInner(code);
      await inner.setValue(SUBJECT, "Not saved yet");
      await code.waitForDirty("Inner.msg");
      await view.toggleFolders();
      await code.reload();
      const back = await MsgEditor.inView(code);
      await back.find(SUBJECT);
      await back.waitForValue(SUBJECT, "Not saved yet");
      await code.tab("Middle.msg").click();
      // While a page comes up it takes the focus, and the list of commands would close.
      await (await MsgEditor.inView(code)).treeRow("Inner").waitFor();
      await code.closeEditor();
      assert.match(await code.dialogText(), /Inner\.msg.*unsaved.*Middle\.msg/);
      await code.screenshot("sessions-close-asks");
      await code.answerDialog("Save");
      await code.waitForDirty("Middle.msg");
      await code.tab("Inner.msg").waitFor({ state: "detached" });
      const middle = await MsgEditor.inView(code);
      await middle.treeRow("Inner").waitFor();
    });
  });

  it("replaces an embedded message by a file, saves one out, and takes what is dragged from another session", async () => {
    const files = { "outer.msg": nestedMail(), "other.msg": mail({ subject: "From a file" }) };
    await withVsCode({ files }, async (code) => {
      await code.openFile("other.msg");
      await code.openFile("outer.msg");
      const view = new SessionsView(code);
      await view.show();
      await view.menu("Middle", "Save As…");
      await code.answerFileDialog("saved.msg");
      await until("the message as a file", () =>
        code.workspace.read("saved.msg").then(
          () => true,
          () => false,
        ),
      );
      assert.equal(
        outlineOf(await code.workspace.read("saved.msg")).property("", PR_SUBJECT)?.value,
        "Middle",
      );

      await view.menu("Middle", "Replace by a Message File…");
      await code.answerFileDialog("other.msg");
      await view.row("From a file").waitFor();
      await code.waitForDirty("outer.msg");
      await code.screenshot("sessions-replaced");
      await code.undo();
      await view.row("Middle").waitFor();
      await code.redo();
      await view.row("From a file").waitFor();

      await view.row("From a file").dragTo(view.row("other.msg"));
      await code.waitForDirty("other.msg");
      await code.screenshot("sessions-dragged");
      await code.save();
      const outer = outlineOf(await code.workspace.read("outer.msg"));
      const { address } = outer.message("").attachments[1]!;
      assert.equal(outer.property(`${address}/m`, PR_SUBJECT)?.value, "From a file");
      await code.tab("other.msg").click();
      await MsgEditor.inView(code);
      await code.save();
      const other = outlineOf(await code.workspace.read("other.msg"));
      const dragged = other.message("").attachments.find(({ object }) => object === "message");
      assert.ok(dragged, "It is there as a message.");
      assert.equal(other.property(`${dragged.address}/m`, PR_SUBJECT)?.value, "From a file");
    });
  });

  it("goes on with what is unsaved inside when the person calls off closing the message around it", async () => {
    await withVsCode({ files: { "outer.msg": nestedMail() } }, async (code) => {
      await code.openFile("outer.msg");
      const view = new SessionsView(code);
      await view.show();
      await view.press("Middle", "Open");
      await code.tab("Middle.msg").waitFor();
      const middle = await MsgEditor.inView(code);
      await middle.find(SUBJECT);
      await middle.setValue(SUBJECT, "Kept");
      await code.waitForDirty("Middle.msg");
      await code.tab("outer.msg").click();
      // While a page comes up it takes the focus, and the list of commands would close.
      await (await MsgEditor.inView(code)).treeRow("Middle").waitFor();
      await code.closeEditor();
      assert.match(await code.dialogText(), /Middle\.msg.*unsaved.*outer\.msg/);
      await code.answerDialog("Cancel");
      await code.tab("outer.msg").waitFor();
      assert.equal(await code.tabIsDirty("Middle.msg"), true);
      await (await MsgEditor.inView(code)).treeRow("Middle").waitFor();

      // Nothing was lost: it can be edited on, and saved all the way.
      await code.tab("Middle.msg").click();
      const again = await MsgEditor.inView(code);
      await again.find(SUBJECT);
      await again.waitForValue(SUBJECT, "Kept");
      await again.setValue(SUBJECT, "Kept and edited");
      await code.save();
      await code.waitForDirty("outer.msg");
      await code.tab("outer.msg").click();
      await (await MsgEditor.inView(code)).treeRow("Middle").waitFor();
      await code.save();
      const saved = outlineOf(await code.workspace.read("outer.msg"));
      const { address } = saved.message("").attachments[1]!;
      assert.equal(saved.property(`${address}/m`, PR_SUBJECT)?.value, "Kept and edited");
    });
  });
});
