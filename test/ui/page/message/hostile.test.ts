import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { Page } from "playwright-core";
import { closeMailsAfterwards, expectErrors, openMail, paperText, showBody, showHtml } from "./mailPage";
import { emptyMail } from "./mails";
import { recordRequests } from "./recorder";
import { vectors } from "./vectors";
import type { Vector, VectorKind } from "./vectors/kit";
import { type BodyVector, rtfVectors } from "./vectors/rtf";
import { textVectors } from "./vectors/text";

/** Makes a script that runs known to all windows. */
const ALARM = `window.pwned = 0; window.addEventListener("message", (event) => { if (event.data === "pwned") window.pwned = 1; })`;
const SERVER = new URL("https://hit.test/");
const BATCH = 25;
/** What the browser says of things that the policies do not let happen. */
const REFUSALS =
  /Content Security Policy|sandboxed|local resource|ERR_|Failed to (?:load|launch)|javascript:|attribute|Unsafe attempt/i;

/** What is left in the frame that could do something; and whether something did. */
function remains(page: Page): Promise<{ readonly pwned: number; readonly left: string[] }> {
  return page.evaluate(() => {
    const found = document.querySelector<HTMLIFrameElement>("iframe.mail-frame")?.contentDocument;
    const left: string[] = [];
    const active =
      "script,iframe,frame,object,embed,form,input,button,select,textarea,link,base,svg,math,video,audio,source,template,style[media]";
    for (const element of found?.body.querySelectorAll(`${active},meta,style`) ?? [])
      left.push(element.localName);
    for (const element of found?.querySelectorAll("*") ?? []) {
      for (const { name, value } of element.attributes) {
        if (element.localName === "meta") continue;
        const isOwn = /^(?:data:image\/|blob:|#)/.test(value);
        if (name.startsWith("on")) left.push(`${element.localName} ${name}`);
        if (/^(?:src|srcset|href|background|poster|action|ping|data|xlink:href)$/.test(name) && !isOwn)
          left.push(`${element.localName} ${name}=${value}`);
        if (name === "style" && /url\((?!"(?:data:image|blob:))|expression|fixed/i.test(value))
          left.push(`${element.localName} ${name}=${value}`);
      }
    }
    for (const element of document
      .querySelector<HTMLIFrameElement>("iframe.mail-frame")
      ?.contentDocument?.head.querySelectorAll("style") ?? [])
      if (/@import|@font-face|url\(|</i.test(element.textContent)) left.push(`sheet ${element.textContent}`);
    return { pwned: (window as unknown as { pwned: number }).pwned, left };
  });
}

/** Clicks and points at everything. */
async function provoke(page: Page): Promise<void> {
  await page.evaluate(() => {
    const mail = document.querySelector<HTMLIFrameElement>("iframe.mail-frame")?.contentDocument;
    for (const element of mail?.body.querySelectorAll<HTMLElement>("*") ?? []) {
      for (const type of ["mouseover", "mouseenter", "pointerover", "focusin"])
        element.dispatchEvent(new MouseEvent(type, { bubbles: true }));
      element.click();
    }
  });
}

/** How many vectors of a kind there are at least; every kind is named. */
const LEAST: Readonly<Record<VectorKind, number>> = {
  script: 20,
  handler: 50,
  srcset: 5,
  "CSS url()": 50,
  "@import": 5,
  "other CSS": 1,
  SVG: 20,
  MathML: 10,
  VML: 10,
  "meta refresh": 10,
  form: 10,
  frame: 10,
  base: 5,
  "DNS prefetch": 10,
  "UNC path": 20,
  "nested encoding": 10,
  "mutation XSS": 30,
  picture: 20,
  media: 10,
  "plug-in": 10,
  "linked resource": 10,
  link: 5,
  "other scheme": 10,
  template: 5,
};

/** Opens hostile bodies one after the other, points at and clicks everything, and demands that nothing happens. */
async function withstand(
  form: "showHtml" | "showEncapsulated" | "showRtf" | "showText",
  bodies: readonly BodyVector[],
): Promise<void> {
  assert.equal(new Set(bodies.map(({ body }) => body)).size, bodies.length, "bodies differ from one another");
  // While the mail is only parsed, the browser already says what the policy would refuse.
  expectErrors(REFUSALS);
  const page = await openMail(emptyMail(), { prepare: ALARM });
  const hits = await recordRequests(page, SERVER);
  const dialogs: string[] = [];
  page.on("dialog", (dialog) => {
    dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  for (const { name, body } of bodies) {
    await (form === "showHtml" ? showHtml(page, body) : showBody(page, form, body));
    await provoke(page);
    assert.deepEqual(await remains(page), { pwned: 0, left: [] }, name);
    assert.deepEqual(hits, [], name);
  }
  assert.deepEqual(dialogs, []);
  const opened = await page.evaluate(() => window.mailHost.opened);
  assert.deepEqual(
    opened.filter((link) => !/^(?:https?:|mailto:)/.test(link)),
    [],
  );
  assert.equal(page.frames().length, 2);
  // The page is whole after all that.
  await (form === "showHtml" ? showHtml(page, "still here") : showBody(page, form, STILL_HERE[form]));
  assert.match(await paperText(page), /still here/);
}

const STILL_HERE = {
  showEncapsulated: "<p>still here</p>",
  showRtf: "{\\rtf1\\ansi still here\\par}",
  showText: "still here",
} as const;

describe("hostile mail", function () {
  this.timeout(900_000);
  const all: readonly Vector[] = vectors(SERVER);
  closeMailsAfterwards();

  it("is of every kind there is, at least 300 that differ", () => {
    assert.ok(all.length >= 300, `${all.length} vectors`);
    assert.equal(new Set(all.map(({ html }) => html)).size, all.length, "vectors differ from one another");
    assert.equal(new Set(all.map(({ name }) => name)).size, all.length, "and so do their names");
    for (const [kind, least] of Object.entries(LEAST)) {
      const count = all.filter((vector) => vector.kind === kind).length;
      assert.ok(count >= least, `${kind}: ${count}`);
    }
  });

  for (const [form, what, bodies] of [
    ["showHtml", "HTML", all.map(({ name, html }) => ({ name, body: html }))],
    ["showEncapsulated", "HTML inside RTF", all.map(({ name, html }) => ({ name, body: html }))],
    ["showRtf", "plain RTF", rtfVectors(SERVER)],
    ["showText", "text", textVectors(SERVER)],
  ] as const) {
    it(`loads nothing, runs nothing and leaves nothing to run: as ${what}`, async () => {
      await withstand(form, bodies);
    });
  }

  it("is held by the policy of the frame alone, should the sanitiser fail", async () => {
    expectErrors(REFUSALS);
    const page = await openMail(emptyMail(), { prepare: ALARM });
    const hits = await recordRequests(page, SERVER);
    await showHtml(page, "<p>x</p>");
    for (let at = 0; at < all.length; at += BATCH) {
      const batch = all.slice(at, at + BATCH);
      await page.evaluate(
        (htmls) => {
          // Names in a hostile mail take the place of the document's own methods: the place is kept from the start.
          const keeper = window as unknown as { place?: Element | null | undefined };
          keeper.place ??= document
            .querySelector<HTMLIFrameElement>("iframe.mail-frame")
            ?.contentDocument?.querySelector(".mail");
          for (const html of htmls) {
            const box = keeper.place?.cloneNode(false) as HTMLElement;
            box.innerHTML = html;
            keeper.place?.append(box);
          }
          return new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
        },
        batch.map(({ html }) => html),
      );
      const pwned = await page.evaluate(() => (window as unknown as { pwned: number }).pwned);
      assert.equal(pwned, 0, batch.map(({ name }) => name).join("\n"));
      assert.deepEqual(hits, [], batch.map(({ name }) => name).join("\n"));
    }
  });

  it("loads remote pictures when it is asked to, and then pictures alone", async () => {
    const url = SERVER.href;
    const page = await openMail(emptyMail());
    const hits = await recordRequests(page, SERVER);
    await showHtml(
      page,
      `<img src="${url}picture" width=9 height=9><img src="${url}beacon" width=1 height=1>
       <link rel=stylesheet href="${url}sheet"><script src="${url}script"></script>
       <style>@import "${url}import"; @font-face { font-family: f; src: url(${url}font) } p { font-family: f }</style>
       <iframe src="${url}frame"></iframe><video src="${url}video" poster="${url}poster"></video>
       <p style="background: url(${url}background)">x</p>`,
    );
    assert.deepEqual(hits, []);
    const bar = page.locator('[data-bar="blocked"]');
    assert.match(await bar.innerText(), /6 remote items were not loaded\./);
    await bar.locator("vscode-button").click();
    await page.locator('[data-bar="remote"]').waitFor();
    await page.waitForFunction(() => {
      const mail = document.querySelector<HTMLIFrameElement>("iframe.mail-frame")?.contentDocument;
      return mail?.images[0]?.complete === true && mail.images[0].naturalWidth === 1;
    });
    assert.deepEqual(new Set(hits.splice(0)), new Set(["GET /picture", "GET /background"]));
    // Another message begins without them.
    await page.locator('[data-bar="remote"] vscode-button').click();
    await page.locator('[data-bar="blocked"]').waitFor();
    assert.deepEqual(hits, []);
  });
});
