/** A recipient's properties, and what addresses are refused. */
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import {
  checkedAddress,
  decodeOneOff,
  MAPI_CC,
  MAPI_TO,
  MapiError,
  PR_ADDRTYPE,
  PR_DISPLAY_NAME,
  PR_DISPLAY_TYPE,
  PR_EMAIL_ADDRESS,
  PR_ENTRYID,
  PR_OBJECT_TYPE,
  PR_RECIPIENT_TYPE,
  PR_ROWID,
  PR_SEARCH_KEY,
  PR_SEND_RICH_INFO,
  PR_SMTP_ADDRESS,
  recipientProperties,
} from "../../../src/core";

function row(
  name: string,
  address: string,
  width = { unicode: true } as { unicode: boolean; codePage?: number },
) {
  const values = recipientProperties({ name, address, kind: MAPI_CC, ...width });
  return (tag: number): unknown => values.find((value) => value.tag === tag)?.value;
}

const refused = (pattern: RegExp) => (error: unknown) =>
  error instanceof MapiError && error.name === "MAPI_E_INVALID_PARAMETER" && pattern.test(error.message);

describe("a recipient", () => {
  it("has what Outlook needs to resolve it", () => {
    const value = row("Zoë de Vries", "Zoe.deVries@Example.NL");
    assert.equal(value(PR_RECIPIENT_TYPE), MAPI_CC);
    assert.equal(value(PR_DISPLAY_NAME), "Zoë de Vries");
    assert.equal(value(PR_ADDRTYPE), "SMTP");
    assert.equal(value(PR_EMAIL_ADDRESS), "Zoe.deVries@Example.NL");
    assert.equal(value(PR_SMTP_ADDRESS), "Zoe.deVries@Example.NL");
    assert.equal(value(PR_OBJECT_TYPE), 6);
    assert.equal(value(PR_DISPLAY_TYPE), 0);
    assert.equal(value(PR_SEND_RICH_INFO), false);
    assert.equal(Buffer.from(value(PR_SEARCH_KEY) as Uint8Array).toString(), "SMTP:ZOE.DEVRIES@EXAMPLE.NL\0");
    const { surplus, version, ...oneOff } = decodeOneOff(value(PR_ENTRYID) as Uint8Array);
    assert.deepEqual(oneOff, {
      displayName: "Zoë de Vries",
      addressType: "SMTP",
      address: "Zoe.deVries@Example.NL",
      flags: 0x9001,
    });
    assert.equal(surplus.length + version, 0);
  });

  it("leaves the row id to the session", () => {
    assert.equal(row("a", "a@b.c")(PR_ROWID), undefined);
  });

  it("is shown by its address when it has no name", () => {
    assert.equal(row("  ", " a@b.c ")(PR_DISPLAY_NAME), "a@b.c");
  });

  it("of an 8-bit message has an entry id in the code page", () => {
    const value = row("田中", "tanaka@example.jp", { unicode: false, codePage: 932 });
    const oneOff = decodeOneOff(value(PR_ENTRYID) as Uint8Array, 932);
    assert.equal(oneOff.displayName, "田中");
    assert.equal(oneOff.flags, 0);
  });

  it("of an 8-bit message cannot have a name that the code page does not hold", () => {
    assert.throws(
      () => row("田中", "tanaka@example.jp", { unicode: false, codePage: 1252 }),
      (error) => error instanceof MapiError && error.name === "MAPI_E_BAD_CHARWIDTH",
    );
  });

  it("upper-cases no letter beyond ASCII in its search key", () => {
    const key = row("", "straße@example.de")(PR_SEARCH_KEY) as Uint8Array;
    assert.equal(Buffer.from(key).toString(), "SMTP:STRAßE@EXAMPLE.DE\0");
  });
});

describe("an address", () => {
  const good = ["a@b.c", "root", '"a, b; c"@example.com', '"a\\" b"@example.com', "用户@例子.公司"];
  for (const address of good) {
    it(`may be ${address}`, () => {
      assert.equal(checkedAddress(` ${address}\t`), address);
      assert.equal(recipientProperties({ name: "", address, kind: MAPI_TO, unicode: true }).length > 0, true);
    });
  }

  const bad: readonly [string, RegExp][] = [
    ["", /no address/],
    [" \t ", /no address/],
    ["Anna <a@b.c>", /angle brackets/],
    ["a@b.c; d@e.f", /more than one/],
    ["a@b.c,d@e.f", /more than one/],
    ["a b@c.d", /blank/],
    ["a@b.c\nBcc: d@e.f", /control character/],
    ["a\0@b.c", /control character/],
    ["\ud83d@b.c", /half a character/],
  ];
  for (const [address, pattern] of bad) {
    it(`cannot be ${JSON.stringify(address)}`, () => {
      assert.throws(() => checkedAddress(address), refused(pattern));
    });
  }
});
