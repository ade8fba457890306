/** Exports, imports and comparisons in steps: so many of them that none takes long, and the same result. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import {
  compareMessages,
  compareMessagesSteps,
  createPropertyDictionary,
  dumpText,
  dumpTextSteps,
  exportJson,
  exportJsonSteps,
  finish,
  importJson,
  importJsonSteps,
  openStorage,
  parsePropertyTables,
  type Steps,
} from "../../../src/core";
import { jsonTextSteps } from "../../../src/core/export/jsonText";
import tables from "../../../src/core/mapi/tables/dictionary.json";
import { attachFile } from "../../../scripts/samples/kit";
import { mail, outlineOf } from "../../support/mail";

const dictionary = createPropertyDictionary(parsePropertyTables(tables));
const MEGABYTE = 1024 * 1024;

const withAttachment = (size: number): Uint8Array =>
  mail({ fill: (message) => attachFile(message, { fileName: "large.bin", bytes: new Uint8Array(size) }) });

/** Does all steps. */
function counted<T>(steps: Steps<T>): { readonly count: number; readonly result: T } {
  for (let count = 0; ; count++) {
    const step = steps.next();
    if (step.done === true) return { count, result: step.value };
  }
}

describe("export: in steps", function () {
  this.timeout(60_000);

  it("writes JSON as JSON.stringify does", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.integer({ min: 0, max: 12 }), (value, indent) => {
        assert.equal(finish(jsonTextSteps(value, indent)), JSON.stringify(value, undefined, indent));
      }),
    );
    const odd = { none: undefined, list: [undefined, null, [], {}], text: "\u2028\ud800" };
    for (const indent of [0, 2]) {
      assert.equal(finish(jsonTextSteps(odd, indent)), JSON.stringify(odd, undefined, indent));
    }
  });

  it("takes more steps the more there is, also within one value", () => {
    const [small, large] = [withAttachment(0), withAttachment(MEGABYTE)];
    const [json, text] = [
      exportJson(openStorage(large), { dictionary }),
      dumpText(outlineOf(large), { dictionary }),
    ];
    const exporting = (bytes: Uint8Array) => counted(exportJsonSteps(openStorage(bytes), { dictionary }));
    const dumping = (bytes: Uint8Array) => counted(dumpTextSteps(outlineOf(bytes), { dictionary }));
    const importing = (bytes: Uint8Array) => counted(importJsonSteps(exportJson(openStorage(bytes))));
    assert.ok(exporting(small).count > 50);
    assert.ok(exporting(large).count > exporting(small).count + 100);
    assert.equal(exporting(large).result, json);
    assert.ok(dumping(large).count > dumping(small).count + 10);
    assert.equal(dumping(large).result, text);
    assert.ok(importing(large).count > importing(small).count + 100);
    assert.deepEqual(importing(large).result.toBytes(), importJson(exportJson(openStorage(large))).toBytes());
  });

  it("compares in steps, to the same end", () => {
    const [left, right] = [
      { outline: outlineOf(mail()) },
      { outline: outlineOf(mail({ subject: "Other" })) },
    ];
    const { count, result } = counted(compareMessagesSteps(left, right, { dictionary }));
    assert.ok(count > 50, String(count));
    assert.deepEqual(result, compareMessages(left, right, { dictionary }));
  });
});
