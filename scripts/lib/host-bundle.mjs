// The extension's code for one kind of host, in three files: what registers it (extension.js), what opening a message needs
// (main.js), and what is loaded when it is first used (later.js). What is imported by `import()` goes into a later file,
// with all that nothing in an earlier one needs. esbuild divides modules for the module format alone, and neither host
// takes that: so its chunks are made once more into one CommonJS file each.
import path from "node:path";
import { straightImports } from "./barrels.mjs";
import { root } from "./process.mjs";

/** The files after the first, in the order in which they are loaded: each may need those before it. */
const FILES = ["./main.js", "./later.js"];
/** What the second file is for. */
const MAIN = "src/extension/main.ts";

/** By this name the later files of the web worker host find the loader of the first. */
const FIRST_LOADER = "./first-loader";

/** How the files load each other: in Node as everywhere. */
const NODE_LOADER = `
  export const share = () => {};
  export const loadFile = async (name) => require(name).parts;`;

// The web worker host gives an extension one script and no way to require another: VS Code itself makes that script a
// function of its text, and so does this.
const BROWSER_LOADER = `
  import * as vscode from "vscode";
  const found = new Map([["${FIRST_LOADER}", { loadFile }]]);
  const loading = new Map();
  export const share = (parts) => void found.set("./extension.js", { parts });
  async function load(name) {
    const { extensionUri } = vscode.extensions.getExtension(EXTENSION_ID);
    const bytes = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(extensionUri, "dist", "web", name));
    const module = { exports: {} };
    const find = (wanted) => found.get(wanted) ?? require(wanted);
    new Function("module", "exports", "require", new TextDecoder().decode(bytes))(module, module.exports, find);
    found.set(name, module.exports);
    return module.exports.parts;
  }
  export function loadFile(name) {
    let before = Promise.resolve();
    for (const file of ${JSON.stringify(FILES)}) {
      const start = before;
      if (!loading.has(file)) loading.set(file, start.then(() => load(file)));
      before = loading.get(file);
      if (file === name) break;
    }
    return before;
  }`;

/** The later files leave the loading to the first. */
const BROWSER_LOADER_LATER = `
  export const share = () => {};
  export const loadFile = (name) => require("${FIRST_LOADER}").loadFile(name);`;

const nameOf = (file) => `./${path.basename(file)}`;

/** The chunks that have to be there with a chunk: itself, and what it and they import. */
function withImports(outputs, chunk) {
  const found = new Set([chunk]);
  for (const file of found)
    for (const { path: imported, kind } of outputs[file].imports)
      if (kind === "import-statement" && outputs[imported]) found.add(imported);
  return [...found];
}

/** The chunks of each file. */
function distribute(outputs, entry) {
  const main = Object.keys(outputs).find((file) => outputs[file].entryPoint === MAIN);
  const first = withImports(outputs, entry);
  const second = withImports(outputs, main).filter((file) => !first.includes(file));
  const third = Object.keys(outputs).filter((file) => ![...first, ...second].includes(file));
  return [first, second, third];
}

/** Serves modules out of memory: a text, or a function of what imports it. */
const fromMemory = (modules) => ({
  name: "from-memory",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^\.\// }, ({ path: name }) =>
      modules.has(name) ? { path: name, namespace: "memory" } : undefined,
    );
    onLoad({ filter: /.*/, namespace: "memory" }, ({ path: name }) => ({
      contents: modules.get(name),
      loader: "js",
      resolveDir: root,
    }));
  },
});

/** Imports of every module under a name of its own, and an object of them by name. */
function tableOf(names) {
  const imports = names.map((name, i) => `import * as m${i} from ${JSON.stringify(name)};`);
  const entries = names.map((name, i) => `${JSON.stringify(name)}: m${i}`);
  return { imports: imports.join("\n"), table: `{ ${entries.join(", ")} }` };
}

/** The metafile of a file that was made of chunks: its modules instead of the chunks. */
function outputOf(written, chunks, outputs) {
  const inputs = {};
  for (const chunk of chunks)
    for (const [name, { bytesInOutput }] of Object.entries(outputs[chunk].inputs))
      inputs[name] = { bytesInOutput: (inputs[name]?.bytesInOutput ?? 0) + bytesInOutput };
  const [[name, output]] = Object.entries(written.metafile.outputs).filter(([file]) => file.endsWith(".js"));
  return { ...written.metafile.outputs, [name]: { ...output, inputs } };
}

/**
 * Bundles the extension for a kind of host.
 * @param {import("esbuild").BuildOptions} options the entry, the platform, and the first file's name as outfile
 * @param {string} extensionId
 * @returns {Promise<{ metafile: import("esbuild").Metafile }>} what went into the files
 */
export async function bundleHost({ outfile, entryPoints, plugins = [], ...options }, extensionId) {
  const { build } = await import("esbuild");
  const outdir = path.dirname(outfile);
  const divided = await build({
    ...options,
    write: false,
    format: "esm",
    splitting: true,
    entryPoints: [{ in: entryPoints[0], out: "entry" }],
    outdir,
    legalComments: "inline",
    plugins: [straightImports(), ...plugins],
  });
  const { outputs } = divided.metafile;
  const texts = new Map(divided.outputFiles.map(({ path: file, text }) => [nameOf(file), text]));
  const entry = Object.keys(outputs).find((file) => nameOf(file) === "./entry.js");
  const groups = distribute(outputs, entry);
  const names = ["./extension.js", ...FILES];
  const fileOf = (chunk) => names[groups.findIndex((chunks) => chunks.includes(chunk))];

  /** Chunks that are imported while the extension runs are asked for by name. */
  const withLoader = (text) => {
    const code = Object.keys(outputs).reduce((all, chunk) => {
      const name = JSON.stringify(nameOf(chunk));
      const load = `loadFile(${JSON.stringify(fileOf(chunk))}).then((all) => all[${name}])`;
      return all.replaceAll(`import(${name})`, load);
    }, text);
    return code === text ? text : `import { loadFile } from "./loader.js";\n${code}`;
  };

  const pack = (chunks, at) => {
    const { imports, table } = tableOf(chunks.map(nameOf));
    const isBrowser = options.platform === "browser";
    const loader = isBrowser ? (at === 0 ? BROWSER_LOADER : BROWSER_LOADER_LATER) : NODE_LOADER;
    // A chunk of an earlier file is, to this one, what that one exports.
    const borrowed = groups
      .slice(0, at)
      .flat()
      .map((chunk) => [
        nameOf(chunk),
        `module.exports = require("${fileOf(chunk)}").parts[${JSON.stringify(nameOf(chunk))}];`,
      ]);
    const own = chunks.map((chunk) => [nameOf(chunk), withLoader(texts.get(nameOf(chunk)))]);
    return build({
      ...options,
      format: "cjs",
      outfile: at === 0 ? outfile : path.join(outdir, names[at]),
      define: { ...options.define, EXTENSION_ID: JSON.stringify(extensionId) },
      external: [...options.external, ...names, FIRST_LOADER],
      stdin: {
        contents: `${at === 0 ? 'export * from "./entry.js";' : ""}
          import { share } from "./loader.js";
          ${imports}
          export const parts = ${table};
          share(parts);`,
        resolveDir: root,
      },
      plugins: [fromMemory(new Map([...borrowed, ...own, ["./loader.js", loader]]))],
    });
  };
  const written = await Promise.all(groups.map(pack));
  const metafile = {
    inputs: divided.metafile.inputs,
    outputs: Object.assign({}, ...written.map((result, at) => outputOf(result, groups[at], outputs))),
  };
  return { metafile };
}
