/** What axe finds wrong on a page. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";

interface AxeResult {
  readonly violations: readonly {
    readonly id: string;
    readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
  }[];
}

const AXE = readFileSync(
  createRequire(`${process.cwd()}/package.json`).resolve("axe-core/axe.min.js"),
  "utf8",
);

/** Every violation with its element, as text; none is the aim. */
export async function violations(page: Page): Promise<string[]> {
  await page.mouse.move(0, 0);
  await page.evaluate(AXE);
  const result = await page.evaluate<AxeResult>("axe.run(document, { resultTypes: ['violations'] })");
  return result.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary}`),
  );
}
