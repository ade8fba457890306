/** What a decoded binary value looks like: a tree of named fields, each at its place in the bytes. */
import type { FlagTable } from "../mapi/flagNames";
import type { PropertyName } from "../mapi/dictionaryTypes";
import type { Layout } from "./layout";
import type { StructureId } from "./registry";

/** The value of one field. Times and 64-bit numbers are `bigint`, GUIDs text with braces. */
export type Scalar = number | bigint | string | boolean | Uint8Array;

/** The parts of a property dictionary that structures ask for names; a `PropertyDictionary` fits. */
export interface StructureNames {
  /** The named values of a structure's field. */
  structureFlags(field: string): FlagTable | undefined;
  /** The named values of a property: fields that hold the same numbers share them. */
  flagsOf(property: number | PropertyName): FlagTable | undefined;
  /** The name of a GUID. */
  guidName(guid: string): string | undefined;
  /** The name of a property tag below 0x8000. */
  describeTag(tag: number): { readonly name: string; readonly known: boolean };
}

/** What a structure's bytes do not say themselves. */
export interface StructureContext {
  /** Windows code page of 8-bit text; 1252 is used for one that is not supported. */
  readonly codePage: number;
  /** Names of flags, GUIDs and tags; without it, numbers stand for themselves. */
  readonly names?: StructureNames;
}

/** A field, or a part with fields in it. */
export interface StructureNode {
  /** The specification's name in PascalCase; elements of an array have the array's name and their index. */
  readonly name: string;
  /** The name in words. */
  readonly label: string;
  /** First byte, counted from the start of the whole value. */
  readonly offset: number;
  /** Bytes; 0 for what is computed and not stored. */
  readonly length: number;
  /** The value of a field; a part with fields has none. */
  readonly value?: Scalar;
  /** The value as people read it, with names of flags and GUIDs where the context has them. */
  readonly display: string;
  /** What an editor starts with: `setField` takes it for the same value. There for editable fields alone. */
  readonly text?: string;
  /** Named values of the field, a key for `structureFlagTable`. */
  readonly flagsTable?: string;
  /** Whether `setField` may change it. */
  readonly editable: boolean;
  readonly children?: readonly StructureNode[];
  /** What is wrong with the field: cut off, out of range, in contradiction with another. */
  readonly problem?: string;
  /** The description it was read by, and is written by. */
  readonly layout: Layout;
  /** The bytes, where the value does not give them back: text with undefined characters, garbage behind a NUL. */
  readonly raw?: Uint8Array;
  /** The part ended before all of its fields were there: they are missing, not empty. */
  readonly cut?: true;
  /** The problem is a disagreement between fields that are valid each: changes may lead through it. */
  readonly advisory?: true;
  /** A count or length that says something else than what follows: it is kept as it is. */
  readonly contradicts?: true;
}

/** Something wrong in a structure. */
export interface StructureProblem {
  /** The field, as `setField` takes it; "" for the structure itself. */
  readonly path: string;
  readonly offset: number;
  readonly message: string;
  /** Fields disagree that are valid each; `setField` lets that pass, for one of them has to be changed first. */
  readonly advisory?: true;
}

/** A decoded structure. */
export interface StructureTree {
  readonly id: StructureId;
  readonly bytes: Uint8Array;
  readonly context: StructureContext;
  readonly root: StructureNode;
  /** Everything wrong, in the order of the bytes, bytes that are left over among it. */
  readonly problems: readonly StructureProblem[];
  /** Bytes after the end of the structure. */
  readonly leftover?: StructureNode;
}

/** What became of a change. */
export type EditResult =
  | { readonly ok: true; readonly bytes: Uint8Array; readonly tree: StructureTree }
  | { readonly ok: false; readonly message: string };
