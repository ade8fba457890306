/** A JSON document from anywhere, read field by field: every read checks what is there and says where it is not right. */
import { MapiError } from "../mapi/errors";
import { parseGuid } from "../mapi/guid";
import { parseFileTime } from "../mapi/dateText";
import type { Steps } from "../steps";
import { fromBase64Steps } from "./base64";

/** A value of the document and where it stands. */
export class JsonReader {
  constructor(
    readonly value: unknown,
    /** "message.properties[3].value" */
    readonly path: string,
  ) {}

  /** @throws MapiError MAPI_E_CORRUPT_DATA when the text is no JSON */
  static parse(text: string): JsonReader {
    try {
      return new JsonReader(JSON.parse(text), "");
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new MapiError("MAPI_E_CORRUPT_DATA", `The text is not JSON: ${reason}`);
    }
  }

  /** @throws MapiError MAPI_E_CORRUPT_DATA; `what` ends the sentence that begins with the place */
  fail(what: string): never {
    const message = this.path === "" ? `The document ${what}.` : `In the document, ${this.path} ${what}.`;
    throw new MapiError("MAPI_E_CORRUPT_DATA", message);
  }

  /** A field of an object; undefined when it is not there. */
  optional(name: string): JsonReader | undefined {
    const { value } = this;
    if (typeof value !== "object" || value === null || Array.isArray(value))
      return this.fail("is not an object");
    if (!Object.hasOwn(value, name)) return undefined;
    const field: unknown = Reflect.get(value, name);
    return new JsonReader(field, this.path === "" ? name : `${this.path}.${name}`);
  }

  /** A field that has to be there. */
  field(name: string): JsonReader {
    return this.optional(name) ?? this.fail(`has no “${name}”`);
  }

  /** The fields of an object. */
  entries(): [string, JsonReader][] {
    const { value } = this;
    if (typeof value !== "object" || value === null || Array.isArray(value))
      return this.fail("is not an object");
    return Object.keys(value).map((name) => [name, this.field(name)]);
  }

  /** The elements of an array. */
  list(): JsonReader[] {
    const { value } = this;
    if (!Array.isArray(value)) return this.fail("is not a list");
    return value.map((element: unknown, index) => new JsonReader(element, `${this.path}[${index}]`));
  }

  text(): string {
    return typeof this.value === "string" ? this.value : this.fail("is not text");
  }

  boolean(): boolean {
    return typeof this.value === "boolean" ? this.value : this.fail("is neither true nor false");
  }

  integer(least: number, most: number): number {
    const { value } = this;
    if (typeof value !== "number" || !Number.isInteger(value)) return this.fail("is not a whole number");
    return value >= least && value <= most ? value : this.fail(`is not between ${least} and ${most}`);
  }

  *base64(): Steps<Uint8Array> {
    return (yield* fromBase64Steps(this.text())) ?? this.fail("is not Base64");
  }

  /** Hex digits without blanks, exactly so many bytes. */
  hex(size: number): Uint8Array {
    const text = this.text();
    if (text.length !== size * 2 || !/^[0-9a-f]*$/i.test(text))
      return this.fail(`is not ${size} bytes in hex`);
    return Uint8Array.from({ length: size }, (_, at) => Number.parseInt(text.slice(at * 2, at * 2 + 2), 16));
  }

  guid(): string {
    return parseGuid(this.text()) ?? this.fail("is not a GUID");
  }

  /** A SYSTIME value. */
  time(): bigint {
    const result = parseFileTime(this.text());
    return result.ok ? result.value : this.fail("is not a time such as 2026-03-01T08:12:44.0000000Z");
  }
}
