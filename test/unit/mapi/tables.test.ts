import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { describe, it } from "mocha";
import { ansiCodePageOfLcid } from "../../../src/core/mapi/lcids";

const REFERENCE = process.env["MSG_REFERENCE"] ?? resolve(process.cwd(), "../shared/reference/props.json");
const CORE = resolve(process.cwd(), "src/core/mapi");

describe("generated tables", () => {
  it("are what the generator makes of the reference", function () {
    if (!existsSync(REFERENCE)) this.skip();
    this.timeout(20_000);
    const folder = mkdtempSync(join(tmpdir(), "tables-"));
    try {
      execFileSync(process.execPath, [resolve("scripts/generate-tables.mjs"), REFERENCE, folder]);
      for (const file of ["tables/dictionary.json", "tables/lcids.json", "tags.ts"]) {
        assert.ok(
          readFileSync(join(folder, file)).equals(readFileSync(join(CORE, file))),
          `${file} is not current`,
        );
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe("code pages of locales", () => {
  it("knows them by locale", () => {
    const expected: [number, number | undefined][] = [
      [0x0409, 1252],
      [0x0407, 1252],
      [0x040c, 1252],
      [0x0411, 932],
      [0x0412, 949],
      [0x0804, 936],
      [0x0404, 950],
      [0x0c04, 950],
      [0x0419, 1251],
      [0x0415, 1250],
      [0x041a, 1250],
      [0x0c1a, 1251],
      [0x081a, 1250],
      [0x0408, 1253],
      [0x041f, 1254],
      [0x040d, 1255],
      [0x0401, 1256],
      [0x0427, 1257],
      [0x042a, 1258],
      [0x041e, 874],
    ];
    for (const [lcid, page] of expected) assert.equal(ansiCodePageOfLcid(lcid), page, lcid.toString(16));
  });

  it("takes the sort order out, and an unknown locale by its language", () => {
    assert.equal(ansiCodePageOfLcid(0x00010407), 1252);
    assert.equal(ansiCodePageOfLcid(0x00020804), 936);
    assert.equal(ansiCodePageOfLcid(0xf809), 1252);
  });

  it("has none for languages without an ANSI page", () => {
    assert.equal(ansiCodePageOfLcid(0x0439), undefined);
    assert.equal(ansiCodePageOfLcid(0x0000), undefined);
    assert.equal(ansiCodePageOfLcid(-1), undefined);
  });

  it("agrees with the reference on every locale with a page", function () {
    if (!existsSync(REFERENCE)) this.skip();
    const text = readFileSync(REFERENCE, "utf8");
    const rows = [...text.matchAll(/"lcid":"0x([0-9A-F]{4})".*?"ansiCodePage":(\d+)/g)];
    const lcids = rows.map((row) => ({
      lcid: Number.parseInt(row[1] ?? "", 16),
      ansiCodePage: Number(row[2]),
    }));
    const pages = lcids.filter((entry) => entry.ansiCodePage > 0 && entry.ansiCodePage < 10_000);
    assert.ok(pages.length > 300);
    for (const entry of pages)
      assert.equal(ansiCodePageOfLcid(entry.lcid), entry.ansiCodePage, entry.lcid.toString(16));
  });
});
