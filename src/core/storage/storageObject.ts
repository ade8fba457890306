/** IStorage over committed states: a working copy made at the first change, commit and revert. */
import { MapiError } from "../mapi/errors";
import { parseGuid } from "../mapi/guid";
import { contentEquals, MemoryContent } from "./content";
import { MAX_DEPTH } from "./format";
import { checkName, foldName } from "./names";
import { emptyState, nextId, now, type Element, type StorageState } from "./state";
import type { ElementInfo, IStorage, StorageStat } from "./types";

/** What a storage's owner sees of it besides IStorage. */
interface Working {
  stat: StorageStat;
  elements: Map<string, Element>;
}

function fail(
  name: "STG_E_INVALIDPARAMETER" | "STG_E_ACCESSDENIED" | "STG_E_REVERTED",
  message: string,
): never {
  throw new MapiError(name, message);
}

function checkTime(time: bigint, what: string): void {
  if (time < 0n || time > 0xffffffffffffffffn)
    fail("STG_E_INVALIDPARAMETER", `The ${what} time is not a 64-bit number.`);
}

/** A storage of a compound file: see IStorage. */
export class StorageObject implements IStorage {
  #name: string;
  #committed: StorageState;
  /** What was changed since the last commit; undefined while nothing was. */
  #working: Working | undefined;
  /** The storages in this one that were opened, by the identity of their element. */
  readonly #opened = new Map<number, StorageObject>();
  #destroyed = false;

  /** @param depth how many storages it is in; 0 for the root */
  constructor(
    name: string,
    state: StorageState,
    readonly parent: StorageObject | undefined,
    readonly depth: number,
  ) {
    this.#name = name;
    this.#committed = state;
  }

  get name(): string {
    return this.#name;
  }

  get clsid(): string {
    return this.#current().stat.clsid;
  }

  set clsid(value: string) {
    const clsid = parseGuid(value);
    if (clsid === undefined) fail("STG_E_INVALIDPARAMETER", `"${value}" is not a class id.`);
    if (clsid === this.clsid) return;
    const working = this.#change();
    working.stat = { ...working.stat, clsid };
  }

  /** The state of the last commit. */
  get committedState(): StorageState {
    return this.#committed;
  }

