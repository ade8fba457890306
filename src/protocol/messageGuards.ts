/** Checks of the Message view's requests. */
import { optional, shape, text, truth, uint } from "./checks";

/** By the name of the request. */
export const MESSAGE_PARAMS = {
  getMessage: shape({ object: text, codePage: optional(uint) }),
  getBody: shape({ object: text, body: text, source: truth, codePage: optional(uint) }),
  getPicture: shape({ object: text }),
  openLink: shape({ url: text, claimed: optional(text) }),
} as const;
