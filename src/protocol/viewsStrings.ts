/** Texts of the switch between views, and of the views that have no file of texts of their own. */
export const VIEWS_STRINGS = {
  views: "Views",
  viewMessage: "Message",
  viewProperties: "Properties",
  viewStorage: "Storage",
  viewNames: "Names",
} as const;
