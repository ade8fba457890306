/**
 * Files dropped onto a view: from outside as bytes, sent in pieces after the host said that they fit; from VS Code's
 * Explorer as URIs. VS Code itself takes drags of files unless Shift is held.
 */
import { UPLOAD_CHUNK_BYTES } from "../../src/protocol/attachments";
import type { ObjectId } from "../../src/protocol/viewModel";
import { on } from "../dom";
import { type Page, runEdit, runReported } from "../page";
import { t } from "../strings";

/** Types under which VS Code and browsers hand over URIs, the best first. */
const URI_TYPES = ["application/vnd.code.uri-list", "text/uri-list"] as const;
const RESOURCES = "ResourceURLs";

function resourceUrls(data: DataTransfer): string[] {
  try {
    const found: unknown = JSON.parse(data.getData(RESOURCES) || "[]");
    return Array.isArray(found) ? found.filter((each) => typeof each === "string") : [];
  } catch {
    return [];
  }
}

/** The URIs of files that are dragged. */
export function draggedUris(data: DataTransfer): string[] {
  for (const type of URI_TYPES) {
    const lines = data.getData(type).split(/\r?\n/);
    const uris = lines.filter((line) => line !== "" && !line.startsWith("#") && !/^https?:/i.test(line));
    if (uris.length > 0) return uris;
  }
  return resourceUrls(data);
}

const carriesFiles = ({ types }: DataTransfer): boolean =>
  types.includes("Files") || types.includes(RESOURCES) || URI_TYPES.some((type) => types.includes(type));

/** Sends files to the host and makes them attachments of a message, as one edit; none when it is called off there. */
export async function uploadFiles(page: Page, message: ObjectId, files: readonly File[]): Promise<void> {
  const { host } = page;
  page.announce(t("sendingFiles", files.map(({ name }) => name).join(", ")));
  const { upload } = await host.request("beginUpload", {
    files: files.map(({ name, size }) => ({ name, size })),
  });
  try {
    for (const [index, file] of files.entries()) {
      for (let at = 0; at < file.size; at += UPLOAD_CHUNK_BYTES) {
        const bytes = new Uint8Array(await file.slice(at, at + UPLOAD_CHUNK_BYTES).arrayBuffer());
        const { isCalledOff } = await host.request("sendChunk", { upload, file: index, bytes });
        if (!isCalledOff) continue;
        await host.request("cancelUpload", { upload });
        return;
      }
    }
  } catch (error) {
    await host.request("cancelUpload", { upload });
    throw error;
  }
  const { objects } = await host.request("finishUpload", { upload, message });
  if (objects.length > 0) page.announce(t("attachmentsAdded", objects.length));
}

/** Takes files that are dropped onto an element. */
export function takeDrops(element: HTMLElement, page: Page, message: () => ObjectId): void {
  const mark = (isOver: boolean): void => {
    element.classList.toggle("drop-target", isOver);
  };
  on(element, "dragover", (event) => {
    const data = event.dataTransfer;
    if (data === null || !carriesFiles(data) || page.readOnlyReason() !== undefined) return;
    event.preventDefault();
    data.dropEffect = "copy";
    mark(true);
  });
  on(element, "dragleave", (event) => {
    if (!(event.relatedTarget instanceof Node && element.contains(event.relatedTarget))) mark(false);
  });
  on(element, "drop", (event) => {
    const data = event.dataTransfer;
    mark(false);
    if (data === null || !carriesFiles(data) || page.readOnlyReason() !== undefined) return;
    event.preventDefault();
    const uris = draggedUris(data);
    const files = Array.from(data.files);
    runReported(page, () =>
      files.length > 0
        ? uploadFiles(page, message(), files)
        : runEdit(page, "attachUris", (revision) => ({ message: message(), uris, revision })),
    );
  });
}
