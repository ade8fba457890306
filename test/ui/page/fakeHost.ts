/** The extension host's part of the protocol, in memory and in the page itself. Checks every message it gets. */
import "./fakeHost.browser";
import { isPageMessage, isRequest } from "../../../src/protocol/guards";
import type { HostMessage, InitResult, PageMessage, RequestError } from "../../../src/protocol/messages";
import type { ColumnPreference, PageCommand, ViewId } from "../../../src/protocol/views";
import { PAGE_STRINGS } from "../../../src/protocol/strings";
import type { Banner, FailureModel, PageModel, PropertyRow } from "../../../src/protocol/viewModel";
import { answerEditor, changeStructure, plainText, refusalOf } from "./fakeEditors";
import { attachment, largeMessage, recipient, sampleMessage, TYPES } from "./fakeData";

import { refuse, Refusal } from "./fakeRefusal";
import { tagText } from "./fakeRows";
import { compareRows, searchRows, suggestions } from "./fakeSearch";
import { FakeSession } from "./fakeSession";
import { LARGE_STREAM, sampleNames, sampleStorage, streamBytes } from "./fakeViews";

/** What an earlier page of the same browser has saved as its columns. */
function storedColumns(): ColumnPreference[] {
  // The stub wrote it itself, after it had passed the guard.
  return JSON.parse(sessionStorage.getItem("columns") ?? "[]") as ColumnPreference[];
}

/** Refuses where the editors' part of the stub says why. */
function accept(answer: ReturnType<typeof changeStructure>): { readonly values: readonly string[] } {
  return "message" in answer ? refuse("invalid", answer.message) : answer;
}

/** What the value codec says of a text. */
function check(tag: number, text: string, index?: number): void {
  const wrong = refusalOf(tag, text);
  if (wrong !== undefined) refuse("invalid", wrong, index);
}

/** The stubbed host. Tests reach it as `window.fakeHost`. */
export class FakeHost {
  readonly requests: PageMessage[] = [];
  readonly refused: unknown[] = [];
  /** The texts of the page by key, in the language of the person. */
  strings: InitResult["strings"] = PAGE_STRINGS;
  /** Does not answer at all. */
  silent = false;
  /** Milliseconds before an answer. */
  delay = 0;
  revision = 1;
  readOnly: string | undefined;
  banners: Banner[] = [];
  /** How often the state was saved. */
  saves = 0;
  /** Bytes of the largest stream of the file. */
  largeStream = LARGE_STREAM;
  /** The setting: which view a message begins with. */
  defaultView: ViewId = "properties";
  failure: FailureModel | undefined;
  copied = "";
  readonly #session: FakeSession;
  #asked = "0";
  #nextId = 1;

  constructor(count: number | undefined) {
    this.#session = new FakeSession(count === undefined ? sampleMessage() : largeMessage(count));
    this.save();
  }

  /** Takes the present state as saved. */
  save(): void {
    this.saves++;
    this.#session.save();
  }

  /** Any message from the page. */
  receive(message: unknown): void {
    if (!isPageMessage(message)) {
      this.refused.push(message);
      return;
    }
    this.requests.push(message);
    if (this.silent) return;
    window.setTimeout(() => this.#answer(message), this.delay);
  }

  /** Changes something behind the page's back and tells it. */
  change(object: string, tag: number, value: string): void {
    this.#session.put(object, tag, [value]);
    this.update();
  }

  /** Sets the flags of a property behind the page's back. */
  setFlagsOf(object: string, tag: number, flags: number): void {
    this.#session.replace(object, { ...this.#session.property(object, tag), flags });
    this.update();
  }

  /** Gives an object a property, whatever its values are, and tells the page. */
  put(object: string, tag: number, values: readonly string[]): void {
    const { properties } = this.#session.object(object);
    const name = tagText(tag);
    const entry = { tag, name, canonicalName: "", mapiName: "", namedAs: "", flags: 6, values };
    properties.push(entry);
    this.update();
  }

  /** Tells the page of the state as it is. */
  update(): void {
    this.revision++;
    const object = this.#session.find(this.#asked);
    this.#send({
      type: "update",
      revision: this.revision,
      model: this.#model(),
      ...(object === undefined || object.properties.length === 0
        ? {}
        : { rows: { object: object.id, revision: this.revision, rows: this.#session.rows(object) } }),
    });
  }

  /** Has the page do what a command of VS Code asks for. */
  command(command: PageCommand): void {
    this.#send({ type: "command", command });
  }

  /** Has the page go to an object and a property. */
  reveal(object: string, tag?: number): void {
    this.#send({ type: "reveal", object, ...(tag === undefined ? {} : { tag }) });
  }

  #send(message: HostMessage): void {
    window.dispatchEvent(new MessageEvent("message", { data: structuredClone(message) }));
  }

  #answer(message: PageMessage): void {
    try {
      const result = this.#run(message);
      this.#send({ type: "response", id: message.id, ok: true, result });
    } catch (error: unknown) {
      const answer: RequestError =
        error instanceof Refusal ? error.error : { code: "failed", message: String(error) };
      this.#send({ type: "response", id: message.id, ok: false, error: answer });
    }
  }

