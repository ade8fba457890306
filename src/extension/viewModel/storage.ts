/** The compound file as the Storage view shows it. */
import * as vscode from "vscode";
import {
  GUID_NULL,
  hex8,
  type ListedElement,
  type PropertyDictionary,
  type StorageListing,
  type StorageStat,
} from "../../core";
import type { StorageRow } from "../../protocol/storage";
import { localTime } from "./times";

/** End of the chain of sectors: an empty stream has no first one. */
const MAXREGSECT = 0xfffffffa;

/** The name of a property by the tag in the name of its stream; named ones by the map of the file. */
export type TagName = (tag: number) => string;

/** What an element of a message file holds, in words, by its name ([MS-OXMSG] 2.1); "" where the name says nothing. */
export function meaningOf(name: string, tagName: TagName): string {
  const [, kind, number] = /^__(recip|attach)_version1\.0_#([0-9A-F]{8})$/i.exec(name) ?? [];
  if (kind !== undefined && number !== undefined) {
    const place = Number.parseInt(number, 16) + 1;
    return kind.toLowerCase() === "recip"
      ? vscode.l10n.t("Recipient {0}", place)
      : vscode.l10n.t("Attachment {0}", place);
  }
  const [, tag, value] = /^__substg1\.0_([0-9A-F]{8})(?:-([0-9A-F]{8}))?$/i.exec(name) ?? [];
  if (tag !== undefined) {
    const words = tagName(Number.parseInt(tag, 16));
    return value === undefined
      ? words
      : vscode.l10n.t("{0}, value {1}", words, Number.parseInt(value, 16) + 1);
  }
  if (name === "__properties_version1.0") return vscode.l10n.t("Properties");
  if (name === "__nameid_version1.0") return vscode.l10n.t("Named property map");
  return "";
}

/** What a stream of the named property map holds ([MS-OXMSG] 2.2.3). */
function nameMapMeaning(name: string): string {
  switch (name.slice(-8).toUpperCase()) {
    case "00020102":
      return vscode.l10n.t("Property sets");
    case "00030102":
      return vscode.l10n.t("Entries");
    case "00040102":
      return vscode.l10n.t("Names");
    default:
      return vscode.l10n.t("Lookup of names");
  }
}

function statOf(stat: StorageStat, dictionary: PropertyDictionary): Partial<StorageRow> {
  const time = (value: bigint): string | undefined => (value === 0n ? undefined : localTime(value));
  const [created, modified] = [time(stat.created), time(stat.modified)];
  const clsidName = dictionary.guidName(stat.clsid);
  return {
    ...(stat.clsid === GUID_NULL ? {} : { clsid: [stat.clsid, clsidName].filter(Boolean).join("  ") }),
    ...(created === undefined ? {} : { created }),
    ...(modified === undefined ? {} : { modified }),
    ...(stat.stateBits === 0 ? {} : { stateBits: `0x${hex8(stat.stateBits)}` }),
  };
}

function placeOf({ place }: ListedElement): Partial<StorageRow> {
  if (place === undefined || place.firstSector > MAXREGSECT) return {};
  return {
    place: place.mini ? "mini" : "regular",
    firstSector: place.firstSector,
    ...(place.offset === undefined ? {} : { offset: place.offset }),
    pieces: place.pieces,
  };
}

/** The elements of a compound file as rows. */
export function storageRows(
  listing: StorageListing,
  dictionary: PropertyDictionary,
  tagName: TagName,
): StorageRow[] {
  const { elements } = listing;
  return elements.map((element): StorageRow => {
    const { id, parent, name, type, size, stat } = element;
    const isInMap = parent !== undefined && elements[parent]?.name === "__nameid_version1.0";
    return {
      id,
      ...(parent === undefined ? {} : { parent }),
      name,
      type,
      meaning: parent === undefined ? "" : isInMap ? nameMapMeaning(name) : meaningOf(name, tagName),
      size,
      ...(stat === undefined ? {} : statOf(stat, dictionary)),
      ...placeOf(element),
    };
  });
}
