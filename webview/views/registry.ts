/** The views of the page; the switch offers them in this order (`VIEW_IDS`). How to add one: `view.ts`. */
import { NamesView } from "../names/namesView";
import { StorageView } from "../storage/storageView";
import { t } from "../strings";
import { MessageView } from "../message/view";
import { PropertiesView } from "./propertiesView";
import type { ViewEntry } from "./view";

/** Every view there is. */
export const VIEWS: readonly ViewEntry[] = [
  {
    id: "message",
    label: () => t("viewMessage"),
    icon: "mail",
    create: (context) => new MessageView(context),
  },
  {
    id: "properties",
    label: () => t("viewProperties"),
    icon: "list-flat",
    create: (context) => new PropertiesView(context),
  },
  {
    id: "storage",
    label: () => t("viewStorage"),
    icon: "database",
    create: (context) => new StorageView(context),
  },
  {
    id: "names",
    label: () => t("viewNames"),
    icon: "tag",
    create: (context) => new NamesView(context),
  },
];
