/** What fields have to be beside others: rules that more than one structure has. */
import type { Scope } from "./scope";

/** That a field is not below another one. */
export const notBefore =
  (later: string, earlier: string) =>
  (scope: Scope): string | undefined =>
    scope.number(later) < scope.number(earlier) ? `It lies before ${earlier}.` : undefined;

const LONG_MONTHS: ReadonlySet<number> = new Set([1, 3, 5, 7, 8, 10, 12]);

function daysIn(year: number, month: number): number {
  if (month !== 2) return LONG_MONTHS.has(month) ? 31 : 30;
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return leap ? 29 : 28;
}

/** What is wrong with a day of a month; month 0 is no month, and no day of it is wrong. */
export function noSuchDay(year: number, month: number, day: number): string | undefined {
  return month === 0 || day <= daysIn(year, month)
    ? undefined
    : `Month ${month} of ${year} has no day ${day}.`;
}
