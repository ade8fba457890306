import assert from "node:assert/strict";
import { describe, it } from "mocha";
import {
  bestBody,
  bodiesOf,
  BODY_MESSAGES,
  type BodyForm,
  bodySourceOf,
  bodySourceOfOutline,
  codePage,
  compressRtf,
  createAllocator,
  createStorage,
  encapsulateHtml,
  encapsulateText,
  MAPI_UNICODE,
  MessageOutline,
  openIMsgOnIStg,
  openStorage,
  PR_BODY,
  PR_BODY_A,
  PR_BODY_HTML,
  PR_BODY_HTML_A,
  PR_HTML,
  PR_INTERNET_CPID,
  PR_MSG_EDITOR_FORMAT,
  PR_NATIVE_BODY_INFO,
  PR_RTF_COMPRESSED,
  PR_RTF_IN_SYNC,
  PR_SUBJECT,
  syncBodies,
} from "../../../src/core";
import { bytesOf, sourceOf } from "./support";

const HTML = bytesOf("<p>from PR_HTML</p>");
const RTF_HTML = compressRtf(encapsulateHtml("<p>from RTF</p>"));
const RTF_TEXT = compressRtf(encapsulateText("text from RTF"));
const REAL_RTF = compressRtf(bytesOf("{\\rtf1\\ansi{\\fonttbl}\\b real RTF}"));

const best = (values: Record<number, unknown>): [string | undefined, string | undefined] => {
  const found = bestBody(bodiesOf(sourceOf(values)));
  return [found?.form.source, found?.rule];
};

const only = (values: Record<number, unknown>, page = 1252, override?: number): BodyForm => {
  const options = override === undefined ? {} : { codePage: codePage(override)! };
  const { forms } = bodiesOf(sourceOf(values, page), options);
  assert.equal(forms.length, 1);
  return forms[0]!;
};

describe("the forms of a body", () => {
  it("lists every form with where it comes from", () => {
    const { forms, nativeBody, rtfInSync } = bodiesOf(
      sourceOf({
        [PR_HTML]: HTML,
        [PR_RTF_COMPRESSED]: RTF_HTML,
        [PR_BODY]: "plain\0",
        [PR_NATIVE_BODY_INFO]: 3,
        [PR_RTF_IN_SYNC]: true,
      }),
    );
    assert.deepEqual(
      forms.map(({ kind, source, text }) => [kind, source, text.trim()]),
      [
        ["html", "PR_HTML", "from PR_HTML"],
        ["html", "HTML out of PR_RTF_COMPRESSED", "from RTF"],
        ["rtf", "PR_RTF_COMPRESSED", "from RTF"],
        ["text", "PR_BODY", "plain"],
      ],
    );
    assert.deepEqual([nativeBody, rtfInSync], [3, true]);
    assert.equal(forms[1]!.html, "<p>from RTF</p>");
    assert.match(forms[2]!.html!, /<span[^>]*>from RTF<\/span>/);
    assert.equal(forms[3]!.html, undefined);
  });

  it("lists none for a message without one, and what is broken with its problem", () => {
    assert.deepEqual(bodiesOf(sourceOf({})), { forms: [], nativeBody: undefined, rtfInSync: undefined });
    assert.equal(bestBody(bodiesOf(sourceOf({}))), undefined);
    assert.deepEqual(only({ [PR_RTF_COMPRESSED]: bytesOf("junk") }).problems, [
      BODY_MESSAGES.rtfHeaderShort,
      BODY_MESSAGES.notRtf,
    ]);
    assert.deepEqual(
      bodiesOf(sourceOf({ [PR_HTML]: 5, [PR_BODY]: null, [PR_RTF_COMPRESSED]: "x" })).forms,
      [],
    );
  });
});

