/** A storage of its own for a new message of any kind. */
import { createAllocator } from "../session/allocator";
import { KEEP_OPEN_READWRITE, MAPI_UNICODE } from "../session/constants";
import { openIMsgOnIStg } from "../session/session";
import type { IMessage } from "../session/types";
import { createStorage } from "../storage";
import type { RootStorage } from "../storage/types";
import type { StringWidth } from "./recipient";

const CODE_PAGE_WESTERN = 1252;

/** Makes a message in a new storage, lets it be filled, and saves and commits it. */
export function newStorage(
  options: StringWidth & { readonly now?: (() => bigint) | undefined },
  fill: (message: IMessage, width: StringWidth) => void,
): RootStorage {
  const { unicode, now } = options;
  const narrow = unicode ? {} : { codePage: options.codePage ?? CODE_PAGE_WESTERN };
  const storage = createStorage();
  const message = openIMsgOnIStg(null, createAllocator(), storage, {
    flags: unicode ? MAPI_UNICODE : 0,
    ...narrow,
    ...(now ? { now } : {}),
  });
  fill(message, { unicode, ...narrow });
  message.saveChanges(KEEP_OPEN_READWRITE);
  message.release();
  return storage;
}
