// Generates what the core knows of MAPI's names and numbers from the property reference:
//   src/core/mapi/tables/dictionary.json   names of tags, named properties, GUIDs, flags, errors, classes (read at run time)
//   src/core/mapi/tables/lcids.json        locale -> ANSI code page (bundled with the core)
//   src/core/mapi/tags.ts                  PR_* constants
// Usage: node scripts/generate-tables.mjs <props.json> [output folder, default src/core/mapi]
// The same input gives the same bytes. How the rows are read is told in src/core/mapi/dictionaryTables.ts.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const PT_STRING8 = 0x1e;
const PT_UNICODE = 0x1f;
const MV_FLAG = 0x1000;

/** GUIDs met in messages that the reference's own list does not name. */
const EXTRA_GUIDS = [
  ["InternetCharset", "{4E3A7680-B77A-11D0-9DA5-00C04FD65685}"],
  ["ConversationTracking", "{33EBA41F-7AA8-422E-BE7B-79E1A98E54B3}"],
  ["SearchIndexData", "{0B63E350-9CCC-11D0-BCDB-00805FCCCE04}"],
];

/** What the reference's one pattern of report classes stands for. */
const REPORT_PATTERNS = [
  ["REPORT.*.NDR", "Non-delivery report"],
  ["REPORT.*.DR", "Delivery report"],
  ["REPORT.*.Delayed", "Delay report"],
  ["REPORT.*.IPNRN", "Read receipt"],
  ["REPORT.*.IPNNRN", "Not-read receipt"],
];

const KIND_PREFIX = {
  flag: "flag",
  value: "value",
  value3rdByte: "byte3",
  value4thByte: "byte4",
  valueHighBytes: "high",
  valueLowerNibble: "nibble",
  clearBits: "clear",
};

const isString = (type) => (type & ~MV_FLAG) === PT_STRING8 || (type & ~MV_FLAG) === PT_UNICODE;
const unicodeOf = (type) => (type & MV_FLAG) | PT_UNICODE;
const string8Of = (type) => (type & MV_FLAG) | PT_STRING8;
const hex = (value, digits) => value.toString(16).toUpperCase().padStart(digits, "0");
const unique = (list) => [...new Set(list)];
const byText = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
/** PR_SUBJECT of PR_SUBJECT_A and PR_SUBJECT_W, where the property is text. */
const baseName = (name, type) =>
  isString(type) && name.startsWith("PR_") ? name.replace(/_[AW]$/, "") : name;

/** Drops empty cells at the end of a row: 0, "" and []. */
function trimRow(row) {
  const cells = [...row];
  const empty = (cell) => cell === 0 || cell === "" || (Array.isArray(cell) && cell.length === 0);
  while (cells.length > 0 && empty(cells.at(-1))) cells.pop();
  return cells;
}

