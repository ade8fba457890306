/** Start and end of an appointment are read and written with the clock of its own time zone, as far as it has one. */
import { appointmentZone, type MessageTimeZone, type PropertyReader, utcInZone, zoneOffset } from "../core";

const MINUTE_MS = 60_000;

/** The zone with whose clock a field is written; undefined for all fields but those two, and where there is none. */
export function zoneOfField(field: string, reader: PropertyReader): MessageTimeZone | undefined {
  return field === "start" || field === "end" ? appointmentZone(reader, field) : undefined;
}

/** What the clock of a zone shows at a moment, as if it were UTC; both in milliseconds. */
export const clockTime = (zone: MessageTimeZone, utcMs: number): number =>
  utcMs + zoneOffset(zone, utcMs) * MINUTE_MS;

/** The moment that a time of that clock means. */
export const momentOfClock = (zone: MessageTimeZone, clockMs: number): number => utcInZone(zone, clockMs);
