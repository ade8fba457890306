/** The checks of the editors' requests. */
import { type Check, isNamedPropertySpec, isRecord, optional, shape, text, truth, uint } from "./checks";
import type { EditorsRequests } from "./editors";
import { MAX_DETAIL_BYTES } from "./viewModel";

const isChange: Check = (value) => {
  if (!isRecord(value)) return false;
  const { kind, ...rest } = value;
  if (kind === "set") return shape({ path: text, text })(rest);
  if (kind === "insert") return shape({ path: text, at: optional(uint) })(rest);
  return kind === "remove" && shape({ path: text })(rest);
};
const isList: Check = (value) => value === "guid" || value === "error";
const isBytes: Check = (value) => value instanceof Uint8Array && value.length <= MAX_DETAIL_BYTES;

/** The parameters of each request. */
export const EDITORS_PARAMS: Readonly<Record<keyof EditorsRequests, Check>> = {
  newValue: shape({ tag: uint, named: optional(isNamedPropertySpec) }),
  readTime: shape({ text, local: truth }),
  timeNow: shape({}),
  suggestNames: shape({ list: isList, query: text }),
  editStructure: shape({ object: text, tag: uint, index: uint, change: isChange, revision: uint }),
  decodeValue: shape({ object: text, tag: uint, index: uint, bytes: isBytes }),
  changeType: shape({ object: text, tag: uint, type: uint, revision: uint }),
};
