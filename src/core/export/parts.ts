/** Parts of a message that its outline has no views of: foreign storages, and the map of named properties. */
import type { MessageOutline, ObjectAddress } from "../session/outline";
import { type AttachedObject, entryOfKey } from "../session/state";
import type { NamedProperty } from "../session/types";
import type { IStorage } from "../storage/types";

/** The storage of an OLE object, or whatever else, in an attachment; undefined where there is none. Read only. */
export function foreignStorage(outline: MessageOutline, address: ObjectAddress): IStorage | undefined {
  let object: AttachedObject = { kind: "message", message: outline.snapshot().message };
  for (const [, key = ""] of address.matchAll(/\/a(\d+)/g)) {
    if (object?.kind !== "message") return undefined;
    object = entryOfKey(object.message.attachments, Number(key))?.state.value.object.value;
  }
  return object?.kind === "storage" ? object.held.storage : undefined;
}

/** The named properties of a file with their ids, whether a property has the id or not. */
export function namedPropertiesOf(
  outline: MessageOutline,
): { readonly id: number; readonly name: NamedProperty }[] {
  return outline
    .snapshot()
    .names.names.flatMap((name, index) => (name ? [{ id: 0x8000 + index, name }] : []));
}
