/** Sample mails: with HTML, attachments and a picture in the text; with mails in mails; of many recipients; a template. */
import {
  MAPI_BCC,
  MAPI_CC,
  MAPI_TO,
  PR_ATTACH_CONTENT_ID,
  PR_ATTACH_FLAGS,
  PR_ATTACHMENT_HIDDEN,
  PR_BODY,
  PR_HTML,
  PR_NATIVE_BODY_INFO,
  PR_SUBJECT,
  fillNewMessage,
  setEvery,
} from "../../src/core";
import {
  addRecipients,
  attachFile,
  attachMessage,
  makeSample,
  type Person,
  props,
  type Sample,
  utc,
  utf8,
} from "./kit";
import { ANNA, MARCO, PRIYA, TOMAS } from "./people";
import { barChart, roundMark } from "./png";
import { fillReceived, lines } from "./received";

/** ATT_MHTML_REF: the text refers to the attachment by its content id ([MS-OXCMSG] 2.2.2.18). */
const SHOWN_IN_BODY = 4;

const MEETING_NOTES = lines(
  "Budget round, 11 March",
  "",
  "1. Travel costs are down by eight percent.",
  "2. The new trade fair stand is ordered.",
  "3. Priya asks for the figures of April by Friday.",
);

const FIGURES = lines(
  "month;travel;fair;printing",
  "January;4120.50;0;310.00",
  "February;3980.00;1500;287.40",
  "March;3795.25;7200;301.10",
);

const CONTENT_ID = "logo@travel.example.com";

const REPORT_HTML = `<!DOCTYPE html>
<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"><title>Figures</title></head>
<body style="font-family:Calibri,Arial,sans-serif;font-size:11pt">
<p><img src="cid:${CONTENT_ID}" width="48" height="48" alt="Round mark"></p>
<p>Hello Marco,</p>
<p>here are the <b>figures of the first quarter</b>. Travel is down again – by 8&nbsp;% this time – and the
<a href="https://www.example.com/fair">trade fair</a> is paid.</p>
<table border="1" cellpadding="4"><tr><th>Month</th><th>Travel</th></tr>
<tr><td>January</td><td align="right">€ 4,120.50</td></tr><tr><td>February</td><td align="right">€ 3,980.00</td></tr>
<tr><td>March</td><td align="right">€ 3,795.25</td></tr></table>
<p>Kind regards<br>Anna</p></body></html>
`;

/** A received mail with HTML and text, three attachments, and a picture in the text. */
export const quarterFigures = (): Sample =>
  makeSample({ name: "Figures of the first quarter.msg", seed: 1 }, (message, randomBytes) => {
    fillReceived(message, {
      from: ANNA,
      to: [MARCO],
      cc: [PRIYA, TOMAS],
      subject: "RE: Figures of the first quarter – final",
      topic: "Figures of the first quarter – final",
      text: lines(
        "Hello Marco,",
        "",
        "here are the figures of the first quarter. Travel is down again – by 8 % this time – and the trade fair is paid.",
        "",
        "Kind regards",
        "Anna",
      ),
      html: REPORT_HTML,
      randomBytes,
    });
    attachFile(message, { fileName: "Notes of the budget round.txt", bytes: utf8(MEETING_NOTES) });
    attachFile(message, { fileName: "Travel costs.png", bytes: barChart([82, 79, 75, 60, 64, 58]) });
    attachFile(message, { fileName: "Q1 figures.csv", bytes: utf8(FIGURES) });
    attachFile(
      message,
      { fileName: "image001.png", bytes: roundMark() },
      props(
        [PR_ATTACH_CONTENT_ID, CONTENT_ID],
        [PR_ATTACH_FLAGS, SHOWN_IN_BODY],
        [PR_ATTACHMENT_HIDDEN, true],
      ),
    );
  });

