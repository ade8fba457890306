/**
 * Hostile mail: every way of loading, running or leaving that we know, most of them made by combining carriers (where an
 * address or script can stand) with disguises (how it can be written). A script that runs calls `pwned`; a request goes to
 * the given server.
 */

/** One hostile mail. */
export interface Vector {
  readonly name: string;
  readonly html: string;
}

const SCRIPT = "top.pwned=parent.pwned=window.pwned=1";

/** A character as a numeric reference. */
const reference = (char: string): string => `&#x${(char.codePointAt(0) ?? 0).toString(16)};`;
const references = (text: string): string => Array.from(text, reference).join("");

/** Ways to write an address. */
const URL_DISGUISES: readonly (readonly [string, (url: string) => string])[] = [
  ["plain", (url) => url],
  ["without scheme", (url) => url.replace(/^https?:/, "")],
  ["upper case and blanks", (url) => ` \t${url.replace("http", "HTTP")}`],
  ["broken by a tab and a line", (url) => url.replace("http", "ht&Tab;t&NewLine;p")],
  ["in references", (url) => references(url)],
];

/** Elements and attributes that load what their address names. */
const LOADERS: readonly (readonly [string, (url: string) => string])[] = [
  ["img src", (url) => `<img src="${url}">`],
  ["img srcset", (url) => `<img srcset="${url} 1x, ${url}2 2x">`],
  ["img lowsrc dynsrc", (url) => `<img lowsrc="${url}" dynsrc="${url}" longdesc="${url}">`],
  ["image", (url) => `<image src="${url}" href="${url}">`],
  ["picture", (url) => `<picture><source srcset="${url}"><img srcset="${url}"></picture>`],
  ["video", (url) => `<video src="${url}" poster="${url}" autoplay preload></video>`],
  ["audio", (url) => `<audio autoplay preload><source src="${url}"></audio>`],
  ["track", (url) => `<video><track default kind=captions src="${url}"></video>`],
  ["input image", (url) => `<input type=image src="${url}">`],
  ["body background", (url) => `<body background="${url}">x`],
  [
    "table background",
    (url) => `<table background="${url}"><tr background="${url}"><td background="${url}">x</table>`,
  ],
  ["style sheet", (url) => `<link rel=stylesheet href="${url}">`],
  ["preload", (url) => `<link rel=preload as=image href="${url}"><link rel=modulepreload href="${url}">`],
  ["prefetch", (url) => `<link rel=prefetch href="${url}"><link rel=prerender href="${url}">`],
  ["preconnect", (url) => `<link rel=preconnect href="${url}"><link rel=dns-prefetch href="${url}">`],
  ["icon and manifest", (url) => `<link rel="shortcut icon" href="${url}"><link rel=manifest href="${url}">`],
  ["script src", (url) => `<script src="${url}"></script><script type=module src="${url}"></script>`],
  ["iframe", (url) => `<iframe src="${url}"></iframe>`],
  ["frameset", (url) => `<frameset><frame src="${url}"></frameset>`],
  ["object", (url) => `<object data="${url}"><param name=src value="${url}"><embed src="${url}"></object>`],
  ["applet", (url) => `<applet code="${url}" codebase="${url}" archive="${url}"></applet>`],
  ["bgsound", (url) => `<bgsound src="${url}"><layer src="${url}"></layer>`],
  ["base", (url) => `<base href="${url}"><img src="a.png"><a href="b">b</a>`],
  ["meta refresh", (url) => `<meta http-equiv=refresh content="0;url=${url}">`],
  [
    "form",
    (url) =>
      `<form action="${url}" id=f><input name=a><button autofocus formaction="${url}">go</button></form>`,
  ],
  ["ping", (url) => `<a href="#" ping="${url}">x</a>`],
  ["svg image", (url) => `<svg><image href="${url}" xlink:href="${url}" width=9 height=9 /></svg>`],
  ["svg use", (url) => `<svg><use href="${url}#a" xlink:href="${url}#a" /></svg>`],
  [
    "svg feImage",
    (url) =>
      `<svg><filter id=a><feImage href="${url}" /></filter><rect filter="url(#a)" width=9 height=9 /></svg>`,
  ],
  [
    "svg style",
    (url) =>
      `<svg><style>@import "${url}"; rect { fill: url(${url}) }</style><rect width=9 height=9 /></svg>`,
  ],
  [
    "svg foreignObject",
    (url) => `<svg><foreignObject><img src="${url}"><iframe src="${url}"></iframe></foreignObject></svg>`,
  ],
  [
    "svg animate",
    (url) =>
      `<svg><image><set attributeName=href to="${url}" /><animate attributeName=href values="${url}" /></image></svg>`,
  ],
  [
    "math",
    (url) =>
      `<math href="${url}"><mglyph src="${url}" /><maction actiontype="statusline" xlink:href="${url}">x</maction></math>`,
  ],
  [
    "vml",
    (url) =>
      `<v:rect><v:fill src="${url}" type=frame /><v:imagedata src="${url}" o:href="${url}" /></v:rect>`,
  ],
  [
    "vml in a conditional comment",
    (url) =>
      `<!--[if gte mso 9]><v:imagedata src="${url}" /><![endif]--><![if !mso]><img src="${url}"><![endif]>`,
  ],
  ["xml island", (url) => `<xml src="${url}" id=x></xml><?xml-stylesheet href="${url}"?>`],
  [
    "template",
    (url) =>
      `<div><template shadowrootmode=open><img src="${url}"><style>@import "${url}"</style></template></div>`,
  ],
  ["noscript", (url) => `<noscript><img src="${url}"></noscript><noembed><img src="${url}"></noembed>`],
  ["portal", (url) => `<portal src="${url}"></portal><fencedframe src="${url}"></fencedframe>`],
  ["beacon", (url) => `<img width=1 height=1 src="${url}"><img style="width:0" src="${url}">`],
];