  enumElements(): ElementInfo[] {
    return Array.from(this.#current().elements.values(), (element) => ({
      name: element.name,
      type: element.type,
      size: element.type === "stream" ? element.content.size : 0,
    }));
  }

  elementType(name: string): "storage" | "stream" | undefined {
    return this.#current().elements.get(foldName(name))?.type;
  }

  openStream(name: string): Uint8Array {
    const element = this.#find(name);
    if (element.type === "stream") return element.content.bytes();
    throw new MapiError("STG_E_FILENOTFOUND", `"${element.name}" is a storage, not a stream.`);
  }

  writeStream(name: string, bytes: Uint8Array): void {
    checkName(name);
    const folded = foldName(name);
    const existing = this.#current().elements.get(folded);
    if (existing?.type === "storage") {
      throw new MapiError("STG_E_FILEALREADYEXISTS", `There is a storage of the name "${existing.name}".`);
    }
    if (existing && contentEquals(existing.content, bytes)) return;
    const content = new MemoryContent(bytes);
    this.#change().elements.set(folded, { type: "stream", name: existing?.name ?? name, content });
  }

  openStorage(name: string): StorageObject {
    const element = this.#find(name);
    if (element.type === "stream") {
      throw new MapiError("STG_E_FILENOTFOUND", `"${element.name}" is a stream, not a storage.`);
    }
    const open = this.#opened.get(element.id);
    if (open) return open;
    const storage = new StorageObject(element.name, element.state, this, this.depth + 1);
    this.#opened.set(element.id, storage);
    return storage;
  }

  createStorage(name: string): StorageObject {
    checkName(name);
    this.#checkFree(name);
    if (this.depth >= MAX_DEPTH)
      fail("STG_E_INVALIDPARAMETER", `Storages cannot be nested deeper than ${MAX_DEPTH}.`);
    const time = now();
    const element: Element = { type: "storage", name, id: nextId(), state: emptyState(time, time) };
    this.#change().elements.set(foldName(name), element);
    return this.openStorage(name);
  }

  destroyElement(name: string): void {
    const element = this.#find(name);
    this.#change().elements.delete(foldName(name));
    if (element.type === "storage") this.#close(element.id);
  }

  renameElement(oldName: string, newName: string): void {
    this.renameElements([{ from: oldName, to: newName }]);
  }

  renameElements(renames: readonly { readonly from: string; readonly to: string }[]): void {
    const elements = renames.map(({ from, to }) => ({ element: this.#find(from), from: foldName(from), to }));
    const leaving = new Set(elements.map(({ from }) => from));
    const targets = new Map<string, string>();
    for (const { from, to } of elements) {
      checkName(to);
      const folded = foldName(to);
      if (!leaving.has(folded)) this.#checkFree(to);
      if (targets.has(folded)) {
        throw new MapiError("STG_E_FILEALREADYEXISTS", `Two elements would have the name "${to}".`);
      }
      targets.set(folded, from);
    }
    const names = new Map(
      elements.filter(({ element, to }) => element.name !== to).map(({ from, to }) => [from, to]),
    );
    if (names.size === 0) return;
    const working = this.#change();
    working.elements = new Map(
      Array.from(working.elements, ([folded, element]) => {
        const name = names.get(folded);
        if (name === undefined) return [folded, element] as const;
        if (element.type === "storage") this.#nameOpened(element.id, name);
        return [foldName(name), { ...element, name }] as const;
      }),
    );
  }

  stat(): StorageStat {
    return this.#current().stat;
  }

  setStat(stat: Partial<Pick<StorageStat, "stateBits" | "created" | "modified">>): void {
    const { stat: old } = this.#current();
    const { stateBits = old.stateBits, created = old.created, modified = old.modified } = stat;
    if (stateBits !== stateBits >>> 0)
      fail("STG_E_INVALIDPARAMETER", "The state bits are not a 32-bit number.");
    checkTime(created, "creation");
    checkTime(modified, "modification");
    if (stateBits === old.stateBits && created === old.created && modified === old.modified) return;
    this.#change().stat = { clsid: old.clsid, stateBits, created, modified };
  }

  copyTo(target: IStorage): void {
    const source = this.#snapshot();
    if (!(target instanceof StorageObject))
      fail("STG_E_INVALIDPARAMETER", "The target is no storage of a compound file.");
    if (target === this) return;
    for (let at = target.parent; at; at = at.parent) {
      if (at === this) fail("STG_E_ACCESSDENIED", "A storage cannot be copied into a storage within it.");
    }
    target.clsid = source.stat.clsid;
    target.setStat({ stateBits: source.stat.stateBits });
    target.#merge(source);
  }

  commit(): void {
    this.#committed = this.#snapshot();
    this.#working = undefined;
  }

  revert(): void {
    this.#checkAlive();
    this.#resetTo(this.#committed);
  }

  /** Makes `state` the last commit, whatever was committed or changed since. */
  resetTo(state: StorageState): void {
    this.#resetTo(state);
  }

  /** What the storage holds now, of storages in it what they have committed. */
  get presentState(): StorageState {
    return this.#snapshot();
  }

  /** Puts the elements that `isMeant` names back to what `state` has of them; the others stay. Not committed. */
  putBack(state: StorageState, isMeant: (name: string) => boolean): void {
    const elements = new Map([
      ...Array.from(this.#snapshot().elements).filter(([, { name }]) => !isMeant(name)),
      ...Array.from(state.elements).filter(([, { name }]) => isMeant(name)),
    ]);
    const committed = this.#committed;
    const { stat } = this.#current();
    this.#resetTo({ stat, elements });
    this.#committed = committed;
    this.#working = { stat, elements };
  }

  #checkAlive(): void {
    if (this.#destroyed)
      fail("STG_E_REVERTED", `The storage "${this.#name}" was destroyed or its creation taken back.`);
  }

  /** What the storage holds for its own reader. */
  #current(): StorageState {
    this.#checkAlive();
    return this.#working ?? this.#committed;
  }

  /** The working copy, made at the first change. */
  #change(): Working {
    this.#checkAlive();
    this.#working ??= { stat: this.#committed.stat, elements: new Map(this.#committed.elements) };
    return this.#working;
  }

  #find(name: string): Element {
    const element = this.#current().elements.get(foldName(name));
    if (element) return element;
    checkName(name);
    throw new MapiError(
      "STG_E_FILENOTFOUND",
      `There is no element "${name}" in the storage "${this.#name}".`,
    );
  }

  #checkFree(name: string): void {
    const existing = this.#current().elements.get(foldName(name));
    if (!existing) return;
    throw new MapiError(
      "STG_E_FILEALREADYEXISTS",
      `There is a ${existing.type} of the name "${existing.name}".`,
    );
  }

  /** The state to commit: what this storage holds, of storages in it what they have committed. */
  #snapshot(): StorageState {
    const { stat, elements } = this.#current();
    const latest = new Map<string, Element>();
    let changed = this.#working !== undefined;
    for (const [folded, element] of elements) {
      const state = element.type === "storage" ? this.#opened.get(element.id)?.committedState : undefined;
      const same = element.type === "stream" || state === undefined || state === element.state;
      changed ||= !same;
      latest.set(folded, same ? element : { ...element, state });
    }
    return changed ? { stat, elements: latest } : this.#committed;
  }

  /** Takes another storage's elements into this one; storages of one name are merged. */
  #merge(source: StorageState): void {
    const pending: { readonly target: StorageObject; readonly source: StorageState }[] = [
      { target: this, source },
    ];
    const merged: StorageObject[] = [];
    for (let pair = pending.pop(); pair; pair = pending.pop()) {
      const { target, source: from } = pair;
      if (target !== this) merged.push(target);
      for (const element of from.elements.values()) {
        const inner = target.#mergeElement(element);
        if (inner && element.type === "storage") pending.push({ target: inner, source: element.state });
      }
    }
    for (const storage of merged.reverse()) storage.commit();
  }

  /** Takes one element over; returns the storage that it has to be merged into, if there was one. */
  #mergeElement(element: Element): StorageObject | undefined {
    const folded = foldName(element.name);
    const existing = this.#current().elements.get(folded);
    if (existing?.type === "storage" && element.type === "storage") {
      const inner = this.openStorage(element.name);
      inner.clsid = element.state.stat.clsid;
      inner.setStat(element.state.stat);
      return inner;
    }
    if (existing && existing.type !== element.type) {
      throw new MapiError(
        "STG_E_FILEALREADYEXISTS",
        `There is a ${existing.type} of the name "${existing.name}".`,
      );
    }
    const copy = element.type === "storage" ? { ...element, id: nextId() } : element;
    this.#change().elements.set(folded, copy);
    return undefined;
  }

  #nameOpened(id: number, name: string): void {
    const open = this.#opened.get(id);
    if (open) open.#name = name;
  }

  /** Ends the storage of an element that is gone, and every one opened in it. */
  #close(id: number): void {
    const first = this.#opened.get(id);
    this.#opened.delete(id);
    const pending = first ? [first] : [];
    for (let storage = pending.pop(); storage; storage = pending.pop()) {
      storage.#destroyed = true;
      pending.push(...storage.#opened.values());
    }
  }

  /** Drops every change, here and in the storages opened in it, back to `state`. */
  #resetTo(state: StorageState): void {
    const pending: { readonly storage: StorageObject; readonly state: StorageState }[] = [
      { storage: this, state },
    ];
    for (let pair = pending.pop(); pair; pair = pending.pop()) {
      const { storage, state: back } = pair;
      storage.#committed = back;
      storage.#working = undefined;
      if (storage.#opened.size === 0) continue;
      const gone = new Set(storage.#opened.keys());
      for (const element of back.elements.values()) {
        const open = element.type === "storage" ? storage.#opened.get(element.id) : undefined;
        if (!open || element.type !== "storage") continue;
        gone.delete(element.id);
        open.#name = element.name;
        pending.push({ storage: open, state: element.state });
      }
      for (const id of gone) storage.#close(id);
    }
  }
}
