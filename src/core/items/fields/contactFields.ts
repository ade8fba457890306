/** The fields of contacts: [MS-OXOCNTC] 2.2.1. Names, how the contact is filed, and the lists of addresses follow. */
import { MapiError } from "../../mapi/errors";
import { PSETID_ADDRESS } from "../../mapi/propertySets";
import { PT_BINARY, PT_LONG, PT_MV_LONG, PT_SYSTIME, PT_UNICODE } from "../../mapi/propertyTypes";
import {
  PR_BIRTHDAY,
  PR_BUSINESS_FAX_NUMBER,
  PR_BUSINESS_HOME_PAGE,
  PR_BUSINESS_TELEPHONE_NUMBER,
  PR_COMPANY_NAME,
  PR_COUNTRY,
  PR_DEPARTMENT_NAME,
  PR_DISPLAY_NAME,
  PR_DISPLAY_NAME_PREFIX,
  PR_GENERATION,
  PR_GIVEN_NAME,
  PR_HOME_TELEPHONE_NUMBER,
  PR_LOCALITY,
  PR_MIDDLE_NAME,
  PR_MOBILE_TELEPHONE_NUMBER,
  PR_POSTAL_ADDRESS,
  PR_POSTAL_CODE,
  PR_STATE_OR_PROVINCE,
  PR_STREET_ADDRESS,
  PR_SUBJECT,
  PR_SURNAME,
  PR_TITLE,
} from "../../mapi/tags";
import { formatAddress } from "../addressText";
import { namedIn, type NamedValue } from "../namedValues";
import type { PropertyReader } from "../propertyReader";
import { oneOffEntryId } from "../recipient";
import {
  FIELD_MESSAGES,
  type FieldChange,
  type FieldContext,
  type FieldValue,
  type ItemField,
  setOrRemove,
  textField,
  together,
} from "./field";
import { usersOf } from "./mailFields";

const address = namedIn(PSETID_ADDRESS);
const addressName = (id: number): { guid: string; id: number } => ({ guid: PSETID_ADDRESS, id });
const textOf = (value: FieldValue): string => (typeof value === "string" ? value : "");
const joined = (separator: string, ...parts: readonly (string | undefined)[]): string =>
  parts.filter((part) => part !== undefined && part !== "").join(separator);

// ---- names -----------------------------------------------------------------------------------------------------------

/** The parts of a name, and the company, which a contact can be filed under. */
interface NameParts {
  readonly prefix?: string | undefined;
  readonly given?: string | undefined;
  readonly middle?: string | undefined;
  readonly surname?: string | undefined;
  readonly suffix?: string | undefined;
  readonly company?: string | undefined;
}

const PART_TAGS: Readonly<Record<keyof NameParts, number>> = {
  prefix: PR_DISPLAY_NAME_PREFIX,
  given: PR_GIVEN_NAME,
  middle: PR_MIDDLE_NAME,
  surname: PR_SURNAME,
  suffix: PR_GENERATION,
  company: PR_COMPANY_NAME,
};

function partsOf(reader: PropertyReader): NameParts {
  const parts = Object.entries(PART_TAGS).map(([part, tag]) => [part, reader.text(tag)] as const);
  return Object.fromEntries(parts);
}

const fullName = ({ given, middle, surname, suffix }: NameParts): string =>
  joined(" ", given, middle, surname, suffix);
const lastFirst = ({ given, middle, surname }: NameParts): string =>
  joined(", ", surname, joined(" ", given, middle));

/** How a contact is filed by PidLidFileUnderId; undefined for a way that is left as it is. */
function filedAs(parts: NameParts, way: number): string | undefined {
  switch (way) {
    case 0x3001:
      return joined(" ", parts.prefix, fullName(parts));
    case 0x3a16:
      return parts.company ?? "";
    case 0x8017:
      return lastFirst(parts);
    case 0x8018:
      return joined("\r\n", parts.company, lastFirst(parts));
    case 0x8019:
      return joined("\r\n", lastFirst(parts), parts.company);
    case 0x8037:
      return fullName(parts);
    default:
      return undefined;
  }
}

