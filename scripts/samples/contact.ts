/** A sample contact: [MS-OXOCNTC]. */
import {
  oneOffEntryId,
  PR_BIRTHDAY,
  PR_BODY,
  PR_BUSINESS_HOME_PAGE,
  PR_BUSINESS_TELEPHONE_NUMBER,
  PR_COMPANY_NAME,
  PR_COUNTRY,
  PR_DEPARTMENT_NAME,
  PR_DISPLAY_NAME,
  PR_GIVEN_NAME,
  PR_ICON_INDEX,
  PR_LOCALITY,
  PR_MESSAGE_CLASS,
  PR_MESSAGE_FLAGS,
  PR_MOBILE_TELEPHONE_NUMBER,
  PR_POSTAL_CODE,
  PR_STREET_ADDRESS,
  PR_SUBJECT,
  PR_SURNAME,
  PR_TITLE,
  PS_PUBLIC_STRINGS,
  PSETID_ADDRESS,
  PT_BINARY,
  PT_LONG,
  PT_MV_LONG,
  PT_MV_UNICODE,
  PT_SYSTIME,
  PT_UNICODE,
  type NamedValue,
  setEvery,
  setNamed,
} from "../../src/core";
import { makeSample, props, type Sample, utc } from "./kit";
import { KATHARINA } from "./people";

const MSGFLAG_READ = 1;
const ICON_CONTACT = 0x200;
/** File the contact under "last name, first name". */
const FILE_AS_LAST_FIRST = 0x8017;
const WORK_ADDRESS = 2;
const BIRTHDAY = utc(1984, 6, 21);

const field = (id: number, type: number, value: unknown): NamedValue => ({
  name: { guid: PSETID_ADDRESS, id },
  type,
  value,
});

const FIELDS: readonly NamedValue[] = [
  field(0x8005, PT_UNICODE, "Vogel, Katharina"),
  field(0x8006, PT_LONG, FILE_AS_LAST_FIRST),
  field(0x801b, PT_UNICODE, "Rheinufer 12\r\n50668 Köln\r\nGermany"),
  field(0x8022, PT_LONG, WORK_ADDRESS),
  field(0x8028, PT_MV_LONG, [0]),
  field(0x8029, PT_LONG, 1),
  field(0x8045, PT_UNICODE, "Rheinufer 12"),
  field(0x8046, PT_UNICODE, "Köln"),
  field(0x8048, PT_UNICODE, "50668"),
  field(0x8049, PT_UNICODE, "Germany"),
  field(0x8080, PT_UNICODE, `${KATHARINA.name} (${KATHARINA.address})`),
  field(0x8082, PT_UNICODE, "SMTP"),
  field(0x8083, PT_UNICODE, KATHARINA.address),
  field(0x8084, PT_UNICODE, KATHARINA.address),
  field(0x8085, PT_BINARY, oneOffEntryId(KATHARINA, { unicode: true })),
  field(0x80de, PT_SYSTIME, BIRTHDAY),
  { name: { guid: PS_PUBLIC_STRINGS, name: "Keywords" }, type: PT_MV_UNICODE, value: ["Customers", "Köln"] },
];

/** A contact with an address, telephone numbers, a birthday and categories. */
export const contact = (): Sample =>
  makeSample({ name: "Katharina Vogel.msg", seed: 7 }, (message) => {
    setEvery(
      message,
      props(
        [PR_MESSAGE_CLASS, "IPM.Contact"],
        [PR_MESSAGE_FLAGS, MSGFLAG_READ],
        [PR_ICON_INDEX, ICON_CONTACT],
        [PR_SUBJECT, KATHARINA.name],
        [PR_DISPLAY_NAME, KATHARINA.name],
        [PR_GIVEN_NAME, "Katharina"],
        [PR_SURNAME, "Vogel"],
        [PR_COMPANY_NAME, "Vogel & Söhne Fähren"],
        [PR_TITLE, "Head of Purchasing"],
        [PR_DEPARTMENT_NAME, "Purchasing"],
        [PR_BUSINESS_TELEPHONE_NUMBER, "+49 221 5550 143"],
        [PR_MOBILE_TELEPHONE_NUMBER, "+49 171 5550 987"],
        [PR_STREET_ADDRESS, "Rheinufer 12"],
        [PR_LOCALITY, "Köln"],
        [PR_POSTAL_CODE, "50668"],
        [PR_COUNTRY, "Germany"],
        [PR_BUSINESS_HOME_PAGE, "https://www.example.de"],
        [PR_BIRTHDAY, BIRTHDAY],
        [PR_BODY, "Met at the trade fair in Lisbon.\r\n"],
      ),
    );
    setNamed(message, FIELDS);
  });
