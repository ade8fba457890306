/** Locales and the ANSI code page their Windows writes 8-bit text in: [MS-LCID] 2.2, [MS-UCODEREF] 2.2.1. */
import tables from "./tables/lcids.json";

const SORT_AND_LANGUAGE = 0xffff;
const PRIMARY_LANGUAGE = 0x3ff;

/** Rows of `[code page, "ids in hex"]` as a map from id to code page. */
function pagesById(rows: readonly (readonly (number | string)[])[]): ReadonlyMap<number, number> {
  const pages = new Map<number, number>();
  for (const [page, ids] of rows) {
    for (const id of String(ids).split(" ")) pages.set(Number.parseInt(id, 16), Number(page));
  }
  return pages;
}

const LANGUAGES = pagesById(tables.languages);
const EXCEPTIONS = pagesById(tables.exceptions);

/**
 * The ANSI code page of a locale id, as PR_MESSAGE_LOCALE_ID holds it; undefined when its language has none.
 * A locale that is not known takes the page of its primary language; the sort order (high 16 bits) plays no part.
 */
export function ansiCodePageOfLcid(lcid: number): number | undefined {
  const locale = lcid & SORT_AND_LANGUAGE;
  return EXCEPTIONS.get(locale) ?? LANGUAGES.get(locale & PRIMARY_LANGUAGE);
}
