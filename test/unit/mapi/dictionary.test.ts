import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { parsePropertyTables } from "../../../src/core/mapi/dictionaryTables";
import { MapiError } from "../../../src/core/mapi/errors";
import { PS_INTERNET_HEADERS, PS_MAPI, PS_PUBLIC_STRINGS } from "../../../src/core/mapi/propertySets";
import { PSETID_APPOINTMENT, PSETID_COMMON, PSETID_MEETING } from "../../../src/core/mapi/propertySets";
import * as sets from "../../../src/core/mapi/propertySets";
import * as tags from "../../../src/core/mapi/tags";
import { hex8, propId } from "../../../src/core/mapi/propertyTypes";
import { readDictionary, readTables } from "./propertyTables";

const dictionary = readDictionary();

describe("property dictionary: tags", () => {
  it("describes a property by all its names", () => {
    const subject = dictionary.describeTag(0x0037001f);
    assert.equal(subject.name, "PidTagSubject");
    assert.equal(subject.words, "Subject");
    assert.equal(subject.mapiName, "PR_SUBJECT");
    assert.equal(subject.reference, "[MS-OXCMSG] 2.2.1.46");
    assert.equal(subject.area, "General message");
    assert.equal(subject.description, "Full subject: prefix plus normalized subject");
    assert.ok(subject.aliases.includes("ptagSubject"));
    assert.ok(subject.aliases.includes("urn:schemas:httpmail:subject"));
    assert.equal(subject.known, true);
    assert.equal(subject.typeDiffers, undefined);
  });

  it("names the 8-bit form of text after its own constant", () => {
    const subject = dictionary.describeTag(0x0037001e);
    assert.equal(subject.name, "PidTagSubject");
    assert.equal(subject.mapiName, "PR_SUBJECT_A");
    assert.equal(subject.typeDiffers, undefined);
  });

  it("prefers the record of the type, then text of the other width, then the id's own", () => {
    assert.equal(dictionary.describeTag(0x37010102).mapiName, "PR_ATTACH_DATA_BIN");
    assert.equal(dictionary.describeTag(0x3701000d).mapiName, "PR_ATTACH_DATA_OBJ");
    assert.equal(dictionary.describeTag(0x10130102).name, "PidTagHtml");
    assert.equal(dictionary.describeTag(0x1013001e).name, "PidTagBodyHtml");
    const multi = dictionary.describeTag(0x0037101f);
    assert.equal(multi.name, "PidTagSubject");
    assert.equal(multi.typeDiffers, undefined);
    const other = dictionary.describeTag(0x00370003);
    assert.equal(other.name, "PidTagSubject");
    assert.equal(other.typeDiffers, true);
    assert.equal(other.type, 0x001f);
  });

  it("puts names in words", () => {
    assert.equal(dictionary.describeTag(0x00390040).words, "Client submit time");
    assert.equal(dictionary.describeTag(0x39fe001f).words, "SMTP address");
    assert.equal(dictionary.describeTag(0x10090102).words, "RTF compressed");
    assert.equal(dictionary.describeTag(0x0fff0102).words, "Entry ID");
    assert.equal(dictionary.describeTag(0x0e04001f).words, "Display To");
    assert.equal(dictionary.describeTag(0x1033001f).words, "Internet followup to");
    assert.equal(dictionary.describeTag(tags.PR_EFORMS_REGISTRY_ENTRYID).words, "Eforms registry entry ID");
    assert.equal(dictionary.describeTag(0x0e02001f).words, "Display Bcc");
    assert.equal(dictionary.describeTag(0x0e77001f).words, "Received by SID as XML");
    assert.equal(dictionary.describeTag(0x5fe5001f).words, "Recipient SIP URI");
    assert.equal(dictionary.describeTag(0x39ff001f).words, "7-bit display name");
    assert.equal(dictionary.describeTag(0x0e2b0003).words, "To-do item flags");
  });

  it("says when it knows nothing", () => {
    const unknown = dictionary.describeTag(0x7abc0003);
    assert.deepEqual(unknown, {
      name: "0x7ABC0003",
      words: "0x7ABC0003",
      aliases: [],
      type: 3,
      known: false,
    });
  });

  it("marks what is only inferred", () => {
    const inferred = dictionary.describeTag(0x4024001e);
    assert.equal(inferred.guess, true);
    assert.equal(inferred.words, "Last modifier address type");
    assert.equal(inferred.name, "0x4024001E");
    assert.equal(dictionary.describeTag(0x5ff20003).mapiName, "PR_RECIPIENT_TRACKSTATUS_READ");
  });

  it("never gives an id of named properties a name of the address book", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0x8000, max: 0xffff }),
        fc.constantFrom(3, 0x1f, 0x1e, 0x102, 0x101f),
        (id, type) => {
          const found = dictionary.describeTag(id * 0x10000 + type);
          assert.equal(found.known, false);
          assert.equal(found.mapiName, undefined);
          assert.equal(dictionary.flagsOf(id * 0x10000 + type), undefined);
        },
      ),
      { numRuns: 2000 },
    );
    assert.ok(readTables().tags.every((row) => Number.parseInt(String(row[0]), 16) < 0x80000000));
  });

  it("answers any 32-bit number", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffffffff }), (tag) => {
        const found = dictionary.describeTag(tag);
        assert.ok(found.name.length > 0 && found.words.length > 0);
      }),
    );
  });

  it("leaves out properties of accounts and profiles", () => {
    assert.equal(dictionary.describeTag(0x660b001e).mapiName?.startsWith("PR_PROFILE_MAILBOX"), undefined);
    assert.doesNotMatch(
      JSON.stringify(readTables().tags),
      /PROP_POP_LEAVE_ON_SERVER|PR_PROFILE_HOME_SERVER"/,
    );
  });
});

