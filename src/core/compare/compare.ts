/**
 * Compares two messages object by object and property by property. Recipients and attachments are matched by who and what
 * they are, named properties by their names: numbers and ids differ from file to file and mean nothing.
 */
import { crc32 } from "../mapi/crc";
import {
  PR_ATTACH_CONTENT_ID,
  PR_ATTACH_DATA_BIN,
  PR_ATTACH_FILENAME,
  PR_ATTACH_LONG_FILENAME,
  PR_DISPLAY_NAME,
  PR_EMAIL_ADDRESS,
  PR_SMTP_ADDRESS,
  PR_SUBJECT,
} from "../mapi/tags";
import { attachmentTitle, firstText, recipientTitle } from "../export/dumpText";
import { foreignStorage } from "../export/parts";
import type { AttachmentView, MessageOutline, ObjectAddress, RecipientView } from "../session/outline";
import { finish, mapInSteps, type Steps } from "../steps";
import { matchLists, type Pair, type Trait } from "./match";
import { compareProperties, compareStreams, type Stream, streamsIn, unexplainedIn } from "./properties";
import type {
  ComparedKind,
  ComparedObject,
  ComparedProperty,
  ComparedSide,
  ComparedState,
  CompareOptions,
} from "./types";

/** An object of one side with all that its traits need. */
interface Element<V> {
  readonly outline: MessageOutline;
  readonly view: V;
}

const filled = (...parts: readonly (string | number | undefined)[]): string | undefined =>
  parts.some((part) => part === "" || part === undefined) ? undefined : parts.join("\n");

const nameOf = ({ outline, view }: Element<RecipientView>): string =>
  firstText(outline, view.address, PR_DISPLAY_NAME);
const mailOf = ({ outline, view }: Element<RecipientView>): string =>
  firstText(outline, view.address, PR_SMTP_ADDRESS, PR_EMAIL_ADDRESS).toLowerCase();
const kindOf = ({ view }: Element<RecipientView>): number => (view.recipientKind ?? -1) & 0xf;

const RECIPIENT_TRAITS: readonly Trait<Element<RecipientView>>[] = [
  (each) => filled(kindOf(each), mailOf(each), nameOf(each)),
  (each) => filled(kindOf(each), mailOf(each)),
  (each) => filled(mailOf(each)),
  (each) => filled(kindOf(each), nameOf(each)),
  (each) => filled(nameOf(each)),
];

const readable = <T>({ view }: Element<AttachmentView>, read: () => T): T | undefined =>
  view.problem === undefined ? read() : undefined;
const fileOf = (each: Element<AttachmentView>): string =>
  readable(each, () =>
    firstText(each.outline, each.view.address, PR_ATTACH_LONG_FILENAME, PR_ATTACH_FILENAME, PR_DISPLAY_NAME),
  ) ?? "";
const dataOf = (each: Element<AttachmentView>): Uint8Array | undefined =>
  readable(each, () => each.outline.storedBytes(each.view.address, PR_ATTACH_DATA_BIN));
const subjectOf = ({ outline, view }: Element<AttachmentView>): string =>
  view.object === "message" ? firstText(outline, `${view.address}/m`, PR_SUBJECT) : "";

/** An attachment, and the check sum of its data; undefined where there are none. */
interface AttachmentElement extends Element<AttachmentView> {
  readonly crc: number | undefined;
}

const ATTACHMENT_TRAITS: readonly Trait<AttachmentElement>[] = [
  (each) => filled(fileOf(each), dataOf(each)?.length, each.crc),
  (each) => filled(fileOf(each), each.view.object ?? "data"),
  (each) => readable(each, () => filled(firstText(each.outline, each.view.address, PR_ATTACH_CONTENT_ID))),
  (each) => filled(dataOf(each)?.length, each.crc),
  (each) => filled(subjectOf(each)),
  // One message that is attached for another: most likely it was edited.
  ({ view }) => (view.object === "message" ? "message" : undefined),
];

/** The attachments of a message with the check sums of their data, in steps. */
function* attachmentElements(
  outline: MessageOutline,
  views: readonly AttachmentView[],
): Steps<AttachmentElement[]> {
  const elements: AttachmentElement[] = [];
  for (const view of views) {
    const bytes = dataOf({ outline, view });
    elements.push({ outline, view, crc: bytes && bytes.length > 0 ? crc32(bytes) : undefined });
    yield;
  }
  return elements;
}

/** The state of an object that both sides have: changed when anything in it is. */
function innerState(
  properties: readonly ComparedProperty[],
  children: readonly ComparedObject[],
): ComparedState {
  const isSame = [...properties, ...children].every(({ state }) => state === "same");
  return isSame ? "same" : "changed";
}

interface ObjectPair {
  readonly kind: ComparedKind;
  readonly title: string;
  readonly left: ObjectAddress | undefined;
  readonly right: ObjectAddress | undefined;
  readonly properties: readonly ComparedProperty[];
  readonly children: readonly ComparedObject[];
}

