/** What the internet headers of a message (PR_TRANSPORT_MESSAGE_HEADERS, [RFC 5322]) say about it. */

/** Longer headers are read no further. */
const MAX_LENGTH = 1024 * 1024;
const NAMED_ADDRESS = /<\s*([^\s<>@]+@[^\s<>@]+)\s*>/;
const BARE_ADDRESS = /[^\s<>@,;:()"[\]\\]+@[^\s<>@,;:()"[\]\\]+/;

/** The value of the first header field of a name, unfolded; undefined when there is none. */
export function headerField(headers: string, name: string): string | undefined {
  const wanted = `${name.toLowerCase()}:`;
  const lines = headers.slice(0, MAX_LENGTH).split(/\r\n|\r|\n/);
  const start = lines.findIndex((line) => line.toLowerCase().startsWith(wanted));
  if (start < 0) return undefined;
  const rest = lines.slice(start + 1);
  const end = rest.findIndex((line) => !/^[ \t]/.test(line));
  const folded = end < 0 ? rest : rest.slice(0, end);
  return [lines[start]?.slice(wanted.length) ?? "", ...folded]
    .map((line) => line.trim())
    .join(" ")
    .trim();
}

/** The first internet address in a header field such as `"Ann, B." <ann@example.org>`; undefined when it has none. */
export function addressInField(field: string): string | undefined {
  const outside = field.replace(/"(?:\\.|[^"\\])*"/g, " ");
  return NAMED_ADDRESS.exec(outside)?.[1] ?? BARE_ADDRESS.exec(outside.replace(/\([^()]*\)/g, " "))?.[0];
}
