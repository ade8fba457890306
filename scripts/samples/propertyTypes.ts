/** Samples of what properties there can be: every type, in Unicode and 8-bit, named in both ways; and very many. */
import {
  type IMessage,
  MAPI_TO,
  PR_BODY,
  PR_SUBJECT,
  PS_INTERNET_HEADERS,
  PS_PUBLIC_STRINGS,
  PT_ACTIONS,
  PT_APPTIME,
  PT_BINARY,
  PT_BOOLEAN,
  PT_CLSID,
  PT_CURRENCY,
  PT_DOUBLE,
  PT_ERROR,
  PT_I2,
  PT_I8,
  PT_LONG,
  PT_MV_APPTIME,
  PT_MV_BINARY,
  PT_MV_CLSID,
  PT_MV_CURRENCY,
  PT_MV_DOUBLE,
  PT_MV_I2,
  PT_MV_I8,
  PT_MV_LONG,
  PT_MV_R4,
  PT_MV_STRING8,
  PT_MV_SYSTIME,
  PT_MV_UNICODE,
  PT_R4,
  PT_SRESTRICTION,
  PT_STRING8,
  PT_SVREID,
  PT_SYSTIME,
  PT_UNICODE,
  fillNewMessage,
  setEvery,
  setNamed,
} from "../../src/core";
import { addRecipients, attachMessage, MADE, makeSample, props, type Sample, utc, utf8 } from "./kit";
import { ANNA } from "./people";

/** A property set that no program knows. */
const OWN_SET = "{8D1F1C54-9A0B-4C51-8A3E-6B6F0D5D7C21}";
const SOME_GUID = "{6BA7B810-9DAD-11D1-80B4-00C04FD430C8}";
/** No answer of getProps, so it is stored: MAPI_E_UNABLE_TO_COMPLETE. */
const AN_ERROR = 0x80040400;
/** "The subject holds “fair”": a content restriction on PR_SUBJECT, [MS-OXCDATA] 2.12.4. */
const RESTRICTION = Uint8Array.of(
  ...[0x03, 0x01, 0x00, 0x01, 0x00, 0x1f, 0x00, 0x37, 0x00, 0x1f, 0x00, 0x37, 0x00],
  ...[0x66, 0x00, 0x61, 0x00, 0x69, 0x00, 0x72, 0x00, 0x00, 0x00],
);
/** One action of a rule that marks as read: [MS-OXORULE] 2.2.5. */
const ACTIONS = Uint8Array.of(0x01, 0x00, 0x09, 0x00, 0x0b, ...new Array<number>(8).fill(0));
const LATIN = "Grüße, Ærøskøbing, 25 €";

/** A name, a type and a value of that type; the values at the edges of the types among them. */
type Case = readonly [name: string, type: number, value: unknown];

const CASES: readonly Case[] = [
  ["Integer16", PT_I2, -32768],
  ["Integer32", PT_LONG, 2147483647],
  ["Floating32", PT_R4, 0.1],
  ["Floating64", PT_DOUBLE, -2.5e-300],
  ["Currency", PT_CURRENCY, 123_456n],
  ["FloatingTime", PT_APPTIME, 46093.34375],
  ["ErrorCode", PT_ERROR, AN_ERROR],
  ["Boolean", PT_BOOLEAN, true],
  ["Integer64", PT_I8, -9_223_372_036_854_775_808n],
  ["Time", PT_SYSTIME, MADE + 1_234_567n],
  ["Guid", PT_CLSID, SOME_GUID],
  ["ServerId", PT_SVREID, Uint8Array.from({ length: 21 }, (_, i) => (i === 0 ? 1 : i * 11))],
  ["Restriction", PT_SRESTRICTION, RESTRICTION],
  ["RuleAction", PT_ACTIONS, ACTIONS],
  ["Binary", PT_BINARY, Uint8Array.from({ length: 256 }, (_, i) => i)],
  ["MultipleInteger16", PT_MV_I2, [1, -1, 32767]],
  ["MultipleInteger32", PT_MV_LONG, [0, -2147483648, 2147483647]],
  ["MultipleFloating32", PT_MV_R4, [1.5, -0.25, 3.4028234663852886e38]],
  ["MultipleFloating64", PT_MV_DOUBLE, [Math.PI, -0, Infinity]],
  ["MultipleCurrency", PT_MV_CURRENCY, [1n, -10_000n, 9_223_372_036_854_775_807n]],
  ["MultipleFloatingTime", PT_MV_APPTIME, [0, -1.25, 46093.5]],
  ["MultipleInteger64", PT_MV_I8, [0n, -1n, 9_223_372_036_854_775_807n]],
  ["MultipleTime", PT_MV_SYSTIME, [utc(1601, 1, 1), utc(1969, 7, 20, 20, 17, 40), MADE]],
  ["MultipleGuid", PT_MV_CLSID, [SOME_GUID, OWN_SET]],
  ["MultipleBinary", PT_MV_BINARY, [utf8("first"), new Uint8Array(), Uint8Array.of(0, 1, 2, 3)]],
];

