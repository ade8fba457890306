/** Requests to the extension host and its answers. Knows nothing of what they mean. */
import { isHostMessage } from "../src/protocol/guards";
import type {
  PageMessage,
  RequestError,
  RequestName,
  Requests,
  RevealEvent,
  UpdateEvent,
} from "../src/protocol/messages";
import type { PageCommand } from "../src/protocol/views";
import { PING_SILENCE_MS } from "./heartbeat";

/** Milliseconds after which an edit without an answer means that nobody is there. */
export const SILENCE_MS = 2_000;
/** Milliseconds after which a request is given up. */
export const TIMEOUT_MS = 10_000;

/** Requests that wait for a person in a dialog of the host, or for a file to be read: they take as long as they take. */
const PATIENT: ReadonlySet<RequestName> = new Set<RequestName>([
  "ready",
  "addAttachment",
  "saveValueAs",
  "loadValue",
  "action",
  "openLink",
  "searchSession",
  "compareObjects",
  "getNames",
  "getStorage",
  "readStream",
  "saveStreamAs",
  "attachFiles",
  "attachUris",
  "finishUpload",
  "openAttachment",
  "saveAttachment",
  "saveAllAttachments",
  "replaceAttachment",
  "history",
]);

/** Requests that change the session. */
const EDITS: ReadonlySet<RequestName> = new Set<RequestName>([
  "setProperty",
  "setValues",
  "setFlags",
  "addProperty",
  "deleteProperties",
  "revertProperty",
  "addRecipient",
  "deleteObject",
  "editStructure",
  "changeType",
  "setField",
  "addRecipients",
  "changeRecipient",
  "moveRecipients",
  "removeRecipients",
  "renameAttachment",
  "moveAttachment",
  "setAttachmentInline",
  "setAttachmentHidden",
]);

/** A request that failed: the host's own words and code, or `timeout` when no answer came. */
export class HostError extends Error {
  constructor(
    readonly code: RequestError["code"] | "timeout",
    message: string,
    readonly index?: number,
  ) {
    super(message);
    this.name = "HostError";
  }
}

/** Why something failed, in words for a person. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** What the client tells the page. */
export interface HostListener {
  onUpdate(event: UpdateEvent): void;
  onReveal(event: RevealEvent): void;
  onCommand(command: PageCommand): void;
  /** `true`: an edit is not answered; `false`: the host spoke again. */
  onSilence(silent: boolean): void;
}

interface Pending {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: HostError) => void;
  readonly timers: readonly number[];
}

/** Sends requests, matches answers by id, watches for silence. */
export class HostClient {
  readonly #pending = new Map<number, Pending>();
  #nextId = 1;
  #silent = false;

  constructor(
    private readonly post: (message: PageMessage) => void,
    private readonly listener: HostListener,
    private readonly timeoutText: () => string,
  ) {}

  /** Sends a request; rejects with HostError. */
  request<K extends RequestName>(name: K, params: Requests[K]["params"]): Promise<Requests[K]["result"]> {
    const id = this.#nextId++;
    return new Promise<Requests[K]["result"]>((resolve, reject) => {
      this.#pending.set(id, {
        // The host is our own code, typed by the same contract: its result for this id is the result of this name.
        resolve: (result) => resolve(result as Requests[K]["result"]),
        reject,
        timers: this.#timersOf(id, name),
      });
      this.post({ type: "request", id, name, params });
    });
  }

  /** Takes any message that arrived at the window; what is not from the host is ignored. */
  receive(message: unknown): void {
    if (!isHostMessage(message)) return;
    this.#setSilent(false);
    if (message.type === "update") {
      this.listener.onUpdate(message);
      return;
    }
    if (message.type === "reveal") {
      this.listener.onReveal(message);
      return;
    }
    if (message.type === "command") {
      this.listener.onCommand(message.command);
      return;
    }
    const pending = this.#take(message.id);
    if (pending === undefined) return;
    if (message.ok) pending.resolve(message.result);
    else pending.reject(new HostError(message.error.code, message.error.message, message.error.index));
  }

  #timersOf(id: number, name: RequestName): readonly number[] {
    if (PATIENT.has(name)) return [];
    const giveUp = window.setTimeout(
      () => this.#take(id)?.reject(new HostError("timeout", this.timeoutText())),
      TIMEOUT_MS,
    );
    const silence = name === "ping" ? PING_SILENCE_MS : EDITS.has(name) ? SILENCE_MS : undefined;
    if (silence === undefined) return [giveUp];
    return [giveUp, window.setTimeout(() => this.#setSilent(true), silence)];
  }

  #take(id: number): Pending | undefined {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    pending?.timers.forEach((timer) => window.clearTimeout(timer));
    return pending;
  }

  #setSilent(silent: boolean): void {
    if (this.#silent === silent) return;
    this.#silent = silent;
    this.listener.onSilence(silent);
  }
}
