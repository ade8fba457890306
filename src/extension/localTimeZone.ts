/** The time zone of the extension host, under the name that Outlook looks up: where the person is, as far as is known. */
import { type MessageTimeZone, UTC_ZONE, zoneOfClock } from "../core";

/** Names of Windows for the zones of the tz database, as Unicode CLDR pairs them (windowsZones). */
export const WINDOWS_ZONES: Readonly<Record<string, string>> = {
  "Hawaiian Standard Time": "Pacific/Honolulu",
  "Alaskan Standard Time": "America/Anchorage",
  "Pacific Standard Time": "America/Los_Angeles America/Vancouver",
  "US Mountain Standard Time": "America/Phoenix",
  "Mountain Standard Time": "America/Denver America/Edmonton",
  "Central America Standard Time": "America/Guatemala America/Costa_Rica",
  "Central Standard Time": "America/Chicago America/Winnipeg",
  "Central Standard Time (Mexico)": "America/Mexico_City",
  "Canada Central Standard Time": "America/Regina",
  "SA Pacific Standard Time": "America/Bogota America/Lima",
  "Eastern Standard Time": "America/New_York America/Toronto America/Detroit",
  "Atlantic Standard Time": "America/Halifax",
  "Venezuela Standard Time": "America/Caracas",
  "Pacific SA Standard Time": "America/Santiago",
  "Newfoundland Standard Time": "America/St_Johns",
  "E. South America Standard Time": "America/Sao_Paulo",
  "Argentina Standard Time": "America/Buenos_Aires America/Argentina/Buenos_Aires",
  "Montevideo Standard Time": "America/Montevideo",
  "Azores Standard Time": "Atlantic/Azores",
  "GMT Standard Time": "Europe/London Europe/Dublin Europe/Lisbon",
  "Greenwich Standard Time": "Atlantic/Reykjavik",
  "Morocco Standard Time": "Africa/Casablanca",
  "W. Europe Standard Time":
    "Europe/Berlin Europe/Amsterdam Europe/Vienna Europe/Zurich Europe/Rome Europe/Stockholm Europe/Oslo Europe/Luxembourg",
  "Central Europe Standard Time":
    "Europe/Budapest Europe/Prague Europe/Bratislava Europe/Ljubljana Europe/Belgrade",
  "Romance Standard Time": "Europe/Paris Europe/Brussels Europe/Copenhagen Europe/Madrid",
  "Central European Standard Time": "Europe/Warsaw Europe/Zagreb Europe/Sarajevo Europe/Skopje",
  "W. Central Africa Standard Time": "Africa/Lagos",
  "GTB Standard Time": "Europe/Bucharest Europe/Athens",
  "Egypt Standard Time": "Africa/Cairo",
  "South Africa Standard Time": "Africa/Johannesburg",
  "FLE Standard Time":
    "Europe/Kiev Europe/Kyiv Europe/Helsinki Europe/Sofia Europe/Tallinn Europe/Riga Europe/Vilnius",
  "Israel Standard Time": "Asia/Jerusalem",
  "Turkey Standard Time": "Europe/Istanbul",
  "Arab Standard Time": "Asia/Riyadh",
  "Russian Standard Time": "Europe/Moscow",
  "E. Africa Standard Time": "Africa/Nairobi",
  "Iran Standard Time": "Asia/Tehran",
  "Arabian Standard Time": "Asia/Dubai",
  "Afghanistan Standard Time": "Asia/Kabul",
  "West Asia Standard Time": "Asia/Tashkent",
  "Pakistan Standard Time": "Asia/Karachi",
  "India Standard Time": "Asia/Calcutta Asia/Kolkata",
  "Sri Lanka Standard Time": "Asia/Colombo",
  "Nepal Standard Time": "Asia/Katmandu Asia/Kathmandu",
  "Bangladesh Standard Time": "Asia/Dhaka",
  "SE Asia Standard Time": "Asia/Bangkok Asia/Jakarta Asia/Saigon Asia/Ho_Chi_Minh",
  "China Standard Time": "Asia/Shanghai Asia/Hong_Kong",
  "Singapore Standard Time": "Asia/Singapore Asia/Kuala_Lumpur Asia/Manila",
  "W. Australia Standard Time": "Australia/Perth",
  "Taipei Standard Time": "Asia/Taipei",
  "Tokyo Standard Time": "Asia/Tokyo",
  "Korea Standard Time": "Asia/Seoul",
  "Cen. Australia Standard Time": "Australia/Adelaide",
  "AUS Central Standard Time": "Australia/Darwin",
  "E. Australia Standard Time": "Australia/Brisbane",
  "AUS Eastern Standard Time": "Australia/Sydney Australia/Melbourne",
  "Tasmania Standard Time": "Australia/Hobart",
  "New Zealand Standard Time": "Pacific/Auckland",
};

/** The name of Windows for a zone of the tz database; the name itself where none is known: then the rules alone count. */
export function windowsZoneName(id: string): string {
  return Object.entries(WINDOWS_ZONES).find(([, ids]) => ids.split(" ").includes(id))?.[0] ?? id;
}

/** The zone here. */
export function localTimeZone(): MessageTimeZone {
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  // Some systems know no zone.
  if ((timeZone as string | undefined) === undefined || /^(?:Etc\/)?(?:UTC|GMT|UCT)$/i.test(timeZone))
    return UTC_ZONE;
  const offsetAt = (utcMs: number): number => -new Date(utcMs).getTimezoneOffset();
  return zoneOfClock({ name: windowsZoneName(timeZone), offsetAt }, new Date().getFullYear());
}