describe("property dictionary: named properties", () => {
  it("describes ids in their sets", () => {
    const busy = dictionary.describeNamed({ guid: PSETID_APPOINTMENT, id: 0x8205 }, 3);
    assert.equal(busy.name, "PidLidBusyStatus");
    assert.equal(busy.words, "Busy status");
    assert.equal(busy.setName, "PSETID_Appointment");
    assert.ok(busy.aliases.includes("dispidBusyStatus"));
    assert.equal(busy.type, 3);
    assert.equal(busy.typeDiffers, undefined);
    assert.equal(dictionary.describeNamed({ guid: PSETID_APPOINTMENT, id: 0x8205 }, 0x1f).typeDiffers, true);
  });

  it("takes text of the other width, and any spelling of the GUID", () => {
    const place = dictionary.describeNamed(
      { guid: PSETID_APPOINTMENT.toLowerCase().slice(1, -1), id: 0x8208 },
      0x1e,
    );
    assert.equal(place.name, "PidLidLocation");
    assert.equal(place.typeDiffers, undefined);
  });

  it("keeps the same id of two sets apart", () => {
    const globalId = dictionary.describeNamed({ guid: PSETID_MEETING, id: 3 });
    assert.equal(globalId.name, "PidLidGlobalObjectId");
    assert.equal(dictionary.describeNamed({ guid: PSETID_COMMON, id: 3 }).known, false);
  });

  it("compares names of internet headers without regard to case, other names with", () => {
    const header = dictionary.describeNamed({ guid: PS_INTERNET_HEADERS, name: "ACCEPT-language" }, 0x1f);
    assert.equal(header.name, "PidNameAcceptLanguage");
    assert.equal(header.words.toLowerCase(), "accept-language");
    const keywords = { guid: PS_PUBLIC_STRINGS, name: "Keywords" };
    assert.equal(dictionary.describeNamed(keywords).name, "PidNameKeywords");
    assert.equal(dictionary.describeNamed({ ...keywords, name: "KEYWORDS" }).known, false);
  });

  it("shows unknown headers and user-defined fields under their own name", () => {
    const header = dictionary.describeNamed({ guid: PS_INTERNET_HEADERS, name: "x-unheard-of" }, 0x1f);
    assert.equal(header.words, "x-unheard-of");
    assert.equal(header.setName, "PS_INTERNET_HEADERS");
    assert.equal(header.userDefined, undefined);
    const field = dictionary.describeNamed({ guid: PS_PUBLIC_STRINGS, name: "Project number" }, 3);
    assert.deepEqual(field, {
      name: "Project number",
      words: "Project number",
      aliases: [],
      type: 3,
      known: false,
      setName: "PS_PUBLIC_STRINGS",
      userDefined: true,
    });
    assert.equal(dictionary.describeNamed({ guid: PSETID_COMMON, id: 0x8fff }).name, "0x8FFF");
  });

  it("reads names in PS_MAPI as the tags they are", () => {
    const subject = dictionary.describeNamed({ guid: PS_MAPI, id: 0x0037 }, 0x1f);
    assert.equal(subject.name, "PidTagSubject");
    assert.equal(dictionary.describeNamed({ guid: PS_MAPI, id: 0x8067 }, 3).known, false);
  });
});

