import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { changeByKey, moveByKey } from "../../../webview/detail/hex/hexKeys";
import {
  type HexState,
  hexState,
  moveTo,
  pasteBytes,
  removeBytes,
  selectAll,
  selectionOf,
  typeDigit,
} from "../../../webview/detail/hex/hexModel";
import { hexOf, parseBase64, parseBytes } from "../../../webview/detail/hex/hexText";
import { fieldAt, shownFields } from "../../../webview/detail/structure/fieldModel";
import { decimalText, hexText, readWhole } from "../../../webview/detail/wholeNumber";

const STEPS = { perRow: 16, page: 4 };
const key = (name: string, more: Partial<KeyboardEvent> = {}) => ({
  key: name,
  shiftKey: false,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  ...more,
});
const bytes = fc.uint8Array({ maxLength: 64 });

describe("page logic: bytes", () => {
  it("types what is typed, digit by digit, over bytes or between them", () => {
    fc.assert(
      fc.property(bytes, bytes, fc.boolean(), (before, typed, insert) => {
        let state: HexState = { ...hexState(before), insert };
        for (const digit of hexOf(typed).replaceAll(" ", ""))
          state = typeDigit(state, Number.parseInt(digit, 16));
        const rest = insert ? before : before.subarray(typed.length);
        assert.deepEqual([...state.bytes], [...typed, ...rest]);
        assert.equal(state.caret, typed.length);
      }),
    );
  });

  it("keeps the caret within the bytes whatever is pressed", () => {
    const names = [
      "ArrowLeft",
      "ArrowRight",
      "ArrowUp",
      "ArrowDown",
      "Home",
      "End",
      "PageUp",
      "PageDown",
      "Delete",
      "Backspace",
      "Insert",
      "7",
    ];
    fc.assert(
      fc.property(
        bytes,
        fc.array(fc.tuple(fc.constantFrom(...names), fc.boolean(), fc.boolean())),
        (start, presses) => {
          let state = hexState(start);
          for (const [name, shiftKey, ctrlKey] of presses) {
            const press = key(name, { shiftKey, ctrlKey });
            const next = moveByKey(state, press, STEPS) ?? changeByKey(state, press);
            state = next ?? (name === "7" ? typeDigit(state, 7) : state);
            const { start: from, end } = selectionOf(state);
            assert.ok(from >= 0 && from <= end && end <= state.bytes.length);
            assert.ok(state.nibble === 0 || state.caret < state.bytes.length);
          }
        },
      ),
    );
  });

  it("replaces and removes what is selected", () => {
    const all = selectAll(hexState(Uint8Array.of(1, 2, 3)));
    assert.deepEqual(pasteBytes(all, Uint8Array.of(9)).bytes, Uint8Array.of(9));
    assert.deepEqual(removeBytes(all, -1).bytes, new Uint8Array());
    const second = moveTo(moveTo(hexState(Uint8Array.of(1, 2, 3)), 1), 2, true);
    assert.deepEqual(removeBytes(second, 1).bytes, Uint8Array.of(1, 3));
    assert.deepEqual(removeBytes(hexState(Uint8Array.of(1)), -1).bytes, Uint8Array.of(1));
  });

  it("reads back what it copies, and any Base64", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 64 }), (value) => {
        assert.deepEqual(parseBytes(hexOf(value)), value);
        assert.deepEqual(parseBase64(Buffer.from(value).toString("base64")), value);
        assert.deepEqual(parseBase64(Buffer.from(value).toString("base64url")), value);
      }),
    );
  });
});

describe("page logic: whole numbers and fields", () => {
  it("reads both of its own notations in every width", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(8, 16, 32, 48, 64),
        fc.boolean(),
        fc.bigInt({ min: 0n, max: (1n << 64n) - 1n }),
        (bits, signed, any) => {
          const raw = BigInt.asUintN(bits, any);
          assert.equal(readWhole(decimalText(raw, { bits, signed }), { bits, signed }), raw);
          assert.equal(readWhole(hexText(raw, { bits }), { bits, signed }), raw);
        },
      ),
    );
    assert.equal(readWhole("65536", { bits: 16, signed: false }), undefined);
    assert.equal(readWhole("-1", { bits: 16, signed: false }), undefined);
    assert.equal(readWhole("1e3", { bits: 16, signed: true }), undefined);
  });

  it("finds the innermost field of a byte and hides what is folded", () => {
    const field = (path: string, depth: number, offset: number, length: number, hasChildren = false) => ({
      path,
      depth,
      label: path,
      value: "",
      offset,
      length,
      hasChildren,
    });
    const model = {
      index: 0,
      title: "",
      summary: "",
      more: 0,
      numbers: {},
      problems: 0,
      bytes: new Uint8Array(8),
      fields: [
        field("", 0, 0, 8, true),
        field("a", 1, 0, 4, true),
        field("a/b", 2, 2, 2),
        field("c", 1, 4, 4),
      ],
    };
    assert.equal(fieldAt(model, 3), 2);
    assert.equal(fieldAt(model, 0), 1);
    assert.equal(fieldAt(model, 7), 3);
    assert.equal(fieldAt(model, 8), -1);
    assert.deepEqual(shownFields(model, new Map([["a", false]])), [0, 1, 3]);
    assert.deepEqual(shownFields(model, new Map([["", false]])), [0]);
  });
});
