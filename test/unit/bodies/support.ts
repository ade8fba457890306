/** What the tests of the bodies share: RTF from text, sources from plain values, the messages of the corpus. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import {
  type BodySource,
  bodySourceOfOutline,
  codePage,
  createAllocator,
  MessageOutline,
  openIMsgOnIStg,
  openStorage,
} from "../../../src/core";

/** Bytes of a text with one byte a character. */
export const bytesOf = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0));

/** The text of bytes, one character a byte. */
export const latin1 = (bytes: Uint8Array): string => Buffer.from(bytes).toString("latin1");

/** A source with the values of some tags. */
export function sourceOf(values: Record<number, unknown>, page = 1252): BodySource {
  return { codePage: codePage(page)!, value: (tag) => values[tag] };
}

/** Milliseconds of processor time that something takes: the load of the machine does not count. */
function timeOf(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** Growth that passes for linear: 10 would be exact, 100 quadratic. */
const LINEAR = 40;

/** How much longer ten times the input takes. Measured anew when it looks too long: collecting garbage takes time too. */
function growth(make: (size: number) => () => void, size: number): number {
  const best = (work: () => void): number => Math.min(timeOf(work), timeOf(work), timeOf(work));
  let least = Infinity;
  for (let attempt = 0; attempt < 4 && least >= LINEAR; attempt++) {
    const small = best(make(size));
    least = Math.min(least, best(make(size * 10)) / Math.max(small, 0.5));
  }
  return least;
}

/** Whether work grows in step with the size of its input. */
export const isLinear = (make: (size: number) => () => void, size: number): boolean =>
  growth(make, size) < LINEAR;

/** A message somewhere in a file of the corpus. */
export interface CorpusMessage {
  readonly name: string;
  readonly outline: MessageOutline;
  readonly address: string;
  readonly source: BodySource;
}

const folder = path.join(process.env["MSG_CORPUS"] ?? path.resolve(process.cwd(), "../shared/corpus"), "msg");

function messagesIn(name: string, outline: MessageOutline, address: string): CorpusMessage[] {
  const own = { name: `${name}${address}`, outline, address, source: bodySourceOfOutline(outline, address) };
  const inside = outline
    .message(address)
    .attachments.filter(({ object }) => object === "message")
    .flatMap((attachment) => messagesIn(name, outline, `${attachment.address}/m`));
  return [own, ...inside];
}

let messages: CorpusMessage[] | undefined;

/** Every message of the corpus, embedded ones too; none when the corpus is not there. */
export function corpusMessages(): readonly CorpusMessage[] {
  if (!existsSync(folder)) return [];
  messages ??= readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.(?:msg|oft)$/i.test(name))
    .sort()
    .flatMap((name) => {
      const storage = openStorage(readFileSync(path.join(folder, name)), { recover: true });
      return messagesIn(name, new MessageOutline(openIMsgOnIStg(null, createAllocator(), storage)), "");
    });
  return messages;
}
