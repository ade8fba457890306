import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { buildSamples } from "../../../scripts/samples";
import { campaign } from "../../fuzz/campaign";

/** The samples that are quick to work through. */
const files = buildSamples()
  .map((sample) => sample.bytes)
  .filter((bytes) => bytes.length < 100_000);

describe("damaged files", () => {
  it("are refused or opened, listed, edited and saved, with no error but MapiError", function () {
    this.timeout(300_000);
    const { faults, outcomes } = campaign(files, 1, 1500);
    assert.deepEqual(faults, []);
    // Damage of every degree was among them.
    assert.ok(outcomes.saved > 100 && outcomes.refused > 50, JSON.stringify(outcomes));
  });
});