  #run(message: PageMessage): unknown {
    if (isRequest(message, "ping")) return {};
    if (isRequest(message, "ready")) return this.#init();
    if (isRequest(message, "getRows")) {
      const object = this.#session.object(message.params.object);
      this.#asked = object.id;
      return { object: object.id, revision: this.revision, rows: this.#session.rows(object) };
    }
    if (isRequest(message, "getDetail"))
      return this.#session.detail(message.params.object, message.params.tag);
    if (isRequest(message, "suggestProperties")) return { suggestions: suggestions(message.params.query) };
    if (isRequest(message, "copyText")) {
      this.copied = message.params.text;
      return {};
    }
    const answer = answerEditor(message);
    if (answer !== undefined) {
      if ("refused" in answer) refuse("invalid", String(answer.refused));
      return answer;
    }
    if (isRequest(message, "searchSession")) {
      const all = this.#session
        .objects()
        .map((object) => ({ id: object.id, rows: this.#session.rows(object) }));
      return searchRows(all, message.params.query, message.params.limit);
    }
    if (isRequest(message, "cancelSearch")) return {};
    if (isRequest(message, "getNames")) return sampleNames();
    if (isRequest(message, "getStorage")) return sampleStorage(this.saves, this.largeStream);
    if (isRequest(message, "saveStreamAs")) return { saved: true };
    if (isRequest(message, "readStream")) {
      const { stamp, id, offset, length } = message.params;
      if (stamp !== this.saves) refuse("stale", "The file was saved in the meantime.");
      const size = sampleStorage(stamp, this.largeStream).elements[id]?.size ?? 0;
      return { bytes: streamBytes(offset, length, size) };
    }
    if (isRequest(message, "compareObjects")) {
      const [left, right] = [message.params.left, message.params.right].map((id) =>
        this.#session.rows(this.#session.object(id)),
      );
      return { properties: compareRows(left ?? [], right ?? []) };
    }
    if (isRequest(message, "copyProperties")) {
      const { object, tags, format } = message.params;
      const rows = this.#session.rows(this.#session.object(object)).filter(({ tag }) => tags.includes(tag));
      const textOf = (row: PropertyRow): string =>
        format === "value" ? row.value : `${format} ${row.tagText}`;
      this.copied = rows.map(textOf).join("\n");
      return { copied: rows.length };
    }
    if (isRequest(message, "saveValueAs")) return { saved: true };
    if (isRequest(message, "saveColumns")) {
      sessionStorage.setItem("columns", JSON.stringify(message.params.columns));
      return {};
    }
    if (isRequest(message, "action")) return {};
    return this.#edit(message);
  }

  #edit(message: PageMessage): unknown {
    if (this.readOnly !== undefined) refuse("readOnly", this.readOnly);
    if ("revision" in message.params && message.params.revision !== this.revision) {
      refuse("stale", "The session changed in between.");
    }
    const extra = this.#apply(message);
    this.update();
    return { revision: this.revision, ...extra };
  }

  #apply(message: PageMessage): Record<string, unknown> {
    if (isRequest(message, "setProperty")) {
      const { object, tag } = message.params;
      const text = plainText(tag, message.params.text);
      check(tag, text);
      this.#session.put(object, tag, [text]);
      return { tag };
    }
    if (isRequest(message, "setValues")) {
      const { object, tag } = message.params;
      const values = message.params.values.map((value) => plainText(tag, value));
      values.forEach((value, index) => check(tag, value, index));
      this.#session.put(object, tag, values);
      return { tag };
    }
    if (isRequest(message, "setFlags")) {
      const { object, tag, flags } = message.params;
      const entry = this.#session.property(object, tag);
      this.#session.replace(object, { ...entry, flags });
      return { tag };
    }
    if (isRequest(message, "deleteProperties")) {
      const { object, tags } = message.params;
      const { properties } = this.#session.object(object);
      for (const tag of tags)
        properties.splice(
          properties.findIndex((entry) => entry.tag === tag),
          1,
        );
      return {};
    }
    if (isRequest(message, "revertProperty")) {
      const { object, tag } = message.params;
      const saved = this.#session.saved(object, tag);
      const { properties } = this.#session.object(object);
      const at = properties.findIndex((entry) => entry.tag === tag);
      if (at >= 0) properties.splice(at, 1, ...(saved === undefined ? [] : [saved]));
      else if (saved !== undefined) properties.push(saved);
      return { tag };
    }
    if (isRequest(message, "editStructure")) {
      const { object, tag, index, change } = message.params;
      const { values } = accept(
        changeStructure(tag, this.#session.property(object, tag).values, index, change),
      );
      this.#session.put(object, tag, values);
      return { tag };
    }
    if (isRequest(message, "changeType")) {
      const { object, tag, type } = message.params;
      const entry = this.#session.property(object, tag);
      const { properties } = this.#session.object(object);
      const next = { ...entry, tag: ((tag & 0xffff0000) | type) >>> 0 };
      properties[properties.indexOf(entry)] = next;
      return { tag: next.tag };
    }
    if (isRequest(message, "addProperty")) return this.#addProperty(message.params);
    if (isRequest(message, "loadValue")) {
      this.#session.put(message.params.object, message.params.tag, ["00 01 02 03"]);
      return { tag: message.params.tag };
    }
    return this.#applyObject(message);
  }

  #addProperty({
    object,
    tag,
    named,
    values,
  }: {
    object: string;
    tag: number;
    named?: { guid: string; id?: number; name?: string };
    values: string[];
  }): Record<string, unknown> {
    const target = this.#session.object(object);
    const isList = (tag & 0x1000) !== 0;
    values.forEach((value, index) => check(tag, value, isList ? index : undefined));
    const whole =
      named === undefined ? tag : (0x90000000 + target.properties.length * 0x10000 + (tag & 0xffff)) >>> 0;
    if (target.properties.some((entry) => entry.tag === whole))
      refuse("exists", "The object has this property already.");
    target.properties.push({
      tag: whole,
      name: named?.name ?? (named === undefined ? tagText(whole) : `0x${(named.id ?? 0).toString(16)}`),
      canonicalName: "",
      mapiName: "",
      namedAs: named === undefined ? "" : `${named.guid} ${named.name ?? named.id ?? ""}`,
      flags: 6,
      values,
    });
    return { tag: whole };
  }

