/** The entry-id family: [MS-OXCDATA] 2.2.4 and 2.2.5, [MS-OXOCNTC] 2.2.2.4, [MS-OXOMSG] 2.2.2.22. */
import { formatBinary } from "../../mapi/binaryText";
import type { Field, Layout, Peek } from "../layout";
import { bytes, choice, computed, field, guid, sized, struct, text, u16, u32, u8 } from "../layout";
import type { Scope } from "../scope";

const hexPairs = (peek: Peek, from: number, count: number): string =>
  Array.from({ length: count }, (_, at) => (peek.byte(from + at) ?? -1).toString(16).padStart(2, "0")).join(
    "",
  );

const PROVIDER_OFFSET = 4;
const UNICODE_ONE_OFF = 0x80000000;
const EPHEMERAL = 0x87;

const header: readonly Field[] = [
  field("Flags", u8({ form: "hex", flags: "flagEntryId0" })),
  field("Flags1", u8({ form: "hex", flags: "flagEntryId1" })),
  field("Flags2", u16({ form: "hex" })),
  field("ProviderUID", guid()),
];

/** Any entry id, by its provider and its length; takes the whole part. */
export const entryId: Layout = choice((_, peek) => pickEntryId(peek));

const oneOffText = (scope: Scope): "utf16" | "codePage" =>
  scope.any("OneOffFlags", UNICODE_ONE_OFF) ? "utf16" : "codePage";

/** [MS-OXCDATA] 2.2.5.1; version and flags are one number, as the flags' names count them. */
const oneOff = struct(
  [
    ...header,
    field("OneOffFlags", u32({ form: "hex", flags: "flagOneOffEntryId" }), { label: "Version and flags" }),
    field("DisplayName", text(oneOffText, "nul")),
    field("AddressType", text(oneOffText, "nul")),
    field("EmailAddress", text(oneOffText, "nul")),
  ],
  (scope) => `${scope.text("DisplayName")} <${scope.text("EmailAddress")}>`,
);

/** [MS-OXCDATA] 2.2.5.2. */
const addressBook = struct(
  [
    ...header,
    field("Version", u32({ form: "hex", flags: "flagExchangeABVersion" })),
    field("Type", u32({ form: "hex", flags: "AddressType" })),
    field("X500DN", text("codePage", "nul"), { label: "X.500 name" }),
  ],
  (scope) => scope.text("X500DN"),
);

const ephemeral = struct([
  ...header,
  field("Version", u32({ form: "hex", flags: "flagExchangeABVersion" })),
  field("Type", u32({ form: "hex", flags: "AddressType" })),
  field("Data", bytes("rest"), { when: (_, { remaining = 0 }) => remaining > 0 }),
]);

const CONTAINERS: ReadonlySet<number> = new Set([1, 2, 3]);
const isContainer = (scope: Scope): boolean => CONTAINERS.has(scope.number("Type"));

const ALIGNMENT = 4;

/** The entry id of a contact, as long as its count says where that can be. */
function countedEntryId(scope: Scope, peek: Peek): Layout {
  const counts = !isContainer(scope) && scope.number("EntryIdCount") <= (peek.remaining ?? 0);
  return counts ? sized({ of: "EntryIdCount" }, entryId) : sized("rest", entryId);
}

/** [MS-OXOCNTC] 2.2.1.2.5: an address of a contact, or a folder of contacts. */
const contact = struct([
  ...header,
  field("Version", u32({ form: "hex", flags: "flagContabVersion" })),
  field("Type", u32({ form: "hex", flags: "flagContabType" })),
  field("FolderUID", guid(), { when: isContainer }),
  field("Index", u32({ form: "hex", flags: "flagContabIndex" }), { when: (scope) => !isContainer(scope) }),
  field("EntryIdCount", u32({ form: "hex" }), {
    when: (scope) => !isContainer(scope),
    derive: (scope) => scope.own("EntryId")?.length,
  }),
  field("EntryId", choice(countedEntryId), { when: (_, { remaining = 1 }) => remaining > 0 }),
  field("Padding", bytes("rest"), { when: (_, { remaining = 0 }) => remaining > 0 && remaining < ALIGNMENT }),
]);