/** Declarations whose value is an image. */
const CSS_VALUES: readonly (readonly [string, (url: string) => string])[] = [
  ["background", (url) => `background: url(${url})`],
  ["background-image, quoted", (url) => `background-image: url("${url}")`],
  ["escaped function", (url) => `background: \\75\\72\\6c(${url})`],
  ["escaped address", (url) => `background: url(\\68\\74 tp${url.slice(4)})`],
  ["upper case and blanks", (url) => `BACKGROUND:URL(  ${url}  )`],
  ["after a broken declaration", (url) => `color: red; }; background: url(${url})`],
  ["behind comments", (url) => `background:/**/url(${url})/*x*/`],
  ["list-style-image", (url) => `display: list-item; list-style-image: url(${url})`],
  ["content", (url) => `content: url(${url})`],
  ["cursor", (url) => `cursor: url(${url}), auto`],
  ["border-image", (url) => `border: 9px solid; border-image: url(${url}) 9`],
  ["mask", (url) => `mask: url(${url}); -webkit-mask-box-image: url(${url})`],
  ["shape-outside", (url) => `float: left; shape-outside: url(${url})`],
  ["filter", (url) => `filter: url(${url}#a); clip-path: url(${url}#a)`],
  ["image-set", (url) => `background: image-set("${url}" 1x); background: -webkit-image-set(url(${url}) 1x)`],
  ["cross-fade", (url) => `background: -webkit-cross-fade(url(${url}), url(${url}), 50%)`],
  ["custom property", (url) => `--x: url(${url}); background: var(--x)`],
  ["fallback of a custom property", (url) => `background: var(--none, url(${url}))`],
  ["src()", (url) => `background: src("${url}"); background: image("${url}")`],
  [
    "several layers",
    (url) => `background: linear-gradient(red, blue), url(data:image/png;base64,AA==), url(${url})`,
  ],
  ["behavior", (url) => `behavior: url(${url}); -moz-binding: url(${url}#x)`],
  ["offset-path", (url) => `offset-path: url(${url}#p); marker: url(${url}#m)`],
];

