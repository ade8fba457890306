/** The census of message files, as `npm run census` prints it. */
import {
  createAllocator,
  createPropertyDictionary,
  MapiError,
  MessageOutline,
  openIMsgOnIStg,
  openStorage,
  parsePropertyTables,
} from "../../src/core";
import { type Census, Counter, type KindCount, percent } from "./count";

/** Most unknown properties that are listed. */
const MAX_LISTED = 40;

const share = (part: number, whole: number): string =>
  `${String(part).padStart(7)} ${percent(part, whole).toFixed(1).padStart(6)} %`;

function kindLine(title: string, { all, named, meant }: KindCount): string {
  return `${title.padEnd(18)} ${String(all).padStart(7)}   name ${share(named, all)}   meaning ${share(meant, all)}`;
}

function report({ tagged, mapped, nameless, binary, unknown }: Census): string {
  const listed = unknown
    .slice(0, MAX_LISTED)
    .map(({ property, count }) => `${String(count).padStart(7)} ${property}`);
  const more = unknown.length - listed.length;
  return [
    kindLine("tagged properties", tagged),
    kindLine("named properties", mapped),
    `${"ids without a name".padEnd(18)} ${String(nameless).padStart(7)}`,
    `${"binary values".padEnd(18)} ${String(binary.all).padStart(7)}   decoded ${share(binary.decoded, binary.all)}   sound ${share(binary.sound, binary.decoded)}`,
    ...(listed.length === 0 ? [] : ["", "without a known name:", ...listed]),
    ...(more > 0 ? [`${more} more`] : []),
  ].join("\n");
}

/** Counts the messages in files; those that are none are told. */
export function censusOf(files: Iterable<{ name: string; bytes: Uint8Array }>, tables: unknown): string {
  const counter = new Counter(createPropertyDictionary(parsePropertyTables(tables)));
  const refused: string[] = [];
  let count = 0;
  for (const { name, bytes } of files) {
    try {
      const storage = openStorage(bytes, { recover: true });
      counter.add(new MessageOutline(openIMsgOnIStg(null, createAllocator(), storage)));
      count++;
    } catch (error) {
      if (!(error instanceof MapiError)) throw error;
      refused.push(`${name}: ${error.message}`);
    }
  }
  return [`${count} messages`, ...refused, report(counter.census)].join("\n");
}
