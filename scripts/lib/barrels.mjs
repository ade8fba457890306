// Imports from a folder's index go straight to the file that has what they name: esbuild divides a bundle by files, and
// an index would bring all of its folder along wherever a part of it is used.
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";

const FROM = /^export\s+(type\s+)?(?:\{([^}]*)\}|\*)\s+from\s+"([^"]+)";/gm;
const OWN = /^export\s+(?:async\s+)?(?:abstract\s+)?(?:const|let|function\*?|class|enum)\s+([\w$]+)/gm;
const IMPORT = /^import\s+\{([^}]*)\}\s+from\s+"(\.[^"]*)";/gm;

const withoutComments = (source) => source.replace(/\/\*[\s\S]*?\*\//g, "").replace(/^\s*\/\/.*$/gm, "");

/** The source file that a relative import means; undefined for data. */
function fileOf(importer, specifier) {
  const base = path.resolve(path.dirname(importer), specifier);
  return [`${base}.ts`, path.join(base, "index.ts")].find((file) => existsSync(file));
}

/** The names in braces: what is imported or exported, and as what; types are left out. */
function namesIn(braces) {
  return braces
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "" && !name.startsWith("type "))
    .map((name) => name.split(/\s+as\s+/))
    .map(([name, as = name]) => ({ name, as }));
}

/** Where each name comes from that a file exports: the file that declares it, and its name there. */
class Exports {
  #known = new Map();

  of(file) {
    const known = this.#known.get(file) ?? this.#read(file);
    this.#known.set(file, known);
    return known;
  }

  async #read(file) {
    const source = withoutComments(await readFile(file, "utf8"));
    const found = new Map();
    for (const [, isType, braces, specifier] of source.matchAll(FROM)) {
      const target = fileOf(file, specifier);
      if (isType || target === undefined) continue;
      const there = await this.of(target);
      if (braces === undefined) for (const [name, place] of there) found.set(name, place);
      else
        for (const { name, as } of namesIn(braces)) found.set(as, there.get(name) ?? { file: target, name });
    }
    for (const [, name] of source.matchAll(OWN)) found.set(name, { file, name });
    return found;
  }
}

/** @returns {import("esbuild").Plugin} */
export function straightImports() {
  const exports = new Exports();

  async function rewritten(file, braces, specifier) {
    const target = fileOf(file, specifier);
    if (target === undefined || path.basename(target) !== "index.ts") return undefined;
    const there = await exports.of(target);
    return namesIn(braces).map(({ name, as }) => {
      const place = there.get(name);
      if (!place) throw new Error(`${file}: ${specifier} is not seen to export ${name}`);
      return `import { ${place.name} as ${as} } from ${JSON.stringify(place.file)};`;
    });
  }

  return {
    name: "straight-imports",
    setup({ onLoad }) {
      onLoad({ filter: /[\\/]src[\\/].*\.ts$/ }, async ({ path: file }) => {
        let contents = await readFile(file, "utf8");
        for (const [whole, braces, specifier] of [...contents.matchAll(IMPORT)]) {
          const lines = await rewritten(file, braces, specifier);
          // The lines stay as many as they were, for the messages of esbuild.
          const ends = "\n".repeat(whole.split("\n").length - 1);
          if (lines) contents = contents.replace(whole, () => lines.join(" ") + ends);
        }
        return { contents, loader: "ts" };
      });
    },
  };
}
