/** Conversation index: [MS-OXOMSG] 2.2.1.3. */
import { formatFileTime } from "../../mapi/dateText";
import type { BitsLayout } from "../layout";
import { array, computed, field, guid, struct } from "../layout";
import type { Scope } from "../scope";

/** Bits that a difference is shifted by: of under 1.7 years, and of more. */
const SHIFTS = [18n, 23n] as const;

const delta: BitsLayout = {
  kind: "bits",
  size: 4,
  bigEndian: true,
  parts: [
    { name: "DeltaCode", bits: 1 },
    { name: "TimeDelta", bits: 31, form: "hex" },
  ],
};

const level: BitsLayout = {
  kind: "bits",
  size: 1,
  parts: [
    { name: "Random", bits: 4 },
    { name: "ResponseLevelCount", bits: 4 },
  ],
};

/** The difference of a reply in ticks of 100 ns. */
function difference(scope: Scope): bigint {
  return BigInt(scope.number("TimeDelta")) << SHIFTS[scope.number("DeltaCode") === 1 ? 1 : 0];
}

/** The header's time plus the difference: what the specification says; threads exist in which differences add up. */
function replyTime(scope: Scope): { readonly value: bigint; readonly display: string } | undefined {
  const header = scope.value("HeaderTime");
  if (typeof header !== "bigint" || scope.node("TimeDelta") === undefined) return undefined;
  const value = BigInt.asUintN(64, header + difference(scope));
  return { value, display: `≈ ${formatFileTime(value)}` };
}

function replyDifference(scope: Scope): { readonly value: number; readonly display: string } {
  const seconds = Number(difference(scope) / 10_000_000n);
  return { value: seconds, display: `${(seconds / 3600).toFixed(2)} h` };
}

/** A header of 22 bytes and 5 for every reply. */
export const conversationIndex = struct([
  field("HeaderTime", { kind: "number", size: 6, bigEndian: true, form: "fileTime48" }),
  field("ThreadGuid", guid()),
  field(
    "ResponseLevels",
    array(
      struct([
        field("Delta", delta),
        field("Level", level),
        field("Difference", computed(replyDifference)),
        field("Time", computed(replyTime)),
      ]),
      "rest",
    ),
  ),
]);
