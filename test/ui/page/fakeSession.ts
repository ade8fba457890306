/** The session that the stub of the host shows: objects, their properties, and how they differ from what was saved. */
import type {
  Banner,
  PropertyDetail,
  PropertyRow,
  SessionModel,
  TreeNode,
} from "../../../src/protocol/viewModel";
import type { FakeObject, FakeProperty } from "./fakeData";
import { refuse } from "./fakeRefusal";
import { detailOf, rowOf } from "./fakeRows";

/** The session. */
export class FakeSession {
  readonly #root: FakeObject;
  #saved = new Map<string, Map<number, FakeProperty>>();

  constructor(root: FakeObject) {
    this.#root = root;
  }

  /** Takes the present state as saved. */
  save(): void {
    this.#saved = new Map(
      this.objects().map((object) => [
        object.id,
        new Map(object.properties.map((entry) => [entry.tag, entry])),
      ]),
    );
  }

  /** A property as it was saved. */
  saved(object: string, tag: number): FakeProperty | undefined {
    return this.#saved.get(object)?.get(tag);
  }

  /** What the page draws. */
  model(banners: Banner[], readOnly: string | undefined): SessionModel {
    const changes = this.objects()
      .flatMap((object) => this.rows(object))
      .filter(({ change }) => change).length;
    return {
      kind: "session",
      header: {
        icon: "mail",
        title: this.#root.label,
        messageClass: "IPM.Note",
        format: "Unicode",
        changes,
        propertyCount: this.#root.properties.length,
        ...(readOnly === undefined ? {} : { readOnly }),
      },
      tree: this.#node(this.#root),
      banners,
    };
  }

  #node(object: FakeObject): TreeNode {
    const isGroup = object.kind === "recipients" || object.kind === "attachments";
    const added = !this.#saved.has(object.id);
    const changed = !added && this.rows(object).some(({ change }) => change !== undefined);
    const { id, kind, label, icon } = object;
    return {
      id,
      kind,
      label,
      icon,
      ...(object.description === undefined
        ? {}
        : { description: isGroup ? String(object.children.length) : object.description }),
      ...(object.badge === undefined ? {} : { badge: object.badge }),
      ...(object.problem === undefined ? {} : { problem: object.problem }),
      ...(added ? { change: "added" as const } : changed ? { change: "changed" as const } : {}),
      hasProperties: !isGroup,
      canDelete: kind === "recipient" || kind === "attachment",
      children: object.children.map((child) => this.#node(child)),
    };
  }

  /** The rows of an object, with what was deleted since it was saved. */
  rows(object: FakeObject): PropertyRow[] {
    const saved = this.#saved.get(object.id) ?? new Map<number, FakeProperty>();
    const here = object.properties.map((entry) => {
      const before = saved.get(entry.tag);
      const change = before === undefined ? "added" : before === entry ? undefined : "changed";
      return rowOf(entry, change);
    });
    const present = new Set(object.properties.map(({ tag }) => tag));
    const gone = [...saved.values()].filter(({ tag }) => !present.has(tag));
    return [...here, ...gone.map((entry) => rowOf(entry, "deleted"))];
  }

  /** All of a property. */
  detail(objectId: string, tag: number): PropertyDetail {
    const entry = this.saved(objectId, tag);
    const now = this.object(objectId).properties.find((candidate) => candidate.tag === tag) ?? entry;
    return now === undefined ? refuse("notFound", "No such property.") : detailOf(objectId, now);
  }

  /** All objects. */
  objects(): FakeObject[] {
    const all: FakeObject[] = [];
    const open = [this.#root];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      all.push(next);
      open.push(...next.children);
    }
    return all;
  }

  /** An object, when it is there. */
  find(id: string): FakeObject | undefined {
    return this.objects().find((object) => object.id === id);
  }

  /** An object that has to be there. */
  object(id: string): FakeObject {
    return this.find(id) ?? refuse("notFound", "The object is no longer there.");
  }

  /** A property that has to be there. */
  property(object: string, tag: number): FakeProperty {
    return (
      this.object(object).properties.find((entry) => entry.tag === tag) ??
      refuse("notFound", "No such property.")
    );
  }

  /** Puts a property into the place of the one with its tag. */
  replace(object: string, entry: FakeProperty): void {
    const { properties } = this.object(object);
    properties[properties.findIndex(({ tag }) => tag === entry.tag)] = entry;
  }

  /** Gives a property other values. */
  put(object: string, tag: number, values: readonly string[]): void {
    const entry: FakeProperty & { meaning?: string } = { ...this.property(object, tag), values };
    delete entry.meaning;
    this.replace(object, entry);
  }
}
