/** The texts of the page. The host sends them localised with its first answer; until then they are English. */
import { PAGE_STRINGS, type StringKey } from "../src/protocol/strings";

let table: Readonly<Record<StringKey, string>> = PAGE_STRINGS;

/** Takes over the localised texts. */
export function setStrings(strings: Readonly<Partial<Record<StringKey, string>>>): void {
  table = { ...PAGE_STRINGS, ...strings };
}

/** The text of a key with `{0}`, `{1}` … replaced by the arguments. */
export function t(key: StringKey, ...args: readonly (string | number)[]): string {
  return table[key].replace(/\{(\d+)\}/g, (whole, index: string) => {
    const argument = args[Number(index)];
    return argument === undefined ? whole : String(argument);
  });
}
