/** Elements that load what their address names, and ways to write the address. */
import { type Carrier, references } from "./kit";

/** Ways to write an address. */
export const URL_DISGUISES: readonly (readonly [string, (url: string) => string])[] = [
  ["plain", (url) => url],
  ["without scheme", (url) => url.replace(/^https?:/, "")],
  ["upper case and blanks", (url) => ` \t${url.replace("http", "HTTP")}`],
  ["broken by a tab and a line", (url) => url.replace("http", "ht&Tab;t&NewLine;p")],
  ["in references", (url) => references(url)],
];

/** Elements and attributes that load what their address names. */
export const LOADERS: readonly Carrier[] = [
  ["picture", "img src", (url) => `<img src="${url}">`],
  ["srcset", "img srcset", (url) => `<img srcset="${url} 1x, ${url}2 2x">`],
  ["picture", "img lowsrc dynsrc", (url) => `<img lowsrc="${url}" dynsrc="${url}" longdesc="${url}">`],
  ["picture", "image", (url) => `<image src="${url}" href="${url}">`],
  ["srcset", "picture", (url) => `<picture><source srcset="${url}"><img srcset="${url}"></picture>`],
  ["media", "video", (url) => `<video src="${url}" poster="${url}" autoplay preload></video>`],
  ["media", "audio", (url) => `<audio autoplay preload><source src="${url}"></audio>`],
  ["media", "track", (url) => `<video><track default kind=captions src="${url}"></video>`],
  ["picture", "input image", (url) => `<input type=image src="${url}">`],
  ["picture", "body background", (url) => `<body background="${url}">x`],
  [
    "picture",
    "table background",
    (url) => `<table background="${url}"><tr background="${url}"><td background="${url}">x</table>`,
  ],
  ["linked resource", "style sheet", (url) => `<link rel=stylesheet href="${url}">`],
  [
    "linked resource",
    "preload",
    (url) => `<link rel=preload as=image href="${url}"><link rel=modulepreload href="${url}">`,
  ],
  [
    "DNS prefetch",
    "prefetch",
    (url) => `<link rel=prefetch href="${url}"><link rel=prerender href="${url}">`,
  ],
  [
    "DNS prefetch",
    "preconnect",
    (url) => `<link rel=preconnect href="${url}"><link rel=dns-prefetch href="${url}">`,
  ],
  [
    "linked resource",
    "icon and manifest",
    (url) => `<link rel="shortcut icon" href="${url}"><link rel=manifest href="${url}">`,
  ],
  [
    "script",
    "script src",
    (url) => `<script src="${url}"></script><script type=module src="${url}"></script>`,
  ],
  ["frame", "iframe", (url) => `<iframe src="${url}"></iframe>`],
  ["frame", "frameset", (url) => `<frameset><frame src="${url}"></frameset>`],
  [
    "plug-in",
    "object",
    (url) => `<object data="${url}"><param name=src value="${url}"><embed src="${url}"></object>`,
  ],
  ["plug-in", "applet", (url) => `<applet code="${url}" codebase="${url}" archive="${url}"></applet>`],
  ["media", "bgsound", (url) => `<bgsound src="${url}"><layer src="${url}"></layer>`],
  ["base", "base", (url) => `<base href="${url}"><img src="a.png"><a href="b">b</a>`],
  ["meta refresh", "meta refresh", (url) => `<meta http-equiv=refresh content="0;url=${url}">`],
  [
    "form",
    "form",
    (url) =>
      `<form action="${url}" id=f><input name=a><button autofocus formaction="${url}">go</button></form>`,
  ],
  [
    "base",
    "base in the body, with relative addresses",
    (url) =>
      `<p><base target=_top href="${url}/"><img src="./a.png"><table background="b.png"><tr><td>x</table></p>`,
  ],
  [
    "meta refresh",
    "meta refresh and others, quoted and late",
    (url) =>
      `<p>x</p><meta http-equiv="&#82;efresh" content="0&#59; URL='${url}'"><meta http-equiv=Link content="<${url}>; rel=preload; as=image">`,
  ],
  [
    "form",
    "form around everything, sent by a picture",
    (url) =>
      `<form method=post action="${url}"><input type=image src="${url}" formaction="${url}"><textarea name=t>x</textarea>`,
  ],
  [
    "DNS prefetch",
    "dns-prefetch and anchors to be looked up",
    (url) =>
      `<meta http-equiv="x-dns-prefetch-control" content="on"><link rel="dns-prefetch" href="${url}"><a href="${url}">x</a>`,
  ],
  [
    "DNS prefetch",
    "preconnect of every kind",
    (url) =>
      `<link rel="preconnect dns-prefetch" crossorigin href="${url}"><link rel="next prev" href="${url}">`,
  ],
  [
    "SVG",
    "svg script",
    (url) => `<svg><script href="${url}" xlink:href="${url}" /><a href="${url}"><circle r=9 /></a></svg>`,
  ],
  [
    "SVG",
    "svg pattern, mask and marker",
    (url) =>
      `<svg><pattern id=p href="${url}#p" xlink:href="${url}#p" /><rect fill="url(${url}#p)" mask="url(${url}#m)" marker-start="url(${url}#k)" /></svg>`,
  ],
  [
    "MathML",
    "annotation with HTML",
    (url) =>
      `<math><semantics><annotation-xml encoding="application/xhtml+xml"><img src="${url}"></annotation-xml><annotation src="${url}">x</annotation></semantics></math>`,
  ],
  [
    "MathML",
    "mi with a style and a link",
    (url) => `<math><mi href="${url}" style="background: url(${url})" background="${url}">x</mi></math>`,
  ],
  [
    "VML",
    "vml background and stroke",
    (url) =>
      `<v:background id=b><v:fill type=tile src="${url}" /></v:background><v:shape><v:stroke src="${url}" filltype=tile /><v:imagedata r:href="${url}" gain="1" /></v:shape>`,
  ],
  [
    "VML",
    "vml with a behaviour",
    (url) =>
      `<style>v\\:* { behavior: url(#default#VML) } o\\:* { behavior: url(${url}) }</style><v:oval fillcolor=red href="${url}"><v:textbox><img src="${url}"></v:textbox></v:oval>`,
  ],
  [
    "frame",
    "srcdoc",
    (url) => `<iframe srcdoc="<img src='${url}'><script>top.pwned=1</script>" name="${url}"></iframe>`,
  ],
  ["link", "ping", (url) => `<a href="#" ping="${url}">x</a>`],
  ["SVG", "svg image", (url) => `<svg><image href="${url}" xlink:href="${url}" width=9 height=9 /></svg>`],
  ["SVG", "svg use", (url) => `<svg><use href="${url}#a" xlink:href="${url}#a" /></svg>`],
  [
    "SVG",
    "svg feImage",
    (url) =>
      `<svg><filter id=a><feImage href="${url}" /></filter><rect filter="url(#a)" width=9 height=9 /></svg>`,
  ],
  [
    "SVG",
    "svg style",
    (url) =>
      `<svg><style>@import "${url}"; rect { fill: url(${url}) }</style><rect width=9 height=9 /></svg>`,
  ],
  [
    "SVG",
    "svg foreignObject",
    (url) => `<svg><foreignObject><img src="${url}"><iframe src="${url}"></iframe></foreignObject></svg>`,
  ],
  [
    "SVG",
    "svg animate",
    (url) =>
      `<svg><image><set attributeName=href to="${url}" /><animate attributeName=href values="${url}" /></image></svg>`,
  ],
  [
    "MathML",
    "math",
    (url) =>
      `<math href="${url}"><mglyph src="${url}" /><maction actiontype="statusline" xlink:href="${url}">x</maction></math>`,
  ],
  [
    "VML",
    "vml",
    (url) =>
      `<v:rect><v:fill src="${url}" type=frame /><v:imagedata src="${url}" o:href="${url}" /></v:rect>`,
  ],
  [
    "VML",
    "vml in a conditional comment",
    (url) =>
      `<!--[if gte mso 9]><v:imagedata src="${url}" /><![endif]--><![if !mso]><img src="${url}"><![endif]>`,
  ],
  ["linked resource", "xml island", (url) => `<xml src="${url}" id=x></xml><?xml-stylesheet href="${url}"?>`],
  [
    "template",
    "template",
    (url) =>
      `<div><template shadowrootmode=open><img src="${url}"><style>@import "${url}"</style></template></div>`,
  ],
  [
    "template",
    "noscript",
    (url) => `<noscript><img src="${url}"></noscript><noembed><img src="${url}"></noembed>`,
  ],
  ["frame", "portal", (url) => `<portal src="${url}"></portal><fencedframe src="${url}"></fencedframe>`],
  ["picture", "beacon", (url) => `<img width=1 height=1 src="${url}"><img style="width:0" src="${url}">`],
];
