/** How much of what is in messages the tables know: names, meanings, structures. */
import {
  isNamedId,
  type MessageOutline,
  namedPropertyText,
  type NamedView,
  namedViews,
  propId,
  type PropertyDictionary,
  propType,
  structureIn,
  typeName,
  hex8,
  valuesIn,
} from "../../src/core";

/** Counts of one kind of property. */
export interface KindCount {
  /** Properties of this kind, each time one occurs. */
  readonly all: number;
  /** Those whose name the tables have. */
  readonly named: number;
  /** Those of which the tables say what they are: in a sentence, by the document that defines them, or by named values. */
  readonly meant: number;
}

/** The result of a census. */
export interface Census {
  /** Properties with a tag of their own. */
  readonly tagged: KindCount;
  /** Properties that have a name in the file. */
  readonly mapped: KindCount;
  /** Ids from 0x8000 on that the file gives no name. */
  readonly nameless: number;
  /** Values of bytes, those of a known layout, and those that are read to the end without a contradiction. */
  readonly binary: { readonly all: number; readonly decoded: number; readonly sound: number };
  /** What no table has a name for, most frequent first. */
  readonly unknown: readonly { readonly property: string; readonly count: number }[];
}

/** A census that goes on from message to message. */
export class Counter {
  #tagged: KindCount = { all: 0, named: 0, meant: 0 };
  #mapped: KindCount = { all: 0, named: 0, meant: 0 };
  #nameless = 0;
  #binary = { all: 0, decoded: 0, sound: 0 };
  readonly #unknown = new Map<string, number>();

  constructor(private readonly dictionary: PropertyDictionary) {}

  /** Counts every property of a message and of all that is in it. */
  add(outline: MessageOutline, address = ""): void {
    const view = outline.message(address);
    this.object(outline, address);
    for (const recipient of view.recipients) this.object(outline, recipient.address);
    for (const attachment of view.attachments) {
      if (attachment.problem !== undefined) continue;
      this.object(outline, attachment.address);
      if (attachment.object === "message") this.add(outline, `${attachment.address}/m`);
    }
  }

  private object(outline: MessageOutline, address: string): void {
    for (const property of namedViews(outline, address, this.dictionary)) {
      this.property(property);
      for (const value of valuesIn(property)) if (value instanceof Uint8Array) this.bytes(property, value);
    }
  }

  private property(property: NamedView): void {
    const { view, named } = property;
    if (isNamedId(propId(view.tag)) && !named) {
      this.#nameless++;
      return;
    }
    const isKnown = this.isKnown(property);
    const next = ({ all, named: names, meant }: KindCount): KindCount => ({
      all: all + 1,
      named: names + (isKnown ? 1 : 0),
      meant: meant + (this.isMeant(property) ? 1 : 0),
    });
    if (named) this.#mapped = next(this.#mapped);
    else this.#tagged = next(this.#tagged);
    if (isKnown) return;
    const where = named ? namedPropertyText(this.dictionary, named) : hex8(view.tag);
    const text = `${where} ${typeName(propType(view.tag))}`;
    this.#unknown.set(text, (this.#unknown.get(text) ?? 0) + 1);
  }

  /** By the tables; or by the text that names it in the file, in a set that the tables know. */
  private isKnown({ named, description }: NamedView): boolean {
    if (description.known) return description.typeDiffers !== true;
    return named !== undefined && "name" in named && description.setName !== undefined;
  }

  private isMeant({ view, named, description }: NamedView): boolean {
    const said = description.description ?? description.reference;
    return said !== undefined || this.dictionary.flagsOf(named ?? view.tag) !== undefined;
  }

  private bytes(property: NamedView, bytes: Uint8Array): void {
    const tree = structureIn(property, bytes, this.dictionary);
    const { all, decoded, sound } = this.#binary;
    this.#binary = {
      all: all + 1,
      decoded: decoded + (tree ? 1 : 0),
      sound: sound + (tree?.problems.length === 0 ? 1 : 0),
    };
  }

  /** What was counted. */
  get census(): Census {
    const unknown = [...this.#unknown]
      .map(([property, count]) => ({ property, count }))
      .sort((a, b) => b.count - a.count || (a.property < b.property ? -1 : 1));
    return {
      tagged: this.#tagged,
      mapped: this.#mapped,
      nameless: this.#nameless,
      binary: this.#binary,
      unknown,
    };
  }
}

/** The share of a whole in percent; 100 of nothing. */
export const percent = (part: number, whole: number): number => (whole === 0 ? 100 : (part / whole) * 100);
