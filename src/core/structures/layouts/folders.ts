/** Structures of folders and views: [MS-OXOCFG] 2.2.7, [MS-OXOSFLD] 2.2.4, [MS-OXOSRCH] 2.2.1. */
import type { Field, Layout } from "../layout";
import { array, bytes, choice, field, guid, sized, struct, text, u16, u32, u8 } from "../layout";
import type { Scope } from "../scope";
import { entryId } from "./entryIds";
import { entryList } from "./entryLists";
import { packedText, propertyValue } from "./properties";
import { searchRestriction } from "./rules";

const FOLDER_FLAGS: ReadonlyMap<number, Layout> = new Map<number, Layout>([
  [1, struct([field("ExtendedFlags", u32({ form: "hex", flags: "flagExtendedFolderFlag" }))])],
  [2, struct([field("SearchFolderId", guid())])],
  [3, struct([field("SearchFolderTag", u32({ form: "hex" }))])],
  [5, struct([field("ToDoFolderVersion", u32({ form: "hex" }))])],
]);
const raw = struct([field("Bytes", bytes("rest"), { when: (_, { remaining }) => remaining !== 0 })]);

/** [MS-OXOSRCH] 2.2.2.1.2. */
export const extendedFolderFlags = struct([
  field(
    "SubProperties",
    array(
      struct([
        field("Id", u8({ form: "hex", flags: "flagExtendedFolderFlagType" })),
        field("Size", u8({ form: "hex" })),
        field(
          "Data",
          sized(
            { of: "Size" },
            choice((scope) => FOLDER_FLAGS.get(scope.number("Id")) ?? raw),
          ),
        ),
      ]),
      "rest",
    ),
  ),
]);

const ENTRY_ID_ELEMENT = 1;

/** [MS-OXOSFLD] 2.2.5. */
export const additionalRenEntryIdsEx = struct([
  field(
    "PersistData",
    array(
      struct([
        field("PersistId", u16({ form: "hex", flags: "flagPersistID" })),
        field("DataElementsSize", u16({ form: "hex" })),
        field(
          "DataElements",
          sized(
            { of: "DataElementsSize" },
            array(
              struct([
                field("ElementId", u16({ form: "hex", flags: "flagElementID" })),
                field("ElementDataSize", u16({ form: "hex" })),
                field(
                  "ElementData",
                  sized(
                    { of: "ElementDataSize" },
                    choice((scope) => (scope.number("ElementId") === ENTRY_ID_ELEMENT ? entryId : raw)),
                  ),
                  { when: (scope) => scope.number("ElementDataSize") > 0 },
                ),
              ]),
              "rest",
            ),
          ),
        ),
      ]),
      "rest",
    ),
  ),
]);

const userField = (encoding: "codePage" | "utf16"): Layout =>
  struct(
    [
      field("FieldType", u32({ form: "hex", flags: "flagFolderType" })),
      field("FieldNameLength", u16()),
      field("FieldName", text(encoding, { of: "FieldNameLength", unit: encoding === "utf16" ? 2 : 1 })),
      field("PropertySet", guid()),
      field("Capabilities", u32({ form: "hex", flags: "flagFieldCap" })),
      field("StringId", u32({ form: "hex" })),
      field("Bitmap", u32({ form: "hex" })),
      field("DisplayWidth", u32({ form: "hex" })),
      field("Format", u32({ form: "hex" })),
      field("FormulaLength", u16()),
      field("Formula", text("utf16", { of: "FormulaLength", unit: 2 })),
    ],
    (scope) => scope.text("FieldName"),
  );

const userFields = (encoding: "codePage" | "utf16"): Layout =>
  struct([
    field("FieldDefinitionCount", u32()),
    field("FieldDefinitions", array(userField(encoding), { of: "FieldDefinitionCount" })),
  ]);

/** [MS-OXOCFG] 2.2.7: fields that people added to a folder, in 8-bit and in Unicode text. */
export const folderUserFields = struct([
  field("FolderUserFieldsAnsi", userFields("codePage")),
  field("FolderUserFieldsUnicode", userFields("utf16")),
]);

const URL_VIEW = 1;

/** [MS-OXOCFG] 2.2.6.3: home pages of a folder. */
export const webViewPersistStream = struct([
  field(
    "WebViews",
    array(
      struct([
        field("Version", u32({ form: "hex", flags: "flagWebViewVersion" })),
        field("Type", u32({ form: "hex", flags: "flagWebViewType" })),
        field("Flags", u32({ form: "hex", flags: "flagWebViewFlags" })),
        field("Unused", bytes(28)),
        field("DataSize", u32({ form: "hex" })),
        field("Url", text("utf16", { of: "DataSize" }, { terminated: true }), {
          when: (scope) => scope.number("Type") === URL_VIEW,
        }),
        field("Data", bytes({ of: "DataSize" }), { when: (scope) => scope.number("Type") !== URL_VIEW }),
      ]),
      "rest",
    ),
  ),
]);

