/**
 * The messages between the extension host and the page. Requests go from the page to the host, each is answered with a
 * result or an error; events go from the host to the page. Both sides check what comes in (`guards.ts`).
 */
import type { EditorsRequests } from "./editors";
import type { MessageRequests } from "./message";
import type {
  NamedPropertySpec,
  ObjectId,
  PageModel,
  PropertyDetail,
  PropertyRow,
  PropertySuggestion,
  TypeChoice,
} from "./viewModel";
import type { ExportRequests } from "./export";
import type { AttachmentsRequests } from "./attachments";
import type { ComposeRequests } from "./compose";
import type { NamesRequests } from "./names";
import type { StorageRequests } from "./storage";
import type { SearchRequests } from "./search";
import type { StringKey } from "./strings";
import type { ColumnPreference, PageCommand, ViewId, ViewsRequests } from "./views";

/** Grows with every change of the protocol that an old page would not understand. */
export const PROTOCOL_VERSION = 1;

/** Every request: what it carries and what it is answered with. */
export interface Requests
  extends
    AttachmentsRequests,
    ComposeRequests,
    EditorsRequests,
    ExportRequests,
    MessageRequests,
    NamesRequests,
    SearchRequests,
    StorageRequests,
    ViewsRequests {
  /** Asks whether anybody is there. */
  ping: { params: Record<string, never>; result: Record<string, never> };
  /** First message of a page; the answer is its whole state. */
  ready: { params: { version: number }; result: InitResult };
  getRows: { params: { object: ObjectId }; result: RowsResult };
  getDetail: { params: { object: ObjectId; tag: number }; result: PropertyDetail };
  /** Sets a single value from its edit text. */
  setProperty: {
    params: { object: ObjectId; tag: number; text: string; revision: number };
    result: EditResult;
  };
  /** Sets all values of a multi-valued property. */
  setValues: {
    params: { object: ObjectId; tag: number; values: string[]; revision: number };
    result: EditResult;
  };
  setFlags: {
    params: { object: ObjectId; tag: number; flags: number; revision: number };
    result: EditResult;
  };
  addProperty: { params: AddPropertyParams; result: EditResult };
  deleteProperties: { params: { object: ObjectId; tags: number[]; revision: number }; result: EditResult };
  /** Puts a property back to what the file holds. */
  revertProperty: { params: { object: ObjectId; tag: number; revision: number }; result: EditResult };
  suggestProperties: { params: { query: string }; result: { suggestions: PropertySuggestion[] } };
  addRecipient: {
    params: { object: ObjectId; recipientType: number; name: string; address: string; revision: number };
    result: ObjectResult;
  };
  /** The host asks for the file. `object` is the attachments group; the answer has no object when the person cancelled. */
  addAttachment: { params: { object: ObjectId; revision: number }; result: ObjectResult };
  deleteObject: { params: { object: ObjectId; revision: number }; result: EditResult };
  /** Saves a value to a file the person chooses. */
  saveValueAs: { params: { object: ObjectId; tag: number }; result: { saved: boolean } };
  /** Replaces a binary or text value by a file's content that the person chooses. */
  loadValue: { params: { object: ObjectId; tag: number; revision: number }; result: EditResult };
  copyText: { params: { text: string }; result: Record<string, never> };
  /** Runs an action of a banner or of the failure page. */
  action: { params: { id: string }; result: Record<string, never> };
}

/** Name of a request. */
export type RequestName = keyof Requests;

/** Everything a page needs to draw itself the first time. */
export interface InitResult {
  readonly version: number;
  readonly revision: number;
  readonly model: PageModel;
  readonly strings: Readonly<Record<StringKey, string>>;
  readonly types: readonly TypeChoice[];
  /** The view to begin with where none was chosen yet: the setting `msgSession.defaultView`. */
  readonly defaultView: ViewId;
  /** The columns of the grid as they were arranged last, in any document. */
  readonly columns?: readonly ColumnPreference[];
  /** The language of the texts, as in <html lang>. */
  readonly language: string;
}

/** All rows of one object, as of a revision, in the order of the property stream. */
export interface RowsResult {
  readonly object: ObjectId;
  readonly revision: number;
  readonly rows: readonly PropertyRow[];
}

/** What an edit came to. An edit that changes nothing keeps the revision. */
export interface EditResult {
  readonly revision: number;
  /** The tag of the property that was set or added, when there is one. */
  readonly tag?: number;
}

/** What adding an object came to. */
export interface ObjectResult extends EditResult {
  readonly object?: ObjectId;
}

/** A new property: a tag, or a name and a type. */
export interface AddPropertyParams {
  readonly object: ObjectId;
  /** The whole tag; for a named property only its type word counts. */
  readonly tag: number;
  readonly named?: NamedPropertySpec;
  /** Edit text of the value, one for each value when multi-valued. */
  readonly values: string[];
  readonly revision: number;
}

/**
 * Why a request failed. `stale`: the page spoke of an older revision. `invalid`: the value is not acceptable. `exists`: what
 * is to be added is there.
 */
export interface RequestError {
  readonly code: "stale" | "invalid" | "exists" | "readOnly" | "notFound" | "failed";
  readonly message: string;
  /** Which of several values is meant. */
  readonly index?: number;
}

/** A request as it travels. */
export interface RequestMessage<K extends RequestName = RequestName> {
  readonly type: "request";
  readonly id: number;
  readonly name: K;
  readonly params: Requests[K]["params"];
}

/** The answer to the request of the same id. */
export type ResponseMessage =
  | { readonly type: "response"; readonly id: number; readonly ok: true; readonly result: unknown }
  | { readonly type: "response"; readonly id: number; readonly ok: false; readonly error: RequestError };

/** The session changed: by this page, another one, undo, redo, save or revert. */
export interface UpdateEvent {
  readonly type: "update";
  readonly revision: number;
  readonly model: PageModel;
  /** The rows of the object this page asked for last, when it is still there. */
  readonly rows?: RowsResult;
}

/** Show this object (and property) and put the focus there. */
export interface RevealEvent {
  readonly type: "reveal";
  readonly object: ObjectId;
  readonly tag?: number;
}

/** Do this: a command of VS Code was run while the page was in front. */
export interface CommandEvent {
  readonly type: "command";
  readonly command: PageCommand;
}

/** Every message from host to page. */
export type HostMessage = ResponseMessage | UpdateEvent | RevealEvent | CommandEvent;

/** Every message from page to host. */
export type PageMessage = RequestMessage;
