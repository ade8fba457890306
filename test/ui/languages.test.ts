import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { mail } from "../support/mail";
import { withVsCode } from "./harness";
import { MsgEditor } from "./support/msgEditor";

describe("another language", () => {
  it("is that of the page, its dialogs and the commands", async () => {
    await withVsCode({ files: { "mail.msg": mail() }, language: "zh-cn" }, async (code) => {
      const editor = await MsgEditor.open(code, "mail.msg");
      await editor.frame.getByPlaceholder("按名称、标记、类型或值筛选").first().waitFor();
      assert.equal(await editor.frame.locator("html").getAttribute("lang"), "zh-cn");
      await editor.frame.getByText("收件人", { exact: true }).first().waitFor();
      await code.page.locator(".statusbar").getByText("个属性").first().waitFor();
      assert.ok(await code.offersCommand("MSG Session: 新建邮件会话"));
    });
  });
});
