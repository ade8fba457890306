/** The samples: messages of all kinds, built through the core, the same bytes every time. */
import { teamMeeting } from "./appointment";
import { contact } from "./contact";
import { germanMail, japaneseMail } from "./eightBit";
import type { Sample } from "./kit";
import { forwardedThread, holidayTemplate, quarterFigures, summerParty } from "./mails";
import { everyType, everyTypeIn8Bit, tenThousand } from "./propertyTypes";

export type { Sample } from "./kit";
export { crowd } from "./mails";

/** A file whose last fifth is missing, as a broken download leaves it. */
function damaged(sound: Sample): Sample {
  const size = Math.floor((sound.bytes.length * 4) / 5);
  return { name: "Damaged (cut short).msg", bytes: sound.bytes.slice(0, size) };
}

/** Builds all samples. */
export function buildSamples(): Sample[] {
  const figures = quarterFigures();
  return [
    figures,
    forwardedThread(),
    summerParty(),
    teamMeeting(),
    contact(),
    japaneseMail(),
    germanMail(),
    everyType(),
    everyTypeIn8Bit(),
    tenThousand(),
    holidayTemplate(),
    damaged(figures),
  ];
}
