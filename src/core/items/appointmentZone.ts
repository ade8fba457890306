/** The time zone of an appointment: which of the properties that can hold one does ([MS-OXOCAL] 2.2.1.39 to 2.2.1.44). */
import { PSETID_APPOINTMENT } from "../mapi/propertySets";
import type { PropertyReader } from "./propertyReader";
import { type MessageTimeZone, zoneOfDefinition, zoneOfStruct } from "./timeZone";

const name = (id: number): { guid: string; id: number } => ({ guid: PSETID_APPOINTMENT, id });

/** PidLidTimeZoneStruct. */
export const ZONE_STRUCT = name(0x8233);
/** PidLidTimeZoneDescription. */
export const ZONE_DESCRIPTION = name(0x8234);
/** PidLidAppointmentTimeZoneDefinitionStartDisplay. */
const ZONE_START = name(0x825e);
/** PidLidAppointmentTimeZoneDefinitionEndDisplay. */
const ZONE_END = name(0x825f);
/** PidLidAppointmentTimeZoneDefinitionRecur. */
export const ZONE_RECUR = name(0x8260);

/** The zone in which the start or the end of an appointment is shown; undefined when the message holds none. */
export function appointmentZone(reader: PropertyReader, which: "start" | "end"): MessageTimeZone | undefined {
  return (
    zoneOfDefinition(reader.bytes(which === "start" ? ZONE_START : ZONE_END)) ??
    zoneOfDefinition(reader.bytes(ZONE_RECUR)) ??
    zoneOfStruct(reader.bytes(ZONE_STRUCT), reader.text(ZONE_DESCRIPTION) ?? "")
  );
}
