/**
 * An extension as somebody else would write it: of MSG Session it knows `api/msg-session.d.ts` alone, of which it would
 * have a copy. Its command writes the number of a ticket into a message on disk.
 */
import * as vscode from "vscode";
import type { MessageProperty, MsgSessionApi } from "../../api/msg-session";

const PR_SUBJECT = 0x0037001f;
/** The number as a property of its own: "Ticket" in PS_PUBLIC_STRINGS, PtypString. */
const TICKET = { set: "{00020329-0000-0000-C000-000000000046}", name: "Ticket", type: 0x001f } as const;

/** What this extension offers in its turn. */
export interface TicketApi {
  /** The number in a message; undefined where it has none. */
  read(bytes: Uint8Array): Promise<string | undefined>;
  /** The message with the number in its subject, and who gets it. */
  write(bytes: Uint8Array, ticket: string): Promise<{ bytes: Uint8Array; recipients: readonly string[] }>;
}

const textOf = (property: MessageProperty | undefined): string | undefined =>
  typeof property?.value === "string" ? property.value : undefined;

function ticketApi(messages: MsgSessionApi): TicketApi {
  return {
    async read(bytes) {
      const session = await messages.openSession(bytes);
      try {
        return textOf(session.property("", TICKET));
      } finally {
        session.close();
      }
    },
    async write(bytes, ticket) {
      const session = await messages.openSession(bytes);
      try {
        const subject = textOf(session.property("", PR_SUBJECT)) ?? "";
        session.setProperty("", PR_SUBJECT, `[${ticket}] ${subject}`);
        session.setProperty("", TICKET, ticket);
        const recipients = session.objects().filter(({ kind }) => kind === "recipient");
        return { bytes: session.toBytes(), recipients: recipients.map(({ title }) => title) };
      } finally {
        session.close();
      }
    },
  };
}

/** The message that the command was called on, or the one whose editor is in front. */
function messageUri(given: unknown): vscode.Uri | undefined {
  if (given instanceof vscode.Uri) return given;
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  return input instanceof vscode.TabInputCustom ? input.uri : undefined;
}

/** Writes a number into a message on disk, and tells how many people it goes to. */
async function writeTicket(tickets: TicketApi, given: unknown, number: unknown): Promise<number | undefined> {
  const uri = messageUri(given);
  const ticket = typeof number === "string" ? number : await vscode.window.showInputBox({ prompt: "Ticket" });
  if (!uri || ticket === undefined || ticket === "") return undefined;
  const { bytes, recipients } = await tickets.write(await vscode.workspace.fs.readFile(uri), ticket);
  await vscode.workspace.fs.writeFile(uri, bytes);
  return recipients.length;
}

/** As VS Code calls it: MSG Session is there by then, for the manifest depends on it. */
export async function activate(context: vscode.ExtensionContext): Promise<TicketApi> {
  const extension = vscode.extensions.getExtension<MsgSessionApi>("msg-session.msg-session");
  const messages = await extension?.activate();
  if (messages?.version !== 1) throw new Error("This needs version 1 of the interface of MSG Session.");
  const tickets = ticketApi(messages);
  context.subscriptions.push(
    vscode.commands.registerCommand("ticketNumbers.write", (uri: unknown, number: unknown) =>
      writeTicket(tickets, uri, number),
    ),
  );
  return tickets;
}
