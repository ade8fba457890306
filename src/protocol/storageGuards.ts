/** Checks of the requests of `storage.ts`. */
import { type Check, shape, uint } from "./checks";
import { MAX_WINDOW, type StorageRequests } from "./storage";

const length: Check = (value) => uint(value) && Number(value) <= MAX_WINDOW;

/** Parameters of each request. */
export const STORAGE_PARAMS: Readonly<Record<keyof StorageRequests, Check>> = {
  getStorage: shape({}),
  readStream: shape({ stamp: uint, id: uint, offset: uint, length }),
  saveStreamAs: shape({ stamp: uint, id: uint }),
};
