/** The properties of one object as whoever shows it needs them: by tag whatever the width of strings, or by name. */
import { propId, propType, PT_STRING8 } from "../mapi/propertyTypes";
import type { MessageOutline, ObjectAddress } from "../session/outline";
import type { NamedProperty } from "../session/types";
import type { CodePage } from "../text/types";

/** Which property: its tag (of any type), or its name. */
export type PropertyRef = number | NamedProperty;

/** Reads one object's properties; what is missing, unreadable or of another type is undefined. */
export interface PropertyReader {
  /** The value, whatever its type. */
  value(property: PropertyRef): unknown;
  /** A string of either width without NULs at its end; undefined when it is empty too. */
  text(property: PropertyRef): string | undefined;
  number(property: PropertyRef): number | undefined;
  boolean(property: PropertyRef): boolean | undefined;
  /** Raw FILETIME bits. */
  time(property: PropertyRef): bigint | undefined;
  bytes(property: PropertyRef): Uint8Array | undefined;
  texts(property: PropertyRef): readonly string[];
  blobs(property: PropertyRef): readonly Uint8Array[];
}

/** Ids from here on are named ([MS-OXCDATA] 2.9). */
const FIRST_NAMED = 0x8000;

/** One key a name: numbers and texts apart, the set's GUID without regard to case. */
function keyOfName(name: NamedProperty): string {
  const set = name.guid.toUpperCase();
  return "id" in name ? `${set} #${name.id & 0xffff}` : `${set} ${name.name.toLowerCase()}`;
}

/** A reader over any source of values. */
export function propertyReader(value: (property: PropertyRef) => unknown): PropertyReader {
  const list = (property: PropertyRef): readonly unknown[] => {
    const found = value(property);
    return Array.isArray(found) ? (found as readonly unknown[]) : [];
  };
  return {
    value,
    text: (property) => {
      const found = value(property);
      return (typeof found === "string" && found.replace(/\0+$/, "")) || undefined;
    },
    number: (property) => {
      const found = value(property);
      return typeof found === "number" ? found : undefined;
    },
    boolean: (property) => {
      const found = value(property);
      return typeof found === "boolean" ? found : undefined;
    },
    time: (property) => {
      const found = value(property);
      return typeof found === "bigint" ? found : undefined;
    },
    bytes: (property) => {
      const found = value(property);
      return found instanceof Uint8Array ? found : undefined;
    },
    texts: (property) => list(property).filter((each) => typeof each === "string"),
    blobs: (property) => list(property).filter((each) => each instanceof Uint8Array),
  };
}

/** The value of a property in another code page than the message says; itself when it is no 8-bit string. */
function inPage(
  outline: MessageOutline,
  address: ObjectAddress,
  tag: number,
  value: unknown,
  page: CodePage | undefined,
): unknown {
  if (page === undefined || propType(tag) !== PT_STRING8) return value;
  const bytes = outline.storedBytes(address, tag);
  return bytes === undefined ? value : page.decode(bytes);
}

/**
 * The properties of an object as they stand, all read at once: for messages and recipients.
 * @param codePage reads 8-bit strings in this page, whatever the message says
 */
export function readerOf(
  outline: MessageOutline,
  address: ObjectAddress,
  codePage?: CodePage,
): PropertyReader {
  const byId = new Map<number, unknown>();
  const byName = new Map<string, unknown>();
  for (const { tag, value, change } of outline.properties(address)) {
    const id = propId(tag);
    if (change === "deleted") continue;
    const read = inPage(outline, address, tag, value, codePage);
    byId.set(id, read);
    const name = id >= FIRST_NAMED ? outline.nameOf(id) : undefined;
    if (name) byName.set(keyOfName(name), read);
  }
  return propertyReader((property) =>
    typeof property === "number" ? byId.get(propId(property)) : byName.get(keyOfName(property)),
  );
}

/** The tagged properties of an object, each read when it is asked for: for attachments, whose data may be large. */
export function lazyReaderOf(
  outline: MessageOutline,
  address: ObjectAddress,
  codePage?: CodePage,
): PropertyReader {
  return propertyReader((property) => {
    if (typeof property !== "number") return undefined;
    const found = outline.property(address, property);
    if (!found || found.change === "deleted") return undefined;
    return inPage(outline, address, found.tag, found.value, codePage);
  });
}
