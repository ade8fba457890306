/** What can be done with attachments, for the menus of all views. */
import type { MessageAttachment } from "../../src/protocol/message";
import type { ObjectId } from "../../src/protocol/viewModel";
import type { MenuItem } from "../menu";
import { type Page, runEdit, runReported } from "../page";
import { t } from "../strings";
import { askName } from "./nameField";

/** An attachment as its menu needs it. */
export type MenuAttachment = Pick<MessageAttachment, "id" | "name" | "inline" | "hidden">;

/** Asks for files and attaches them. */
export function attachFiles(page: Page, message: ObjectId): void {
  runReported(page, async () => {
    const { objects } = await runEdit(page, "attachFiles", (revision) => ({ message, revision }));
    if (objects.length > 0) page.announce(t("attachmentsAdded", objects.length));
  });
}

function rename(page: Page, { id, name }: MenuAttachment, place: HTMLElement): void {
  askName(place, t("renameAttachmentTo", name), name, (wanted) =>
    runReported(page, () =>
      runEdit(page, "renameAttachment", (revision) => ({ object: id, name: wanted, revision })),
    ),
  );
}

/** Saving alone. */
export const saveItem = (page: Page, object: ObjectId): MenuItem => ({
  label: t("saveAttachment"),
  run: () => runReported(page, () => page.host.request("saveAttachment", { object })),
});

/** Opening and saving: for every message, whether it can be edited or not. */
export function fileItems(page: Page, { id }: MenuAttachment, message: ObjectId): readonly MenuItem[] {
  const { host } = page;
  return [
    {
      label: t("openAttachment"),
      run: () => runReported(page, () => host.request("openAttachment", { object: id })),
    },
    saveItem(page, id),
    {
      label: t("saveAllAttachments"),
      run: () => runReported(page, () => host.request("saveAllAttachments", { message })),
    },
  ];
}

/**
 * Changing an attachment.
 * @param place where a field for a new name is put
 * @param index its place among the attachments, when it is known
 */
export function editItems(
  page: Page,
  attachment: MenuAttachment,
  place: HTMLElement,
  index?: { readonly at: number; readonly count: number },
): readonly MenuItem[] {
  if (page.readOnlyReason() !== undefined) return [];
  const { id: object, inline, hidden } = attachment;
  const move = (label: string, to: number): MenuItem => ({
    label,
    disabled: index === undefined || to < 0 || to >= index.count,
    run: () =>
      runReported(page, () =>
        runEdit(page, "moveAttachment", (revision) => ({ object, index: to, revision })),
      ),
  });
  return [
    "separator",
    { label: t("renameAttachment"), key: "F2", run: () => rename(page, attachment, place) },
    {
      label: t("replaceAttachment"),
      run: () =>
        runReported(page, () => runEdit(page, "replaceAttachment", (revision) => ({ object, revision }))),
    },
    ...(index === undefined
      ? []
      : [move(t("moveAttachmentUp"), index.at - 1), move(t("moveAttachmentDown"), index.at + 1)]),
    "separator",
    {
      label: t("showInText"),
      checked: inline !== undefined,
      run: () =>
        runReported(page, () =>
          runEdit(page, "setAttachmentInline", (revision) => ({
            object,
            inline: inline === undefined,
            revision,
          })),
        ),
    },
    {
      label: t("hideAttachment"),
      checked: hidden !== undefined,
      run: () =>
        runReported(page, () =>
          runEdit(page, "setAttachmentHidden", (revision) => ({
            object,
            hidden: hidden === undefined,
            revision,
          })),
        ),
    },
    "separator",
    {
      label: t("deleteAttachment"),
      key: "Del",
      run: () => runReported(page, () => runEdit(page, "deleteObject", (revision) => ({ object, revision }))),
    },
  ];
}