/** [MS-OXOCNTC] 2.2.2.4.1: a member of a contact group. */
const wrapped = struct([
  ...header,
  field("Type", u8({ form: "hex", flags: "flagWABEntryIDType" })),
  field("EmbeddedEntryId", sized("rest", entryId)),
]);

const PUBLIC_OR_PRIVATE = "flagMessageDatabaseObjectType";

/** [MS-OXCDATA] 2.2.4.1. */
const folder = struct([
  ...header,
  field("FolderType", u16({ form: "hex", flags: PUBLIC_OR_PRIVATE })),
  field("DatabaseGuid", guid()),
  field("GlobalCounter", bytes(6)),
  field("Pad", bytes(2)),
]);

/** [MS-OXCDATA] 2.2.4.2. */
const message = struct([
  ...header,
  field("MessageType", u16({ form: "hex", flags: PUBLIC_OR_PRIVATE })),
  field("FolderDatabaseGuid", guid()),
  field("FolderGlobalCounter", bytes(6)),
  field("Pad1", bytes(2)),
  field("MessageDatabaseGuid", guid()),
  field("MessageGlobalCounter", bytes(6)),
  field("Pad2", bytes(2)),
]);

/** [MS-PST] 2.4.3.2: an item of a personal store. */
const personalStoreItem = struct([...header, field("NodeId", u32({ form: "hex" }))]);

const unknown = struct([
  ...header,
  field("Data", bytes("rest"), { when: (_, { remaining = 0 }) => remaining > 0 }),
]);

const V2_MAGIC = 0xf32135d8;
const V3_MAGIC = 0xf43246e9;
const MAGICS: ReadonlySet<number> = new Set([V2_MAGIC, V3_MAGIC]);

function nextNumber(peek: Peek): number {
  return [3, 2, 1, 0].reduce((value, at) => value * 256 + (peek.byte(at) ?? 0), 0);
}

const V2_HEADER = 20;
const V3_HEADER = 16;

const blockHeader = (version: number): readonly Field[] => [
  field("Magic", u32({ form: "hex", flags: "flagEidMagic" })),
  field("Size", u32({ form: "hex" })),
  field("BlockVersion", u32({ form: "hex", flags: "flagEidVersion", initial: version })),
];

/** [MS-OXCDATA] 2.2.4.3, MDB_STORE_EID_V2. */
const storeV2 = struct([
  ...blockHeader(1),
  field("OffsetDN", u32({ form: "hex" }), { derive: () => V2_HEADER }),
  field("OffsetFQDN", u32({ form: "hex" }), { derive: (scope) => V2_HEADER + scope.bytes("ServerDN") }),
  field("ServerDN", text("codePage", "nul")),
  field("ServerFQDN", text("utf16", "nul")),
  field("Reserved", bytes(2), { when: (_, { remaining = 2 }) => remaining > 0 }),
]);

/** [MS-OXCDATA] 2.2.4.3, MDB_STORE_EID_V3. */
const storeV3 = struct([
  ...blockHeader(2),
  field("OffsetSmtpAddress", u32({ form: "hex" }), { derive: () => V3_HEADER }),
  field("SmtpAddress", text("utf16", "nul")),
  field("Reserved", bytes(2), { when: (_, { remaining = 2 }) => remaining > 0 }),
]);

const wrappedHeader: readonly Field[] = [
  field("WrappedFlags", u32({ form: "hex" })),
  field("WrappedProviderUID", guid()),
];

const exchangeStore = struct([
  ...wrappedHeader,
  field("WrappedType", u32({ form: "hex", flags: "StoreType" })),
  field("ServerShortname", text("codePage", "nul")),
  field("MailboxDN", text("codePage", "nul"), {
    when: (_, peek) => (peek.remaining ?? 0) > 0 && !MAGICS.has(nextNumber(peek)),
  }),
  field(
    "ServerBlock",
    choice((_, peek) => (nextNumber(peek) === V3_MAGIC ? storeV3 : storeV2)),
    {
      // What is shorter than the shorter of the two headers is left over, not a block.
      when: (_, peek) => (peek.remaining ?? 0) >= V3_HEADER,
    },
  ),
]);

