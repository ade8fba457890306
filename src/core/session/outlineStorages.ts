/** The part of a message's outline that is about OLE and custom storages of attachments, stream by stream. */
import { MapiError } from "../mapi/errors";
import { openStorage, type IStorage, verifyBytes, walkStorage } from "../storage";
import type { AttachObject } from "./attach";
import { copyOfStorage } from "./heldStorage";
import { gone, objectOf } from "./outlineBase";
import { OutlineEmbedded } from "./outlineEmbedded";
import type { ObjectAddress } from "./outlineViews";

/** Names from the storage of an attachment down to an element in it. */
export type ElementPath = readonly string[];

/** One element of an attachment's storage, at any depth. */
export interface StorageElementView {
  readonly path: ElementPath;
  readonly type: "storage" | "stream";
  /** Bytes of a stream; 0 for a storage. */
  readonly size: number;
  /** Class id of a storage, braces and upper case; undefined for a stream. */
  readonly clsid: string | undefined;
}

/** The storage that a path leads through, and the last name of it. @throws MapiError STG_E_FILENOTFOUND */
function holderOf(storage: IStorage, path: ElementPath): { holders: IStorage[]; name: string } {
  const name = path.at(-1);
  if (name === undefined) throw new MapiError("MAPI_E_INVALID_PARAMETER", "The path names no element.");
  const holders = [storage];
  for (const each of path.slice(0, -1)) holders.push((holders.at(-1) ?? storage).openStorage(each));
  return { holders, name };
}

/** Storages in a message; see the head of this file. */
export abstract class OutlineStorages extends OutlineEmbedded {
  private holder(address: ObjectAddress): AttachObject {
    const target = this.find(address);
    if (target.kind === "attachment") return target.attach;
    throw new MapiError("MAPI_E_NO_SUPPORT", "Only an attachment holds a storage.");
  }

  private storageAt(address: ObjectAddress): IStorage {
    const { storage } = this.holder(address);
    if (storage) return storage;
    throw gone();
  }

  /** Class id of an attachment's storage: that of the program whose object it is. */
  storageClass(address: ObjectAddress): string {
    return this.storageAt(address).clsid;
  }

  /**
   * Everything in an attachment's OLE or custom storage, each storage before what is in it, in the order of the file.
   * @throws MapiError MAPI_E_OBJECT_DELETED when the attachment holds none, MAPI_E_NO_SUPPORT for another object
   */
  storageElements(address: ObjectAddress): StorageElementView[] {
    const elements: StorageElementView[] = [];
    walkStorage(this.storageAt(address), (path, { name, type, size }, holder) => {
      const clsid = type === "storage" ? holder.openStorage(name).clsid : undefined;
      elements.push({ path, type, size, clsid });
    });
    return elements;
  }

  /** The bytes of one stream: read, never write into them. @throws MapiError STG_E_FILENOTFOUND, and as `storageElements` */
  readStorageStream(address: ObjectAddress, path: ElementPath): Uint8Array {
    const { holders, name } = holderOf(this.storageAt(address), path);
    return (holders.at(-1) ?? this.storageAt(address)).openStream(name);
  }

  /**
   * Replaces a stream, or makes a new one in a storage that is there; everything else stays. One edit.
   * @param bytes taken over: do not change them afterwards
   * @throws MapiError STG_E_FILENOTFOUND for a storage on the way that is not there, STG_E_INVALIDNAME,
   * STG_E_FILEALREADYEXISTS where a storage has the name, and as `storageElements`
   */
  writeStorageStream(address: ObjectAddress, path: ElementPath, bytes: Uint8Array): void {
    this.changeStorage(address, path, (storage, name) => storage.writeStream(name, bytes));
  }

  /** Removes a stream, or a storage with all that is in it. One edit. @throws MapiError as `writeStorageStream` */
  deleteStorageElement(address: ObjectAddress, path: ElementPath): void {
    this.changeStorage(address, path, (storage, name) => storage.destroyElement(name));
  }

  private changeStorage(
    address: ObjectAddress,
    path: ElementPath,
    change: (holder: IStorage, name: string) => void,
  ): void {
    this.storageAt(address);
    this.edit(address, () => {
      const copy = copyOfStorage(this.storageAt(address));
      const { holders, name } = holderOf(copy, path);
      change(holders.at(-1) ?? copy, name);
      for (const each of holders.reverse()) each.commit();
      this.holder(address).putStorage(copy);
    });
  }

  /**
   * An attachment's storage as a compound file of its own, as programs keep it on disk. Read back by the second reader.
   * @throws MapiError as `storageElements`; STG_E_CANTSAVE when the second reader finds anything else in the bytes
   */
  exportStorage(address: ObjectAddress): Uint8Array {
    const copy = copyOfStorage(this.storageAt(address));
    // The root of a file has no creation time ([MS-CFB] 2.6.1).
    copy.setStat({ created: 0n });
    copy.commit();
    const bytes = copy.toBytes();
    const [difference] = verifyBytes(bytes, copy);
    if (difference) throw new MapiError("STG_E_CANTSAVE", `${difference.path}: ${difference.message}`);
    return bytes;
  }

  /**
   * Puts a compound file into an attachment as its storage, in the place of whatever it holds; it becomes an ATTACH_OLE.
   * One edit.
   * @throws MapiError STG_E_* for bytes that are no sound compound file
   */
  replaceStorage(address: ObjectAddress, bytes: Uint8Array): void {
    this.holder(address);
    const storage = openStorage(bytes);
    this.edit(address, () => this.holder(address).putStorage(storage));
  }

  /**
   * Replaces the bytes of an object property (PT_OBJECT) that is a stream; `storedBytes` reads them. One edit.
   * @throws MapiError MAPI_E_NOT_FOUND where there is no such stream, MAPI_E_NO_SUPPORT for a recipient
   */
  setObjectStream(address: ObjectAddress, tag: number, bytes: Uint8Array): void {
    this.edit(address, (target) => {
      if (target.kind === "recipient") {
        throw new MapiError("MAPI_E_NO_SUPPORT", "A recipient has no object properties.");
      }
      objectOf(target).setObjectStream(tag, bytes);
    });
  }
}
