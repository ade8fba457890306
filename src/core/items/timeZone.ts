/** What a clock shows in the time zone of an appointment: the rules stand in the message ([MS-OXOCAL] 2.2.1.39, 2.2.1.41). */
import { childOf, elementsOf, numberOf, textOf } from "../structures/scope";
import { decodeStructure } from "../structures/tree";
import type { StructureNode } from "../structures/types";

/** Milliseconds from 1601 to 1970. */
const EPOCH_MS = 11_644_473_600_000n;
const TICKS_PER_MS = 10_000n;
const MINUTE_MS = 60_000;
/** 4501-01-01, which Outlook writes for "no date". */
const NO_DATE = 0x0cb34557a3dd4000n;
const EFFECTIVE_RULE = 0x0002;
const LAST_WEEK = 5;
const DAYS_OF_WEEK = 7;

/** The day and time of a change to or from daylight saving time: yearly with year 0, else on that date. */
export interface Transition {
  readonly year: number;
  readonly month: number;
  /** 0 Sunday. */
  readonly dayOfWeek: number;
  /** Which one of that weekday in the month, 5 the last; with a year, the day of the month. */
  readonly day: number;
  readonly minutes: number;
}

/** One rule of a zone; biases in minutes, UTC = local + bias. */
interface ZoneRule {
  readonly bias: number;
  readonly standardBias: number;
  readonly daylightBias: number;
  readonly standard: Transition;
  readonly daylight: Transition;
}

/** A time zone out of a message. */
export interface MessageTimeZone {
  /** "W. Europe Standard Time"; "" where the message does not name it. */
  readonly name: string;
  readonly rule: ZoneRule;
}

/** Milliseconds since 1970 of a FILETIME; undefined for "no time". */
export function millisecondsOf(ticks: bigint | undefined): number | undefined {
  if (ticks === undefined || ticks === 0n || ticks === NO_DATE) return undefined;
  return Number(ticks / TICKS_PER_MS - EPOCH_MS);
}

function transitionOf(node: StructureNode | undefined): Transition {
  const num = (name: string): number => numberOf(childOf(node, name));
  return {
    year: num("Year"),
    month: num("Month"),
    dayOfWeek: num("DayOfWeek"),
    day: num("Day"),
    minutes: num("Hour") * 60 + num("Minute"),
  };
}

function ruleOf(node: StructureNode): ZoneRule {
  const num = (name: string): number => numberOf(childOf(node, name));
  return {
    bias: num("Bias"),
    standardBias: num("StandardBias"),
    daylightBias: num("DaylightBias"),
    standard: transitionOf(childOf(node, "StandardDate")),
    daylight: transitionOf(childOf(node, "DaylightDate")),
  };
}

/** The zone of a PidLidAppointmentTimeZoneDefinition value; undefined when it holds no rule. */
export function zoneOfDefinition(bytes: Uint8Array | undefined): MessageTimeZone | undefined {
  if (bytes === undefined) return undefined;
  const { root } = decodeStructure("TimeZoneDefinition", bytes, { codePage: 1252 });
  const rules = elementsOf(childOf(root, "TZRules"));
  const effective = rules.filter((rule) => (numberOf(childOf(rule, "TZRuleFlags")) & EFFECTIVE_RULE) !== 0);
  const rule = effective.at(-1) ?? rules.at(-1);
  return rule && { name: textOf(childOf(root, "KeyName")), rule: ruleOf(rule) };
}

/** The zone of a PidLidTimeZoneStruct value; `name` is PidLidTimeZoneDescription. */
export function zoneOfStruct(bytes: Uint8Array | undefined, name: string): MessageTimeZone | undefined {
  const size = 48;
  if (bytes === undefined || bytes.length < size) return undefined;
  const { root } = decodeStructure("TimeZone", bytes, { codePage: 1252 });
  return { name, rule: ruleOf(root) };
}

/** When a transition happens in a year, in milliseconds of local time. */
function momentOf({ month, dayOfWeek, day, minutes, year }: Transition, inYear: number): number {
  if (year !== 0) return Date.UTC(inYear, month - 1, day) + minutes * MINUTE_MS;
  const first = new Date(Date.UTC(inYear, month - 1, 1)).getUTCDay();
  const firstSuch = 1 + ((dayOfWeek - first + DAYS_OF_WEEK) % DAYS_OF_WEEK);
  const days = new Date(Date.UTC(inYear, month, 0)).getUTCDate();
  const wanted = firstSuch + (Math.min(Math.max(day, 1), LAST_WEEK) - 1) * DAYS_OF_WEEK;
  const date = wanted > days ? wanted - DAYS_OF_WEEK : wanted;
  return Date.UTC(inYear, month - 1, date) + minutes * MINUTE_MS;
}

/** Minutes to add to UTC for local time at a moment (milliseconds of UTC). */
export function zoneOffset({ rule }: MessageTimeZone, utcMs: number): number {
  const standard = 0 - (rule.bias + rule.standardBias);
  if (rule.daylight.month === 0 || rule.standard.month === 0) return standard;
  const daylight = 0 - (rule.bias + rule.daylightBias);
  const year = new Date(utcMs + standard * MINUTE_MS).getUTCFullYear();
  // Each change is told by the clock that was right before it.
  const toDaylight = momentOf(rule.daylight, year) - standard * MINUTE_MS;
  const toStandard = momentOf(rule.standard, year) - daylight * MINUTE_MS;
  const isDaylight =
    toDaylight < toStandard
      ? utcMs >= toDaylight && utcMs < toStandard
      : utcMs >= toDaylight || utcMs < toStandard;
  return isDaylight ? daylight : standard;
}

/** What the clock of a zone shows at a moment, as if that were UTC; both in milliseconds. */
export const clockInZone = (zone: MessageTimeZone, utcMs: number): number =>
  utcMs + zoneOffset(zone, utcMs) * MINUTE_MS;

const DAY_MS = 86_400_000;

/**
 * The moment, in milliseconds of UTC, at which the clock of a zone shows a time, given as if that were UTC. Of an hour that
 * comes twice the first is meant; in one that is left out, the clock as it was before goes on.
 */
export function utcInZone(zone: MessageTimeZone, clockMs: number): number {
  const before = zoneOffset(zone, clockMs - DAY_MS);
  const after = zoneOffset(zone, clockMs + DAY_MS);
  const isRight = (offset: number): boolean => zoneOffset(zone, clockMs - offset * MINUTE_MS) === offset;
  const offset = !isRight(before) && isRight(after) ? after : before;
  return clockMs - offset * MINUTE_MS;
}
