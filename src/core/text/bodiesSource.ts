/** Where the body pipeline takes a message's properties from. */
import { propType, PT_UNICODE, PT_UNSPECIFIED } from "../mapi/propertyTypes";
import { PR_STORE_SUPPORT_MASK } from "../mapi/tags";
import { STORE_UNICODE_OK } from "../session/constants";
import type { MessageOutline, ObjectAddress } from "../session/outline";
import type { IMAPIProp } from "../session/types";
import { MapiError } from "../mapi/errors";
import type { CodePage } from "./types";

/** The properties of one message. */
export interface BodySource {
  /** The value of exactly this tag, type included; undefined when it is not there or cannot be read. */
  value(tag: number): unknown;
  /** The bytes of an 8-bit string as they are stored; without it such strings are taken as `value` decodes them. */
  storedBytes?(tag: number): Uint8Array | undefined;
  /** The code page of the message's 8-bit strings. */
  readonly codePage: CodePage;
  /** Whether its strings are Unicode; when false, PR_BODY can hold the characters of the code page alone. */
  readonly unicode?: boolean;
}

/** The properties of a message in an outline; deleted ones are not there. */
export function bodySourceOfOutline(outline: MessageOutline, address: ObjectAddress): BodySource {
  const rowOf = (tag: number): { value: unknown } | undefined => {
    const row = outline.property(address, tag);
    return row && row.tag === tag && row.change !== "deleted" ? row : undefined;
  };
  const { codePage, unicode } = outline.message(address);
  return {
    codePage,
    unicode,
    value: (tag) => rowOf(tag)?.value,
    storedBytes: (tag) => (rowOf(tag) ? outline.storedBytes(address, tag) : undefined),
  };
}

function isMarkedUnicode(message: IMAPIProp): boolean {
  const [mask] = message.getProps([PR_STORE_SUPPORT_MASK]);
  if (mask?.tag !== PR_STORE_SUPPORT_MASK || typeof mask.value !== "number") return false;
  return (mask.value & STORE_UNICODE_OK) !== 0;
}

/** The properties of a message as MAPI shows them, as they are now. `codePage`: that of its 8-bit strings. */
export function bodySourceOf(message: IMAPIProp, codePage: CodePage): BodySource {
  const tags = new Set(message.getPropList());
  const isThere = (tag: number): boolean => tags.has(tag);
  return {
    codePage,
    unicode: [...tags].some((tag) => propType(tag) === PT_UNICODE) || isMarkedUnicode(message),
    value: (tag) => {
      const [property] = message.getProps([tag]);
      return property?.tag === tag && isThere(tag) ? property.value : undefined;
    },
    storedBytes: (tag) => {
      if (!isThere(tag)) return undefined;
      try {
        const stored = message.openProperty((tag & ~0xffff) | PT_UNSPECIFIED);
        return stored instanceof Uint8Array ? stored : undefined;
      } catch (error) {
        if (error instanceof MapiError) return undefined;
        throw error;
      }
    },
  };
}
