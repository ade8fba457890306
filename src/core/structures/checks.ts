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

/** That a month has a day of that number; a month of 0 is none, and has any. */
export function noSuchDay(year: number, month: number, day: number): string | undefined {
  return month === 0 || day <= daysIn(year, month)
    ? undefined
    : `Month ${month} of ${year} has no day ${day}.`;
}