/** Places where declarations can stand. */
const CSS_PLACES: readonly (readonly [string, (css: string, url: string) => string])[] = [
  ["attribute", (css) => `<div style='${css}'>x</div>`],
  ["attribute in references", (css) => `<div style="${references(css)}">x</div>`],
  ["sheet", (css) => `<style>p { ${css} }</style><p>x</p>`],
  ["sheet in a comment for old programs", (css) => `<style><!-- p, p::before { ${css} } --></style><p>x</p>`],
  [
    "nested rules",
    (css) =>
      `<style>@media all { @supports (color: red) { @layer a { p { & { ${css} } } } } }</style><p>x</p>`,
  ],
];

/** Style sheets that load more than images. */
const SHEETS: readonly (readonly [string, (url: string) => string])[] = [
  ["@import", (url) => `<style>@import "${url}";</style>`],
  ["@import url", (url) => `<style>@IMPORT url(${url}) screen;</style>`],
  ["@import, escaped", (url) => `<style>@\\69mport "${url}"; @\\000069mport "${url}";</style>`],
  ["@import after a comment", (url) => `<style>/**/@import/**/"${url}";</style>`],
  [
    "@import after @charset",
    (url) => `<style>@charset "utf-8"; @import "${url}" layer(x) supports(color: red);</style>`,
  ],
  ["@import in a comment for old programs", (url) => `<style><!-- @import "${url}"; --></style>`],
  [
    "@font-face",
    (url) => `<style>@font-face { font-family: f; src: url(${url}) } * { font-family: f }</style>x`,
  ],
  [
    "@font-face, escaped",
    (url) => `<style>@font-f\\61 ce { font-family: f; src: u\\72l(${url}) } p { font-family: f }</style><p>x`,
  ],
  [
    "@keyframes",
    (url) => `<style>@keyframes k { from { background: url(${url}) } } p { animation: k 1s }</style><p>x`,
  ],
  [
    "@property",
    (url) =>
      `<style>@property --p { syntax: "<image>"; inherits: true; initial-value: url(${url}) } p { background: var(--p) }</style><p>x`,
  ],
  ["@page", (url) => `<style>@page { background: url(${url}); @top-left { content: url(${url}) } }</style>`],
  [
    "@namespace",
    (url) => `<style>@namespace url(${url}); @document url(${url}) { p { color: red } }</style>`,
  ],
  [
    "expression",
    () => `<div style="width: expression(${SCRIPT}); background: url(javascript:${SCRIPT})">x</div>`,
  ],
  [
    "a sheet that is closed twice",
    (url) => `<style>p::before { content: "</style><img src=${url} onerror=${SCRIPT}>" }</style><p>x`,
  ],
  [
    "a selector with markup",
    (url) => `<style>[title="</style ><img src='${url}' onerror='${SCRIPT}'>"] { color: red }</style>`,
  ],
  [
    "a media attribute that closes",
    (url) => `<style media="all } @import '${url}'; @media all">p { background: url(${url}) }</style><p>x`,
  ],
  ["style with a type", (url) => `<style type="text/css" title=x>p { background: url(${url}) }</style><p>x`],
  ["svg style in html", (url) => `<svg></p><style><a id="</style><img src=${url} onerror=${SCRIPT}>">`],
];

/** Addresses that are no web addresses, but reach out all the same. */
const OTHER_ADDRESSES: readonly (readonly [string, (server: URL) => string])[] = [
  ["file server", ({ host }) => `\\\\${host}\\share\\a.png`],
  ["file server, slashes", ({ host }) => `//${host}/share/a.png`],
  ["file server, mixed", ({ host }) => `/\\${host}\\share/a.png`],
  ["file:", ({ host }) => `file://${host}/share/a.png`],
  ["file: with four slashes", ({ host }) => `file:////${host}/share/a.png`],
  ["ftp:", ({ host }) => `ftp://${host}/a.png`],
  ["web socket", ({ host }) => `ws://${host}/a`],
  ["user and password", ({ host }) => `http://user:pass@${host}/a.png`],
  ["http: with backslashes", ({ host }) => `http:\\\\${host}\\a.png`],
  ["http: with one slash", ({ host }) => `http:/${host}/a.png`],
  ["view-source", ({ href }) => `view-source:${href}`],
  ["feed", ({ href }) => `feed:${href}`],
  ["blob of another origin", ({ origin }) => `blob:${origin}/0b1c2d3e-0000-0000-0000-000000000000`],
  ["data: html", ({ href }) => `data:text/html,<img src=${href}><script>${SCRIPT}</script>`],
  [
    "data: svg",
    ({ href }) =>
      `data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' onload='${SCRIPT}'><image href='${href}'/></svg>`,
  ],
];

