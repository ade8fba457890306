// The web worker host has no `process`, of which the package that stands in for node:assert there asks two things.
// Put into the bundle of tests in place of the free name, so that the global scope stays as the host made it.
export const process = { env: {}, emitWarning: () => undefined };
