/** The pictures and files inside the S/MIME attachment of a message, as far as no key is needed. */
import type { MessageOutline, ObjectAddress } from "../../session/outline";
import { entityOf, securedData } from "./forms";
import { type MimePart, mimeTexts } from "./mime";
import { fileNameOf } from "./mimeNames";

/** A picture or a file inside what was signed. */
export interface SecuredPart extends Pick<MimePart, "type" | "contentId" | "size" | "bytes"> {
  /** As the sender names it; "" where it is not named. Untrusted. */
  readonly name: string;
}

/** The parts of attachments that were read: each picture is asked for by itself. */
const READ = new WeakMap<Uint8Array, readonly SecuredPart[]>();

/** The name that a part has by its disposition, else by its type. */
export const partNameOf = ({ named: [disposition, type] }: Pick<MimePart, "named">): string =>
  fileNameOf(disposition, "filename") || fileNameOf(type, "name");

/**
 * The pictures and files inside the signed attachment of a message, in their order; none where nothing is signed so that it
 * can be read without a key. Signatures are not checked; names are what the sender wrote.
 */
export function securedParts(outline: MessageOutline, message: ObjectAddress): readonly SecuredPart[] {
  const data = securedData(outline, message);
  if (data === undefined) return [];
  const known = READ.get(data);
  if (known !== undefined) return known;
  const entity = entityOf(data);
  const found = entity === undefined ? [] : mimeTexts(entity).others;
  const parts = found.map((part) => ({
    name: partNameOf(part),
    type: part.type,
    contentId: part.contentId,
    size: part.size,
    bytes: part.bytes,
  }));
  READ.set(data, parts);
  return parts;
}
