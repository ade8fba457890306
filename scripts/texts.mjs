// The texts that people read, in every language.
//   node scripts/texts.mjs            prints what is missing, unused or wrong in a translation; exit code 1 where there is any
//   node scripts/texts.mjs --write    adds what is missing to the translations, as null, and takes out what is unused
//   node scripts/texts.mjs --list     prints the English texts as JSON
// A text is the first argument of l10n.t(…) and in the core of say(…), a value of a table named *_STRINGS or *_MESSAGES, or a sentence in the core
// or a part of one, which says everything in English: the extension translates it by its pattern (`coreTexts.ts`).
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import { hasFlag, inProject, say } from "./lib/process.mjs";

const LANGUAGES = ["zh-cn"];
const TABLE = /_(STRINGS|MESSAGES)$/;
const SENTENCE = /^[A-Z0-9“"{].* .*(?:[.…:]|[.}] \(.*\)|[.:] \{\d+\})$/s;
/** What is put into a sentence: "is not a list", "it is a PDF document", "{0} and {1} more". */
const PART =
  /^(?:an?|cannot|has|holds|in storage|is|it|its|lies|occurs|should|the file|true or|which|whose)\b .*[^.…:;>]$|^\{0\} and \{1\} more$/s;
const WORD = /[a-z]{2}/;
const PLACEHOLDER = /\{\d+\}/g;

const readJson = (file) => JSON.parse(readFileSync(file, "utf8"));

/** The string that an expression is, also one that is put together from literals. */
function literal(node) {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node) || ts.isSatisfiesExpression(node))
    return literal(node.expression);
  if (!ts.isBinaryExpression(node) || node.operatorToken.kind !== ts.SyntaxKind.PlusToken) return undefined;
  const [left, right] = [literal(node.left), literal(node.right)];
  return left === undefined || right === undefined ? undefined : left + right;
}

/** The sentence that a node of the core's sources is, with {0}, {1} … for what is put in; undefined for any other node. */
function sentence(node) {
  const concatenated = ts.isBinaryExpression(node) ? literal(node) : undefined;
  const template = ts.isTemplateExpression(node)
    ? node.head.text + node.templateSpans.map(({ literal: { text } }, index) => `{${index}}${text}`).join("")
    : undefined;
  const text = ts.isStringLiteralLike(node) ? node.text : (concatenated ?? template);
  if (text === undefined || !WORD.test(text)) return undefined;
  return SENTENCE.test(text) || PART.test(text) ? text : undefined;
}

/** What the core says in whichever language it is given: `say("Every {0} weeks on {1}", …)`. */
function said(node) {
  if (!ts.isCallExpression(node) || !ts.isIdentifier(node.expression) || node.expression.text !== "say")
    return undefined;
  return node.arguments[0] && literal(node.arguments[0]);
}

function* sentencesOf(node) {
  const text = said(node) ?? sentence(node);
  if (text !== undefined) yield text;
  const children = [];
  ts.forEachChild(node, (child) => void children.push(child));
  for (const child of children) yield* sentencesOf(child);
}

/** What a call of l10n.t translates; undefined for any other node. */
function translated(node) {
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return undefined;
  const { expression, name } = node.expression;
  if (name.text !== "t" || !/(^|\.)l10n$/.test(expression.getText())) return undefined;
  return node.arguments[0];
}

function tableValues(node) {
  let table = node;
  while (ts.isAsExpression(table) || ts.isSatisfiesExpression(table)) table = table.expression;
  if (!ts.isObjectLiteralExpression(table)) return [];
  return table.properties.filter(ts.isPropertyAssignment).map(({ initializer }) => initializer);
}

/** The expressions of a file that stand for texts. */
function* expressionsOf(node) {
  const argument = translated(node);
  if (argument) yield argument;
  if (ts.isVariableDeclaration(node) && TABLE.test(node.name.getText()) && node.initializer)
    yield* tableValues(node.initializer);
  const children = [];
  ts.forEachChild(node, (child) => void children.push(child));
  for (const child of children) yield* expressionsOf(child);
}

/** Every English text with where it stands; a text that is not a literal is a problem, but for the tables' own look-ups. */
function collect() {
  const texts = new Map();
  const problems = [];
  for (const name of readdirSync(inProject("src"), { recursive: true, encoding: "utf8" }).sort()) {
    if (!name.endsWith(".ts")) continue;
    const file = inProject("src", name);
    const place = path.posix.join("src", ...name.split(path.sep));
    const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest, true);
    if (place.startsWith("src/core/")) for (const text of sentencesOf(source)) texts.set(text, place);
    for (const expression of expressionsOf(source)) {
      const text = literal(expression);
      if (text !== undefined) texts.set(text, place);
      else if (!/_(STRINGS|MESSAGES)\b|\benglish\b/.test(expression.getText()))
        problems.push(`${place}: not a literal text: ${expression.getText()}`);
    }
  }
  return { texts, problems };
}

const placeholders = (text) => [...text.matchAll(PLACEHOLDER)].map(String).sort().join();

/** Compares a translation with the English texts: a list of what is wrong. */
function compare(name, english, translation) {
  const wrong = [];
  for (const [key, text] of Object.entries(english)) {
    const own = translation[key];
    if (typeof own !== "string" || own === "") wrong.push(`${name}: not translated: ${JSON.stringify(key)}`);
    else if (placeholders(own) !== placeholders(text))
      wrong.push(`${name}: other placeholders than in English: ${JSON.stringify(key)}`);
  }
  for (const key of Object.keys(translation))
    if (!(key in english)) wrong.push(`${name}: not used: ${JSON.stringify(key)}`);
  return wrong;
}

/** The %keys% of the manifest against the texts it has. */
function compareManifest(nls) {
  const used = new Set();
  const visit = (value) => {
    if (typeof value === "string" && /^%[^%]+%$/.test(value)) used.add(value.slice(1, -1));
    else if (value !== null && typeof value === "object") Object.values(value).forEach(visit);
  };
  visit(readJson(inProject("package.json")));
  return [
    ...[...used].filter((key) => !(key in nls)).map((key) => `package.nls.json: missing: ${key}`),
    ...Object.keys(nls)
      .filter((key) => !used.has(key))
      .map((key) => `package.nls.json: not used: ${key}`),
  ];
}

function readTranslation(file) {
  try {
    return readJson(file);
  } catch (error) {
    if (error.code === "ENOENT") return {};
    throw error;
  }
}

function update(file, english) {
  const old = readTranslation(file);
  const entries = Object.keys(english).map((key) => [key, old[key] ?? null]);
  writeFileSync(file, `${JSON.stringify(Object.fromEntries(entries), undefined, 2)}\n`);
}

function main() {
  const { texts, problems } = collect();
  const bundle = Object.fromEntries([...texts.keys()].sort().map((text) => [text, text]));
  const nls = readJson(inProject("package.nls.json"));
  if (hasFlag("list")) {
    console.log(JSON.stringify({ bundle: Object.keys(bundle), nls }, undefined, 2));
    return;
  }
  problems.push(...compareManifest(nls));
  for (const language of LANGUAGES) {
    const files = [
      [`l10n/bundle.l10n.${language}.json`, bundle],
      [`package.nls.${language}.json`, nls],
    ];
    for (const [name, english] of files) {
      if (hasFlag("write")) update(inProject(name), english);
      problems.push(...compare(name, english, readTranslation(inProject(name))));
    }
  }
  problems.forEach((problem) => say(problem));
  say(`${texts.size} texts and ${Object.keys(nls).length} of the manifest, ${problems.length} problems`);
  process.exitCode = problems.length > 0 ? 1 : 0;
}

main();
