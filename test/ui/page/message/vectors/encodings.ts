/** Markup that is read in more than one way, and encodings in one another. */
import { base64, escaped, markup, percent, references, SCRIPT } from "./kit";

/** Markup that parses one way and serialises to another. */
export const MUTATIONS: readonly string[] = [
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

/** One encoding in another: whoever decodes once too often, or once too rarely, is caught. */
export const NESTED: readonly (readonly [string, (url: string) => string])[] = [
  [
    "references of references",
    (url) => `<img src="${markup(references(url))}"><p>${markup(references(`<img src=${url}>`))}</p>`,
  ],
  [
    "references in references in a frame",
    (url) =>
      `<iframe srcdoc="${markup(`<iframe srcdoc="${markup(`<img src="${url}"><script>${SCRIPT}</script>`)}"></iframe>`)}"></iframe>`,
  ],
  [
    "percent in an address of script",
    () => `<a href="javascript:${percent(SCRIPT)}">x</a><a href="${percent(`javascript:${SCRIPT}`)}">x</a>`,
  ],
  [
    "percent of percent",
    (url) => `<img src="${percent(percent(url))}"><a href="java%25%37%33cript:${SCRIPT}">x</a>`,
  ],
  [
    "Base64 of HTML in data:",
    (url) =>
      `<iframe src="data:text/html;base64,${base64(`<img src="${url}"><script>${SCRIPT}</script>`)}"></iframe>`,
  ],
  [
    "Base64 of SVG in an image",
    (url) =>
      `<img src="data:image/svg+xml;base64,${base64(`<svg xmlns="http://www.w3.org/2000/svg"><image href="${url}"/><script>${SCRIPT}</script></svg>`)}">`,
  ],
  [
    "SVG in percent in CSS",
    (url) =>
      `<p style="background: url('data:image/svg+xml,${percent(`<svg xmlns="http://www.w3.org/2000/svg"><image href="${url}"/></svg>`)}')">x</p>`,
  ],
  [
    "SVG that calls itself PNG",
    (url) =>
      `<img src="data:image/png;base64,${base64(`<svg xmlns="http://www.w3.org/2000/svg" onload="${SCRIPT}"><image href="${url}"/></svg>`)}">`,
  ],
  [
    "data: in data:",
    (url) =>
      `<object data="data:text/html,${percent(`<iframe src="data:text/html;base64,${base64(`<img src=${url}>`)}">`)}"></object>`,
  ],
  [
    "CSS escapes in references in an attribute",
    (url) => `<p style="${references(`${escaped("background")}:${escaped("url")}(${url})`)}">x</p>`,
  ],
  [
    "a sheet that imports a sheet in Base64",
    (url) =>
      `<style>@import "data:text/css;base64,${base64(`@import "${url}"; p { background: url(${url}) }`)}";</style><p>x</p>`,
  ],
  [
    "a linked sheet in Base64",
    (url) =>
      `<link rel=stylesheet href="data:text/css;base64,${base64(`p { background: url(${url}) }`)}"><p>x</p>`,
  ],
  [
    "UTF-7",
    (url) =>
      `<meta charset="utf-7">+ADw-script+AD4-${SCRIPT}+ADw-/script+AD4-+ADw-img src=+ACI-${url}+ACI-+AD4-`,
  ],
  [
    "UTF-16 without a mark",
    (url) =>
      `<meta charset="utf-16">${Array.from(`<img src=${url} onerror=${SCRIPT}>`, (char) => `${char}\u0000`).join("")}`,
  ],
  [
    "quoted-printable",
    (url) =>
      `<img src=3D"${url.replace("http", "=68ttp")}" onerror=3D"${SCRIPT}"><=73cript>${SCRIPT}<=2Fscript>`,
  ],
  ["an encoded word", (url) => `=?utf-8?B?${base64(`<img src=${url} onerror=${SCRIPT}>`)}?=`],
  [
    "JavaScript escapes",
    () => `<a href="javascript:\\u0074op.pwned=1">x</a><a onclick="\\u{74}op['\\x70wned']=1">y</a>`,
  ],
  [
    "overlong and broken UTF-8 by references",
    (url) =>
      `&#xC0;&#xBC;img src=${url}&#xC0;&#xBE;<p title="&#x0;&#xD800;&#x110000;><img src=${url}>">x</p>`,
  ],
  [
    "references without an end",
    (url) => `<img src="&#104&#116&#116&#112${url.slice(4)}"><a href="&#106avascript:${SCRIPT}">x</a>`,
  ],
  [
    "full-width and look-alike letters",
    () =>
      `<a href="ｊａｖａｓｃｒｉｐｔ:${SCRIPT}">x</a><ſcript>${SCRIPT}</ſcript><\u0130mg src=x onerror=${SCRIPT}>`,
  ],
];
