/** Values of each kind that is typed as text, for the tests of lists and of the form that adds a property. */

/** Something right, wrong and extreme of each kind; `field` is where it is typed. The tags are of several values. */
export const TYPED = [
  {
    name: "16-bit numbers",
    tag: 0x68201002,
    field: ".number-field",
    right: "-5",
    wrong: "32768",
    extreme: "-32768",
  },
  {
    name: "32-bit numbers",
    tag: 0x68211003,
    field: ".number-field",
    right: "12",
    wrong: "2147483648",
    extreme: "2147483647",
  },
  {
    name: "64-bit numbers",
    tag: 0x68221014,
    field: ".number-field",
    right: "7",
    wrong: "9223372036854775808",
    extreme: "-9223372036854775808",
  },
  {
    name: "32-bit floats",
    tag: 0x68231004,
    field: ".value-line",
    right: "0.5",
    wrong: "half",
    extreme: "3.4028235e38",
  },
  {
    name: "64-bit floats",
    tag: 0x68241005,
    field: ".value-line",
    right: "-1e-7",
    wrong: "1,5",
    extreme: "5e-324",
  },
  {
    name: "amounts",
    tag: 0x68251006,
    field: ".value-line",
    right: "12.3456",
    wrong: "1.23456",
    extreme: "-922337203685477.5808",
  },
  {
    name: "local times",
    tag: 0x68261007,
    field: ".value-line",
    right: "2026-03-01T08:12:44",
    wrong: "2026-02-30",
    extreme: "9999-12-31",
  },
  {
    name: "GUIDs",
    tag: 0x68271048,
    field: ".named-editor input",
    right: "{00062008-0000-0000-C000-000000000046}",
    wrong: "{00062008",
    extreme: "{FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF}",
  },
] as const;
