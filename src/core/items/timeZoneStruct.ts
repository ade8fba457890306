/** PidLidTimeZoneStruct as it is written ([MS-OXOCAL] 2.2.1.39). */
import type { MessageTimeZone } from "./timeZone";
import { putTransition } from "./timeZoneRules";

const SIZE = 48;

/** Three biases, then each change behind its year: of the yearly rule 0. */
export function timeZoneStruct({ rule }: MessageTimeZone): Uint8Array {
  const bytes = new Uint8Array(SIZE);
  const view = new DataView(bytes.buffer);
  view.setInt32(0, rule.bias, true);
  view.setInt32(4, rule.standardBias, true);
  view.setInt32(8, rule.daylightBias, true);
  view.setUint16(12, rule.standard.year, true);
  putTransition(view, 14, rule.standard);
  view.setUint16(30, rule.daylight.year, true);
  putTransition(view, 32, rule.daylight);
  return bytes;
}
