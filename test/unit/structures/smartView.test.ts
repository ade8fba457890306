/** Every pair of MFCMAPI's Smart View: what it shows of the bytes has to be in our trees. */
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import {
  decodeStructure,
  encodeStructure,
  setField,
  type StructureNode,
  type StructureTree,
  walkStructure,
} from "../../../src/core/structures";
import { type Fact, factsOf, type SmartViewSample, smartViewSamples } from "./smartView";

/** Facts that are not to be found, by sample and the start of the line, with the reason. */
const EXCEPTIONS: readonly {
  readonly sample: RegExp;
  readonly line?: RegExp;
  readonly kind?: Fact["kind"];
  /** The line from which on it holds. */
  readonly from?: string;
  readonly why: string;
}[] = [
  {
    sample: /^APPOINTMENTRECURRENCEPATTERN/,
    line: /^\s*(Start|End)TimeOffset/,
    kind: "time",
    why: "minutes of a day, which we write 14:30 and not as a time of 1601-01-01; the number is compared",
  },
  {
    sample: /^PROPERTIES-7$/,
    line: /PropTag = /,
    why: "MFCMAPI goes on behind a value that is cut off and takes what follows for property tags",
  },
  {
    sample: /^NICKNAMECACHE-3$/,
    kind: "bytes",
    why: "the row announces 4,294,967,295 values: MFCMAPI skips it, we read those that are there",
  },
  {
    sample: /^PROPERTYDEFINITIONSTREAM-5$/,
    from: "Definition[74]",
    why: "from definition 74 on the bytes are overwritten with digits: MFCMAPI takes them for blocks, we stop",
  },
  {
    sample: /^SEARCHFOLDERDEFINITION-3$/,
    line: /AdvancedSearchLen/,
    why: "the length is computed from the bytes that remain: it is that of the field",
  },
  { sample: /^SID-5$/, line: /Textual SID/, why: "MFCMAPI's word for a SID that is cut off" },
  {
    sample: /^ENTRYID-37$/,
    line: /abFlags\[2/,
    why: "MFCMAPI shows the bytes AD 0B of the flags as a number with its high byte first",
  },
  {
    sample: /^TOMBSTONE-3$/,
    why: "no tombstone stream at all: MFCMAPI reads a meeting of 8,519,680 bytes beyond its end, we stop there",
  },
];

/** Samples whose facts MFCMAPI shows in another order than their bytes have, with the reason. */
const OTHER_ORDER: readonly { readonly sample: RegExp; readonly why: string }[] = [
  {
    sample: /^(NTSD-[13]|SECURITYDESCRIPTOR-1)$/,
    why: "MFCMAPI shows owner and group before the lists, which lie between the header and them",
  },
  { sample: /^EXTENDEDRULEACTION-[13]$/, why: "MFCMAPI shows the size of the names before the ids" },
  { sample: /^GLOBALOBJECTID-1$/, why: "MFCMAPI shows the 8 reserved bytes as two numbers, we as bytes" },
  {
    sample: /^TOMBSTONE-1$/,
    why: "MFCMAPI shows the records it found in the place of the count in the header",
  },
];

type Exception = (typeof EXCEPTIONS)[number];

function covers({ sample: name, line, kind, from }: Exception, sample: SmartViewSample, fact: Fact): boolean {
  const start = from === undefined ? 0 : sample.text.indexOf(from);
  return (
    name.test(sample.name) &&
    (line === undefined || line.test(fact.line)) &&
    (kind === undefined || kind === fact.kind) &&
    fact.at >= start
  );
}

function isExcepted(sample: SmartViewSample, fact: Fact): boolean {
  return EXCEPTIONS.some((exception) => covers(exception, sample, fact));
}

/** MFCMAPI forgets to shift the low 16 bits of a header's time up: its times are that much too early. */
function missingTicks(tree: StructureTree): bigint {
  if (tree.id !== "ConversationIndex") return 0n;
  const header = tree.root.children![0]!.value as bigint;
  const low = header & 0xffffffffn;
  return low - (low >> 16n);
}

const TICKS_PER_MS = 10_000n;
const EPOCH_MS = 11_644_473_600_000n;

/** A time of the tree as MFCMAPI has it, cut to milliseconds. */
function timeText(ticks: bigint): string {
  return new Date(Number(ticks / TICKS_PER_MS - EPOCH_MS)).toISOString().slice(0, -1);
}

/** Everything that some fields of a tree say, by kind of fact. */
function knowledgeOf(
  tree: StructureTree,
  nodes: Iterable<StructureNode> = [...walkStructure(tree.root)].map(({ node }) => node),
): Record<Fact["kind"], ReadonlySet<string>> {
  const known = {
    number: new Set<string>(),
    guid: new Set<string>(),
    bytes: new Set<string>(),
    time: new Set<string>(),
    text: new Set<string>(),
  };
  const shift = missingTicks(tree);
  const minutes = (node: StructureNode): boolean =>
    node.layout.kind === "number" && node.layout.form === "rTime";
  for (const node of nodes) {
    const { value } = node;
    const own = tree.bytes.subarray(node.offset, node.offset + node.length);
    known.bytes.add(
      Buffer.from(value instanceof Uint8Array ? value : own)
        .toString("hex")
        .toUpperCase(),
    );
    if (typeof value === "string") known.text.add(value).add(value.trim());
    if (typeof value === "string" && value.startsWith("{")) known.guid.add(value);
    if (typeof value === "boolean") known.number.add(value ? "1" : "0");
    if (typeof value === "number" && Number.isInteger(value)) {
      // Signed values are shown in the bits of their field.
      for (const bits of [16, 32]) known.number.add(BigInt.asUintN(bits, BigInt(value)).toString());
      known.number.add(BigInt(value).toString());
      if (minutes(node)) known.time.add(timeText(BigInt(value) * 60_000n * TICKS_PER_MS));
    }
    if (typeof value === "bigint") {
      const halves = [value, value >> 32n, value & 0xffffffffn, (value >> 16n) & 0xffffn];
      for (const part of halves) known.number.add(part.toString());
      known.time.add(timeText(value - shift));
    }
  }
  return known;
}

describe("structures: MFCMAPI's Smart View", () => {
  const samples = smartViewSamples();
  const context = { codePage: 1252 };

  it("finds every number, GUID, time, text and run of bytes that MFCMAPI shows", function () {
    if (samples.length === 0) this.skip();
    const missing: string[] = [];
    let compared = 0;
    for (const sample of samples) {
      const known = knowledgeOf(decodeStructure(sample.id, sample.bytes, context));
      for (const fact of factsOf(sample.text)) {
        if (isExcepted(sample, fact)) continue;
        compared++;
        if (!known[fact.kind].has(fact.value.toString())) {
          missing.push(`${sample.name}: ${fact.kind} ${fact.value} of "${fact.line.trim()}"`);
        }
      }
    }
    assert.deepEqual(missing, []);
    assert.ok(compared > 4000, `only ${compared} facts`);
  });

  it("says the same of the same bytes: field after field, each fact lies where the one before it does or behind", function () {
    if (samples.length === 0) this.skip();
    const outOfOrder = new Set<string>();
    for (const sample of samples) {
      const tree = decodeStructure(sample.id, sample.bytes, context);
      const fields = [...walkStructure(tree.root)]
        .map(({ node }) => ({ node, known: knowledgeOf(tree, [node]) }))
        .sort((a, b) => a.node.offset - b.node.offset);
      let place = 0;
      for (const fact of factsOf(sample.text)) {
        if (isExcepted(sample, fact)) continue;
        const has = ({ known }: (typeof fields)[number]): boolean =>
          known[fact.kind].has(fact.value.toString());
        // What is computed from other fields has no bytes of its own, and may be said before or after those.
        const isBehind = ({ node }: (typeof fields)[number]): boolean =>
          node.offset + (node.length === 0 ? 1 : 0) >= place;
        const found = fields.find((field) => isBehind(field) && has(field))?.node;
        if (found === undefined) outOfOrder.add(sample.name);
        else if (found.length > 0 && found.children === undefined) place = Math.max(place, found.offset);
      }
    }
    const excepted = (name: string): boolean => OTHER_ORDER.some(({ sample }) => sample.test(name));
    assert.deepEqual(
      [...outOfOrder].filter((name) => !excepted(name)),
      [],
    );
    for (const { sample, why } of OTHER_ORDER)
      assert.ok(
        [...outOfOrder].some((name) => sample.test(name)),
        why,
      );
  });

  it("needs every one of its exceptions", function () {
    if (samples.length === 0) this.skip();
    for (const exception of EXCEPTIONS) {
      const needed = samples.some((sample) => {
        if (!exception.sample.test(sample.name)) return false;
        const known = knowledgeOf(decodeStructure(sample.id, sample.bytes, context));
        return factsOf(sample.text).some(
          (fact) => covers(exception, sample, fact) && !known[fact.kind].has(fact.value.toString()),
        );
      });
      assert.ok(needed, exception.why);
    }
  });

  it("writes every sample back byte for byte", function () {
    if (samples.length === 0) this.skip();
    for (const { name, id, bytes } of samples) {
      const written = encodeStructure(decodeStructure(id, bytes, context));
      assert.equal(Buffer.compare(written, bytes), 0, name);
    }
  });

  it("has a problem just where a sample is damaged", function () {
    if (samples.length === 0) this.skip();
    const damaged = samples.filter(
      ({ id, bytes }) => decodeStructure(id, bytes, context).problems.length > 0,
    );
    assert.deepEqual(damaged.map(({ name }) => name).sort(), [
      "ENTRYID-31",
      "ENTRYID-37",
      "ENTRYID-39",
      "FLATENTRYLIST-3",
      "FOLDERUSERFIELDS-5",
      "NICKNAMECACHE-3",
      "NTSD-5",
      "PROPERTIES-7",
      "PROPERTYDEFINITIONSTREAM-5",
      "SID-1",
      "SID-5",
      "SID-7",
      "TIMEZONEDEFINITION-3",
      "TOMBSTONE-1",
      "TOMBSTONE-3",
      "VERBSTREAM-7",
      "WEBVIEWPERSISTSTREAM-7",
    ]);
  });

  it("takes every editable field's own text, and gives the same bytes for it", function () {
    if (samples.length === 0) this.skip();
    this.timeout(60_000);
    let fields = 0;
    for (const { name, id, bytes } of samples) {
      const tree = decodeStructure(id, bytes, context);
      for (const { path, node } of walkStructure(tree.root)) {
        if (!node.editable) continue;
        fields++;
        // Blanks around it make the text another one, so that it is parsed and not just compared.
        const typed = node.layout.kind === "text" ? node.text! : ` ${node.text!} `;
        const result = setField(tree, path, typed);
        if (!result.ok && node.problem !== undefined) continue;
        assert.ok(result.ok, `${name} ${path}: ${result.ok ? "" : result.message}`);
        assert.equal(Buffer.compare(result.bytes, bytes), 0, `${name} ${path}`);
      }
    }
    assert.ok(fields > 3000, `only ${fields} fields`);
  });
});
