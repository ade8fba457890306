/**
 * Words that the core puts into its sentences, as in "There is a stream of the name …", and what it puts around them.
 * They are texts to be translated like the sentences; any other single word in a sentence is a name out of a file.
 */
export const CORE_TERM_STRINGS = {
  address: "address",
  addressType: "address type",
  attachments: "attachments",
  byteOrderMark: "byte order mark",
  creation: "creation",
  directory: "directory",
  displayName: "display name",
  file: "file",
  header: "header",
  itsType: "its type",
  miniFat: "mini FAT",
  miniSectorShift: "mini sector shift",
  miniStream: "mini stream",
  miniStreamCutoff: "size below which streams are mini streams",
  modification: "modification",
  recipients: "recipients",
  storage: "storage",
  stream: "stream",
  // Of these the core puts in the numbers and names.
  bytes: "{0} bytes",
  line: "line {0}",
  fromByte: "from byte 0x{0}",
  directoryEntry: "directory entry {0}",
  oneByte: "1 byte",
  atOffset: "{0} ({1}, offset {2})",
  within: "{0} (in {1})",
} as const;
