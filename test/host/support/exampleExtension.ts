/** An extension as somebody else would write it: it knows MSG Session by `api/msg-session.d.ts` alone. */
import * as vscode from "vscode";
import type { MsgSessionApi } from "../../../api/msg-session";

const PR_SUBJECT = 0x0037001f;
const PS_PUBLIC_STRINGS = "{00020329-0000-0000-C000-000000000046}";
const PT_UNICODE = 0x001f;

/** What the example offers its users. */
export interface ExampleExtension {
  /** Writes a ticket's number into the subject and into a property of its own; the bytes of the new message. */
  tag(bytes: Uint8Array, ticket: string): Promise<{ bytes: Uint8Array; recipients: readonly string[] }>;
}

/** As VS Code would call it. */
export async function activate(): Promise<ExampleExtension> {
  const extension = vscode.extensions.getExtension<MsgSessionApi>("msg-session.msg-session");
  const api = await extension?.activate();
  if (api?.version !== 1) throw new Error("MSG Session is not there, or of another version.");
  return {
    async tag(bytes, ticket) {
      const session = await api.openSession(bytes);
      try {
        const subject = session.property("", PR_SUBJECT)?.value;
        session.setProperty("", PR_SUBJECT, `[${ticket}] ${typeof subject === "string" ? subject : ""}`);
        session.setProperty("", { set: PS_PUBLIC_STRINGS, name: "Ticket", type: PT_UNICODE }, ticket);
        const recipients = session.objects().filter(({ kind }) => kind === "recipient");
        return { bytes: session.toBytes(), recipients: recipients.map(({ title }) => title) };
      } finally {
        session.close();
      }
    },
  };
}
