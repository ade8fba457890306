/** Message classes ([MS-OXCMSG] 2.2.1.3): which entry of the tables one belongs to. */
import { textCell } from "./dictionaryTables";
import type { PropertyTables } from "./dictionaryTables";
import type { MessageClassInfo } from "./dictionaryTypes";

/** Longer texts are no message classes ([MS-OXCMSG] 2.2.1.3 allows 255 characters). */
const MAX_LENGTH = 1024;

/** Blanks and NULs, which some writers leave around the class, and dots at its end. */
function trimmed(messageClass: string): string {
  return messageClass.slice(0, MAX_LENGTH).replace(/^[\s\0]+|[\s\0.]+$/g, "");
}

/** A function that finds the entry of a message class, as `PropertyDictionary.messageClassOf`. */
export function createMessageClassLookup(
  tables: PropertyTables,
): (messageClass: string) => MessageClassInfo | undefined {
  const entries = new Map(
    tables.messageClasses.map((row) => [
      textCell(row, 0).toLowerCase(),
      { prefix: textCell(row, 0), kind: textCell(row, 1), note: textCell(row, 2) },
    ]),
  );

  return (messageClass) => {
    const parts = trimmed(messageClass).toLowerCase().split(".");
    for (let length = parts.length; length > 0; length--) {
      const found = entries.get(parts.slice(0, length).join("."));
      if (found !== undefined) return found;
    }
    // REPORT.<class of the original>.NDR: first and last part decide ([MS-OXOMSG] 2.2.2.1).
    return parts.length > 2 ? entries.get(`${parts[0] ?? ""}.*.${parts.at(-1) ?? ""}`) : undefined;
  };
}
