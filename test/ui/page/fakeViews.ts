/** What the stubbed host says of the compound file and of the named properties. */
import type { NameRow, NamesRequests } from "../../../src/protocol/names";
import type { StorageModel, StorageRow } from "../../../src/protocol/storage";

const COMMON = "{00062008-0000-0000-C000-000000000046}";
const STRINGS = "{00020329-0000-0000-C000-000000000046}";

function name(id: number, words: string, extra: Partial<NameRow>): NameRow {
  return {
    id,
    words,
    canonicalName: "",
    guid: COMMON,
    setName: "PSETID_Common",
    localId: "0x8503",
    isText: false,
    bucket: "101E",
    uses: [],
    useCount: 0,
    problems: [],
    ...extra,
  };
}

/** The map of the sample message. */
export function sampleNames(): NamesRequests["getNames"]["result"] {
  return {
    names: [
      name(0x8003, "Keywords", {
        canonicalName: "PidNameKeywords",
        guid: STRINGS,
        setName: "PS_PUBLIC_STRINGS",
        localId: "Keywords",
        isText: true,
        bucket: "1008",
        uses: [
          { object: "0", tag: 0x8003101f },
          { object: "0-a-1-m", tag: 0x8003101f },
        ],
        useCount: 2,
      }),
      name(0x8005, "Sniff lengths", {
        localId: "0x8599",
        uses: [{ object: "0", tag: 0x80051003 }],
        useCount: 1,
        problems: [
          "8005 is not in its lookup stream 101E: programs that look names up there do not find it.",
        ],
      }),
      name(0x8006, "Reminder set", {
        canonicalName: "PidLidReminderSet",
        uses: [{ object: "0", tag: 0x8006000b }],
        useCount: 1,
      }),
      name(0x8009, "Left\u202eover", { localId: "0x8233" }),
    ],
    problems: ["The stream __substg1.0_00030102 ends with 3 bytes that are no whole record."],
    problemCount: 2,
  };
}

/** Size of the large stream of the sample: more than a window, and not a multiple of a row. */
export const LARGE_STREAM = 200_001;

/** The compound file of the sample message; `large`: bytes of its largest stream. */
export function sampleStorage(stamp: number, large = LARGE_STREAM): StorageModel {
  const elements: StorageRow[] = [];
  const add = (parent: number | undefined, row: Omit<StorageRow, "id" | "parent">): number => {
    const id = elements.length;
    elements.push({ id, ...(parent === undefined ? {} : { parent }), ...row });
    return id;
  };
  const storage = (parent: number | undefined, storageName: string, meaning: string, extra = {}): number =>
    add(parent, { name: storageName, type: "storage", meaning, size: 0, ...extra });
  const stream = (
    parent: number,
    streamName: string,
    meaning: string,
    size: number,
    sector: number,
  ): number =>
    add(parent, {
      name: streamName,
      type: "stream",
      meaning,
      size,
      place: size < 4096 ? "mini" : "regular",
      firstSector: sector,
      offset: (sector + 1) * 512,
      pieces: size > 100_000 ? 3 : 1,
    });
  const root = storage(undefined, "Root Entry", "", {
    clsid: "{00020D0B-0000-0000-C000-000000000046}  CLSID_MailMessage",
    modified: "2026-03-01 09:12:44 +01:00",
  });
  const map = storage(root, "__nameid_version1.0", "Named property map");
  stream(map, "__substg1.0_00020102", "Property sets", 32, 4);
  stream(map, "__substg1.0_00030102", "Entries", 35, 5);
  stream(root, "__properties_version1.0", "Properties", 1_248, 9);
  stream(root, "__substg1.0_0037001F", "Subject", 34, 31);
  stream(root, "__substg1.0_10130102", "HTML body", large, 77);
  stream(root, "__substg1.0_1000001F", "Body", 0, 0);
  const recipient = storage(root, "__recip_version1.0_#00000000", "Recipient 1", {
    created: "2026-03-01 09:12:44 +01:00",
    stateBits: "0x00000001",
  });
  stream(recipient, "__substg1.0_3001001F", "Display name", 18, 33);
  return { stamp, elements, majorVersion: 3, sectorSize: 512, isNew: false };
}

/** The bytes of any stream of the sample. */
export function streamBytes(offset: number, length: number, size: number): Uint8Array {
  const count = Math.max(0, Math.min(length, size - offset));
  return Uint8Array.from({ length: count }, (_, index) => 0x20 + ((offset + index) % 95));
}