const WIDE: readonly Case[] = [
  ["String", PT_UNICODE, "Žluťoučký kůň 🐎 春"],
  ["MultipleString", PT_MV_UNICODE, ["one", "zwei €", "три", "四 🍀"]],
];

const NARROW: readonly Case[] = [
  ["String8", PT_STRING8, LATIN],
  ["MultipleString8", PT_MV_STRING8, ["one", "zwei €", "naïve façade"]],
];

/** Sets every case twice: under a text in the public set, and under a number in a set of its own. */
function setCases(message: IMessage, cases: readonly Case[]): void {
  setNamed(
    message,
    cases.map(([name, type, value]) => ({ name: { guid: PS_PUBLIC_STRINGS, name }, type, value })),
  );
  setNamed(
    message,
    cases.map(([, type, value], i) => ({ name: { guid: OWN_SET, id: 0x9000 + i }, type, value })),
  );
}

/** A Unicode message with a property of every type, an embedded message as the object. */
export const everyType = (): Sample =>
  makeSample({ name: "Every property type.msg", seed: 9 }, (message, randomBytes) => {
    setEvery(
      message,
      props(
        [PR_SUBJECT, "A property of every type"],
        [PR_BODY, "Each type is here twice: named by a text and named by a number.\r\n"],
      ),
    );
    setCases(message, [...CASES, ...WIDE]);
    setNamed(message, [
      { name: { guid: PS_INTERNET_HEADERS, name: "x-mailer" }, type: PT_UNICODE, value: "Samples 1.0" },
    ]);
    addRecipients(message, MAPI_TO, [ANNA]);
    attachMessage(message, "An object", (embedded) => {
      fillNewMessage(embedded, { randomBytes });
      setEvery(embedded, props([PR_SUBJECT, "An object"], [PR_BODY, "PT_OBJECT is a message.\r\n"]));
    });
  });

/** An 8-bit message with a property of every type it can hold. */
export const everyTypeIn8Bit = (): Sample =>
  makeSample(
    { name: "Every property type, 8-bit.msg", seed: 10, unicode: false, codePage: 1252 },
    (message) => {
      setEvery(message, props([PR_SUBJECT, "A property of every type"], [PR_BODY, `${LATIN}\r\n`]));
      setCases(message, [...CASES, ...NARROW]);
      addRecipients(message, MAPI_TO, [ANNA], { unicode: false });
    },
  );

const PROPERTY_COUNT = 10_000;

/** A message with ten thousand named properties: a stress for lists and for saving. */
export const tenThousand = (): Sample =>
  makeSample({ name: "Ten thousand properties.msg", seed: 11 }, (message) => {
    setEvery(message, props([PR_SUBJECT, "Ten thousand measurements"], [PR_BODY, "One property each.\r\n"]));
    setNamed(
      message,
      Array.from({ length: PROPERTY_COUNT }, (_, i) => {
        const number = String(i + 1).padStart(5, "0");
        const isText = i % 4 === 0;
        return {
          name: { guid: PS_PUBLIC_STRINGS, name: `Measurement ${number}` },
          type: isText ? PT_UNICODE : PT_DOUBLE,
          value: isText ? `Station ${number}: calm` : Math.round(Math.sin(i) * 1e6) / 1e4,
        };
      }),
    );
  });