describe("property dictionary: GUIDs, errors, code pages, classes", () => {
  it("names GUIDs", () => {
    assert.equal(dictionary.guidName("{00062008-0000-0000-C000-000000000046}"), "PSETID_Common");
    assert.equal(dictionary.guidName("00062008-0000-0000-c000-000000000046"), "PSETID_Common");
    assert.equal(dictionary.guidInfo("{71035549-0739-4DCB-9163-00F0580DBBDF}")?.name, "PSETID_AirSync");
    assert.equal(dictionary.guidInfo("{71035549-0739-4DCB-9163-00F0580DBBDF}")?.kind, "propertySet");
    assert.equal(dictionary.guidName("{12345678-0000-0000-0000-000000000000}"), undefined);
    assert.equal(dictionary.guidName("none"), undefined);
  });

  it("has a name for every property set constant", () => {
    for (const [constant, guid] of Object.entries(sets)) assert.ok(dictionary.guidName(guid), constant);
    assert.equal(new Set(Object.values(sets)).size, Object.values(sets).length);
  });

  it("names errors, signed or unsigned, of MAPI and of storage", () => {
    assert.equal(dictionary.errorName(0x8004010f), "MAPI_E_NOT_FOUND");
    assert.equal(dictionary.errorName(0x8004010f | 0), "MAPI_E_NOT_FOUND");
    assert.equal(dictionary.errorName(0x80030109), "STG_E_DOCFILECORRUPT");
    assert.equal(dictionary.errorName(0x12345678), undefined);
  });

  it("names code pages", () => {
    assert.equal(dictionary.codePageName(1252), "windows-1252");
    assert.equal(dictionary.codePageName(1), undefined);
  });

  it("finds message classes by their longest prefix at dots", () => {
    const prefix = (text: string) => dictionary.messageClassOf(text)?.prefix;
    assert.equal(prefix("IPM.Note"), "IPM.Note");
    assert.equal(prefix("ipm.note.Custom.Form"), "IPM.Note");
    assert.equal(prefix("IPM.Notebook"), "IPM");
    assert.equal(prefix("IPM.Schedule.Meeting.Request"), "IPM.Schedule.Meeting.Request");
    assert.equal(prefix(" IPM.Appointment \0"), "IPM.Appointment");
    assert.equal(prefix("IPM.Task."), "IPM.Task");
    assert.equal(prefix("REPORT.IPM.Note.NDR"), "REPORT.IPM.Note.NDR");
    assert.equal(prefix("Report.IPM.Note.Custom.IPNRN"), "REPORT.*.IPNRN");
    assert.equal(prefix("REPORT.IPM.Note.Custom"), undefined);
    assert.equal(prefix(""), undefined);
    assert.equal(prefix("\0"), undefined);
    assert.equal(prefix(".".repeat(100_000)), undefined);
    assert.equal(dictionary.messageClassOf("IPM.Contact.Company")?.kind, "contact");
  });
});