/** "General Message Properties References: [MS-OXCMSG]" -> "General message"; spellings of one area become one. */
function areaName(area) {
  const ACRONYMS = {
    mapi: "MAPI",
    mime: "MIME",
    id: "ID",
    sms: "SMS",
    rss: "RSS",
    ab: "AB",
    ics: "ICS",
    imap: "IMAP",
    x400: "X.400",
  };
  if (area === undefined) return "";
  const name = area
    .replace(/\s+(References?:|Property set|\[MS-).*$/, "")
    .replace(/^IC$/, "ICS")
    .replace(/^Ren(?=Message)/, "Rename")
    .replace(/\s+Properties$/i, "")
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .split(/[\s-]+/)
    .map((word) => ACRONYMS[word.toLowerCase()] ?? word.toLowerCase())
    .join(" ")
    .replace("non transmittable", "non-transmittable")
    .replace("server side", "server-side")
    .replace("run time", "run-time");
  return name.charAt(0).toUpperCase() + name.slice(1);
}

/** "[MS-OXCMSG] section 2.2.1.46 Consuming ..." -> "OXCMSG 2.2.1.46". */
function referenceOf(ref) {
  const match = /^\[MS-([A-Z]+)\] section ([\d./]+)/.exec(ref ?? "");
  return match ? `${match[1]} ${match[2].replace("./", ".")}` : "";
}

/** Aliases as stored: none that follows from the names, "ptag*" for "ptag" with the canonical name. */
function aliasesOf(record, type, stem, known) {
  return unique((record.aliases ?? []).map((alias) => baseName(alias, type)))
    .filter((alias) => !known.includes(alias))
    .map((alias) => {
      if (stem === "") return alias;
      if (alias === `ptag${stem}`) return "ptag*";
      return alias === `dispid${stem}` ? "dispid*" : alias;
    });
}

function messageTags(props) {
  return props.tags
    .filter((record) => record.scope === undefined && Number(record.id) < 0x8000)
    .map((record) => ({ ...record, idNumber: Number(record.id), typeNumber: Number(record.type) }));
}

/** Whether an 8-bit record says nothing that its Unicode sibling does not say. */
function impliedBySibling(record, siblings) {
  if ((record.typeNumber & ~MV_FLAG) !== PT_STRING8) return false;
  const sibling = siblings.find((other) => other.typeNumber === unicodeOf(record.typeNumber));
  if (sibling === undefined || sibling.canonical !== record.canonical) return false;
  const names = [sibling.mapi, ...(sibling.aliases ?? [])]
    .filter(Boolean)
    .map((name) => baseName(name, PT_UNICODE));
  return [record.mapi, ...(record.aliases ?? [])]
    .filter(Boolean)
    .every((name) => names.includes(baseName(name, PT_STRING8)));
}

/** Rows of tags: primary record of an id first, so that no column has to say so. */
function tagRows(props, areaIndex) {
  const records = messageTags(props);
  const byId = groupBy(records, (record) => record.idNumber);
  const rows = [];
  for (const siblings of byId.values()) {
    for (const record of siblings.filter((r) => !impliedBySibling(r, siblings))) {
      const stem = (record.canonical ?? "").replace(/^PidTag/, "");
      const mapi = baseName(record.mapi ?? "", record.typeNumber);
      const aliases = aliasesOf(record, record.typeNumber, stem, [mapi, record.canonical]);
      const cells = [
        stem,
        mapi,
        aliases,
        areaIndex(record.area),
        referenceOf(record.ref),
        record.description ?? "",
      ];
      rows.push({ id: record.idNumber, type: record.typeNumber, primary: record.primary === true, cells });
    }
  }
  const known = new Set(rows.map((row) => row.id));
  rows.push(...observedRows(props).filter((row) => !known.has(row.id)));
  rows.sort((a, b) => a.id - b.id || Number(b.primary) - Number(a.primary) || a.type - b.type);
  return rows.map((row) => trimRow([hex(row.id, 4) + hex(row.type, 4), ...row.cells]));
}

/** Tags seen in real files that no source names, where the reference offers a name or a guess. */
function observedRows(props) {
  const rows = new Map();
  for (const seen of props.observedTags) {
    const type = isString(Number(seen.type)) ? unicodeOf(Number(seen.type)) : Number(seen.type);
    if ((seen.name === undefined && seen.guess === undefined) || Number(seen.id) >= 0x8000) continue;
    const mapi = seen.name?.startsWith("PR_") ? seen.name : "";
    const aliases = seen.name !== undefined && mapi === "" ? [seen.name] : [];
    const guess = (seen.guess ?? "").replace(/ \(inferred\)$/, "");
    const description = guess.charAt(0).toUpperCase() + guess.slice(1);
    const cells = ["", mapi, aliases, 0, "", description, guess === "" ? 0 : 1];
    rows.set(`${seen.id}${type}`, { id: Number(seen.id), type, primary: true, cells });
  }
  return [...rows.values()];
}

function groupBy(list, keyOf) {
  const groups = new Map();
  for (const item of list) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}

function namedRows(props, sets, areaIndex) {
  const rows = props.named.map((record) => {
    const prefix = record.lid === undefined ? "PidName" : "PidLid";
    const canonical = record.canonical ?? "";
    const stem = canonical.startsWith(prefix) ? canonical.slice(prefix.length) : "";
    const key = record.lid === undefined ? record.name : `0x${hex(Number(record.lid), 4)}`;
    if (record.lid === undefined && /^0x[0-9A-F]{4}$/.test(key))
      throw new Error(`A name that reads as an id: ${key}`);
    const cells = [
      record.type === undefined ? "" : hex(Number(record.type), 4),
      stem === "" ? canonical : stem,
      aliasesOf(record, 0, stem, [record.name, canonical]),
      areaIndex(record.area),
      referenceOf(record.ref),
      record.description ?? "",
    ];
    return trimRow([sets.indexOf(record.guidValue), key, ...cells]);
  });
  return rows.sort((a, b) => a[0] - b[0] || byText(a[1], b[1]));
}

/** The key of a flag table: the tag, "set index:id" of a named property, or the name of a structure's field. */
function flagRows(props, sets) {
  const rows = props.flags.map((table) => {
    const lid = table.lid === undefined ? "" : hex(Number(table.lid), 4);
    const key =
      table.tag?.slice(2) ?? (lid === "" ? table.property : `${sets.indexOf(table.guidValue)}:${lid}`);
    const values = table.values.map((entry) => {
      const prefix = table.kind === "mixed" ? `${KIND_PREFIX[entry.kind]}:` : "";
      return `${prefix}${entry.value.slice(2)}=${entry.kind === "clearBits" ? "" : entry.name}`;
    });
    return [key, table.kind, ...values];
  });
  return rows.sort((a, b) => byText(a[0], b[0]));
}

function guidRows(props) {
  const rows = [
    ...props.guids.map((guid) => [guid.value, guid.name, guid.kind]),
    ...EXTRA_GUIDS.map(([name, value]) => [value, name, "propertySet"]),
  ];
  const preference = ["propertySet", "class", "provider", "interface", "other"];
  return rows.sort((a, b) => byText(a[0], b[0]) || preference.indexOf(a[2]) - preference.indexOf(b[2]));
}

function classRows(props) {
  const plain = props.messageClasses.filter((entry) => !entry.prefix.includes("*"));
  return [
    ...plain.map((e) => [e.prefix, e.kind, e.note]),
    ...REPORT_PATTERNS.map(([p, note]) => [p, "report", note]),
  ];
}

/** One record a line, so that a change of the tables reads as a change of records. */
function serialize(tables) {
  const parts = Object.entries(tables).map(
    ([name, rows]) => `${JSON.stringify(name)}:[\n${rows.map((row) => JSON.stringify(row)).join(",\n")}\n]`,
  );
  return `{\n${parts.join(",\n")}\n}\n`;
}

function dictionary(props) {
  const areas = [""];
  const areaIndex = (area) => {
    const name = areaName(area);
    if (!areas.includes(name)) areas.push(name);
    return areas.indexOf(name);
  };
  const sets = unique(props.named.map((record) => record.guidValue)).sort(byText);
  const tags = tagRows(props, areaIndex);
  const named = namedRows(props, sets, areaIndex);
  return serialize({
    areas,
    sets,
    tags,
    named,
    guids: guidRows(props),
    flags: flagRows(props, sets),
    errors: props.errors.map((error) => [error.value.slice(2), error.name]),
    codepages: props.codepages.map((page) => trimRow([page.id, page.name, page.label ?? ""])),
    messageClasses: classRows(props),
  });
}

/**
 * Primary languages (low 10 bits of a locale id) by the code page most of their locales have, and the locales
 * that differ. Locales without an ANSI page of their own go with their language.
 */
function lcids(props) {
  const isAnsi = (page) => [874, 932, 936, 949, 950].includes(page) || (page >= 1250 && page <= 1258);
  const locales = props.lcids
    .map((entry) => ({ lcid: Number(entry.lcid), page: entry.ansiCodePage }))
    .filter((entry) => isAnsi(entry.page));
  const languages = new Map();
  for (const [language, group] of groupBy(locales, (entry) => entry.lcid & 0x3ff)) {
    const counts = [...groupBy(group, (entry) => entry.page)].map(([page, list]) => [page, list.length]);
    counts.sort((a, b) => b[1] - a[1] || a[0] - b[0]);
    languages.set(language, counts[0][0]);
  }
  const exceptions = locales.filter((entry) => languages.get(entry.lcid & 0x3ff) !== entry.page);
  const rows = (pairs, digits) =>
    [...groupBy(pairs, ([, page]) => page)]
      .sort((a, b) => a[0] - b[0])
      .map(([page, list]) => [
        page,
        list
          .map(([id]) => hex(id, digits))
          .sort(byText)
          .join(" "),
      ]);
  return serialize({
    languages: rows([...languages], 2),
    exceptions: rows(
      exceptions.map((entry) => [entry.lcid, entry.page]),
      4,
    ),
  });
}

/** Claims of names for tags.ts, the strongest first: a source's own name for a record, its aliases, derived forms. */
function nameClaims(props) {
  const claims = [];
  for (const record of messageTags(props)) {
    const names = [record.mapi, ...(record.aliases ?? [])].filter((name) =>
      /^PR_[A-Z0-9_]+$/.test(name ?? ""),
    );
    const tag = (type) => record.idNumber * 0x10000 + type;
    const weight = (record.primary ? 0 : 2) + (record.ref ? 0 : 1);
    for (const name of unique(names)) {
      const rank = (name === record.mapi ? 0 : 20) + weight;
      if (!isString(record.typeNumber)) {
        claims.push({ name, tag: tag(record.typeNumber), rank });
        continue;
      }
      const wide = unicodeOf(record.typeNumber);
      const narrow = string8Of(record.typeNumber);
      const base = baseName(name, record.typeNumber);
      const width = name.endsWith("_A") ? narrow : wide;
      claims.push({
        name,
        tag: tag(width),
        rank: width === record.typeNumber || !/_[AW]$/.test(name) ? rank : rank + 10,
      });
      for (const [derived, type] of [
        [base, wide],
        [`${base}_W`, wide],
        [`${base}_A`, narrow],
      ]) {
        claims.push({ name: derived, tag: tag(type), rank: rank + 40 });
      }
    }
  }
  return claims.sort((a, b) => a.rank - b.rank || a.tag - b.tag || byText(a.name, b.name));
}

function tagsSource(props) {
  const tags = new Map();
  for (const { name, tag } of nameClaims(props)) if (!tags.has(name)) tags.set(name, tag);
  const lines = [...tags]
    .sort((a, b) => a[1] - b[1] || byText(a[0], b[0]))
    .map(([name, tag]) => `export const ${name} = 0x${hex(tag, 8).toLowerCase()};`);
  return [
    "/**",
    " * Property tags by the names of the MAPI headers, for properties of messages, recipients and attachments:",
    " * id in the high 16 bits, type in the low ones ([MS-OXCDATA] 2.9). Of a text property PR_X and PR_X_W are the",
    " * Unicode tag, PR_X_A is the 8-bit one. Generated by scripts/generate-tables.mjs; not edited by hand.",
    " */",
    "",
    ...lines,
    "",
  ].join("\n");
}

const [input, output = join(dirname(fileURLToPath(import.meta.url)), "../src/core/mapi")] =
  process.argv.slice(2);
if (input === undefined)
  throw new Error("Usage: node scripts/generate-tables.mjs <props.json> [output folder]");
const props = JSON.parse(readFileSync(resolve(input), "utf8"));
mkdirSync(join(output, "tables"), { recursive: true });
for (const [name, text] of [
  ["tables/dictionary.json", dictionary(props)],
  ["tables/lcids.json", lcids(props)],
  ["tags.ts", tagsSource(props)],
]) {
  writeFileSync(join(output, name), text);
  console.log(`${name}: ${Buffer.byteLength(text)} bytes, ${gzipSync(text).length} gzipped`);
}