/** A mail with a mail in it that has a mail in it, with attachments at every level. */
export const forwardedThread = (): Sample =>
  makeSample({ name: "FW Hotel in Lisbon.msg", seed: 2 }, (message, randomBytes) => {
    fillReceived(message, {
      from: MARCO,
      to: [ANNA, PRIYA],
      subject: "FW: Hotel in Lisbon",
      topic: "Hotel in Lisbon",
      text: lines("Hello both,", "", "this is what the hotel says. Shall we take it?", "", "Marco"),
      randomBytes,
    });
    attachFile(message, { fileName: "My comments.txt", bytes: utf8("Breakfast is extra.\r\n") });
    attachMessage(message, "Hotel in Lisbon", (answer) => {
      fillNewMessage(answer, { randomBytes });
      fillReceived(answer, {
        from: TOMAS,
        to: [MARCO],
        subject: "Hotel in Lisbon",
        sent: utc(2026, 3, 11, 16, 40),
        text: lines("Marco, the offer is attached, with the question I had asked.", "", "Tomáš"),
        randomBytes,
      });
      attachFile(answer, {
        fileName: "Angebot Zimmer für März.csv",
        bytes: utf8("room;price\r\nsingle;98\r\n"),
      });
      attachMessage(answer, "Rooms in May?", (question) => {
        fillNewMessage(question, { randomBytes });
        fillReceived(question, {
          from: MARCO,
          to: [TOMAS],
          subject: "Rooms in May?",
          sent: utc(2026, 3, 10, 9, 5),
          text: lines("Dear Tomáš,", "", "could you ask for five rooms from 18 to 21 May?", "", "Marco"),
          randomBytes,
        });
        attachFile(question, { fileName: "Names of guests.txt", bytes: utf8("Anna\r\nMarco\r\nPriya\r\n") });
      });
    });
  });

const FIRST_NAMES = [
  "Amelie",
  "Bruno",
  "Chiara",
  "Dmitri",
  "Eleni",
  "Farid",
  "Greta",
  "Hugo",
  "Ines",
  "Jonas",
];
const LAST_NAMES = [
  ...[
    "Almeida",
    "Bergström",
    "Castillo",
    "Dubois",
    "Eriksen",
    "Fischer",
    "García",
    "Horváth",
    "Ivanova",
    "Jansen",
  ],
  ...["Kowalski", "Larsen", "Moreau", "Novák", "O’Brien", "Petrov", "Quist", "Rossi", "Schäfer", "Tóth"],
];

const plain = (text: string): string =>
  text
    .normalize("NFD")
    .replace(/[^a-z]/gi, "")
    .toLowerCase();

/** So many people with different names. */
export function crowd(count: number): Person[] {
  return Array.from({ length: count }, (_, i) => {
    const first = FIRST_NAMES[i % FIRST_NAMES.length] ?? "";
    const last = LAST_NAMES[Math.floor(i / FIRST_NAMES.length) % LAST_NAMES.length] ?? "";
    const address = `${plain(first)}.${plain(last)}${i < 200 ? "" : String(i)}@example.com`;
    return { name: `${first} ${last}`, address };
  });
}

/** A mail to two hundred people. */
export const summerParty = (): Sample =>
  makeSample({ name: "Two hundred recipients.msg", seed: 3 }, (message, randomBytes) => {
    const people = crowd(200);
    fillReceived(message, {
      from: PRIYA,
      to: people.slice(0, 120),
      cc: people.slice(120, 180),
      subject: "Summer party on 3 July",
      text: lines("Dear colleagues,", "", "please keep 3 July free. There will be music.", "", "Priya"),
      randomBytes,
    });
    addRecipients(message, MAPI_BCC, people.slice(180));
  });

/** Class id of the root of a template (.oft), known from files by Outlook. */
const CLSID_TEMPLATE = "{0006F046-0000-0000-C000-000000000046}";

/** A template: an unsent mail to be filled in. */
export const holidayTemplate = (): Sample =>
  makeSample({ name: "Holiday request.oft", seed: 4, clsid: CLSID_TEMPLATE }, (message) => {
    setEvery(
      message,
      props(
        [PR_SUBJECT, "Holiday request"],
        [PR_BODY, lines("Dear Anna,", "", "I would like to take a holiday", "from:", "to:", "", "Thank you")],
        [
          PR_HTML,
          utf8(
            "<html><body><p>Dear Anna,</p><p>I would like to take a holiday</p><p>from:<br>to:</p></body></html>",
          ),
        ],
        [PR_NATIVE_BODY_INFO, 3],
      ),
    );
    addRecipients(message, MAPI_TO, [ANNA]);
    addRecipients(message, MAPI_CC, [PRIYA]);
  });