describe("property dictionary: search", () => {
  const names = (query: string, limit = 10) =>
    dictionary.findProperties(query, limit).map((found) => found.description.name);

  it("finds by any form of a name, best first", () => {
    for (const query of [
      "subject",
      "PR_SUBJECT",
      "pidtagsubject",
      "PidTagSubject",
      "0037",
      "0x0037",
      "0x0037001F",
    ]) {
      assert.equal(names(query)[0], "PidTagSubject", query);
    }
    assert.ok(names("PR_SUBJ").includes("PidTagSubject"));
    assert.equal(names("PidLidLoc")[0], "PidLidLocation");
    assert.equal(names("dispidLocation")[0], "PidLidLocation");
    assert.equal(names("8208")[0], "PidLidLocation");
    assert.equal(names("0x8208")[0], "PidLidLocation");
    assert.equal(names("client time")[0], "PidTagClientSubmitTime");
    assert.equal(names("http://schemas.microsoft.com/mapi/proptag/0x0037001F")[0], "PidTagSubject");
    assert.equal(names("Keywords")[0], "PidNameKeywords");
    assert.ok(names("categories").includes("PidNameKeywords"), "by its description");
    assert.ok(names("ubjec").includes("PidTagSubject"));
  });

  it("tells tags and named properties apart", () => {
    const [subject] = dictionary.findProperties("PR_SUBJECT", 1);
    assert.ok(subject?.kind === "tag" && subject.tag === 0x0037001f);
    const [place] = dictionary.findProperties("dispidLocation", 1);
    assert.ok(place?.kind === "named");
    assert.deepEqual(place.named, { guid: PSETID_APPOINTMENT, id: 0x8208 });
    assert.equal(place.type, 0x1f);
  });

  it("offers the 8-bit tag for its name, and a whole tag that no table has", () => {
    const [narrow] = dictionary.findProperties("PR_SUBJECT_A", 3);
    assert.ok(narrow?.kind === "tag" && narrow.tag === 0x0037001e);
    assert.equal(narrow.description.mapiName, "PR_SUBJECT_A");
    const [own] = dictionary.findProperties("0x7ABC0003", 3);
    assert.ok(own?.kind === "tag" && own.tag === 0x7abc0003 && !own.description.known);
    assert.deepEqual(dictionary.findProperties("0x8ABC0003", 3), []);
    assert.deepEqual(dictionary.findProperties("0x7ABC7777", 3), []);
  });

  it("holds the limit, and finds nothing for nothing", () => {
    assert.equal(dictionary.findProperties("address", 7).length, 7);
    assert.deepEqual(dictionary.findProperties("", 10), []);
    assert.deepEqual(dictionary.findProperties("subject", 0), []);
    assert.deepEqual(dictionary.findProperties("no such property at all", 10), []);
    assert.deepEqual(dictionary.findProperties("(.*[", 10), []);
  });
});

describe("property tables and constants", () => {
  it("refuses tables of another shape", () => {
    const corrupt = (error: unknown) => error instanceof MapiError && error.name === "MAPI_E_CORRUPT_DATA";
    const good: Record<string, unknown> = { ...readTables() };
    assert.throws(() => parsePropertyTables(null), corrupt);
    assert.throws(() => parsePropertyTables([]), corrupt);
    for (const name of Object.keys(good)) {
      assert.throws(() => parsePropertyTables({ ...good, [name]: undefined }), corrupt, name);
      assert.throws(() => parsePropertyTables({ ...good, [name]: [[{}]] }), corrupt, name);
    }
  });

  it("has constants that agree with the dictionary", () => {
    assert.equal(tags.PR_SUBJECT, 0x0037001f);
    assert.equal(tags.PR_SUBJECT_W, 0x0037001f);
    assert.equal(tags.PR_SUBJECT_A, 0x0037001e);
    assert.equal(tags.PR_MESSAGE_FLAGS, 0x0e070003);
    assert.equal(tags.PR_ATTACH_DATA_OBJ, 0x3701000d);
    assert.equal(tags.PR_MAILBOX_OWNER_NAME, 0x661c001f);
    assert.equal(tags.PR_MESSAGE_SIZE_EXTENDED, 0x0e080014);
    for (const [name, tag] of Object.entries(tags)) {
      assert.match(name, /^PR_[A-Z0-9_]+$/);
      assert.ok(propId(tag) < 0x8000, name);
      assert.ok(dictionary.describeTag(tag).known, `${name} ${hex8(tag)}`);
    }
  });
});
