/** Which bytes the session holds for the content of objects: everything that was set and is not simply read from the file. */
import type { AttachedObject, AttachState, Lazy, ListEntry, MessageState, PropertyState } from "./state";

/** A part of a content that holds bytes of its own; one that only refers to the file holds none. */
export interface Holding {
  readonly held?: number | undefined;
}

/** The content of a recipient, an attachment or a message. */
export type Content = PropertyState | AttachState | MessageState;

/** Told of a part that came (1) or went (-1). */
type Report = (item: Holding, change: 1 | -1) => void;

function report(before: Holding | undefined, after: Holding | undefined, tell: Report): void {
  if (before === after) return;
  if (before?.held !== undefined) tell(before, -1);
  if (after?.held !== undefined) tell(after, 1);
}

/** Compares two lists from both ends, so that a change of one element costs no more than finding it. */
function diffLists<T>(
  before: readonly T[],
  after: readonly T[],
  diff: (old: T | undefined, element: T | undefined) => void,
): void {
  if (before === after) return;
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start++;
  let oldEnd = before.length;
  let end = after.length;
  while (oldEnd > start && end > start && before[oldEnd - 1] === after[end - 1]) {
    oldEnd--;
    end--;
  }
  const isPairwise = oldEnd - start === end - start;
  for (let i = start; i < oldEnd; i++) diff(before[i], isPairwise ? after[i] : undefined);
  if (!isPairwise) for (let i = start; i < end; i++) diff(undefined, after[i]);
}

/** The value of a part that was read or made; one that was not read yet holds nothing. */
function loaded<T>(part: Lazy<T> | undefined): T | undefined {
  return part?.isLoaded ? part.value : undefined;
}

function diffEntries<T extends Content>(
  before: readonly ListEntry<T>[],
  after: readonly ListEntry<T>[],
  tell: Report,
): void {
  diffLists(before, after, (old, entry) => {
    if (old?.state !== entry?.state) diffContent(loaded(old?.state), loaded(entry?.state), tell);
  });
}

function diffObjects(before: AttachedObject, after: AttachedObject, tell: Report): void {
  const messageOf = (object: AttachedObject): MessageState | undefined =>
    object?.kind === "message" ? object.message : undefined;
  const storageOf = (object: AttachedObject): Holding | undefined =>
    object?.kind === "storage" ? object.held : undefined;
  report(storageOf(before), storageOf(after), tell);
  diffContent(messageOf(before), messageOf(after), tell);
}

const NOTHING: PropertyState = { header: new Uint8Array(), records: [] };

/** Tells which parts that hold bytes only one of two contents has; what they share is not looked at. */
export function diffContent(before: Content | undefined, after: Content | undefined, tell: Report): void {
  if (before === after) return;
  const old = before ?? NOTHING;
  const content = after ?? NOTHING;
  diffLists(old.records, content.records, (a, b) => report(a, b, tell));
  const listsOf = (state: Content): Partial<MessageState> => ("recipients" in state ? state : {});
  diffEntries(listsOf(old).recipients ?? [], listsOf(content).recipients ?? [], tell);
  diffEntries(listsOf(old).attachments ?? [], listsOf(content).attachments ?? [], tell);
  const objectOf = (state: Content): Lazy<AttachedObject> | undefined =>
    "object" in state ? state.object : undefined;
  const sourceOf = (state: Content): Holding | undefined =>
    "origin" in state ? state.origin.source : undefined;
  report(sourceOf(old), sourceOf(content), tell);
  if (objectOf(old) !== objectOf(content))
    diffObjects(loaded(objectOf(old)), loaded(objectOf(content)), tell);
}
