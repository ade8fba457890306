/** What an object that was closed does: nothing. */
import { type IAttach, type IMessage, KEEP_OPEN_READWRITE, PR_BODY, PR_SUBJECT } from "../../../../src/core";
import { create, fails, props } from "./open";

/** Every call of the interfaces. */
const PROP_CALLS: Record<string, (object: IMessage | IAttach) => unknown> = {
  getPropList: (object) => object.getPropList(),
  getProps: (object) => object.getProps(),
  setProps: (object) => object.setProps(props([PR_BODY, "x"])),
  deleteProps: (object) => object.deleteProps([PR_BODY]),
  getPropFlags: (object) => object.getPropFlags(PR_BODY),
  setPropFlags: (object) => object.setPropFlags(PR_SUBJECT, 6),
  getNamesFromIDs: (object) => object.getNamesFromIDs([0x8000]),
  getIDsFromNames: (object) => object.getIDsFromNames([]),
  openProperty: (object) => object.openProperty(PR_SUBJECT),
  copyTo: (object) => object.copyTo(create().message),
  saveChanges: (object) => object.saveChanges(KEEP_OPEN_READWRITE),
};
const MESSAGE_CALLS: Record<string, (message: IMessage) => unknown> = {
  ...PROP_CALLS,
  getRecipientTable: (message) => message.getRecipientTable(),
  modifyRecipients: (message) => message.modifyRecipients(0, []),
  getAttachmentTable: (message) => message.getAttachmentTable(),
  openAttach: (message) => message.openAttach(0),
  createAttach: (message) => message.createAttach(),
  deleteAttach: (message) => message.deleteAttach(0),
};

/** Demands that every call of an object is refused: it is closed. */
export function failsEverywhere(object: IMessage | IAttach): void {
  const calls: Record<string, (object: never) => unknown> =
    "openAttach" in object ? MESSAGE_CALLS : PROP_CALLS;
  for (const [name, call] of Object.entries(calls)) {
    fails("MAPI_E_INVALID_OBJECT", () => {
      call(object as never);
      throw new Error(name);
    });
  }
}
