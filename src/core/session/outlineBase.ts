/** What every part of a message's outline is made with: addresses, one edit that does all or nothing, the whole content. */
import { MapiError } from "../mapi/errors";
import type { AttachObject } from "./attach";
import { KEEP_OPEN_READWRITE } from "./constants";
import { MessageObject } from "./message";
import { countChanges, type MessageSnapshot, type ObjectAddress } from "./outlineViews";
import { entryOfKey } from "./state";
import type { IMessage, PropProblem } from "./types";

/** What an address leads to. */
export type Target =
  | { readonly kind: "message"; readonly message: MessageObject }
  | { readonly kind: "attachment"; readonly attach: AttachObject }
  | { readonly kind: "recipient"; readonly message: MessageObject; readonly key: number };

/** The error for an address that leads nowhere. */
export const gone = (): MapiError =>
  new MapiError("MAPI_E_OBJECT_DELETED", "The object is not in the message any more.");

/** @throws MapiError the first of the problems, when there is one */
export function raise(problems: readonly PropProblem[]): void {
  const problem = problems[0];
  if (problem) throw new MapiError(problem.name, problem.message);
}

/** The object of an address that is no recipient. */
export function objectOf(target: Exclude<Target, { kind: "recipient" }>): MessageObject | AttachObject {
  return target.kind === "message" ? target.message : target.attach;
}

/** The message that a list belongs to. @throws MapiError MAPI_E_NO_SUPPORT for anything else */
export function messageOf(target: Target): MessageObject {
  if (target.kind === "message") return target.message;
  throw new MapiError("MAPI_E_NO_SUPPORT", "Only a message has recipients and attachments.");
}

/** Addresses and edits of a message; see `MessageOutline`. */
export abstract class OutlineBase {
  protected readonly root: MessageObject;

  /** @throws MapiError MAPI_E_INVALID_PARAMETER for a message that is not of this session core. */
  constructor(message: IMessage) {
    if (!(message instanceof MessageObject)) {
      throw new MapiError("MAPI_E_INVALID_PARAMETER", "This message was not opened by openIMsgOnIStg.");
    }
    this.root = message;
  }

  // ---- content as a value ----------------------------------------------------------------------------------------

  /** The whole content as it stands. Costs nothing. */
  snapshot(): MessageSnapshot {
    return { message: this.root.state, names: this.root.file.names };
  }

  /**
   * Puts an earlier content back; what was not saved into the top message is dropped. A content that was saved comes
   * back as it was saved, so that saving it again gives the file of then, times included.
   */
  restore(snapshot: MessageSnapshot): void {
    this.root.restore(snapshot.message, snapshot.names);
  }

  /** Whether the content differs from the file; also by a name that no property has yet. */
  get isChanged(): boolean {
    return this.root.owner.hasMore || this.changeCount() > 0;
  }

  /** Number of properties, recipients and attachments that differ from the file, at every depth. */
  changeCount(): number {
    return countChanges(this.root.state, this.root.baseline);
  }

  protected find(address: ObjectAddress): Target {
    this.root.file.assertOpen();
    let target: Target = { kind: "message", message: this.root };
    const [start, ...steps] = address.split("/");
    if (start !== "") throw gone();
    for (const step of steps) {
      const key = Number(step.slice(1));
      if (target.kind === "message" && step.startsWith("r")) {
        if (!entryOfKey(target.message.state.recipients, key)) throw gone();
        target = { kind: "recipient", message: target.message, key };
      } else if (target.kind === "message" && step.startsWith("a")) {
        if (!entryOfKey(target.message.state.attachments, key)) throw gone();
        target = { kind: "attachment", attach: target.message.attachOfKey(key) };
      } else if (target.kind === "attachment" && step === "m") {
        const message: MessageObject | undefined = target.attach.openMessage();
        if (!message) throw gone();
        target = { kind: "message", message };
      } else throw gone();
    }
    return target;
  }

  /** Saves what was changed in an object up to the top message. */
  private settle(target: Target): void {
    let outer: AttachObject | undefined =
      target.kind === "attachment" ? target.attach : target.message.container;
    if (target.kind !== "attachment" && outer) target.message.saveChanges(KEEP_OPEN_READWRITE);
    while (outer) {
      outer.saveChanges(KEEP_OPEN_READWRITE);
      const { parent }: { parent: MessageObject } = outer;
      outer = parent.container;
      if (outer) parent.saveChanges(KEEP_OPEN_READWRITE);
    }
  }

  /** Does one edit; when it fails everything is as it was. */
  protected edit<T>(address: ObjectAddress, change: (target: Target) => T): T {
    const before = this.snapshot();
    try {
      const target = this.find(address);
      const result = change(target);
      this.settle(target);
      return result;
    } catch (error) {
      if (this.root.file.isOpen) this.restore(before);
      throw error;
    }
  }
}
