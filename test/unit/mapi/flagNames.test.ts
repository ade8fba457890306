import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { describeFlags, flagTableOf } from "../../../src/core/mapi/flagNames";
import { PS_MAPI, PSETID_APPOINTMENT } from "../../../src/core/mapi/propertySets";
import { readDictionary, readTables } from "./propertyTables";

const dictionary = readDictionary();

function described(tag: number, value: number): string {
  const table = dictionary.flagsOf(tag);
  assert.ok(table, tag.toString(16));
  return describeFlags(table, value);
}

describe("names of flags", () => {
  it("joins the names of bits", () => {
    assert.equal(described(0x0e070003, 0x11), "MSGFLAG_READ | MSGFLAG_HASATTACH");
    assert.equal(described(0x0e070003, 0x11 | 0x40000000), "MSGFLAG_READ | MSGFLAG_HASATTACH | 0x40000000");
    assert.equal(described(0x0e070003, -1).includes("MSGFLAG_READ | "), true);
    assert.equal(described(0x0e070003, 0), "0x0");
  });

  it("names one value of several", () => {
    const status = dictionary.flagsOf({ guid: PSETID_APPOINTMENT, id: 0x8205 });
    assert.ok(status);
    assert.equal(status.kind, "enum");
    assert.equal(describeFlags(status, 2), "olBusy");
    assert.equal(describeFlags(status, 77), "0x4D");
  });

  it("takes a number apart into bits and a kind", () => {
    assert.equal(described(0x0c150003, 1), "MAPI_TO");
    assert.equal(described(0x0c150003, 0x10000002), "MAPI_P1 | MAPI_CC");
    assert.equal(described(0x0c150003, 0x80000003), "MAPI_SUBMITTED | MAPI_BCC");
    assert.equal(described(0x0c150003, 0x20000001), "MAPI_TO | 0x20000000");
    assert.equal(described(0x5ffd0003, 0), "RECIP_UNSENDABLE");
    assert.equal(described(0x5ffd0003, 3), "RECIP_SENDABLE | RECIP_ORGANIZER");
    assert.equal(described(0x0e870003, 3), "ANTIVIRUS_SCAN_VIRUS_DELETED");
  });

  it("takes bytes, halves and nibbles apart", () => {
    assert.equal(described(0x39050003, 0x40000007), "DTE_FLAG_ACL_CAPABLE | DT_MAILUSER | DT_ROOM");
    assert.equal(
      described(0x39050003, 0x80000106),
      "DTE_FLAG_REMOTE_VALID | DT_DISTLIST | DT_REMOTE_MAILUSER",
    );
    assert.equal(described(0x33061003, 0x00010007), "MAPIFORM_CPU_X86 | MAPIFORM_OS_WINNT_60");
    const wab = dictionary.structureFlags("flagWABEntryIDType");
    assert.ok(wab);
    assert.equal(describeFlags(wab, 0xc3), "BFLAGS_MASK_OUTLOOK | BFLAGS_INTERNAL_MAILUSER | Email1");
  });

  it("finds tables whatever the type, and none where there is none", () => {
    assert.equal(dictionary.flagsOf(0x0e070014), dictionary.flagsOf(0x0e070003));
    assert.equal(dictionary.flagsOf({ guid: PS_MAPI, id: 0x0e07 }), dictionary.flagsOf(0x0e070003));
    assert.equal(dictionary.flagsOf(0x0037001f), undefined);
    assert.equal(dictionary.flagsOf({ guid: PSETID_APPOINTMENT, name: "BusyStatus" }), undefined);
    assert.equal(dictionary.structureFlags("0E07"), undefined);
    assert.equal(dictionary.structureFlags("flagNoSuchField"), undefined);
  });

  it("loses no bit of any value in any table", () => {
    const tables = readTables().flags.map(flagTableOf);
    fc.assert(
      fc.property(fc.constantFrom(...tables), fc.integer({ min: 0, max: 0xffffffff }), (table, value) => {
        const text = describeFlags(table, value);
        assert.ok(text.length > 0);
        const left = /0x([0-9A-F]+)$/.exec(text)?.[1];
        if (left !== undefined) assert.equal((Number.parseInt(left, 16) & ~value) >>> 0, 0);
        if (table.kind === "flags" && !table.values.some((entry) => entry.value === value)) {
          const named = table.values.filter((entry) => text.split(" | ").includes(entry.name));
          const bits = named.reduce((sum, entry) => sum | entry.value, Number.parseInt(left ?? "0", 16));
          assert.equal((bits & value) >>> 0, value);
        }
      }),
      { numRuns: 3000 },
    );
    for (const table of tables) {
      for (const entry of table.values.filter(({ kind }) => kind === "flag" || kind === "value")) {
        assert.ok(!Number.isNaN(entry.value) && entry.name !== "");
      }
    }
  });
});
