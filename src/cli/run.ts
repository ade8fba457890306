/** What the program `msg-session` does, without the process around it. */
import {
  createAllocator,
  dumpText,
  exportJson,
  MapiError,
  MessageOutline,
  openIMsgOnIStg,
  openStorage,
  type Problem,
  type PropertyDictionary,
  type RootStorage,
  sha256,
} from "../core";
import { type Command, HELP, parseCommand } from "./options";

/** What the program needs of the machine. */
export interface Machine {
  /** The bytes of a file; "-" is the standard input. */
  read(file: string): Promise<Uint8Array>;
  dictionary(): Promise<PropertyDictionary>;
  readonly version: string;
  out(text: string): void;
  err(text: string): void;
}

const PRINTED = 0;
const UNREADABLE = 1;
const WRONG_USAGE = 2;

/** Most problems that are listed. */
const MAX_PROBLEMS = 100;

interface Opened {
  readonly storage: RootStorage;
  readonly outline: MessageOutline;
}

/** Opens a file, damaged or not. @throws MapiError when there is no message to be had */
function open(bytes: Uint8Array): Opened {
  const on = (storage: RootStorage): Opened => ({
    storage,
    outline: new MessageOutline(openIMsgOnIStg(null, createAllocator(), storage)),
  });
  try {
    return on(openStorage(bytes));
  } catch (error) {
    if (!(error instanceof MapiError)) throw error;
    try {
      return on(openStorage(bytes, { recover: true }));
    } catch {
      throw error;
    }
  }
}

function problemLine(name: string, { object, offset, message }: Problem): string {
  const where = offset === undefined ? object : `${object}, offset 0x${offset.toString(16).toUpperCase()}`;
  return `${name}: ${where}: ${message}\n`;
}

function reportProblems(machine: Machine, name: string, problems: readonly Problem[]): void {
  for (const problem of problems.slice(0, MAX_PROBLEMS)) machine.err(problemLine(name, problem));
  const more = problems.length - MAX_PROBLEMS;
  if (more > 0) machine.err(`${name}: ${more} more problems\n`);
}

/** The error of a file system, or of the core, in a line. */
function reasonOf(error: unknown): string {
  if (error instanceof MapiError) return `${error.message} (${error.name})`;
  const code: unknown = error instanceof Error ? Reflect.get(error, "code") : undefined;
  if (code === "ENOENT") return "There is no such file.";
  if (code === "EISDIR") return "This is a folder.";
  if (code === "EACCES" || code === "EPERM") return "The file may not be read.";
  return error instanceof Error ? error.message : String(error);
}

async function dump(machine: Machine, command: Extract<Command, { kind: "dump" }>): Promise<number> {
  const name = command.file === "-" ? "standard input" : command.file;
  let bytes: Uint8Array | undefined;
  try {
    bytes = await machine.read(command.file);
    const { storage, outline } = open(bytes);
    const dictionary = await machine.dictionary();
    reportProblems(machine, name, storage.problems);
    machine.out(
      command.json ? exportJson(storage, { dictionary }) : dumpText(outline, { dictionary, storage }),
    );
    return PRINTED;
  } catch (error) {
    if (command.textconv && bytes && error instanceof MapiError) {
      machine.out(
        `No Outlook message: ${reasonOf(error)}\n${bytes.length} bytes, SHA-256 ${sha256(bytes)}\n`,
      );
      return PRINTED;
    }
    machine.err(`${name}: ${reasonOf(error)}\n`);
    return UNREADABLE;
  }
}

/** Does what the arguments ask for. @returns the exit code; see `HELP` */
export async function run(args: readonly string[], machine: Machine): Promise<number> {
  const command = parseCommand(args);
  switch (command.kind) {
    case "help":
      machine.out(HELP);
      return PRINTED;
    case "version":
      machine.out(`${machine.version}\n`);
      return PRINTED;
    case "wrong":
      machine.err(`msg-session: ${command.message} See msg-session --help.\n`);
      return WRONG_USAGE;
    case "dump":
      return dump(machine, command);
  }
}