/** The path of a personal store, 8-bit and Unicode ([MS-OXCDATA] does not describe it; seen in files). */
const personalStore = struct([
  ...wrappedHeader,
  field("AnsiPath", text("codePage", "nul")),
  field("PathPadding", bytes(1), {
    when: (scope, { remaining = 0 }) => remaining > 0 && scope.bytes("AnsiPath") === 1,
  }),
  field("Path", text("utf16", "nul"), { when: (_, { remaining = 0 }) => remaining >= 2 }),
]);

const STORE_NAME_OFFSET = 22;
/** Bytes up to the next multiple of 4. */
export const paddingOf = (length: number): number => (ALIGNMENT - (length % ALIGNMENT)) % ALIGNMENT;
const provider = (scope: Scope): string => scope.text("DLLFileName").toLowerCase();

/** [MS-OXCDATA] 2.2.4.3: a message store. */
const store = struct([
  ...header,
  field("Version", u8({ form: "hex", flags: "flagMDBVersion" })),
  field("Flag", u8({ form: "hex", flags: "flagMDBFlag" })),
  field("DLLFileName", text("codePage", "nul"), { label: "Provider DLL" }),
  field(
    "Padding",
    bytes((scope) => paddingOf(STORE_NAME_OFFSET + scope.bytes("DLLFileName"))),
    {
      when: (scope) => paddingOf(STORE_NAME_OFFSET + scope.bytes("DLLFileName")) > 0,
    },
  ),
  field(
    "Store",
    choice((scope) =>
      provider(scope) === "emsmdb.dll"
        ? exchangeStore
        : provider(scope) === "mspst.dll"
          ? personalStore
          : struct([field("Data", bytes("rest"))]),
    ),
    { when: (_, { remaining = 0 }) => remaining > 0 },
  ),
]);

/** Layouts by the bytes of the provider's UID. */
const PROVIDERS: ReadonlyMap<string, Layout> = new Map<string, Layout>([
  ["812b1fa4bea310199d6e00dd010f5402", oneOff],
  ["dca740c8c042101ab4b908002b2fe182", addressBook],
  ["fe42aa0a18c71a10e8850b651c240000", contact],
  ["c091add3519dcf11a4a900aa0047faa4", wrapped],
  ["38a1bb1005e5101aa1bb08002b2a56c2", store],
]);

/** Layouts of other providers by the length of the id. */
const LENGTHS: ReadonlyMap<number, Layout> = new Map<number, Layout>([
  [24, personalStoreItem],
  [46, folder],
  [70, message],
]);

function pickEntryId(peek: Peek): Layout {
  const known = PROVIDERS.get(hexPairs(peek, PROVIDER_OFFSET, 16));
  if (known === addressBook && peek.byte(0) === EPHEMERAL) return ephemeral;
  if (known !== undefined) return known;
  if (peek.byte(0) === EPHEMERAL) return ephemeral;
  return LENGTHS.get(peek.remaining ?? 0) ?? unknown;
}

const FIRST_CHARACTER = 0xac00;

/** An entry id whose bytes are the low bytes of characters from U+AC00 on ([MS-OXCDATA] does not have it; MFCMAPI does). */
export const encodedEntryId = struct([
  field("Characters", text("utf16", "rest")),
  field(
    "EntryId",
    computed((scope) => {
      const codes = Array.from(scope.text("Characters"), (character) => character.charCodeAt(0));
      if (!codes.every((code) => code >> 8 === FIRST_CHARACTER >> 8)) return undefined;
      const value = Uint8Array.from(codes, (code) => code & 0xff);
      return { value, display: formatBinary(value) };
    }),
  ),
]);