const FILE_UNDER_CUSTOM = -1;

/** What follows from the parts of a name. */
function namesOf(parts: NameParts, reader: PropertyReader): FieldChange {
  const filed = filedAs(parts, reader.number(addressName(0x8006)) ?? FILE_UNDER_CUSTOM);
  return {
    set: [
      { tag: PR_DISPLAY_NAME, value: joined(" ", parts.prefix, fullName(parts)) || (parts.company ?? "") },
      { tag: PR_SUBJECT, value: fullName(parts) || (parts.company ?? "") },
    ],
    ...(filed === undefined ? {} : { named: [address(0x8005, PT_UNICODE, filed)] }),
  };
}

const nameField = (id: keyof NameParts): ItemField => ({
  id,
  kind: "text",
  read: (reader) => reader.text(PART_TAGS[id]),
  write: (value, { reader }) => {
    const text = textOf(value);
    return together(setOrRemove([PART_TAGS[id]], text), namesOf({ ...partsOf(reader), [id]: text }, reader));
  },
});

const fileAs: ItemField = {
  id: "fileAs",
  kind: "text",
  read: (reader) => reader.text(addressName(0x8005)),
  write: (value, { reader }) => {
    const text = textOf(value);
    const way = [0x8017, 0x8037, 0x3001, 0x3a16].find((each) => filedAs(partsOf(reader), each) === text);
    return {
      named: [address(0x8005, PT_UNICODE, text), address(0x8006, PT_LONG, way ?? FILE_UNDER_CUSTOM)],
    };
  },
};

// ---- e-mail ----------------------------------------------------------------------------------------------------------

const EMAIL_BASES = [0x8080, 0x8090, 0x80a0] as const;
const EMAIL_PARTS = [0, 2, 3, 4, 5];

/** PidLidAddressBookProviderEmailList and its bits, with one e-mail address there or not. */
function emailList(reader: PropertyReader, index: number, isThere: boolean): FieldChange {
  const found = reader.value(addressName(0x8028));
  const before = Array.isArray(found) ? found.filter((each): each is number => typeof each === "number") : [];
  const list = [...before.filter((each) => each !== index), ...(isThere ? [index] : [])].sort(
    (a, b) => a - b,
  );
  const bits = list.reduce((sum, each) => sum | (1 << each), 0);
  const mask = address(0x8029, PT_LONG, bits);
  return list.length === 0
    ? { named: [mask], remove: [addressName(0x8028)] }
    : { named: [mask, address(0x8028, PT_MV_LONG, list)] };
}

function emailValues(base: number, text: string, context: FieldContext): NamedValue[] | undefined {
  const [user, ...others] = usersOf(text);
  if (others.length > 0) throw new MapiError("MAPI_E_INVALID_PARAMETER", FIELD_MESSAGES.oneAddress);
  if (!user) return undefined;
  const name = user.name || fullName(partsOf(context.reader)) || user.address;
  const shown = name === user.address ? name : `${name} (${user.address})`;
  return [
    address(base, PT_UNICODE, shown),
    address(base + 2, PT_UNICODE, "SMTP"),
    address(base + 3, PT_UNICODE, user.address),
    address(base + 4, PT_UNICODE, user.address),
    address(base + 5, PT_BINARY, oneOffEntryId({ name, address: user.address }, context.width)),
  ];
}

const SHOWN_NAME = /^(.*) \(([^()]*)\)$/;

const emailField = (base: number, index: number): ItemField => ({
  id: `email${index + 1}`,
  kind: "addresses",
  read: (reader) => {
    const found = reader.text(addressName(base + 3));
    if (found === undefined) return undefined;
    const shown = SHOWN_NAME.exec(reader.text(addressName(base)) ?? "");
    return formatAddress({ name: shown?.[2] === found ? (shown[1] ?? "") : "", address: found });
  },
  write: (value, context) => {
    const named = emailValues(base, textOf(value), context);
    const list = emailList(context.reader, index, named !== undefined);
    if (named) return together({ named }, list);
    return together({ remove: EMAIL_PARTS.map((part) => addressName(base + part)) }, list);
  },
});