describe("the best body", () => {
  it("is the one that PR_NATIVE_BODY_INFO names, when it exists", () => {
    const all = {
      [PR_HTML]: HTML,
      [PR_RTF_COMPRESSED]: REAL_RTF,
      [PR_BODY]: "plain",
      [PR_RTF_IN_SYNC]: true,
    };
    assert.deepEqual(best({ ...all, [PR_NATIVE_BODY_INFO]: 1 }), ["PR_BODY", "nativeBody"]);
    assert.deepEqual(best({ ...all, [PR_NATIVE_BODY_INFO]: 2 }), ["PR_RTF_COMPRESSED", "nativeBody"]);
    assert.deepEqual(best({ ...all, [PR_NATIVE_BODY_INFO]: 3 }), ["PR_HTML", "nativeBody"]);
    for (const value of [0, 4, 99]) {
      assert.deepEqual(best({ ...all, [PR_NATIVE_BODY_INFO]: value }), ["PR_RTF_COMPRESSED", "rtf"]);
    }
  });

  it("finds native HTML inside of RTF, and goes on when a native body is missing", () => {
    const native = { [PR_RTF_COMPRESSED]: RTF_HTML, [PR_BODY]: "plain", [PR_NATIVE_BODY_INFO]: 3 };
    assert.deepEqual(best(native), ["HTML out of PR_RTF_COMPRESSED", "nativeBody"]);
    assert.deepEqual(best({ ...native, [PR_RTF_COMPRESSED]: RTF_TEXT }), [
      "text out of PR_RTF_COMPRESSED",
      "rtf",
    ]);
    assert.deepEqual(best({ [PR_BODY]: "plain", [PR_NATIVE_BODY_INFO]: 2 }), ["PR_BODY", "text"]);
  });

  it("is HTML unless RTF is in step, then what the RTF holds", () => {
    const both = { [PR_HTML]: HTML, [PR_RTF_COMPRESSED]: RTF_TEXT, [PR_BODY]: "plain" };
    assert.deepEqual(best(both), ["PR_HTML", "htmlWithoutRtfInSync"]);
    assert.deepEqual(best({ ...both, [PR_RTF_IN_SYNC]: false }), ["PR_HTML", "htmlWithoutRtfInSync"]);
    assert.deepEqual(best({ ...both, [PR_RTF_IN_SYNC]: true }), ["text out of PR_RTF_COMPRESSED", "rtf"]);
    assert.deepEqual(best({ [PR_HTML]: HTML, [PR_RTF_IN_SYNC]: true }), ["PR_HTML", "htmlWithoutRtfInSync"]);
    assert.deepEqual(best({ [PR_RTF_COMPRESSED]: REAL_RTF, [PR_BODY]: "plain" }), [
      "PR_RTF_COMPRESSED",
      "rtf",
    ]);
    assert.deepEqual(best({ [PR_BODY_HTML]: "<p>x", [PR_BODY]: "x" }), [
      "PR_BODY_HTML",
      "htmlWithoutRtfInSync",
    ]);
    assert.deepEqual(best({ [PR_BODY]: "plain" }), ["PR_BODY", "text"]);
  });

  it("is never blank while another form is not", () => {
    const blank = compressRtf(encapsulateHtml("<p>&nbsp;</p>"));
    assert.deepEqual(best({ [PR_RTF_COMPRESSED]: blank, [PR_BODY]: "plain" }), ["PR_BODY", "notBlank"]);
    assert.deepEqual(best({ [PR_HTML]: bytesOf(""), [PR_RTF_COMPRESSED]: REAL_RTF }), [
      "PR_RTF_COMPRESSED",
      "notBlank",
    ]);
    assert.deepEqual(best({ [PR_RTF_COMPRESSED]: bytesOf("junk"), [PR_BODY]: "plain" }), [
      "PR_BODY",
      "notBlank",
    ]);
    assert.deepEqual(best({ [PR_RTF_COMPRESSED]: blank, [PR_BODY]: " " }), [
      "HTML out of PR_RTF_COMPRESSED",
      "rtf",
    ]);
    const picture = compressRtf(encapsulateHtml("<img src='http://x/'>"));
    assert.deepEqual(best({ [PR_RTF_COMPRESSED]: picture, [PR_BODY]: "x" }), [
      "HTML out of PR_RTF_COMPRESSED",
      "rtf",
    ]);
  });
});

