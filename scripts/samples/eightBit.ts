/** Sample mails whose strings are 8-bit: in the Japanese and in the western code page. */
import { PR_MESSAGE_LOCALE_ID, setEvery } from "../../src/core";
import { attachFile, makeSample, props, type Sample, utf8 } from "./kit";
import { JUERGEN, KATHARINA, SATO, TANAKA } from "./people";
import { fillReceived, lines } from "./received";

/** "受付は十時からです。" and a line end in Shift-JIS, the way a Japanese Windows saves a text file. */
const TEXT_IN_SHIFT_JIS = Uint8Array.of(
  ...[0x8e, 0xf3, 0x95, 0x74, 0x82, 0xcd, 0x8f, 0x5c, 0x8e, 0x9e],
  ...[0x82, 0xa9, 0x82, 0xe7, 0x82, 0xc5, 0x82, 0xb7, 0x81, 0x42, 0x0d, 0x0a],
);

const LOCALE_JAPANESE = 1041;
const LOCALE_GERMAN = 1031;

/** An 8-bit mail in code page 932. */
export const japaneseMail = (): Sample =>
  makeSample(
    { name: "Japanese, 8-bit.msg", seed: 5, unicode: false, codePage: 932 },
    (message, randomBytes) => {
      setEvery(message, props([PR_MESSAGE_LOCALE_ID, LOCALE_JAPANESE]));
      fillReceived(message, {
        from: SATO,
        to: [TANAKA],
        subject: "春の展示会のご案内",
        text: lines(
          "田中様",
          "",
          "春の展示会のご案内をお送りします。会場は東京駅から徒歩五分です。",
          "ご都合がよろしければ、ぜひお越しください。",
          "",
          "佐藤",
        ),
        width: { unicode: false, codePage: 932 },
        randomBytes,
      });
      attachFile(message, { fileName: "案内.txt", bytes: TEXT_IN_SHIFT_JIS });
    },
  );

/** An 8-bit mail in code page 1252. */
export const germanMail = (): Sample =>
  makeSample(
    { name: "German, 8-bit.msg", seed: 6, unicode: false, codePage: 1252 },
    (message, randomBytes) => {
      setEvery(message, props([PR_MESSAGE_LOCALE_ID, LOCALE_GERMAN]));
      fillReceived(message, {
        from: JUERGEN,
        to: [KATHARINA],
        subject: "AW: Grüße aus Köln – Termin am Mittwoch",
        topic: "Grüße aus Köln – Termin am Mittwoch",
        text: lines(
          "Liebe Katharina,",
          "",
          "schöne Grüße! Der Termin am Mittwoch passt; die Kosten liegen bei 250 €.",
          "",
          "Jürgen",
        ),
        width: { unicode: false, codePage: 1252 },
        randomBytes,
      });
      attachFile(message, { fileName: "Übersicht.csv", bytes: utf8("Posten;Betrag\r\nFähre;250\r\n") });
    },
  );
