/** A long campaign: `node run.cjs COUNT SEED FILE…`. Prints progress and every fault. */
import fs from "node:fs";
import { campaign, type Fault } from "./campaign";

const [, , count = "200000", seed = "1", ...names] = process.argv;
const files = names.map((name) => new Uint8Array(fs.readFileSync(name)));
const STEP = 2000;
const peakMemory = (): number => process.resourceUsage().maxRSS * 1024;
const processorTime = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};
const faults: Fault[] = [];
const totals = { refused: 0, listed: 0, saved: 0 };
let slowest = 0;
for (let done = 0; done < Number(count); done += STEP) {
  const result = campaign(files, Number(seed) + done, Math.min(STEP, Number(count) - done), {
    processorTime,
    peakMemory,
  });
  faults.push(...result.faults);
  for (const fault of result.faults)
    process.stdout.write(`seed ${fault.seed}, ${names[fault.file] ?? ""}: ${fault.message}\n`);
  totals.refused += result.outcomes.refused;
  totals.listed += result.outcomes.listed;
  totals.saved += result.outcomes.saved;
  slowest = Math.max(slowest, result.slowest);
  if ((done / STEP) % 10 === 9)
    process.stdout.write(`${done + STEP} files, ${faults.length} faults, slowest ${slowest.toFixed(0)} ms\n`);
}
const peak = peakMemory() / 1024 ** 2;
process.stdout.write(
  `${count} files: ${totals.saved} saved, ${totals.listed} listed, ${totals.refused} refused; ${faults.length} faults; slowest ${slowest.toFixed(0)} ms; peak memory ${peak.toFixed(0)} MB\n`,
);
process.exitCode = faults.length > 0 ? 1 : 0;