describe("the code page of HTML", () => {
  const cyrillic = codePage(1251)!.encode("<p>Привет</p>").bytes;
  const withMeta = (charset: string, bytes: Uint8Array): Uint8Array =>
    Buffer.concat([
      bytesOf(`<meta http-equiv="Content-Type" content="text/html; charset=${charset}">`),
      bytes,
    ]);
  const read = (html: Uint8Array, cpid?: number, page?: number, override?: number): unknown[] => {
    const values = { [PR_HTML]: html, [PR_INTERNET_CPID]: cpid };
    const form = only(values, page, override);
    return [form.text, form.codePage, form.codePageRule, form.problems];
  };

  it("is PR_INTERNET_CPID, else the charset it names, else UTF-8, else the message's", () => {
    assert.deepEqual(read(cyrillic, 1251), ["Привет", 1251, "internetCodePage", []]);
    assert.deepEqual(read(withMeta("windows-1251", cyrillic)), ["Привет", 1251, "metaCharset", []]);
    assert.deepEqual(read(Buffer.from("<p>Привет</p>")), ["Привет", 65001, "utf8", []]);
    assert.deepEqual(read(cyrillic, undefined, 1251), ["Привет", 1251, "messageCodePage", []]);
    assert.deepEqual(read(codePage(50220)!.encode("<p>日本語</p>").bytes, 50220, 932), [
      "日本語",
      50220,
      "internetCodePage",
      [],
    ]);
    assert.deepEqual(read(withMeta("Shift_JIS", codePage(932)!.encode("表示").bytes)), [
      "表示",
      932,
      "metaCharset",
      [],
    ]);
  });

  it("is passed over when the bytes contradict it, and that is said", () => {
    assert.deepEqual(read(cyrillic, 65001, 1251), [
      "Привет",
      1251,
      "messageCodePage",
      [BODY_MESSAGES.internetCodePageWrong],
    ]);
    assert.deepEqual(read(withMeta("windows-1251", cyrillic), 65001), [
      "Привет",
      1251,
      "metaCharset",
      [BODY_MESSAGES.internetCodePageWrong],
    ]);
    assert.deepEqual(read(withMeta("utf-8", cyrillic), undefined, 1251), [
      "Привет",
      1251,
      "messageCodePage",
      [BODY_MESSAGES.metaCharsetWrong],
    ]);
    assert.deepEqual(read(Buffer.from("Привет"), 20127), [
      "Привет",
      65001,
      "utf8",
      [BODY_MESSAGES.internetCodePageWrong],
    ]);
    assert.deepEqual(read(Buffer.from("Привет"), 12345), [
      "Привет",
      65001,
      "utf8",
      [BODY_MESSAGES.internetCodePageUnknown],
    ]);
  });

  it("stays UTF-8 when a character of many is damaged", () => {
    const damaged = Buffer.concat([Buffer.from("Привет"), Uint8Array.of(0xd0)]);
    assert.deepEqual(read(damaged, 65001), [
      "Привет\ufffd",
      65001,
      "internetCodePage",
      [BODY_MESSAGES.undecodable],
    ]);
  });

  it("gives way to a byte order mark and to a person's choice", () => {
    assert.deepEqual(read(Buffer.from("\ufeffПривет"), 1252), ["Привет", 65001, "byteOrderMark", []]);
    assert.deepEqual(read(Buffer.from("\ufeffПривет", "utf16le"), 1252), [
      "Привет",
      1200,
      "byteOrderMark",
      [],
    ]);
    assert.deepEqual(read(cyrillic, 1252, 1252, 1251), ["Привет", 1251, "override", []]);
  });

  it("reads ISO 8859-1 with Windows characters as Windows-1252, as browsers do", () => {
    assert.deepEqual(read(bytesOf("\u0093ä\u0094 \u0080"), 28591), ["“ä” €", 1252, "internetCodePage", []]);
    assert.deepEqual(read(bytesOf("ä"), 28591), ["ä", 28591, "internetCodePage", []]);
  });

  it("is asked for 8-bit string bodies too", () => {
    const bytes = codePage(1251)!.encode("Привет").bytes;
    const source = {
      ...sourceOf({ [PR_BODY_A]: "misread", [PR_BODY_HTML_A]: "misread", [PR_INTERNET_CPID]: 1251 }),
      storedBytes: () => bytes,
    };
    assert.deepEqual(
      bodiesOf(source).forms.map(({ text, codePageRule }) => [text, codePageRule]),
      [
        ["Привет", "internetCodePage"],
        ["misread", "messageCodePage"],
      ],
    );
    assert.deepEqual(
      bodiesOf(source, { codePage: codePage(1251)! }).forms.map(({ text, codePageRule }) => [
        text,
        codePageRule,
      ]),
      [
        ["Привет", "override"],
        ["Привет", "override"],
      ],
    );
  });
});

