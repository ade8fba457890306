// Lint rules. The dependency rule between folders (webview -> protocol <- extension -> core, and
// protocol -> core for types alone) lives here, so that it is held by a machine.
import tseslint from "typescript-eslint";

/** Forbids imports by path pattern, with the reason printed at the import. */
const forbid = (...patterns) => ({
  "no-restricted-imports": ["error", { patterns: patterns.map(([group, message]) => ({ group, message })) }],
});

const nodeModules = [
  "node:*",
  "fs",
  "fs/*",
  "path",
  "os",
  "crypto",
  "buffer",
  "util",
  "stream",
  "child_process",
  "zlib",
];

export default tseslint.config(
  { ignores: ["node_modules", "dist", "out", ".vscode-test", "samples", "src/core/mapi/tags.ts", "media"] },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        project: [
          "./tsconfig.json",
          "./src/extension/tsconfig.json",
          "./src/cli/tsconfig.json",
          "./webview/tsconfig.json",
          "./test/tsconfig.json",
        ],
      },
    },
    rules: {
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/switch-exhaustiveness-check": [
        "error",
        { considerDefaultExhaustiveForUnions: true },
      ],
      "@typescript-eslint/restrict-template-expressions": [
        "error",
        { allowNumber: true, allowBoolean: true },
      ],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "@typescript-eslint/no-unnecessary-condition": ["error", { allowConstantLoopConditions: true }],
      "@typescript-eslint/no-invalid-void-type": ["error", { allowInGenericTypeArguments: true }],
      eqeqeq: "error",
      "no-console": "error",
    },
  },
  {
    files: ["src/core/**"],
    rules: forbid(
      [["vscode"], "The core knows nothing of editors."],
      [nodeModules, "The core runs in a web worker: no Node modules."],
      [
        ["**/extension/**", "**/protocol/**", "**/webview/**"],
        "Arrows point towards the core, never out of it.",
      ],
    ),
  },
  {
    files: ["src/protocol/**"],
    rules: {
      "@typescript-eslint/no-restricted-imports": [
        "error",
        {
          patterns: [
            { group: ["**/core/**"], allowTypeImports: true, message: "protocol -> core for types alone." },
          ],
        },
      ],
      ...forbid(
        [["vscode"], "The protocol is shared with the page."],
        [nodeModules, "The protocol runs everywhere."],
        [["**/extension/**", "**/webview/**"], "The protocol stands between extension and page."],
      ),
    },
  },
  {
    files: ["src/extension/**"],
    rules: forbid(
      [nodeModules, "The extension also runs in the web worker host: use workspace.fs."],
      [["**/webview/**"], "The extension speaks to the page through the protocol."],
      [["**/core/*/**"], "Import the core through its index."],
    ),
  },
  {
    files: ["src/cli/**"],
    rules: forbid(
      [["vscode"], "The program runs without an editor."],
      [
        ["**/extension/**", "**/protocol/**", "**/webview/**"],
        "The program stands on the core alone, as the extension does.",
      ],
      [["**/core/*/**"], "Import the core through its index."],
    ),
  },
  {
    files: ["webview/**"],
    rules: forbid(
      [["vscode"], "The page has no VS Code API but postMessage."],
      [nodeModules, "The page runs in a browser."],
      [["**/extension/**", "**/core/**"], "The page draws view models from the protocol; it holds no truth."],
    ),
  },
  {
    files: ["test/**"],
    rules: {
      "@typescript-eslint/no-non-null-assertion": "off",
      "@typescript-eslint/no-floating-promises": "error",
    },
  },
  {
    files: ["**/*.mjs", "**/*.js"],
    extends: [tseslint.configs.disableTypeChecked],
    rules: { "no-console": "off" },
  },
);
