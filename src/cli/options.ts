/** The command line of `msg-session`, taken apart. */

/** What the program is asked to do. */
export type Command =
  | { readonly kind: "help" }
  | { readonly kind: "version" }
  | {
      readonly kind: "dump";
      /** "-" is the standard input. */
      readonly file: string;
      readonly json: boolean;
      /** What cannot be read is told in the text, not by failing: git gives up a whole diff when its converter fails. */
      readonly textconv: boolean;
    }
  | { readonly kind: "wrong"; readonly message: string };

/** What `--help` prints. */
export const HELP = `Usage: msg-session dump FILE [--json | --textconv]

Prints an Outlook message (.msg, .oft) as text: every object with its properties,
their names, types and values, structures field by field. The same file gives the
same text on every machine.

  FILE         the message; - reads it from the standard input
  --json       lossless JSON instead, which the MSG Session editor imports again
  --textconv   for git diff: what is no message is told by size and digest
  --version    prints the version
  --help       prints this

git shows what changed in a message with:
  git config diff.msg.textconv "npx msg-session dump --textconv"
  echo "*.msg diff=msg" >> .gitattributes

Exit code 0: printed, with what is wrong in a damaged file on the standard error;
1: the file cannot be read, or is no message; 2: the command line is wrong.
`;

const OPTIONS = ["--json", "--textconv", "--help", "-h", "--version"];

/** Takes the arguments after the program's name apart. */
export function parseCommand(args: readonly string[]): Command {
  const end = args.indexOf("--");
  const before = end < 0 ? args : args.slice(0, end);
  const isOption = (arg: string): boolean => arg.startsWith("-") && arg !== "-";
  const options = before.filter(isOption);
  const words = [...before.filter((arg) => !isOption(arg)), ...(end < 0 ? [] : args.slice(end + 1))];
  const unknown = options.find((option) => !OPTIONS.includes(option));
  if (unknown !== undefined) return { kind: "wrong", message: `There is no option ${unknown}.` };
  if (options.includes("--help") || options.includes("-h")) return { kind: "help" };
  if (options.includes("--version")) return { kind: "version" };
  const [command, file, surplus] = words;
  if (command === undefined) return { kind: "wrong", message: "A command is needed: dump." };
  if (command !== "dump")
    return { kind: "wrong", message: `There is no command “${command}”; there is: dump.` };
  if (file === undefined) return { kind: "wrong", message: "dump needs a file." };
  if (surplus !== undefined)
    return { kind: "wrong", message: `dump takes one file; “${surplus}” is one too many.` };
  const json = options.includes("--json");
  const textconv = options.includes("--textconv");
  if (json && textconv) return { kind: "wrong", message: "--json and --textconv exclude each other." };
  return { kind: "dump", file, json, textconv };
}
