/** Lists of entry ids. */
import { array, bytes, field, sized, struct, u32 } from "../layout";
import { childOf, elementsOf, numberOf } from "../scope";
import type { Scope } from "../scope";
import { entryId, paddingOf } from "./entryIds";

/** [MS-OXCDATA] 2.3.3: ids of the same kind, each padded to a multiple of 4. */
export const flatEntryList = struct([
  field("EntryCount", u32()),
  field("EntriesSize", u32({ form: "hex" }), { derive: (scope) => scope.bytes("Entries") }),
  field(
    "Entries",
    array(
      struct([
        field("EntryIdSize", u32({ form: "hex" })),
        field("EntryId", sized({ of: "EntryIdSize" }, entryId)),
        field(
          "Padding",
          bytes((scope) => paddingOf(scope.bytes("EntryId"))),
          {
            when: (_, { remaining }) => remaining !== 0,
          },
        ),
      ]),
      { of: "EntryCount" },
    ),
  ),
]);

/** The length of the entry id that an entry of the table stands for; unknown of one that is cut off. */
function lengthOfEntryId(scope: Scope): number | undefined {
  const id = elementsOf(scope.node("EntryIds"))[scope.index];
  return id?.cut === true ? undefined : id?.length;
}

/** [MS-OXOCNTC] 2.2.1.6.1: a table of lengths, then the ids. */
export const entryList = struct([
  field("EntryCount", u32({ form: "hex" })),
  field("Pad", u32({ form: "hex" })),
  field(
    "EntryLengths",
    array(
      struct([
        field("EntryLength", u32({ form: "hex" }), {
          derive: lengthOfEntryId,
        }),
        field("EntryLengthPad", u32({ form: "hex" })),
      ]),
      { of: "EntryCount" },
    ),
    { late: true },
  ),
  field(
    "EntryIds",
    array(
      sized(
        (scope) => numberOf(childOf(elementsOf(scope.node("EntryLengths"))[scope.index], "EntryLength")),
        entryId,
      ),
      (scope) => scope.count("EntryLengths"),
    ),
  ),
]);
