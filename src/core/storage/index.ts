/** Compound files [MS-CFB]: opened lazily, changed in transactions, laid out anew, checked, recovered. */
export { compareNames, foldName } from "./names";
export { type ListedElement, StorageListing } from "./listing";
export type { StreamPlace } from "./content";
export { createStorage, openStorage } from "./rootStorage";
export {
  putSnapshotBack,
  sameSnapshot,
  storageOfSnapshot,
  type StorageSnapshot,
  takeSnapshot,
} from "./snapshot";
export { verifyBytes, type Difference } from "./verify";
export { walkStorage } from "./walk";
export type { ElementInfo, IStorage, Problem, RootStorage, StorageStat } from "./types";
