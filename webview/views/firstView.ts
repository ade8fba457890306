/** Which view a page begins with. Pure. */
import type { ViewId } from "../../src/protocol/views";

/** The view to begin with: the one shown last, else the one that is set, else Properties, which is always there. */
export function firstView(
  registered: readonly ViewId[],
  last: ViewId | undefined,
  preferred: ViewId,
): ViewId {
  return [last, preferred].find((id) => id !== undefined && registered.includes(id)) ?? "properties";
}
