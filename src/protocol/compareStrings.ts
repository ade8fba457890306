/** Texts of the page that compares two messages; the host localises them. */
export const COMPARE_STRINGS = {
  compareLabel: "Differences between {0} and {1}",
  compareName: "Name",
  compareNone: "The messages do not differ.",
  compareOne: "1 difference",
  compareMany: "{0} differences",
  compareMore: "{0} more rows are not shown",
  compareOnlyDifferences: "Show the differences only",
  compareNext: "Next difference",
  comparePrevious: "Previous difference",
  compareAsText: "Compare as text",
  compareSwap: "Swap the sides",
  compareStateSame: "the same",
  compareStateAdded: "added",
  compareStateRemoved: "removed",
  compareStateChanged: "changed",
  compareLoading: "Reading the messages…",
  compareValueOf: "Value in {0}",
  compareAbsent: "not there",
  compareHostGone:
    "The extension host does not answer. When it was restarted, this comparison stays as it is until it is opened again.",
  compareReopen: "Open Again",
} as const;
