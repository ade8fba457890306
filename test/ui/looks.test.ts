import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { quarterFigures } from "../../scripts/samples/mails";
import { type ThemeKind, type VsCodePage, withVsCode } from "./harness";
import { MsgEditor } from "./support/msgEditor";

const SUBJECT = "0037001F";

/** Relative luminance of "rgb(r, g, b)", 0 to 1, as WCAG 2 defines it. */
function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = (colour.match(/[\d.]+/g) ?? []).slice(0, 3).map((part) => {
    const value = Number(part) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

async function backgroundOf(editor: MsgEditor): Promise<number> {
  return luminance(
    await editor.frame.locator(".grid-head").evaluate((element) => getComputedStyle(element).backgroundColor),
  );
}

/** Pictures of the main states, to be looked at by a person. */
async function takePictures(code: VsCodePage, editor: MsgEditor, theme: ThemeKind): Promise<void> {
  await editor.filter("");
  await editor.chooseObject("Message");
  await editor.row(SUBJECT).locator(".col-name").click();
  await code.screenshot(`looks-${theme}-chosen`);
  await editor.row(SUBJECT).locator(".col-name").click({ button: "right" });
  await editor.frame.locator(".menu").waitFor();
  await code.screenshot(`looks-${theme}-menu`);
  await code.page.keyboard.press("Escape");
  await editor.chooseObject("Attachments");
  await editor.frame.locator(".child-row").first().waitFor();
  await code.screenshot(`looks-${theme}-attachments`);
}

describe("the looks", () => {
  it("go with the theme, in light, dark and high contrast", async () => {
    await withVsCode({ files: { "figures.msg": quarterFigures().bytes } }, async (code) => {
      const editor = await MsgEditor.open(code, "figures.msg");
      await editor.find(SUBJECT);
      await editor.setValue(SUBJECT, "RE: Figures, corrected");
      const isDark: Readonly<Record<ThemeKind, boolean>> = {
        dark: true,
        light: false,
        "hc-black": true,
        "hc-light": false,
      };
      for (const theme of ["dark", "light", "hc-black", "hc-light"] as const) {
        await code.setTheme(theme);
        await editor.frame
          .locator(
            `body.${isDark[theme] ? "vscode-dark, body.vscode-high-contrast" : "vscode-light, body.vscode-high-contrast-light"}`,
          )
          .waitFor();
        await editor.chooseObject("Message");
        const background = await backgroundOf(editor);
        assert.equal(background < 0.2, isDark[theme], `${theme}: ${background}`);
        await takePictures(code, editor, theme);
      }
    });
  });
});
