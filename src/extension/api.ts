/** The interface for other extensions. */
import type * as vscode from "vscode";
import type { MsgSessionApi } from "../../api/msg-session";

/** The interface. Nothing is loaded before it is used. */
export function createApi(extensionUri: vscode.Uri): MsgSessionApi {
  return Object.freeze<MsgSessionApi>({
    version: 1,
    openSession: async (bytes) => {
      // The caller may go on with its bytes at once.
      const copy = new Uint8Array(bytes);
      const { openSession } = await import("./apiSession");
      return openSession(extensionUri, copy);
    },
  });
}
