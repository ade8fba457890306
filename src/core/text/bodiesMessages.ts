/**
 * What can be wrong with a body or be lost with it, as sentences. They are fixed, so that whoever shows them can look up a
 * translation by the sentence itself.
 */
export const BODY_MESSAGES = {
  rtfNotCompressed: "PR_RTF_COMPRESSED holds bare RTF without its container.",
  rtfHeaderShort: "PR_RTF_COMPRESSED is shorter than its header.",
  rtfCompressedSize: "The size in the header of PR_RTF_COMPRESSED is not the length of the stream.",
  rtfRawSize: "The header of PR_RTF_COMPRESSED states another size of the RTF than there is.",
  rtfUnknownCompression: "PR_RTF_COMPRESSED is compressed in an unknown way.",
  rtfChecksum: "The checksum of PR_RTF_COMPRESSED is wrong.",
  rtfNoEnd: "PR_RTF_COMPRESSED ends before its end mark: the text may be cut off.",
  notRtf: "The text is not RTF.",
  rtfUnclosed: "The RTF ends inside a group: the text may be cut off.",
  rtfAfterEnd: "There is something after the end of the RTF; it is left out.",
  rtfBinaryCut: "Binary data in the RTF is shorter than it says.",
  rtfUnknownCodePage: "The RTF names a code page that is not supported; its default one is used.",
  undecodable: "Some bytes have no meaning in the code page of the text.",
  internetCodePageUnknown: "PR_INTERNET_CPID names a code page that is not supported.",
  internetCodePageWrong: "The HTML is not in the code page that PR_INTERNET_CPID names.",
  metaCharsetWrong: "The HTML is not in the character set that it names itself.",
  unreadableValue: "The property has a value of another kind than a body.",
  lossFormatting: "The formatting (fonts, colours, lists, tables) is lost.",
  lossLinks: "The addresses of links are kept as text only.",
  lossPictures: "Pictures in the text are lost; their attachments stay.",
  lossRtf: "The RTF is replaced by one made from the HTML; what HTML cannot express is lost.",
  lossPlacement: "The places of attachments in the text are lost; the attachments stay.",
  lossCodePage: "The message is 8-bit: characters that its code page does not have become “?” in PR_BODY.",
  lossCharacters: "Halves of characters (lone surrogates) are replaced by U+FFFD.",
} as const;
