/** What a description can ask about the fields around it, while a structure is read or written. */
import type { Scalar, StructureContext, StructureNode } from "./types";

/** The fields of one part, with those of the parts around it. */
export class Scope {
  private readonly nodes = new Map<string, StructureNode>();

  /**
   * @param parent the part around
   * @param index the place in the array around, 0 outside of one
   */
  constructor(
    readonly context: StructureContext,
    readonly parent?: Scope,
    readonly index: number = parent?.index ?? 0,
  ) {}

  /** Makes a field known; a later one of the same name takes its place. */
  add(node: StructureNode): void {
    this.nodes.set(node.name, node);
  }

  /** The field of that name here or in a part around, the nearest. */
  node(name: string): StructureNode | undefined {
    return this.nodes.get(name) ?? this.parent?.node(name);
  }

  /** The field of that name in this very part. */
  own(name: string): StructureNode | undefined {
    return this.nodes.get(name);
  }

  /** The value of a field, undefined when it is not there. */
  value(name: string): Scalar | undefined {
    return this.node(name)?.value;
  }

  /** The value of a field as number, 0 when it is none. */
  number(name: string): number {
    return numberOf(this.node(name));
  }

  /** The value of a field as text, "" when it is none. */
  text(name: string): string {
    return textOf(this.node(name));
  }

  /** Whether any bit of a mask is set in a field. */
  any(name: string, mask: number): boolean {
    return (this.number(name) & mask) !== 0;
  }

  /** The bytes a field takes, 0 when it is not there. */
  bytes(name: string): number {
    return this.node(name)?.length ?? 0;
  }

  /** The elements of an array, leftover bytes not counted. */
  count(name: string): number {
    return elementsOf(this.node(name)).length;
  }
}

/** A node's value as number, 0 when it is none. */
export function numberOf(node: StructureNode | undefined): number {
  const value = node?.value;
  if (typeof value === "bigint") return Number(value);
  if (typeof value === "boolean") return value ? 1 : 0;
  return typeof value === "number" ? value : 0;
}

/** A node's value as text, "" when it is none. */
export function textOf(node: StructureNode | undefined): string {
  return typeof node?.value === "string" ? node.value : "";
}

/** The child of a name. */
export function childOf(node: StructureNode | undefined, name: string): StructureNode | undefined {
  return node?.children?.find((child) => child.name === name);
}

/** The elements of an array. */
export function elementsOf(node: StructureNode | undefined): readonly StructureNode[] {
  return node?.children?.filter((child) => child.name !== LEFTOVER) ?? [];
}

/** The name of bytes that no field explains. */
export const LEFTOVER = "Leftover";
