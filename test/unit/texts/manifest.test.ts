/** What the manifest shows to people is looked up by keys, so that it is translated; names of the product stay. */
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import manifest from "../../../package.json";

/** Fields of the manifest whose text VS Code shows. */
const SHOWN: ReadonlySet<string> = new Set([
  "title",
  "shortTitle",
  "displayName",
  "userDescription",
  "markdownDescription",
  "contextualTitle",
  "altText",
  "enumDescriptions",
  "enumItemLabels",
]);
/** Areas in which `name` and `description` are shown; elsewhere they are ids, or written for language models. */
const NAMED: ReadonlySet<string> = new Set(["views", "walkthroughs", "configuration", "untrustedWorkspaces"]);
/** Names that are the same in every language. */
const NAMES: ReadonlySet<string> = new Set(["MSG Session"]);

interface Shown {
  readonly where: string;
  readonly text: string;
}

/** The texts that are shown, with where they stand. */
function shownIn(value: unknown, path: readonly string[]): Shown[] {
  if (typeof value === "string") {
    const fields = path.filter((step) => !/^\d+$/.test(step));
    const field = fields.at(-1) ?? "";
    const isShown =
      SHOWN.has(field) ||
      ((field === "name" || field === "description") && path.some((step) => NAMED.has(step)));
    return isShown ? [{ where: path.join("."), text: value }] : [];
  }
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) => shownIn(part, [...path, key]));
}

describe("the texts of the manifest", () => {
  const { displayName, description, contributes, capabilities } = manifest;
  const shown = [
    ...shownIn({ displayName }, []),
    { where: "description", text: description },
    ...shownIn({ capabilities, contributes }, []),
  ];

  it("are all looked up by keys", () => {
    assert.ok(shown.length > 80, String(shown.length));
    const hardCoded = shown.filter(({ text }) => !/^%[\w.-]+%$/.test(text) && !NAMES.has(text));
    assert.deepEqual(hardCoded, []);
  });

  it("name every command in menus, with nothing written into the menu itself", () => {
    const items = Object.values(manifest.contributes.menus).flat();
    for (const item of items)
      assert.deepEqual(
        Object.keys(item).filter((key) => !["command", "when", "group"].includes(key)),
        [],
      );
  });

  it("leave the person's keys alone: no keybinding is contributed that could clash with another", () => {
    // Keys belong to the page that has the focus; VS Code's own keep their meaning everywhere else.
    assert.equal("keybindings" in contributes, false);
  });
});
