/** The texts of the page. The host sends them localised with the model; until then they are English. */
import type { CompareStringKey } from "../../src/protocol/compare";
import { COMPARE_STRINGS } from "../../src/protocol/compareStrings";

let table: Readonly<Record<CompareStringKey, string>> = COMPARE_STRINGS;

/** Takes over the localised texts. */
export function setStrings(strings: Readonly<Record<CompareStringKey, string>>): void {
  table = { ...COMPARE_STRINGS, ...strings };
}

/** The text of a key with `{0}`, `{1}` … replaced by the arguments. */
export function t(key: CompareStringKey, ...args: readonly (string | number)[]): string {
  return table[key].replace(/\{(\d+)\}/g, (whole, index: string) => String(args[Number(index)] ?? whole));
}
