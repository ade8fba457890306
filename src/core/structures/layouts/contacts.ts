/** Contacts and reactions: [MS-OXOCNTC] 2.2.1.7.1 and 2.2.2.2.4, and the reactions of newer Outlook. */
import { array, bytes, field, rTime, sized, struct, text, u16, u32, u8 } from "../layout";
import { entryId } from "./entryIds";

/** [MS-OXOCNTC] 2.2.1.7.1. */
export const businessCard = struct([
  field("MajorVersion", u8()),
  field("MinorVersion", u8()),
  field("TemplateId", u8({ flags: "CardTemplate", min: 0, max: 5 })),
  field("CountOfFields", u8()),
  field("FieldInfoSize", u8({ oneOf: [16] })),
  field("ExtraInfoSize", u8()),
  field("ImageAlignment", u8({ form: "hex" })),
  field("ImageSource", u8({ form: "hex" })),
  field("BackgroundColor", u32({ form: "hex" })),
  field("ImageArea", u8()),
  field("Reserved", u32({ form: "hex" })),
  field(
    "FieldInfo",
    array(
      struct([
        field("TextPropertyId", u16({ form: "hex" })),
        field("TextFormat", u8({ form: "hex" })),
        field("LabelFormat", u8({ form: "hex" })),
        field("FontSize", u8()),
        field("Reserved", u8({ form: "hex" })),
        field("LabelOffset", u16({ form: "hex" })),
        field("ValueFontColor", u32({ form: "hex" })),
        field("LabelFontColor", u32({ form: "hex" })),
      ]),
      { of: "CountOfFields" },
    ),
  ),
  field("ExtraInfo", bytes({ of: "ExtraInfoSize" })),
]);

/** [MS-OXOCNTC] 2.2.2.2.4. */
export const distributionListStream = struct([
  field("StreamVersion", u16({ oneOf: [1] })),
  field("Reserved", u16({ form: "hex" })),
  field("BuildVersion", u32({ form: "hex" })),
  field("DistListFlags", u32({ form: "hex" })),
  field("CountOfEntries", u32()),
  field("TotalEntryIdSize", u32()),
  field("TotalOneOffSize", u32()),
  field("TotalExtraSize", u32()),
  field(
    "Entries",
    array(
      struct([
        field("EntryIdSize", u32({ form: "hex" })),
        field("EntryId", sized({ of: "EntryIdSize" }, entryId)),
        field("OneOffSize", u32({ form: "hex" })),
        field("OneOff", sized({ of: "OneOffSize" }, entryId), {
          when: (scope) => scope.number("OneOffSize") > 0,
        }),
        field("ExtraSize", u32({ form: "hex" })),
        field("Extra", bytes({ of: "ExtraSize" }), { when: (scope) => scope.number("ExtraSize") > 0 }),
      ]),
      { of: "CountOfEntries" },
    ),
  ),
  field("Terminator1", u32({ form: "hex", oneOf: [0] })),
  field("Terminator2", u32({ form: "hex", oneOf: [0] })),
]);

const EQUALS = 0x3d;
const COMMA = 0x2c;
const MAGIC = 0x76;

/** Counts of each reaction, then who reacted when. */
export const reactionsSummary = struct([
  field("Magic", u8({ form: "hex", oneOf: [MAGIC] })),
  field("Version", u8()),
  field(
    "Counts",
    array(
      struct(
        [field("Emoji", text("utf8", "nul", { delimiter: EQUALS })), field("Count", u16())],
        (scope) => `${scope.text("Emoji")} ${scope.number("Count")}`,
      ),
      { more: ({ byte, remaining = 0 }) => remaining > 0 && byte(0) !== 0 },
    ),
  ),
  field("CountsEnd", u8({ form: "hex", oneOf: [0] })),
  field(
    "Reactions",
    array(
      struct(
        [
          field("BccAndSkinTone", u8({ form: "hex" })),
          field("Time", rTime()),
          field("Emoji", text("utf8", "nul", { delimiter: COMMA })),
          field("Name", text("utf8", "nul", { delimiter: COMMA })),
          field("Address", text("utf8", "nul", { delimiter: COMMA })),
          field("Further", text("utf8", "nul")),
        ],
        (scope) => `${scope.text("Emoji")} ${scope.text("Name")} <${scope.text("Address")}>`,
      ),
      "rest",
    ),
  ),
]);

/** Reactions as JSON: arrays of {Type, Name, Email, DateTime, IsBcc, ST}. */
export const reactionsHistory = struct([field("Json", text("utf8", "rest"))]);
