/** How the stub of the host refuses a request. */
import type { RequestError } from "../../../src/protocol/messages";

/** Becomes the answer to the request. */
export class Refusal extends Error {
  constructor(readonly error: RequestError) {
    super(error.message);
  }
}
/** Refuses the request that is being answered. */
export const refuse = (code: RequestError["code"], message: string, index?: number): never => {
  throw new Refusal({ code, message, ...(index === undefined ? {} : { index }) });
};
