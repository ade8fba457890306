/** Texts of the Names view. */
export const NAMES_STRINGS = {
  namesLabel: "Named properties of the file",
  namesFilter: "Filter by id, name, number or property set",
  namesFilterLabel: "Filter named properties",
  namesCount: "{0} of {1}",
  namesNone: "The file has no named properties.",
  namesNoMatch: "No named property matches the filter.",
  namesColumnId: "Id",
  namesColumnNumber: "Number or name",
  namesColumnUses: "Used by",
  namesColumnBucket: "Bucket",
  namesUnused: "unused",
  namesOnlyUnused: "Only unused",
  namesUses: "Objects with {0}",
  namesUsesMore: "The first {0} of {1} are listed.",
  namesNotUsed:
    "No object has this property. The entry stays in the file: ids are never given to another name.",
  namesProblems: "{0} things in the map do not agree.",
  namesProblemOne: "1 thing in the map does not agree.",
  namesNoProblem: "The map and its lookup streams agree.",
  namesSetsText: "Property sets: {0}",
} as const;