// ---- the address at work ---------------------------------------------------------------------------------------------

const WORK_PARTS = [
  ["workStreet", 0x8045, PR_STREET_ADDRESS],
  ["workPostalCode", 0x8048, PR_POSTAL_CODE],
  ["workCity", 0x8046, PR_LOCALITY],
  ["workState", 0x8047, PR_STATE_OR_PROVINCE],
  ["workCountry", 0x8049, PR_COUNTRY],
] as const;
const WORK = 2;

/** A part of the address at work; the whole address follows, and the mailing address where that is this one. */
const workField = ([id, name, mailing]: (typeof WORK_PARTS)[number]): ItemField => ({
  id,
  kind: id === "workStreet" ? "lines" : "text",
  read: (reader) => reader.text(addressName(name)),
  write: (value, { reader }) => {
    const text = textOf(value).replace(/\r\n|\r|\n/g, "\r\n");
    const part = (wanted: number): string =>
      (wanted === name ? text : reader.text(addressName(wanted))) ?? "";
    const town = joined(" ", part(0x8048), part(0x8046));
    const whole = joined("\r\n", part(0x8045), joined(", ", town, part(0x8047)), part(0x8049));
    const isMailing = [undefined, 0, WORK].includes(reader.number(addressName(0x8022)));
    return together(
      setOrRemove([{ name: addressName(name), type: PT_UNICODE }, ...(isMailing ? [mailing] : [])], text),
      setOrRemove(
        [{ name: addressName(0x801b), type: PT_UNICODE }, ...(isMailing ? [PR_POSTAL_ADDRESS] : [])],
        whole,
      ),
      isMailing ? { named: [address(0x8022, PT_LONG, whole === "" ? 0 : WORK)] } : {},
    );
  },
});

const HALF_DAY = 432_000_000_000n;
const DAY = 864_000_000_000n;
const BIRTHDAY_LOCAL = addressName(0x80de);

/** The birthday: as a date without a zone, and as the moment at which it began where the person is. */
const birthday: ItemField = {
  id: "birthday",
  kind: "day",
  read: (reader) => {
    const moment = reader.time(PR_BIRTHDAY);
    return (
      reader.time(BIRTHDAY_LOCAL) ?? (moment === undefined ? undefined : ((moment + HALF_DAY) / DAY) * DAY)
    );
  },
  write: (value, { utcOfLocal }) =>
    typeof value === "bigint"
      ? {
          set: [{ tag: PR_BIRTHDAY, value: utcOfLocal(value) }],
          named: [address(0x80de, PT_SYSTIME, value)],
        }
      : { remove: [PR_BIRTHDAY, BIRTHDAY_LOCAL] },
};

/** The fields of a contact. */
export const CONTACT_FIELDS: readonly ItemField[] = [
  nameField("prefix"),
  nameField("given"),
  nameField("middle"),
  nameField("surname"),
  nameField("suffix"),
  fileAs,
  nameField("company"),
  textField("jobTitle", "text", PR_TITLE),
  textField("department", "text", PR_DEPARTMENT_NAME),
  ...EMAIL_BASES.map(emailField),
  textField("businessPhone", "text", PR_BUSINESS_TELEPHONE_NUMBER),
  textField("homePhone", "text", PR_HOME_TELEPHONE_NUMBER),
  textField("mobilePhone", "text", PR_MOBILE_TELEPHONE_NUMBER),
  textField("businessFax", "text", PR_BUSINESS_FAX_NUMBER),
  ...WORK_PARTS.map(workField),
  textField("webPage", "text", PR_BUSINESS_HOME_PAGE, { name: addressName(0x802b), type: PT_UNICODE }),
  birthday,
];
