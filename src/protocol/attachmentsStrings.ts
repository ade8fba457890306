/** Texts of the page about attachments. */
export const ATTACHMENTS_STRINGS = {
  addAttachments: "Add attachments…",
  openAttachment: "Open",
  saveAttachment: "Save as…",
  saveAllAttachments: "Save all attachments…",
  renameAttachment: "Rename",
  renameAttachmentTo: "New name of {0}",
  replaceAttachment: "Replace with a file…",
  moveAttachmentUp: "Move up",
  moveAttachmentDown: "Move down",
  showInText: "Show in the text",
  showAsAttachment: "Show as an attachment",
  hideAttachment: "Hide from the list",
  unhideAttachment: "Show in the list",
  dropToAttach: "Drop to attach",
  attachmentsAdded: "{0} attachments added",
  sendingFiles: "Attaching {0}…",
} as const;
