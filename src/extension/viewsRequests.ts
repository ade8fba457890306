/** Requests about the views themselves: what is remembered of them. */
import type { ViewsRequests } from "../protocol/views";
import type { Handlers } from "./handlers";
import type { Preferences } from "./preferences";

/** Handlers of the requests of `protocol/views.ts`. */
export function viewsRequests(preferences: () => Preferences): Handlers<ViewsRequests> {
  return {
    saveColumns: async ({ columns }) => {
      await preferences().saveColumns(columns);
      return {};
    },
  };
}
