/** SIDs, access control lists and security descriptors: [MS-DTYP] 2.4. */
import type { Layout } from "../layout";
import { array, choice, computed, field, guid, sized, struct, u16, u32, u48, u8 } from "../layout";
import { elementsOf, numberOf } from "../scope";
import type { Scope } from "../scope";

/** "S-1-5-21-…"; undefined while parts are missing. */
function sidText(scope: Scope): { readonly value: string } | undefined {
  const parts = elementsOf(scope.node("SubAuthorities")).map(numberOf);
  if (parts.length !== scope.number("SubAuthorityCount")) return undefined;
  return { value: ["S", scope.number("Revision"), scope.number("IdentifierAuthority"), ...parts].join("-") };
}

/** [MS-DTYP] 2.4.2.2. */
export const sid = struct(
  [
    field("Revision", u8({ form: "hex", initial: 1 })),
    field("SubAuthorityCount", u8({ form: "hex", min: 0, max: 15 })),
    field("IdentifierAuthority", u48({ bigEndian: true, flags: "SidAuthority" })),
    field("SubAuthorities", array(u32(), { of: "SubAuthorityCount" })),
    field("TextualSid", computed(sidText), { label: "SID as text" }),
  ],
  (scope) => scope.text("TextualSid"),
);

const OBJECT_TYPES: ReadonlySet<number> = new Set([5, 6, 7, 8, 0xb, 0xc, 0xf, 0x10]);
const isObject = (scope: Scope): boolean => OBJECT_TYPES.has(scope.number("Type"));
const HEADER_SIZE = 4;

/** [MS-DTYP] 2.4.4. */
export const ace = struct([
  field("Type", u8({ form: "hex", flags: "flagACEType" })),
  field("Flags", u8({ form: "hex", flags: "flagACEFlag" })),
  field("Size", u16({ form: "hex" })),
  field(
    "Body",
    sized(
      { of: "Size", add: -HEADER_SIZE },
      struct([
        field("Mask", u32({ form: "hex", flags: "AccessMask" })),
        field("ObjectFlags", u32({ form: "hex", flags: "ObjectAceFlags" }), { when: isObject }),
        field("ObjectType", guid(), { when: (scope) => isObject(scope) && scope.any("ObjectFlags", 1) }),
        field("InheritedObjectType", guid(), {
          when: (scope) => isObject(scope) && scope.any("ObjectFlags", 2),
        }),
        field("Sid", sid),
      ]),
    ),
  ),
]);

const ACL_HEADER_SIZE = 8;

/** [MS-DTYP] 2.4.5. */
export const acl = struct([
  field("AclRevision", u8({ form: "hex", oneOf: [2, 4] })),
  field("Sbz1", u8({ form: "hex" })),
  field("AclSize", u16({ form: "hex" }), { derive: (scope) => ACL_HEADER_SIZE + scope.bytes("Aces") }),
  field("AceCount", u16({ form: "hex" })),
  field("Sbz2", u16({ form: "hex" })),
  field("Aces", array(ace, { of: "AceCount" })),
]);

const SD_HEADER_SIZE = 20;

/** [MS-DTYP] 2.4.6: self-relative; the parts stand where the offsets say. */
export const securityDescriptor = struct([
  field("Revision", u8({ form: "hex" })),
  field("Sbz1", u8({ form: "hex" })),
  field("Control", u16({ form: "hex", flags: "SecurityControl" })),
  field("OffsetOwner", u32({ form: "hex" })),
  field("OffsetGroup", u32({ form: "hex" })),
  field("OffsetSacl", u32({ form: "hex" })),
  field("OffsetDacl", u32({ form: "hex" })),
  field("Parts", {
    kind: "placed",
    base: SD_HEADER_SIZE,
    parts: [
      { name: "OwnerSid", offset: "OffsetOwner", layout: sid },
      { name: "GroupSid", offset: "OffsetGroup", layout: sid },
      { name: "Sacl", offset: "OffsetSacl", layout: acl },
      { name: "Dacl", offset: "OffsetDacl", layout: acl },
    ],
  }),
]);

const TRANSFER_HEADER_SIZE = 8;

const transfer = struct([
  field("HeaderSize", u16({ form: "hex" })),
  field("Version", u16({ form: "hex", flags: "flagSecurityVersion" })),
  field("SecurityInformation", u32({ form: "hex", flags: "flagSecurityInfo" })),
  field(
    "NamedPropertyTags",
    array(u16({ form: "hex" }), { of: "HeaderSize", unit: 0.5, add: -TRANSFER_HEADER_SIZE / 2 }),
    {
      when: (scope) => scope.number("HeaderSize") > TRANSFER_HEADER_SIZE,
    },
  ),
  field("SecurityDescriptor", securityDescriptor),
]);

/** PR_NT_SECURITY_DESCRIPTOR: with the header it is transferred by, or without. */
export const transferredSecurityDescriptor: Layout = choice((_, peek) =>
  peek.byte(0) === 1 && peek.byte(1) === 0 ? securityDescriptor : transfer,
);
