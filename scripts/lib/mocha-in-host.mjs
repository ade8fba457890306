// What `import … from "mocha"` means in tests that run inside VS Code: mocha's browser build, which asks for no Node
// module, so that one bundle of tests runs in the Node host and in the web worker host alike. Building the tests puts
// it in mocha's place.
import "mocha/mocha.js";

const { Mocha, mocha } = globalThis;
mocha.ui("bdd");
// Its own default draws into a page; who runs it listens to the runner instead.
mocha.reporter(function silent() {});

export default Mocha;
export const { describe, it, before, after, beforeEach, afterEach, context, specify, xdescribe, xit } =
  globalThis;

/** The one instance that the functions above fill. Its own `run` looks for a page's address; mocha's proper one does not. */
export const instance = mocha;
export const runInstance = (done) => Mocha.prototype.run.call(mocha, done);