const ADDRESS_PLACES: readonly (readonly [string, (url: string) => string])[] = [
  ["img", (url) => `<img src="${url}">`],
  [
    "background",
    (url) =>
      `<table background="${url}"><tr><td style="background: url('${url.replace(/\\/g, "\\\\")}')">x</table>`,
  ],
  ["iframe", (url) => `<iframe src="${url}"></iframe><object data="${url}"></object>`],
];

/** Ways to write "javascript:". */
const SCRIPT_SCHEMES: readonly string[] = [
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

const SCRIPT_PLACES: readonly (readonly [string, (url: string) => string])[] = [
  ["a", (url) => `<a href="${url}">click</a>`],
  [
    "area",
    (url) =>
      `<img usemap="#m" width=9 height=9 src="data:,"><map name=m><area shape=default href="${url}"></map>`,
  ],
  ["form", (url) => `<form action="${url}"><input type=submit autofocus formaction="${url}"></form>`],
  ["iframe", (url) => `<iframe src="${url}"></iframe>`],
  ["object", (url) => `<object data="${url}"></object><embed src="${url}">`],
  ["svg a", (url) => `<svg><a xlink:href="${url}" href="${url}"><text>x</text></a></svg>`],
  ["math", (url) => `<math><mtext href="${url}" xlink:href="${url}">x</mtext></math>`],
  ["meta", (url) => `<meta http-equiv="refresh" content="0; url=${url}">`],
];

const HANDLERS =
  "onerror onload onclick onfocus onfocusin onmouseover onmouseenter onpointerover onpointerrawupdate onanimationstart " +
  "ontransitionend ontoggle onbeforetoggle onscroll onscrollend onbegin onend onrepeat onstart onfinish onbounce onpageshow " +
  "onhashchange onmessage onresize onbeforeprint oncontentvisibilityautostatechange onsecuritypolicyviolation onslotchange onbeforematch";

/** Elements that run handlers by themselves or with a pointer over them. */
const HANDLER_PLACES: readonly (readonly [string, (handler: string) => string])[] = [
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

/** Markup that parses one way and serialises to another. */
const MUTATIONS: readonly string[] = [
  `<svg></p><style><a id="</style><img src=1 onerror=${SCRIPT}>">`,
  `<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=${SCRIPT}&gt;">`,
  `<math><mtext><table><mglyph><style><math><img src onerror=${SCRIPT}></style>`,
  `<form><math><mtext></form><form><mglyph><style></math><img src onerror=${SCRIPT}>`,
  `<noscript><p title="</noscript><img src=x onerror=${SCRIPT}>">`,
  `<svg><title><style><img title="</style><img src=1 onerror=${SCRIPT}>"></style></title></svg>`,
  `<svg><desc><template><img src=1 onerror=${SCRIPT}></template></desc></svg>`,
  `<math><annotation-xml encoding="text/html"><img src=1 onerror=${SCRIPT}></annotation-xml></math>`,
  `<table><svg><style><!--</table><img src=1 onerror=${SCRIPT}>--></style></svg></table>`,
  `<select><template><style><!--</select><img src=1 onerror=${SCRIPT}>`,
  `<textarea><img title="</textarea><img src=1 onerror=${SCRIPT}>"></textarea>`,
  `<xmp><p title="</xmp><img src=1 onerror=${SCRIPT}>">`,
  `<iframe><p title="</iframe><img src=1 onerror=${SCRIPT}>"></iframe>`,
  `<noembed><p title="</noembed><img src=1 onerror=${SCRIPT}>">`,
  `<plaintext><script>${SCRIPT}</script>`,
  `<!--><script>${SCRIPT}</script>-->`,
  `<!--!><img src=1 onerror=${SCRIPT}>-->`,
  `<? foo="><script>${SCRIPT}</script>">`,
  `<![CDATA[><img src=1 onerror=${SCRIPT}>]]>`,
  `<img src="x\`><script>${SCRIPT}</script>"\`>`,
  `<a href="\u0001java\u0003script:${SCRIPT}">x</a>`,
  `<div id="1\`\`onerror=${SCRIPT}">x</div>`,
  `<listing>&lt;img src=1 onerror=${SCRIPT}&gt;</listing>`,
  `<b id="<p title='</b><img src=1 onerror=${SCRIPT}>'>">x</b>`,
  `&lt;script&gt;${SCRIPT}&lt;/script&gt;`,
  `&amp;lt;img src=1 onerror=${SCRIPT}&amp;gt;`,
  `<scr<script>ipt>${SCRIPT}</scr</script>ipt>`,
  `<script\u0000>${SCRIPT}</script>`,
  `<SCRIPT/XSS>${SCRIPT}</SCRIPT>`,
  `<<script>${SCRIPT}//<</script>`,
  `<img """><script>${SCRIPT}</script>">`,
  `<form id=f><input name=body><input name=documentElement><input name=head><img name=querySelector></form><img src=x onerror=${SCRIPT}>`,
  `<form><input name=attributes><input name=childNodes><p onclick=${SCRIPT}>x</form>`,
  `<img name=getElementById><img name=getElementsByName><img name=createElement><img id=defaultView name=defaultView>`,
  `<a id=location href="javascript:${SCRIPT}"></a><a id=location name=href href="javascript:${SCRIPT}">x</a>`,
  `<iframe srcdoc="<script>${SCRIPT}</script>"></iframe>`,
  `<object type="text/html" data="data:text/html,<script>${SCRIPT}</script>"></object>`,
  `<isindex action="javascript:${SCRIPT}" type=image>`,
  `<keygen autofocus onfocus=${SCRIPT}>`,
  `<dialog open onclose=${SCRIPT}><form method=dialog><button autofocus>x</button></form></dialog>`,
  `<custom-element is=x-y onclick=${SCRIPT}>x</custom-element><div is="x" contenteditable onbeforeinput=${SCRIPT}>x</div>`,
  `<div popover onbeforetoggle=${SCRIPT} id=p>x</div><button popovertarget=p popovertargetaction=show>x</button>`,
  `<p style="position:fixed;inset:0;z-index:9;background:red">over everything</p>`,
];

type Pair = readonly [string, (text: string) => string];

const combine = (
  places: readonly Pair[],
  disguises: readonly Pair[],
  text: string,
  prefix: string,
): Vector[] =>
  places.flatMap(([place, carry]) =>
    disguises.map(([disguise, write]) => ({
      name: `${prefix}: ${place}, ${disguise}`,
      html: carry(write(text)),
    })),
  );

/** Every vector, against one server. */
export function vectors(server: URL): readonly Vector[] {
  const url = `${server.href}hit`;
  const css = CSS_VALUES.flatMap(([value, write]) =>
    CSS_PLACES.map(([place, carry]) => ({ name: `css: ${value}, ${place}`, html: carry(write(url), url) })),
  );
  return [
    ...combine(LOADERS, URL_DISGUISES, url, "load"),
    ...css,
    ...SHEETS.map(([name, write]) => ({ name: `sheet: ${name}`, html: write(url) })),
    ...ADDRESS_PLACES.flatMap(([place, carry]) =>
      OTHER_ADDRESSES.map(([name, write]) => ({
        name: `address: ${name}, ${place}`,
        html: carry(write(server)),
      })),
    ),
    ...SCRIPT_PLACES.flatMap(([place, carry]) =>
      SCRIPT_SCHEMES.map((scheme, index) => ({ name: `script: ${place}, ${index}`, html: carry(scheme) })),
    ),
    ...HANDLER_PLACES.flatMap(([place, carry]) =>
      HANDLERS.split(" ").map((handler) => ({ name: `handler: ${place}, ${handler}`, html: carry(handler) })),
    ),
    ...MUTATIONS.map((html, index) => ({ name: `mutation: ${index}`, html })),
  ];
}
