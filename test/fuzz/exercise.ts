/** What is done with every damaged file: open, list, edit, save, open again. */
import {
  createAllocator,
  type IMessage,
  MapiError,
  MAPI_TO,
  MessageOutline,
  type ObjectAddress,
  openIMsgOnIStg,
  openStorage,
  PR_DISPLAY_NAME,
  PR_SUBJECT,
  PS_PUBLIC_STRINGS,
  PT_UNICODE,
  recipientProperties,
  type RootStorage,
  trySave,
  verifyBytes,
} from "../../src/core";

/** How far a file got. */
export type Outcome = "refused" | "listed" | "saved";

function listObject(outline: MessageOutline, address: ObjectAddress): void {
  for (const { tag } of outline.properties(address)) outline.storedBytes(address, tag);
}

function listMessage(outline: MessageOutline, address: ObjectAddress): void {
  listObject(outline, address);
  const view = outline.message(address);
  for (const recipient of view.recipients) listObject(outline, recipient.address);
  for (const attachment of view.attachments) {
    if (attachment.problem !== undefined) continue;
    listObject(outline, attachment.address);
    if (attachment.object === "message") listMessage(outline, `${attachment.address}/m`);
  }
}

/** An edit that a damaged message may refuse, with a MapiError. */
function attempt(edit: () => void): void {
  try {
    edit();
  } catch (error) {
    if (!(error instanceof MapiError)) throw error;
  }
}

function editMessage(outline: MessageOutline, message: IMessage): void {
  const { recipients, attachments, unicode } = outline.message("");
  attempt(() => outline.setProperty("", PR_SUBJECT, "Changed"));
  attempt(() => {
    outline.setProperty(
      "",
      outline.tagOfName({ guid: PS_PUBLIC_STRINGS, name: "Fuzz" }, PT_UNICODE),
      "named",
    );
  });
  attempt(() => {
    outline.addRecipient(
      "",
      recipientProperties({ name: "A", address: "a@example.org", kind: MAPI_TO, unicode }),
    );
  });
  const [first, second] = recipients;
  if (first) attempt(() => outline.setProperty(first.address, PR_DISPLAY_NAME, "B"));
  if (second) attempt(() => outline.deleteObject(second.address));
  moveMessages(outline, message);
  const [attachment] = attachments;
  if (attachment) attempt(() => outline.deleteObject(attachment.address));
}

/** Takes messages out and in, and edits one on its own. */
function moveMessages(outline: MessageOutline, message: IMessage): void {
  const holder = outline.message("").attachments.find(({ object }) => object === "message");
  if (!holder) {
    attempt(() => outline.addEmbeddedFile("", message));
    return;
  }
  attempt(() => outline.addEmbeddedFile("", outline.exportEmbedded(holder.address)));
  attempt(() => {
    const child = outline.openEmbedded(holder.address, null, createAllocator());
    const inner = new MessageOutline(child.message);
    attempt(() => inner.setProperty("", PR_SUBJECT, "Changed inside"));
    trySave(child.message, child.storage);
    outline.replaceEmbeddedContent(holder.address, inner.snapshot());
  });
}

function saveAndReopen(storage: RootStorage, outline: MessageOutline, message: IMessage): void {
  editMessage(outline, message);
  const saved = trySave(message, storage).storage;
  const bytes = saved.toBytes();
  const [difference] = verifyBytes(bytes, saved);
  if (difference) throw new Error(`The second reader differs at ${difference.path}: ${difference.message}`);
  listMessage(new MessageOutline(openIMsgOnIStg(null, createAllocator(), openStorage(bytes))), "");
}

function run(bytes: Uint8Array, recover: boolean): Outcome {
  let outcome: Outcome = "refused";
  try {
    const storage = openStorage(bytes, { recover });
    const message = openIMsgOnIStg(null, createAllocator(), storage);
    const outline = new MessageOutline(message);
    listMessage(outline, "");
    outcome = "listed";
    saveAndReopen(storage, outline, message);
    return "saved";
  } catch (error) {
    if (error instanceof MapiError) return outcome;
    throw error;
  }
}

/** Does everything with a file, as it is and with recovery. @throws what is not a MapiError: a fault of the core */
export function exercise(bytes: Uint8Array): Outcome {
  const strict = run(bytes, false);
  return strict === "saved" ? strict : run(bytes, true);
}
