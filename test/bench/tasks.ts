/**
 * The measured tasks of `npm run bench`, one a process: `node tasks.cjs TASK RUNS FILE…` does the task some times and
 * prints as JSON the median time and the time of the first run in milliseconds, the peak memory that it added to the
 * process in bytes, and, of a task that measures a part of itself, the median of its ratios to that part.
 */
import fs from "node:fs";
import MsgReaderModule from "@kenjiuno/msgreader";
import * as CFB from "cfb";
import {
  createAllocator,
  KEEP_OPEN_READWRITE,
  MessageOutline,
  openIMsgOnIStg,
  openStorage,
  PR_ATTACH_DATA_BIN,
  PR_SUBJECT,
  type RootStorage,
  trySave,
  verifyBytes,
} from "../../src/core";

/** What the package exports, whichever way its default export is wrapped. */
const MsgReader =
  (MsgReaderModule as unknown as { default?: typeof MsgReaderModule }).default ?? MsgReaderModule;

/** A file's bytes where they were read to: a copy would count twice. */
function read(file: string): Uint8Array {
  const { buffer, byteOffset, byteLength } = fs.readFileSync(file);
  return new Uint8Array(buffer, byteOffset, byteLength);
}

/** Opens a message and decodes every property of every object in it; how many there were. */
function listAll(storage: RootStorage): number {
  const outline = new MessageOutline(openIMsgOnIStg(null, createAllocator(), storage));
  const visit = (address: string): number => {
    const view = outline.message(address);
    const own = outline.properties(address).length;
    const recipients = view.recipients.reduce(
      (sum, { address: at }) => sum + outline.properties(at).length,
      0,
    );
    const attachments = view.attachments.reduce((sum, { address: at, object }) => {
      return sum + outline.properties(at).length + (object === "message" ? visit(`${at}/m`) : 0);
    }, 0);
    return own + recipients + attachments;
  };
  return visit("");
}

function listWithMsgReader(bytes: Uint8Array): void {
  const { buffer, byteOffset, byteLength } = bytes;
  const reader = new MsgReader(new DataView(buffer as ArrayBuffer, byteOffset, byteLength));
  reader.parserConfig = { includeRawProps: true };
  reader.getFileData();
}

function save(bytes: Uint8Array, verified: boolean): void {
  const storage = openStorage(bytes);
  const message = openIMsgOnIStg(null, createAllocator(), storage);
  message.setProps([{ tag: PR_SUBJECT, value: "Another subject" }]);
  const saved = trySave(message, storage).storage;
  const written = saved.toBytes();
  if (verified && verifyBytes(written, saved).length > 0) throw new Error("The second reader differs.");
}

function readAttachment(bytes: Uint8Array): number {
  const storage = openStorage(bytes);
  const message = openIMsgOnIStg(null, createAllocator(), storage);
  const data = message.openAttach(0).openProperty(PR_ATTACH_DATA_BIN);
  return data instanceof Uint8Array ? data.length : 0;
}

function editOne(bytes: Uint8Array): void {
  const storage = openStorage(bytes);
  const message = openIMsgOnIStg(null, createAllocator(), storage);
  listAll(storage);
  message.setProps([{ tag: PR_SUBJECT, value: "Another subject" }]);
  message.saveChanges(KEEP_OPEN_READWRITE);
  storage.toBytes();
}

/** Files of the corpus that msgreader cannot read are left out for everybody, so that all do the same work. */
function readable(files: readonly string[]): Uint8Array[] {
  return files.map(read).filter((bytes) => {
    try {
      listWithMsgReader(bytes);
      return true;
    } catch {
      return false;
    }
  });
}

/** What a task gives that measures a part of itself, in milliseconds: the rest is done with what that part has made. */
class Part {
  constructor(readonly ms: number) {}
}

/** Each task: what is prepared once, and what is measured. */
const TASKS: Readonly<Record<string, (files: readonly string[]) => () => unknown>> = {
  "corpus msg-session": (files) => {
    const all = readable(files);
    return () => all.map((bytes) => listAll(openStorage(bytes)));
  },
  "corpus msgreader": (files) => {
    const all = readable(files);
    return () => all.map(listWithMsgReader);
  },
  "corpus cfb": (files) => {
    const all = readable(files);
    return () => all.map((bytes) => CFB.read(Buffer.from(bytes.buffer), { type: "buffer" }));
  },
  "list msg-session": ([file = ""]) => {
    const bytes = read(file);
    return () => listAll(openStorage(bytes));
  },
  "list msgreader": ([file = ""]) => {
    const bytes = read(file);
    return () => listWithMsgReader(bytes);
  },
  "list cfb": ([file = ""]) => {
    const bytes = read(file);
    return () => CFB.read(Buffer.from(bytes.buffer), { type: "buffer" });
  },
  "edit msg-session": ([file = ""]) => {
    const bytes = read(file);
    return () => editOne(bytes);
  },
  "read, open and list msg-session":
    ([file = ""]) =>
    () => {
      const start = performance.now();
      const bytes = read(file);
      const reading = new Part(performance.now() - start);
      listAll(openStorage(bytes));
      return reading;
    },
  "attachment msg-session": ([file = ""]) => {
    const bytes = read(file);
    return () => readAttachment(bytes);
  },
  "copy bytes": ([file = ""]) => {
    const bytes = read(file);
    return () => bytes.slice();
  },
  "save msg-session": ([file = ""]) => {
    const bytes = read(file);
    return () => save(bytes, false);
  },
  "save verified msg-session": ([file = ""]) => {
    const bytes = read(file);
    return () => save(bytes, true);
  },
};

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

const [, , name = "", runs = "5", ...files] = process.argv;
/** What the process takes before it has done anything. */
const base = process.memoryUsage().rss;
const task = TASKS[name];
if (!task) throw new Error(`There is no task ${name}.`);
const work = task(files);
const times: number[] = [];
const ratios: number[] = [];
for (let run = 0; run < Number(runs); run++) {
  const start = performance.now();
  const result = work();
  const time = performance.now() - start;
  times.push(time);
  if (result instanceof Part) ratios.push(time / result.ms);
}
const peak = process.resourceUsage().maxRSS * 1024 - base;
process.stdout.write(JSON.stringify({ ms: median(times), first: times[0], ratio: median(ratios), peak }));
