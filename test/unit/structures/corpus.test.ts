/** Every binary property of the corpus that holds a structure. */
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, it } from "mocha";
import {
  createAllocator,
  decodeStructure,
  describeStructure,
  encodeStructure,
  MapiError,
  MessageOutline,
  openIMsgOnIStg,
  openStorage,
  propId,
  setField,
  type StructureId,
  structureOfValue,
  walkStructure,
} from "../../../src/core";

const FOLDER = path.join(process.env.MSG_CORPUS ?? path.resolve(process.cwd(), "../shared/corpus"), "msg");
const FIRST_NAMED_ID = 0x8000;

interface Found {
  readonly file: string;
  readonly id: StructureId;
  readonly bytes: Uint8Array;
  readonly codePage: number;
}

/** The structures in the properties of an object. */
function* inObject(
  outline: MessageOutline,
  address: string,
  codePage: number,
  file: string,
): Generator<Found> {
  for (const { tag, value } of outline.properties(address)) {
    const named = propId(tag) < FIRST_NAMED_ID ? undefined : outline.nameOf(propId(tag));
    if (propId(tag) >= FIRST_NAMED_ID && named === undefined) continue;
    for (const bytes of Array.isArray(value) ? (value as unknown[]) : [value]) {
      if (!(bytes instanceof Uint8Array)) continue;
      const id = structureOfValue(named ?? { tag }, bytes);
      if (id !== undefined) yield { file, id, bytes, codePage };
    }
  }
}

function* inMessage(outline: MessageOutline, address: string, file: string): Generator<Found> {
  const view = outline.message(address);
  yield* inObject(outline, address, view.codePage.id, file);
  for (const recipient of view.recipients)
    yield* inObject(outline, recipient.address, view.codePage.id, file);
  for (const attachment of view.attachments) {
    if (attachment.problem !== undefined) continue;
    yield* inObject(outline, attachment.address, view.codePage.id, file);
    if (attachment.object === "message") yield* inMessage(outline, `${attachment.address}/m`, file);
  }
}

function corpus(): Found[] {
  if (!existsSync(FOLDER)) return [];
  const files = readdirSync(FOLDER, { recursive: true, encoding: "utf8" }).filter((file) =>
    /\.(msg|oft)$/i.test(file),
  );
  return files.flatMap((file) => {
    try {
      const storage = openStorage(new Uint8Array(readFileSync(path.join(FOLDER, file))), { recover: true });
      const outline = new MessageOutline(openIMsgOnIStg(null, createAllocator(), storage));
      return [...inMessage(outline, "", file)];
    } catch (error) {
      // Files that are no messages are another test's matter.
      if (error instanceof MapiError) return [];
      throw error;
    }
  });
}

describe("structures: the corpus", function () {
  this.timeout(120_000);
  const found = corpus();

  it("reads every value without a problem, but for four bytes behind one recurrence", function () {
    if (found.length === 0) this.skip();
    const census = new Map<StructureId, number>();
    const problems: string[] = [];
    for (const { id, bytes, codePage } of found) {
      census.set(id, (census.get(id) ?? 0) + 1);
      const tree = decodeStructure(id, bytes, { codePage });
      problems.push(...tree.problems.map((problem) => `${id} ${problem.path}: ${problem.message}`));
    }
    assert.deepEqual(problems, ["AppointmentRecurrencePattern Leftover: 4 bytes are left over."]);
    const least: readonly (readonly [StructureId, number])[] = [
      ["EntryId", 880],
      ["ConversationIndex", 130],
      ["TimeZoneDefinition", 45],
      ["Sid", 40],
      ["Xid", 40],
      ["PredecessorChangeList", 35],
      ["GlobalObjectId", 28],
      ["AppointmentRecurrencePattern", 10],
      ["TimeZone", 10],
      ["TransferredSecurityDescriptor", 6],
      ["FlatEntryList", 5],
      ["ReportTag", 4],
      ["VerbStream", 1],
    ];
    for (const [id, count] of least)
      assert.ok((census.get(id) ?? 0) >= count, `${id}: ${census.get(id) ?? 0}`);
  });

  it("writes every value back byte for byte, also through its fields", function () {
    if (found.length === 0) this.skip();
    for (const { file, id, bytes, codePage } of found) {
      const tree = decodeStructure(id, bytes, { codePage });
      assert.equal(Buffer.compare(encodeStructure(tree), bytes), 0, `${file} ${id}`);
      for (const { path: at, node } of walkStructure(tree.root)) {
        if (!node.editable || node.layout.kind === "text") continue;
        const result = setField(tree, at, ` ${node.text!} `);
        assert.ok(result.ok && Buffer.compare(result.bytes, bytes) === 0, `${file} ${id} ${at}`);
      }
    }
  });

  it("has a line for the structures that a grid shows most", function () {
    if (found.length === 0) this.skip();
    const spoken: ReadonlySet<StructureId> = new Set<StructureId>([
      "EntryId",
      "ConversationIndex",
      "AppointmentRecurrencePattern",
      "GlobalObjectId",
      "TimeZone",
      "TimeZoneDefinition",
      "VerbStream",
      "Sid",
      "FlatEntryList",
    ]);
    for (const { file, id, bytes, codePage } of found) {
      if (!spoken.has(id)) continue;
      assert.match(describeStructure(decodeStructure(id, bytes, { codePage })), /\S{2}/, `${file} ${id}`);
    }
  });
});
