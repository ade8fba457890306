/** Checks of what the page that compares two messages says. */
import { isRecord, shape, text, truth } from "./checks";
import {
  COMPARE_REQUESTS,
  type CompareHostMessage,
  type ComparePageMessage,
  type ComparePong,
  type CompareState,
} from "./compare";

/** Whether a value is a well-formed message of the page, and nothing else. */
export function isComparePageMessage(value: unknown): value is ComparePageMessage {
  if (!isRecord(value)) return false;
  const { type } = value;
  if (type === "copy") return shape({ type: text, text })(value);
  return COMPARE_REQUESTS.some((known) => known === type) && shape({ type: text })(value);
}

/** Whether a value has the shape of a message from the host; this keeps out what other scripts may post. */
export function isCompareHostMessage(value: unknown): value is CompareHostMessage {
  return (
    isRecord(value) && value["type"] === "model" && isRecord(value["model"]) && isRecord(value["strings"])
  );
}

/** Whether a value says that the host is there. */
export function isComparePong(value: unknown): value is ComparePong {
  return shape({ type: text })(value) && isRecord(value) && value["type"] === "pong";
}

const side = shape({ uri: text, saved: truth });
const pair = shape({ left: side, right: side });

/** Whether a value is what a page was given to keep. */
export function isCompareState(value: unknown): value is CompareState {
  return pair(value);
}