  #applyObject(message: PageMessage): Record<string, unknown> {
    if (isRequest(message, "addRecipient")) {
      const { object, recipientType, name, address } = message.params;
      if (!address.includes("@")) refuse("invalid", "An e-mail address has an @.");
      const id = `new-${this.#nextId++}`;
      this.#session.object(object).children.push(recipient(id, recipientType, name, address));
      return { object: id };
    }
    if (isRequest(message, "addAttachment")) {
      const id = `new-${this.#nextId++}`;
      this.#session.object(message.params.object).children.push(attachment(id, "chosen.txt", "1 KB"));
      return { object: id };
    }
    if (isRequest(message, "deleteObject")) {
      for (const parent of this.#session.objects()) {
        const at = parent.children.findIndex(({ id }) => id === message.params.object);
        if (at >= 0) parent.children.splice(at, 1);
      }
      return {};
    }
    return refuse("failed", message.name);
  }

  #init(): InitResult {
    return {
      version: 1,
      revision: this.revision,
      model: this.#model(),
      strings: this.strings,
      types: Object.entries(TYPES).map(([type, { label, editor }]) => ({
        type: Number(type),
        label,
        editor,
      })),
      defaultView: this.defaultView,
      columns: storedColumns(),
      language: "en",
    };
  }

  #model(): PageModel {
    return this.failure ?? this.#session.model(this.banners, this.readOnly);
  }
}

/** Puts the stub in the place of VS Code. The address says how many properties there are and what was stored. */
function install(): void {
  const query = new URLSearchParams(location.search);
  const count = query.get("count");
  const host = new FakeHost(count === null ? undefined : Number(count));
  window.fakeHost = host;
  const stored = sessionStorage.getItem("state");
  window.storedState = stored === null ? undefined : JSON.parse(stored);
  window.acquireVsCodeApi = () => ({
    postMessage: (message: unknown) => host.receive(structuredClone(message)),
    getState: () => window.storedState,
    setState: (state: unknown) => {
      window.storedState = state;
      sessionStorage.setItem("state", JSON.stringify(state));
    },
  });
}

install();
