/** Start and end of an appointment are read and written with the clock of its own time zone, as far as it has one. */
import { appointmentZone, type MessageTimeZone, type PropertyReader } from "../core";

/** The zone with whose clock a field is written; undefined for all fields but those two, and where there is none. */
export function zoneOfField(field: string, reader: PropertyReader): MessageTimeZone | undefined {
  return field === "start" || field === "end" ? appointmentZone(reader, field) : undefined;
}
