/** Pictures of the text that is being written: those of the message, and new ones until they are in it. */
import type { ComposePicture } from "../../src/protocol/compose";
import type { ObjectId } from "../../src/protocol/viewModel";
import type { HostClient } from "../host";
import type { SurfacePicture } from "./editable";

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

/** A picture whose address holds its bytes. */
const DATA_PICTURE = /^data:(image\/(?:png|gif|jpeg|webp|bmp));base64,([a-z0-9+/=\s]+)$/i;
/** Most characters of such an address: 24 MB of picture. */
const MAX_PASTED = 32 * 1024 * 1024;

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
  async add(file: File): Promise<SurfacePicture> {
    return this.#take(new Uint8Array(await file.arrayBuffer()), file.type);
  }

  /** What stands for a picture of something pasted: one of this text, or a new one out of its address; else nothing. */
  pasted(source: string): SurfacePicture | undefined {
    const own = Array.from(this.#known.values()).find(({ url }) => url === source);
    if (own !== undefined) return { contentId: own.contentId, url: own.url };
    const [, type = "", base64 = ""] = DATA_PICTURE.exec(source) ?? [];
    if (base64 === "" || base64.length > MAX_PASTED) return undefined;
    try {
      return this.#take(
        Uint8Array.from(atob(base64), (char) => char.charCodeAt(0)),
        type.toLowerCase(),
      );
    } catch {
      return undefined;
    }
  }

  #take(bytes: Uint8Array, type: string): SurfacePicture {
    const name = `image${String(++this.#number).padStart(3, "0")}.${EXTENSIONS[type] ?? "png"}`;
    const random = hex(crypto.getRandomValues(new Uint8Array(8)));
    const contentId = `${name}@${random.slice(0, 8)}.${random.slice(8)}`;
    return { contentId, url: this.#keep(contentId, name, bytes, type) };
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
