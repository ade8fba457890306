/** The types that a value can change to, and whether all of it would come along. */
import { PROPERTY_TYPES, PT_STRING8, PT_UNICODE, elementType } from "./propertyTypes";
import { convertValue } from "./valueConversion";
import { sameValue } from "./values";

/** A type that a value converts to. */
export interface TypeChange {
  readonly type: number;
  /** The value would not be the same after changing it back: it is rounded, or reduced to true and false. */
  readonly lossy: boolean;
}

/** Both widths of text are one type in a file: the message decides. */
const widthless = (type: number): number => {
  const element = elementType(type);
  return element === PT_STRING8 ? (type - PT_STRING8) | PT_UNICODE : type;
};

/** Every type that a value of a type can change to, in the order of the types. */
export function typeChanges(fromType: number, value: unknown): readonly TypeChange[] {
  return [...PROPERTY_TYPES.values()].flatMap(({ code, place }): TypeChange[] => {
    if (place === "none" || place === "storage" || widthless(code) === widthless(fromType)) return [];
    if (elementType(code) === PT_STRING8) return [];
    const there = convertValue(fromType, code, value);
    if (!there.ok) return [];
    const back = convertValue(code, fromType, there.value);
    return [{ type: code, lossy: !back.ok || !sameValue(back.value, value) }];
  });
}
