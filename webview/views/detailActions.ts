/** What the detail pane asks of the page, whichever view it stands in. */
import { loadValue, saveValue } from "../commands";
import type { DetailActions } from "../detail/detailPane";
import type { Page } from "../page";
import { changeStructure, setFlags, setValues } from "./propertyEdits";

/** The actions that the page alone can do. */
export function detailActions(
  page: Page,
): Pick<
  DetailActions,
  "readOnlyReason" | "apply" | "setFlags" | "request" | "changeStructure" | "saveAs" | "load"
> {
  return {
    readOnlyReason: () => page.readOnlyReason(),
    apply: (detail, values) => setValues(page, detail, values),
    setFlags: (detail, flags) => setFlags(page, detail, flags),
    request: (name, params) => page.host.request(name, params),
    changeStructure: (detail, index, change) => changeStructure(page, detail, index, change),
    saveAs: ({ object, tag }) => saveValue(page, object, tag),
    load: ({ object, tag }) => loadValue(page, object, tag),
  };
}
