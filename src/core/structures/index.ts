/** Binary values with a known layout: decoded to trees of fields, changed field by field, encoded again. */
export * from "./oneOff";
export { decodeStructure, encodeStructure, findNode, type PlacedNode, walkStructure } from "./tree";
export { canInsert, canRemove, insertElement, removeElement, setField } from "./edit";
export { describeStructure, type Say } from "./describe";
export { structureFlagTable } from "./names";
export { structureOfValue, structuresOf, type StructureKey } from "./properties";
export { STRUCTURE_IDS, type StructureId } from "./registry";
export type {
  EditResult,
  Scalar,
  StructureContext,
  StructureNames,
  StructureNode,
  StructureProblem,
  StructureTree,
} from "./types";