describe("bodies in step", () => {
  const valueOf = (update: ReturnType<typeof syncBodies>, tag: number): unknown =>
    update.set.find((property) => property.tag === tag)?.value;
  const apply = (
    current: Record<number, unknown>,
    update: ReturnType<typeof syncBodies>,
  ): Record<number, unknown> => {
    const gone = new Set(update.delete.map((tag) => tag >>> 16));
    const kept = Object.entries(current).filter(([tag]) => !gone.has(Number(tag) >>> 16));
    return {
      ...Object.fromEntries(kept),
      ...Object.fromEntries(update.set.map(({ tag, value }) => [tag, value])),
    };
  };
  const normal = (text: string): string => text.replace(/\s+/g, " ").trim();

  it("writes HTML as UTF-8 with its text, and no RTF where there was none", () => {
    const current = { [PR_HTML]: HTML, [PR_INTERNET_CPID]: 1252, [PR_BODY]: "old" };
    const update = syncBodies(
      { kind: "html", content: "<meta charset=gb2312><p>neu – 新</p>" },
      sourceOf(current),
    );
    assert.equal(
      Buffer.from(valueOf(update, PR_HTML) as Uint8Array).toString(),
      "<meta charset=utf-8><p>neu – 新</p>",
    );
    assert.equal(valueOf(update, PR_INTERNET_CPID), 65001);
    assert.equal(valueOf(update, PR_BODY), "neu – 新");
    assert.equal(valueOf(update, PR_NATIVE_BODY_INFO), 3);
    assert.equal(valueOf(update, PR_RTF_IN_SYNC), false);
    assert.ok(update.delete.includes(PR_RTF_COMPRESSED));
    assert.ok(!update.delete.includes(PR_HTML) && !update.delete.includes(PR_BODY));
    assert.deepEqual(update.losses, []);
  });

  it("makes every form say the same, whatever there was before", () => {
    const befores: Record<number, unknown>[] = [
      {},
      { [PR_BODY]: "old" },
      { [PR_BODY_A]: "old", [PR_RTF_COMPRESSED]: RTF_TEXT, [PR_RTF_IN_SYNC]: true },
      { [PR_BODY]: "old", [PR_RTF_COMPRESSED]: RTF_HTML, [PR_RTF_IN_SYNC]: true, [PR_NATIVE_BODY_INFO]: 3 },
      { [PR_BODY]: "old", [PR_RTF_COMPRESSED]: REAL_RTF, [PR_RTF_IN_SYNC]: true, [PR_NATIVE_BODY_INFO]: 2 },
      { [PR_HTML]: HTML, [PR_RTF_COMPRESSED]: RTF_HTML, [PR_BODY]: "old", [PR_RTF_IN_SYNC]: false },
      { [PR_BODY_HTML]: "<p>old</p>" },
    ];
    const edits = [
      { kind: "text", content: "Zeile eins\n{zwei} – 新しい 😀" },
      { kind: "html", content: "<p>Zeile eins<br>{zwei} – 新しい &#128512;</p>" },
    ] as const;
    for (const current of befores) {
      for (const edited of edits) {
        const after = bodiesOf(sourceOf(apply(current, syncBodies(edited, sourceOf(current)))));
        const hadRtf = PR_RTF_COMPRESSED in current;
        assert.equal(
          after.forms.some(({ kind }) => kind === "rtf"),
          hadRtf,
        );
        assert.equal(after.rtfInSync, hadRtf);
        for (const form of after.forms) {
          assert.equal(normal(form.text), "Zeile eins {zwei} – 新しい 😀", form.source);
          assert.deepEqual(form.problems, []);
        }
        const shown = bestBody(after)!;
        assert.equal(shown.rule, "nativeBody");
        assert.equal(shown.form.kind, edited.kind);
      }
    }
  });

  it("tells what is lost", () => {
    const losses = (
      kind: "text" | "html",
      current: Record<number, unknown>,
      content = "x",
    ): readonly string[] => syncBodies({ kind, content }, sourceOf(current)).losses;
    const rich = bytesOf('<a href="http://x/">x</a><img src=y>');
    assert.deepEqual(losses("text", { [PR_HTML]: rich }), [
      BODY_MESSAGES.lossFormatting,
      BODY_MESSAGES.lossLinks,
      BODY_MESSAGES.lossPictures,
    ]);
    assert.deepEqual(losses("html", { [PR_HTML]: rich }), []);
    assert.deepEqual(losses("text", { [PR_BODY]: "x" }), []);
    assert.deepEqual(losses("html", { [PR_RTF_COMPRESSED]: REAL_RTF }), [BODY_MESSAGES.lossRtf]);
    const placed = compressRtf(bytesOf("{\\rtf1 a\\objattph  b}"));
    assert.deepEqual(losses("text", { [PR_RTF_COMPRESSED]: placed }), [
      BODY_MESSAGES.lossFormatting,
      BODY_MESSAGES.lossPlacement,
    ]);
    assert.deepEqual(losses("text", {}, "a\ud800"), [BODY_MESSAGES.lossCharacters]);
  });

  it("never writes an empty PR_BODY", () => {
    const emptied = syncBodies({ kind: "text", content: "" }, sourceOf({ [PR_BODY]: "x", [PR_HTML]: HTML }));
    assert.deepEqual(emptied.set, []);
    assert.ok([PR_BODY, PR_HTML, PR_RTF_COMPRESSED].every((tag) => emptied.delete.includes(tag)));
    const picture = syncBodies(
      { kind: "html", content: '<img src="http://x/y.png">' },
      sourceOf({ [PR_BODY]: "x" }),
    );
    assert.equal(valueOf(picture, PR_BODY), undefined);
    assert.ok(picture.delete.includes(PR_BODY));
  });

  it("tells the editor's format only where it was told", () => {
    const format = (current: Record<number, unknown>): unknown =>
      valueOf(syncBodies({ kind: "html", content: "x" }, sourceOf(current)), PR_MSG_EDITOR_FORMAT);
    assert.equal(format({ [PR_MSG_EDITOR_FORMAT]: 1 }), 2);
    assert.equal(format({}), undefined);
  });

  it("keeps an edit of an 8-bit message, with a question mark in PR_BODY for what its code page lacks", () => {
    const message = openIMsgOnIStg(null, createAllocator(), createStorage());
    message.setProps([{ tag: PR_SUBJECT, value: "s" }]);
    const source = bodySourceOf(message, codePage(1252)!);
    assert.equal(source.unicode, false);
    const update = syncBodies({ kind: "html", content: "<b>ä新😀</b>" }, source);
    assert.deepEqual(update.losses, [BODY_MESSAGES.lossCodePage]);
    assert.deepEqual(message.setProps(update.set), []);
    const { forms } = bodiesOf(bodySourceOf(message, codePage(1252)!));
    assert.deepEqual(
      forms.map(({ tag, text }) => [tag, text]),
      [
        [PR_HTML, "ä新😀"],
        [PR_BODY_A, "ä??"],
      ],
    );
  });

  it("goes through a message and its file", () => {
    const storage = createStorage();
    const message = openIMsgOnIStg(null, createAllocator(), storage, { flags: MAPI_UNICODE });
    message.setProps([
      { tag: PR_SUBJECT, value: "s" },
      { tag: PR_RTF_COMPRESSED, value: REAL_RTF },
    ]);
    const update = syncBodies({ kind: "html", content: "<b>新</b>" }, bodySourceOf(message, codePage(1252)!));
    assert.deepEqual(message.deleteProps(update.delete), []);
    assert.deepEqual(message.setProps(update.set), []);
    message.saveChanges();
    const again = openIMsgOnIStg(null, createAllocator(), openStorage(storage.toBytes()));
    for (const source of [
      bodySourceOf(again, codePage(1252)!),
      bodySourceOfOutline(new MessageOutline(again), ""),
    ]) {
      const bodies = bodiesOf(source);
      assert.deepEqual(
        bodies.forms.map(({ source: from, text }) => [from, text.trim()]),
        [
          ["PR_HTML", "新"],
          ["HTML out of PR_RTF_COMPRESSED", "新"],
          ["PR_RTF_COMPRESSED", "新"],
          ["PR_BODY", "新"],
        ],
      );
      assert.equal(bestBody(bodies)?.form.source, "PR_HTML");
    }
  });
});
