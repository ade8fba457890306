/** Names of properties put into words for people: "PidTagClientSubmitTime" reads "Client submit time". */

/** Words that are not written in lower case; "X400=X.400" where the capitals alone do not do, "_" being a blank. */
const SPELLINGS: ReadonlyMap<string, string> = new Map(
  (
    "AB ACL ANR API BCC=Bcc CC=Cc CDO CID CLSID CPID CRC DAM DAV DL DLL DN EFP EID EIDS=EIDs EITS ENTRYID=entry_ID " +
    "ENTRYIDS=entry_IDs EXCHANGE=Exchange FAI FTP FX GAL GUID GUIDS=GUIDs HTML HTTP HTTPMAIL=HTTPMail ICAL=iCal " +
    "ICALENDAR=iCalendar ICS ID IDS=IDs IMAP IP IPM ISDN LCID LID LIS MAC=Mac MAPI MDB MDN MDNS=MDNs MHS MIME MMS MTA " +
    "MTS MV NDR NNTP NT OAB OLE OOF ORS OST OUTLOOK=Outlook OWA PAB PCL POP PST RPC RSS RSVP RTF SCL SHA1 SID SIP " +
    "SMIME=S/MIME SMS SMTP SQL TNEF TTY TZ UID UIDS=UIDs UM URI URL URLS=URLs UTC VCARD=vCard X400=X.400 XML XP"
  )
    .split(" ")
    .map((entry): [string, string] => {
      const [word = "", spelling = word] = entry.split("=");
      return [word, spelling.replace("_", " ")];
    }),
);

/** Words after which "To" is the heading of a message: "Display To". */
const HEADING_BEFORE_TO = /^(?:display|sendable|email|addr)$/i;

/** "ClientSubmitTime" -> Client, Submit, Time; runs of capitals stay together, numbers stand alone. */
function camelParts(name: string): string[] {
  return (
    name
      .replaceAll("ToDo", "Todo")
      .match(/X400|Sha1|ICal(?:endar)?|[A-Z]+(?![a-z])|[A-Z][a-z]+|[a-z]+|\d+/g) ?? []
  );
}

function sentence(parts: readonly string[]): string {
  const words = parts.map((part, at) => {
    if (part.toUpperCase() === "TODO") return "to-do";
    if (part.toUpperCase() === "TO" && HEADING_BEFORE_TO.test(parts[at - 1] ?? "")) return "To";
    return SPELLINGS.get(part.toUpperCase()) ?? part.toLowerCase();
  });
  const text = words
    .join(" ")
    .replace(/\b7 bit\b/, "7-bit")
    .replace(/\b8 bit\b/, "8-bit");
  return /^(iCal|vCard)/.test(text) ? text : text.charAt(0).toUpperCase() + text.slice(1);
}

/**
 * The words of a property's name in any of its forms: PidTag, PidLid, PidName, PR_, LID_, ptag, tag, dispid.
 * A name of no such form comes back as it is.
 */
export function wordsOfName(name: string): string {
  const camel = /^(?:PidTag|PidLid|PidName|dispid|ptag|tag)(?=[A-Z0-9])(.+)$/.exec(name)?.[1];
  if (camel !== undefined) return sentence(camelParts(camel));
  const snake = /^(?:PR|PROP|LID)_([A-Z0-9_]+)$/.exec(name)?.[1];
  if (snake !== undefined) return sentence(snake.split("_").filter((part) => part !== ""));
  return name;
}
