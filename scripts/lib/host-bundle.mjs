// The extension's code for one kind of host, in two files: what opening a message needs (extension.js), and what is
// loaded when it is first used (later.js). What is imported by `import()` goes into the second, with all that nothing in
// the first one needs. esbuild divides modules for the module format alone, and neither host takes that: so its chunks
// are made once more into one CommonJS file each.
import path from "node:path";
import { straightImports } from "./barrels.mjs";
import { root } from "./process.mjs";

/** Within the second file everything is there. */
const LATER_LOADER = `
  let parts;
  export const share = (all) => { parts = all; };
  export const loadLater = async () => parts;`;

/** What the first file exports for the second: its chunks, by name. */
const SHARED = "startup";

/** How each host loads the second file. `share` is told what the first one exports. */
const LOADERS = {
  node: `
    export const share = () => {};
    export async function loadLater() { return require("./later.js").parts; }`,
  // The web worker host gives an extension one script and no way to require another: VS Code itself makes that script a
  // function of its text, and so does this.
  browser: `
    import * as vscode from "vscode";
    let exported;
    let loading;
    export const share = (shared) => { exported = { ${SHARED}: shared }; };
    async function load() {
      const { extensionUri } = vscode.extensions.getExtension(EXTENSION_ID);
      const bytes = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(extensionUri, "dist", "web", "later.js"));
      const module = { exports: {} };
      const find = (name) => (name === "./extension.js" ? exported : require(name));
      new Function("module", "exports", "require", new TextDecoder().decode(bytes))(module, module.exports, find);
      return module.exports.parts;
    }
    export const loadLater = () => (loading ??= load());`,
};

const nameOf = (file) => `./${path.basename(file)}`;

/** The chunks that are there from the start: the entry, and what it and they import. */
function startupChunks(outputs, entry) {
  const found = new Set([entry]);
  for (const file of found)
    for (const { path: imported, kind } of outputs[file].imports)
      if (kind === "import-statement" && outputs[imported]) found.add(imported);
  return found;
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
 * @returns {Promise<{ metafile: import("esbuild").Metafile }>} what went into the two files
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
  const startup = [...startupChunks(outputs, entry)];
  const later = Object.keys(outputs).filter((file) => !startup.includes(file));

  /** Chunks of the second file are asked for by name. */
  const withLoader = (text) => {
    const code = later.reduce((all, file) => {
      const name = JSON.stringify(nameOf(file));
      return all.replaceAll(`import(${name})`, `loadLater().then((all) => all[${name}])`);
    }, text);
    return code === text ? text : `import { loadLater } from "./loader.js";\n${code}`;
  };
  const modulesOf = (files) => files.map(nameOf).map((name) => [name, withLoader(texts.get(name))]);
  const pack = (file, contents, modules) =>
    build({
      ...options,
      format: "cjs",
      outfile: file,
      define: { ...options.define, EXTENSION_ID: JSON.stringify(extensionId) },
      external: [...options.external, "./later.js", "./extension.js"],
      stdin: { contents, resolveDir: root },
      plugins: [fromMemory(new Map(modules))],
    });

  const shared = tableOf(startup.filter((file) => file !== entry).map(nameOf));
  const first = await pack(
    outfile,
    `export * from "./entry.js";
     import { share } from "./loader.js";
     ${shared.imports}
     export const ${SHARED} = ${shared.table};
     share(${SHARED});`,
    [...modulesOf(startup), ["./loader.js", LOADERS[options.platform]]],
  );
  // A chunk of the first file is, to the second, what the first one exports.
  const borrowed = startup
    .map(nameOf)
    .map((name) => [name, `module.exports = require("./extension.js").${SHARED}[${JSON.stringify(name)}];`]);
  const parts = tableOf(later.map(nameOf));
  const second = await pack(
    path.join(outdir, "later.js"),
    `import { share } from "./loader.js";
     ${parts.imports}
     export const parts = ${parts.table};
     share(parts);`,
    [...borrowed, ...modulesOf(later), ["./loader.js", LATER_LOADER]],
  );
  const metafile = {
    inputs: divided.metafile.inputs,
    outputs: { ...outputOf(first, startup, outputs), ...outputOf(second, later, outputs) },
  };
  return { metafile };
}
