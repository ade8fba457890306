/**
 * The page with very many properties in a browser, with a stubbed host behind it: `node page.cjs` prints the medians as
 * JSON. A time ends when the frame that shows the answer has been drawn.
 */
import type { Page } from "playwright-core";
import { closeBrowser, openPage } from "../ui/page/stubHost";

const PROPERTIES = 10_000;
const OPENINGS = 7;
const ROUNDS = 3;
const WHEEL_TURNS = 60;
const PAGES_DOWN = 40;

/** A line of the table. */
interface Line {
  readonly what: string;
  readonly value: string;
  readonly limit: string;
}

/** What the script in the page keeps. */
interface Meter {
  /** When the data came. */
  arrived: number;
  /** When the first rows were drawn. */
  drawn: number;
  /** When the last key went down. */
  pressed: number;
  frames: number;
  blankFrames: number;
  /** Runs until true at the end of a frame; the time at which that frame was drawn. */
  readonly untilDrawn: (condition: () => boolean) => Promise<number>;
  /** Looks at every frame from now on; the result ends it. */
  readonly watchFrames: () => () => void;
}

declare global {
  interface Window {
    meter: Meter;
  }
}

/** Set up before the page's own script, so that its listeners come first. */
function install(): void {
  /** Calls back when the frame that is being made has been drawn. */
  const afterFrame = (then: () => void): void => {
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => then();
      channel.port2.postMessage(undefined);
    });
  };
  /** True when a row is missing anywhere in the part of the grid that is in sight. */
  const isBlank = (): boolean => {
    const grid = document.querySelector(".grid");
    const body = document.querySelector(".grid .virtual-body");
    if (grid === null || body === null) return true;
    const box = grid.getBoundingClientRect();
    const rows = [...body.querySelectorAll(".grid-row")].map((row) => row.getBoundingClientRect());
    const end = Math.min(box.bottom, body.getBoundingClientRect().bottom) - 1;
    for (let y = box.top + 30; y < end; y += 11) {
      if (!rows.some(({ top, bottom }) => top <= y && bottom > y)) return true;
    }
    return false;
  };
  const meter: Meter = {
    arrived: 0,
    drawn: 0,
    pressed: 0,
    frames: 0,
    blankFrames: 0,
    untilDrawn: (condition) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (condition()) resolve(performance.now());
          else afterFrame(look);
        };
        afterFrame(look);
      }),
    watchFrames: () => {
      let isOver = false;
      const look = (): void => {
        if (isOver) return;
        meter.frames++;
        if (isBlank()) meter.blankFrames++;
        afterFrame(look);
      };
      afterFrame(look);
      return () => {
        isOver = true;
      };
    },
  };
  window.meter = meter;
  window.addEventListener("message", ({ data }: MessageEvent<unknown>) => {
    if (meter.arrived !== 0 || typeof data !== "object" || data === null || !("result" in data)) return;
    const { result } = data;
    if (typeof result !== "object" || result === null || !("rows" in result)) return;
    meter.arrived = performance.now();
    const hasRows = (): boolean => document.querySelector(".grid-row[data-tag]") !== null && !isBlank();
    void meter.untilDrawn(hasRows).then((time) => {
      meter.drawn = time;
    });
  });
  window.addEventListener(
    "keydown",
    ({ timeStamp }) => {
      meter.pressed = timeStamp;
    },
    true,
  );
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

const ms = (values: readonly number[]): string => `${median(values).toFixed(0)} ms`;

async function withPage<T>(work: (page: Page) => Promise<T>): Promise<T> {
  // The names of functions are kept by a helper of the bundler's, which is not in the page.
  const prepare = `globalThis.__name ??= (it) => it; (${String(install)})();`;
  const opened = await openPage({ count: PROPERTIES, prepare });
  const result = await work(opened.page);
  await opened.close();
  if (opened.errors.length > 0) throw new Error(opened.errors.join("\n"));
  return result;
}

async function firstRows(): Promise<number[]> {
  const times: number[] = [];
  for (let opening = 0; opening < OPENINGS; opening++) {
    times.push(
      await withPage(async (page) => {
        await page.waitForFunction(() => window.meter.drawn !== 0);
        return page.evaluate(() => window.meter.drawn - window.meter.arrived);
      }),
    );
  }
  return times;
}

/** From a key that goes down to the frame that shows how many properties are left. */
function filterTimes(): Promise<number[]> {
  return withPage(async (page) => {
    const times: number[] = [];
    const numbers = Array.from({ length: PROPERTIES }, (_, index) => String(index));
    for (let round = 0; round < ROUNDS; round++) {
      await page.focus(".filter-field");
      await page.keyboard.type("name:");
      for (const query of ["7", "77", "777", "7777"]) {
        const left = numbers.filter((number) => number.includes(query)).length;
        const count = `${left.toLocaleString("en")} of ${PROPERTIES.toLocaleString("en")}`;
        const drawn = page.evaluate(
          (text) =>
            window.meter.untilDrawn(() => document.querySelector(".filter-count")?.textContent === text),
          count,
        );
        await page.keyboard.press("7");
        const time = await drawn;
        times.push(time - (await page.evaluate(() => window.meter.pressed)));
      }
      await page.keyboard.press("Escape");
    }
    return times;
  });
}

/** Scrolls by the wheel and by keys; how many frames were drawn, and in how many of them rows were missing. */
function scrolled(): Promise<{ frames: number; blankFrames: number }> {
  return withPage(async (page) => {
    const stop = await page.evaluateHandle(() => window.meter.watchFrames());
    await page.hover(".grid .virtual-body .grid-row");
    for (let turn = 0; turn < WHEEL_TURNS; turn++) await page.mouse.wheel(0, 120 * (1 + (turn % 20)));
    await page.focus(".grid");
    for (let press = 0; press < PAGES_DOWN; press++) await page.keyboard.press("PageDown");
    await page.keyboard.press("End");
    for (let press = 0; press < PAGES_DOWN; press++) await page.keyboard.press("PageUp");
    await page.keyboard.press("Home");
    return page.evaluate((end) => {
      end();
      return { frames: window.meter.frames, blankFrames: window.meter.blankFrames };
    }, stop);
  });
}

async function main(): Promise<void> {
  const rows = await firstRows();
  const filter = await filterTimes();
  const { frames, blankFrames } = await scrolled();
  const lines: Line[] = [
    {
      what: `first rows drawn after the data arrives, ${rows.length} times`,
      value: ms(rows),
      limit: "at most 100 ms",
    },
    {
      what: `answer of the filter drawn after the key, ${filter.length} keys`,
      value: ms(filter),
      limit: "at most 50 ms",
    },
    {
      what: "frames with missing rows while one scrolls by wheel and keys",
      value: `${blankFrames} of ${frames}`,
      limit: "0",
    },
  ];
  process.stdout.write(JSON.stringify(lines));
  await closeBrowser();
}

void main();
