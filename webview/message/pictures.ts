/** The pictures of a message, fetched from the host and kept as addresses that only this page can read. */
import type { MessageAttachment } from "../../src/protocol/message";
import type { ObjectId } from "../../src/protocol/viewModel";
import type { HostClient } from "../host";
import { referenceKey } from "./urls";

/** Pictures of one mail, and their bytes, at the most. */
const MAX_PICTURES = 200;
const MAX_BYTES = 128 * 1024 * 1024;

/** The pictures of the message that is shown. */
export class PictureStore {
  readonly #urls = new Map<ObjectId, string>();
  readonly #byId = new Map<string, string>();
  readonly #byName = new Map<string, string>();
  #bytes = 0;

  constructor(private readonly host: HostClient) {}

  /** Fetches the pictures that the text shows. */
  async load(attachments: readonly MessageAttachment[]): Promise<void> {
    const shown = attachments.filter(({ inline, hasData }) => inline !== undefined && hasData);
    for (const attachment of shown.slice(0, MAX_PICTURES)) {
      const url = await this.fetch(attachment.id);
      if (url === undefined) continue;
      const { contentId, contentLocation, name } = attachment;
      if (contentId !== undefined) setOnce(this.#byId, referenceKey(contentId), url);
      if (contentLocation !== undefined) setOnce(this.#byName, referenceKey(contentLocation), url);
      setOnce(this.#byName, referenceKey(name), url);
    }
  }

  /** The address of the picture in one attachment; undefined where there is none that can be drawn. */
  async fetch(object: ObjectId): Promise<string | undefined> {
    const known = this.#urls.get(object);
    if (known !== undefined) return known;
    const { bytes, mediaType } = await this.host.request("getPicture", { object });
    if (bytes === undefined || mediaType === undefined || this.#bytes + bytes.length > MAX_BYTES)
      return undefined;
    this.#bytes += bytes.length;
    const url = URL.createObjectURL(new Blob([Uint8Array.from(bytes)], { type: mediaType }));
    this.#urls.set(object, url);
    return url;
  }

  /** The address of the picture that the text means; by name where no content id fits. */
  find(reference: string, byId: boolean): string | undefined {
    const key = referenceKey(reference);
    const byName = this.#byName.get(key) ?? this.#byName.get(key.replace(/@.*$/, ""));
    return byId ? (this.#byId.get(key) ?? byName) : byName;
  }

  /** Forgets everything. */
  clear(): void {
    for (const url of this.#urls.values()) URL.revokeObjectURL(url);
    this.#urls.clear();
    this.#byId.clear();
    this.#byName.clear();
    this.#bytes = 0;
  }
}

/** The first attachment of a name counts. */
function setOnce(map: Map<string, string>, key: string, value: string): void {
  if (!map.has(key)) map.set(key, value);
}
