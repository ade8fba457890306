/** Style sheets and declarations that load. */
import { type Carrier, references, SCRIPT } from "./kit";

/** Declarations whose value is an image. */
export const CSS_VALUES: readonly (readonly [string, (url: string) => string])[] = [
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
export const CSS_PLACES: readonly (readonly [string, (css: string, url: string) => string])[] = [
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
export const SHEETS: readonly Carrier[] = [
  ["@import", "@import", (url) => `<style>@import "${url}";</style>`],
  ["@import", "@import url", (url) => `<style>@IMPORT url(${url}) screen;</style>`],
  ["@import", "@import, escaped", (url) => `<style>@\\69mport "${url}"; @\\000069mport "${url}";</style>`],
  ["@import", "@import after a comment", (url) => `<style>/**/@import/**/"${url}";</style>`],
  [
    "@import",
    "@import after @charset",
    (url) => `<style>@charset "utf-8"; @import "${url}" layer(x) supports(color: red);</style>`,
  ],
  ["@import", "@import in a comment for old programs", (url) => `<style><!-- @import "${url}"; --></style>`],
  [
    "CSS url()",
    "@font-face",
    (url) => `<style>@font-face { font-family: f; src: url(${url}) } * { font-family: f }</style>x`,
  ],
  [
    "CSS url()",
    "@font-face, escaped",
    (url) => `<style>@font-f\\61 ce { font-family: f; src: u\\72l(${url}) } p { font-family: f }</style><p>x`,
  ],
  [
    "CSS url()",
    "@keyframes",
    (url) => `<style>@keyframes k { from { background: url(${url}) } } p { animation: k 1s }</style><p>x`,
  ],
  [
    "CSS url()",
    "@property",
    (url) =>
      `<style>@property --p { syntax: "<image>"; inherits: true; initial-value: url(${url}) } p { background: var(--p) }</style><p>x`,
  ],
  [
    "CSS url()",
    "@page",
    (url) => `<style>@page { background: url(${url}); @top-left { content: url(${url}) } }</style>`,
  ],
  [
    "other CSS",
    "@namespace",
    (url) => `<style>@namespace url(${url}); @document url(${url}) { p { color: red } }</style>`,
  ],
  [
    "other CSS",
    "expression",
    () => `<div style="width: expression(${SCRIPT}); background: url(javascript:${SCRIPT})">x</div>`,
  ],
  [
    "mutation XSS",
    "a sheet that is closed twice",
    (url) => `<style>p::before { content: "</style><img src=${url} onerror=${SCRIPT}>" }</style><p>x`,
  ],
  [
    "mutation XSS",
    "a selector with markup",
    (url) => `<style>[title="</style ><img src='${url}' onerror='${SCRIPT}'>"] { color: red }</style>`,
  ],
  [
    "@import",
    "a media attribute that closes",
    (url) => `<style media="all } @import '${url}'; @media all">p { background: url(${url}) }</style><p>x`,
  ],
  [
    "CSS url()",
    "style with a type",
    (url) => `<style type="text/css" title=x>p { background: url(${url}) }</style><p>x`,
  ],
  [
    "mutation XSS",
    "svg style in html",
    (url) => `<svg></p><style><a id="</style><img src=${url} onerror=${SCRIPT}>">`,
  ],
];
