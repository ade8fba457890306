// The types of scripts/lib/mocha-in-host.mjs, which takes this module's place in the bundle.

/** The mocha that the functions imported from "mocha" fill. */
export const instance: Mocha;
/** Runs it; `done` gets the number of failures. */
export function runInstance(done: (failures: number) => void): Mocha.Runner;
