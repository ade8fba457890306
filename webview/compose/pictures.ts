/** Pictures of the text that is being written: those of the message, and new ones until they are in it. */
import type { ComposePicture } from "../../src/protocol/compose";
import type { ObjectId } from "../../src/protocol/viewModel";
import type { HostClient } from "../host";

interface Known extends ComposePicture {
  readonly url: string;
}

/** Most pictures that are fetched for one text. */
const MAX_PICTURES = 200;
const EXTENSIONS: Readonly<Record<string, string>> = {
  "image/png": "png",
  "image/gif": "gif",
  "image/jpeg": "jpg",
  "image/webp": "webp",
  "image/bmp": "bmp",
};

const hex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0").toUpperCase()).join("");

/** The pictures. */
export class ComposePictures {
  readonly #known = new Map<string, Known>();
  #number = 0;

  constructor(private readonly host: HostClient) {}

  /** Fetches the pictures of the message that a text refers to. */
  async load(
    html: string,
    pictures: readonly { readonly contentId: string; readonly object: ObjectId }[],
  ): Promise<void> {
    const text = html.toLowerCase();
    const wanted = pictures.filter(({ contentId }) => {
      const id = contentId.toLowerCase();
      return (
        !this.#known.has(id) && (text.includes(`cid:${id}`) || text.includes(`cid:${encodeURIComponent(id)}`))
      );
    });
    for (const { contentId, object } of wanted.slice(0, MAX_PICTURES)) {
      const { bytes, mediaType } = await this.host.request("getPicture", { object });
      if (bytes !== undefined && mediaType !== undefined) this.#keep(contentId, contentId, bytes, mediaType);
    }
  }

  /** The address under which a picture can be drawn. */
  url(contentId: string): string | undefined {
    return this.#known.get(contentId.toLowerCase())?.url;
  }

  /** Takes a new picture; its content id and its address. */
  async add(file: File): Promise<{ readonly contentId: string; readonly url: string }> {
    const name = `image${String(++this.#number).padStart(3, "0")}.${EXTENSIONS[file.type] ?? "png"}`;
    const random = hex(crypto.getRandomValues(new Uint8Array(8)));
    const contentId = `${name}@${random.slice(0, 8)}.${random.slice(8)}`;
    const bytes = new Uint8Array(await file.arrayBuffer());
    return { contentId, url: this.#keep(contentId, name, bytes, file.type) };
  }

  /** The pictures among content ids that the message does not have. */
  missing(
    contentIds: readonly string[],
    present: readonly { readonly contentId: string }[],
  ): ComposePicture[] {
    const there = new Set(present.map(({ contentId }) => contentId.toLowerCase()));
    const wanted = new Set(contentIds.map((id) => id.toLowerCase()).filter((id) => !there.has(id)));
    return Array.from(wanted).flatMap((id) => {
      const known = this.#known.get(id);
      return known ? [{ contentId: known.contentId, name: known.name, bytes: known.bytes }] : [];
    });
  }

  #keep(contentId: string, name: string, bytes: Uint8Array, type: string): string {
    const url = URL.createObjectURL(new Blob([Uint8Array.from(bytes)], { type }));
    this.#known.set(contentId.toLowerCase(), { contentId, name, bytes, url });
    return url;
  }
}