const SFST_BINARY = 0x4;
const SFST_MRES = 0x8;
const SFST_FILTERSTREAM = 0x10;
/** The size of the length of the last bytes to skip. */
const SKIP_LENGTH_SIZE = 4;
const has =
  (flag: number) =>
  (scope: Scope): boolean =>
    scope.any("Flags", flag);

/** A length and bytes that are to be skipped. */
const skipped = (index: number): readonly Field[] => [
  field(`SkipLen${index}`, u32({ form: "hex" })),
  field(`SkipBytes${index}`, bytes({ of: `SkipLen${index}` }), {
    when: (scope) => scope.number(`SkipLen${index}`) > 0,
  }),
];

/** [MS-OXOSRCH] 2.2.1.2. */
export const searchFolderDefinition = struct([
  field("Version", u32({ form: "hex", oneOf: [0x1004] })),
  field("Flags", u32({ form: "hex", flags: "SearchFolderFlags" })),
  field("NumericSearch", u32({ form: "hex" })),
  ...packedText("TextSearch", "utf16"),
  ...skipped(1),
  field("DeepSearch", u32({ form: "boolean" })),
  ...packedText("FolderList1", "utf16"),
  field("FolderList2Length", u32({ form: "hex" })),
  field("FolderList2", sized({ of: "FolderList2Length" }, entryList), {
    when: (scope) => scope.number("FolderList2Length") > 0,
  }),
  field("AddressCount", u32({ form: "hex" }), { when: has(SFST_BINARY) }),
  field(
    "Addresses",
    array(
      struct([
        field("PropertyCount", u32({ form: "hex" })),
        field("Pad", u32({ form: "hex" })),
        field("Properties", array(propertyValue("row"), { of: "PropertyCount" })),
      ]),
      { of: "AddressCount" },
    ),
    { when: has(SFST_BINARY) },
  ),
  ...skipped(2),
  field("Restriction", searchRestriction, { when: has(SFST_MRES) }),
  field("AdvancedSearch", bytes({ allBut: SKIP_LENGTH_SIZE }), { when: has(SFST_FILTERSTREAM) }),
  ...skipped(3),
]);

const V2 = 0x0103;
const isV2 = (scope: Scope): boolean => scope.number("Version") === V2;

const nextIsNotZero = (byte: (at: number) => number | undefined): boolean =>
  [0, 1, 2, 3].some((at) => (byte(at) ?? 0) !== 0);

const nameBlock = struct(packedText("FieldName", "utf16"));

/** [MS-OXOCFG] 2.2.7.1: a user-defined field. */
const fieldDefinition = struct(
  [
    field("Flags", u32({ form: "hex", flags: "flagPDOFlag" })),
    field("VT", u16({ form: "hex", flags: "flagVarEnum" }), { label: "Variant type" }),
    field("DispId", u32({ form: "hex" })),
    field("NmidNameLength", u16({ form: "hex" })),
    field("NmidName", text("utf16", { of: "NmidNameLength", unit: 2 })),
    ...["NameANSI", "FormulaANSI", "ValidationRuleANSI", "ValidationTextANSI", "ErrorANSI"].flatMap((name) =>
      packedText(name, "codePage"),
    ),
    field("InternalType", u32({ form: "hex", flags: "flagInternalType" }), { when: isV2 }),
    field(
      "SkipBlocks",
      array(
        struct([
          field("Size", u32({ form: "hex" })),
          field(
            "Content",
            sized(
              { of: "Size" },
              choice((scope) => (scope.index === 0 ? nameBlock : raw)),
            ),
          ),
        ]),
        { more: ({ byte, remaining = 0 }) => remaining >= 4 && nextIsNotZero(byte) },
      ),
      { when: isV2 },
    ),
    field("LastSkipBlockSize", u32({ form: "hex", oneOf: [0] }), { when: isV2 }),
  ],
  (scope) => scope.text("NmidName") || scope.text("NameANSI"),
);

/** [MS-OXOCFG] 2.2.7. */
export const propertyDefinitionStream = struct([
  field("Version", u16({ form: "hex", flags: "flagPropDefVersion", oneOf: [V2, 0x0102] })),
  field("FieldDefinitionCount", u32({ form: "hex" })),
  field("FieldDefinitions", array(fieldDefinition, { of: "FieldDefinitionCount" })),
]);