function comparedObject({ left, right, ...rest }: ObjectPair): ComparedObject {
  const inner = innerState(rest.properties, rest.children);
  const state = left === undefined ? "added" : right === undefined ? "removed" : inner;
  return {
    state,
    ...rest,
    ...(left === undefined ? {} : { left }),
    ...(right === undefined ? {} : { right }),
  };
}

/** Compares messages that are there on one side or both. */
class Comparison {
  constructor(
    private readonly a: MessageOutline,
    private readonly b: MessageOutline,
    private readonly options: CompareOptions,
  ) {}

  private properties(
    left: ObjectAddress | undefined,
    right: ObjectAddress | undefined,
  ): Steps<ComparedProperty[]> {
    return compareProperties(this.a, left, this.b, right, this.options);
  }

  private *recipients(
    left: readonly RecipientView[],
    right: readonly RecipientView[],
  ): Steps<ComparedObject[]> {
    const compare = this.properties.bind(this);
    const pairs = matchLists(
      left.map((view) => ({ outline: this.a, view })),
      right.map((view) => ({ outline: this.b, view })),
      RECIPIENT_TRAITS,
    );
    return yield* mapInSteps(pairs, function* (pair): Steps<ComparedObject> {
      const shown = pair.right ?? pair.left;
      const [from, to] = [pair.left?.view.address, pair.right?.view.address];
      return comparedObject({
        kind: "recipient",
        title: shown ? recipientTitle(shown.outline, shown.view) : "",
        left: from,
        right: to,
        properties: yield* compare(from, to),
        children: [],
      });
    });
  }

  private *attachment({ left, right }: Pair<Element<AttachmentView>>): Steps<ComparedObject> {
    const shown = right ?? left;
    const address = (each: Element<AttachmentView> | undefined): string | undefined => each?.view.address;
    const ifReadable = (each: Element<AttachmentView> | undefined): string | undefined =>
      each && each.view.problem === undefined ? each.view.address : undefined;
    const embedded = (each: Element<AttachmentView> | undefined): string | undefined =>
      each?.view.object === "message" ? `${each.view.address}/m` : undefined;
    const foreign = (each: Element<AttachmentView> | undefined): Stream[] =>
      each?.view.object === "storage" ? streamsIn(foreignStorage(each.outline, each.view.address)) : [];
    const inner = [embedded(left), embedded(right)] as const;
    return comparedObject({
      kind: "attachment",
      title: shown ? attachmentTitle(shown.outline, shown.view) : "",
      left: address(left),
      right: address(right),
      properties: [
        ...(yield* this.properties(ifReadable(left), ifReadable(right))),
        ...compareStreams(foreign(left), foreign(right)),
      ],
      children:
        inner[0] === undefined && inner[1] === undefined
          ? []
          : [yield* this.message(inner[0], inner[1], "embeddedMessage", [])],
    });
  }

  /** Compares two messages at their addresses. */
  *message(
    left: ObjectAddress | undefined,
    right: ObjectAddress | undefined,
    kind: "message" | "embeddedMessage",
    extra: readonly ComparedProperty[],
  ): Steps<ComparedObject> {
    const a = left === undefined ? undefined : this.a.message(left);
    const b = right === undefined ? undefined : this.b.message(right);
    const attachments = matchLists(
      yield* attachmentElements(this.a, a?.attachments ?? []),
      yield* attachmentElements(this.b, b?.attachments ?? []),
      ATTACHMENT_TRAITS,
    );
    return comparedObject({
      kind,
      title: "Message",
      left,
      right,
      properties: [...(yield* this.properties(left, right)), ...extra],
      children: [
        ...(yield* this.recipients(a?.recipients ?? [], b?.recipients ?? [])),
        ...(yield* mapInSteps(attachments, (pair) => this.attachment(pair))),
      ],
    });
  }
}

/** As `compareMessages`, in steps. The messages have to stay as they are in between. */
export function* compareMessagesSteps(
  left: ComparedSide,
  right: ComparedSide,
  options: CompareOptions,
): Steps<ComparedObject> {
  const extra = compareStreams(unexplainedIn(left), unexplainedIn(right));
  yield;
  return yield* new Comparison(left.outline, right.outline, options).message("", "", "message", extra);
}

/**
 * Compares two messages; `left` is the one before. Where the files are given too, streams and storages that are no part of
 * the message format are compared as well.
 * @throws MapiError MAPI_E_INVALID_OBJECT when one of them was closed
 */
export const compareMessages = (
  left: ComparedSide,
  right: ComparedSide,
  options: CompareOptions,
): ComparedObject => finish(compareMessagesSteps(left, right, options));

/** How many properties differ, at every depth; all of an object that is on one side alone count as one. */
export function countDifferences(object: ComparedObject): number {
  if (object.state === "added" || object.state === "removed") return 1;
  const own = object.properties.filter(({ state }) => state !== "same").length;
  return object.children.reduce((sum, child) => sum + countDifferences(child), own);
}
