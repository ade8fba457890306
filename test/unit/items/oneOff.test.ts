/** One-off entry ids: written as the specification lays them out, read from anything without harm. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { decodeOneOff, encodeOneOff, isOneOff, MapiError, ONE_OFF_UNICODE } from "../../../src/core";

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
const HEAD = "00000000812b1fa4bea310199d6e00dd010f5402";

const isInvalid = (error: unknown): boolean =>
  error instanceof MapiError && error.name === "MAPI_E_INVALID_ENTRYID";

describe("one-off entry ids", () => {
  it("are laid out with Unicode strings", () => {
    const bytes = encodeOneOff({ displayName: "Zoë", addressType: "SMTP", address: "z@x.nl", flags: 0x9001 });
    const strings = Buffer.from("Zoë\0SMTP\0z@x.nl\0", "utf16le").toString("hex");
    assert.equal(hex(bytes), `${HEAD}00000190${strings}`);
  });

  it("are laid out with strings in a code page", () => {
    const bytes = encodeOneOff({ displayName: "春", addressType: "SMTP", address: "a@b", flags: 0 }, 932);
    assert.equal(hex(bytes), `${HEAD}000000008f7400534d54500061406200`);
    assert.equal(decodeOneOff(bytes, 932).displayName, "春");
  });

  it("keep names, addresses and flags there and back", () => {
    const text = fc.string({ unit: "binary" }).filter((value) => !value.includes("\0"));
    const flags = fc.integer({ min: 0, max: 0xffff }).map((bits) => bits | ONE_OFF_UNICODE);
    fc.assert(
      fc.property(text, text, text, flags, (displayName, addressType, address, bits) => {
        const oneOff = { displayName, addressType, address, flags: bits };
        const { version, surplus, ...decoded } = decodeOneOff(encodeOneOff(oneOff));
        assert.deepEqual(decoded, oneOff);
        assert.equal(version, 0);
        assert.equal(surplus.length, 0);
      }),
    );
  });

  it("give what lies behind the address as surplus", () => {
    const bytes = encodeOneOff({ displayName: "a", addressType: "b", address: "c", flags: 0 });
    assert.deepEqual([...decodeOneOff(Uint8Array.of(...bytes, 7, 8)).surplus], [7, 8]);
  });

  it("are refused wherever they end too early", () => {
    for (const flags of [0, ONE_OFF_UNICODE]) {
      const whole = encodeOneOff({ displayName: "Anna", addressType: "SMTP", address: "a@b.se", flags });
      for (let length = 0; length < whole.length; length++) {
        assert.throws(() => decodeOneOff(whole.subarray(0, length)), isInvalid, String(length));
      }
    }
  });

  it("are told from entry ids of other providers", () => {
    const bytes = encodeOneOff({ displayName: "a", addressType: "b", address: "c", flags: 0 });
    assert.ok(isOneOff(bytes));
    bytes[10] = 0;
    assert.ok(!isOneOff(bytes));
    assert.throws(() => decodeOneOff(bytes), isInvalid);
  });

  it("never fail in any other way, whatever the bytes", () => {
    const head = encodeOneOff({ displayName: "", addressType: "", address: "", flags: 0 }).subarray(0, 22);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (tail) => {
        try {
          decodeOneOff(Uint8Array.of(...head, ...tail));
        } catch (error) {
          assert.ok(isInvalid(error));
        }
      }),
    );
  });

  it("refuse a text that would end within", () => {
    assert.throws(
      () => encodeOneOff({ displayName: "a\0b", addressType: "SMTP", address: "c", flags: ONE_OFF_UNICODE }),
      (error) => error instanceof MapiError && error.name === "MAPI_E_INVALID_PARAMETER",
    );
  });
});
