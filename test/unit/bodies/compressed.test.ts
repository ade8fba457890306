import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { BODY_MESSAGES, compressRtf, decompressRtf, PR_RTF_COMPRESSED } from "../../../src/core";
import { bytesOf, corpusMessages, isLinear, latin1 } from "./support";

const RTF = "{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}hello world\\par hello world\\par}";

function container(
  type: string,
  content: Uint8Array,
  sizes: { raw?: number; compressed?: number } = {},
): Uint8Array {
  const bytes = Buffer.alloc(16 + content.length);
  bytes.writeUInt32LE(sizes.compressed ?? content.length + 12, 0);
  bytes.writeUInt32LE(sizes.raw ?? content.length, 4);
  bytes.write(type, 8, "latin1");
  bytes.set(content, 16);
  return bytes;
}

/** Text like RTF: few letters, much repetition. */
const rtfLike = fc
  .array(fc.constantFrom("\\par ", "{\\b ", "}", "word", " ", "\r\n", "\\'e4", "\u0000", "\u00ff"), {
    maxLength: 3000,
  })
  .map((parts) => bytesOf(parts.join("")));

describe("compressed RTF", () => {
  it("reads the example of the specification [MS-OXRTFCP] 3.1", () => {
    const stream = Buffer.from(
      "2d0000002b0000004c5a4675f1c5c7a703000a00726370673132354232" +
        "0af32068656c090020627705b06c647d0a800fa0",
      "hex",
    );
    const { rtf, problems } = decompressRtf(stream);
    assert.equal(latin1(rtf), "{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n");
    assert.deepEqual(problems, []);
  });

  it("reads the example in which a reference runs over the write position [MS-OXRTFCP] 3.2", () => {
    const stream = Buffer.from("1a0000001c0000004c5a4675e2d44b51410004205758595a0d6e7d010eb0", "hex");
    assert.equal(latin1(decompressRtf(stream).rtf), "{\\rtf1 WXYZWXYZWXYZWXYZWXYZ}");
  });

  it("gives back what it compressed, without a problem, and smaller where text repeats", () => {
    fc.assert(
      fc.property(fc.oneof(rtfLike, fc.uint8Array({ maxLength: 9000 })), (rtf) => {
        const { rtf: back, problems } = decompressRtf(compressRtf(rtf));
        assert.ok(Buffer.compare(back, rtf) === 0);
        assert.deepEqual(problems, []);
      }),
      { numRuns: 200 },
    );
    assert.ok(compressRtf(bytesOf(RTF)).length < RTF.length);
    assert.ok(compressRtf(new Uint8Array(100_000)).length < 14_000);
  });

  it("finds matches at every distance the dictionary has, and none at the write position", () => {
    for (const gap of [4070, 4078, 4079, 4080, 4090, 4095, 4096, 4097]) {
      const filler = Uint8Array.from({ length: gap }, (_, i) => (i * 7919 + (i >> 8) * 104729) & 0xff);
      const rtf = Buffer.concat([bytesOf("0123456789abcdefg"), filler, bytesOf("0123456789abcdefg")]);
      assert.ok(Buffer.compare(decompressRtf(compressRtf(rtf)).rtf, rtf) === 0, String(gap));
    }
  });

  it("reads stored RTF", () => {
    const { rtf, problems } = decompressRtf(container("MELA", bytesOf(RTF)));
    assert.equal(latin1(rtf), RTF);
    assert.deepEqual(problems, []);
  });

  it("reads on when sizes or the checksum are wrong, and says so", () => {
    const stored = decompressRtf(container("MELA", bytesOf(RTF), { raw: RTF.length + 12 }));
    assert.equal(latin1(stored.rtf), RTF);
    assert.deepEqual(stored.problems, [BODY_MESSAGES.rtfRawSize]);

    const lying = compressRtf(bytesOf(RTF));
    lying.set([0xff, 0xff, 0xff, 0x7f], 4);
    lying.set([1, 2, 3, 4], 12);
    lying.set([1, 0, 0, 0], 0);
    const { rtf, problems } = decompressRtf(lying);
    assert.equal(latin1(rtf), RTF);
    assert.deepEqual(problems, [
      BODY_MESSAGES.rtfCompressedSize,
      BODY_MESSAGES.rtfChecksum,
      BODY_MESSAGES.rtfRawSize,
    ]);
  });

  it("gives the beginning of a stream that is cut off, wherever that is", () => {
    const whole = compressRtf(bytesOf(RTF));
    for (let length = 0; length < whole.length; length++) {
      const { rtf, problems } = decompressRtf(whole.subarray(0, length));
      assert.ok(RTF.startsWith(latin1(rtf)), String(length));
      assert.equal(problems.length > 0, length > 0, String(length));
    }
  });

  it("takes bare RTF, and reports an unknown compression", () => {
    assert.deepEqual(decompressRtf(bytesOf(RTF)).problems, [BODY_MESSAGES.rtfNotCompressed]);
    assert.equal(latin1(decompressRtf(bytesOf(RTF)).rtf), RTF);
    const unknown = decompressRtf(container("ABCD", bytesOf("xyz")));
    assert.deepEqual(unknown, { rtf: new Uint8Array(0), problems: [BODY_MESSAGES.rtfUnknownCompression] });
    assert.equal(latin1(decompressRtf(container("ABCD", bytesOf(RTF))).rtf), RTF);
  });

  it("never fails, and never gives more than the input allows", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 600 }), fc.constantFrom("LZFu", "MELA"), (content, type) => {
        const { rtf } = decompressRtf(container(type, content, { raw: 0xffffffff }));
        assert.ok(rtf.length <= Math.ceil(content.length / 17) * 136);
      }),
    );
  });

  it("compresses in linear time, also what repeats itself", function () {
    this.timeout(60_000);
    const inputs: ((size: number) => Uint8Array)[] = [
      (size) => new Uint8Array(size),
      (size) => bytesOf("ab".repeat(size / 2)),
      (size) => Uint8Array.from({ length: size }, (_, i) => (i * i) >> 3),
    ];
    for (const input of inputs) {
      assert.ok(isLinear((size) => () => void compressRtf(input(size)), 100_000));
    }
  });

  it("reads every stream of the corpus without a problem, and compresses it anew", function () {
    const messages = corpusMessages();
    if (messages.length === 0) this.skip();
    let count = 0;
    let [outlook, ours] = [0, 0];
    for (const { name, source } of messages) {
      const stream = source.value(PR_RTF_COMPRESSED);
      if (!(stream instanceof Uint8Array)) continue;
      count++;
      const { rtf, problems } = decompressRtf(stream);
      assert.deepEqual(problems, [], name);
      const anew = compressRtf(rtf);
      assert.ok(Buffer.compare(decompressRtf(anew).rtf, rtf) === 0, name);
      outlook += stream.length;
      ours += anew.length;
    }
    assert.ok(count > 100);
    assert.ok(ours <= outlook * 1.05, `${ours} bytes where the files have ${outlook}`);
  });
});
