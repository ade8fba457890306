/** Restrictions, rule conditions and rule actions: [MS-OXCDATA] 2.12, [MS-OXORULE] 2.2.4 and 2.2.5. */
import type { Field, Layout } from "../layout";
import { array, bytes, choice, field, guid, sized, struct, text, u16, u32, u8 } from "../layout";
import type { Scope } from "../scope";
import { entryId } from "./entryIds";
import type { Flavour } from "./properties";
import { propertyValue } from "./properties";

/** How wide the numbers of a restriction are. */
interface Widths {
  readonly word: typeof u8 | typeof u32;
  readonly count: typeof u16 | typeof u32;
  readonly commentCount: typeof u8 | typeof u32;
  readonly values: Flavour;
}

const tag = (name: string): Field => field(name, u32({ form: "tag" }));

/** A restriction; it holds others of the same widths. */
function restrictionOf(widths: Widths): Layout {
  const { word, count, commentCount, values } = widths;
  const nested: Layout = choice((_, peek) => (peek.remaining === undefined ? bytes("rest") : restriction));
  const relop = field("RelOp", word({ form: "hex", flags: "flagRelop" }));
  const value = field("Property", propertyValue(values));
  const comment: readonly Field[] = [
    field("PropertyCount", commentCount()),
    field("Properties", array(propertyValue(values), { of: "PropertyCount" })),
    field("RestrictionPresent", u8({ form: "boolean" })),
    field("Restriction", nested, { when: (scope) => scope.number("RestrictionPresent") !== 0 }),
  ];
  const several: readonly Field[] = [
    field("RestrictionCount", count()),
    field("Restrictions", array(nested, { of: "RestrictionCount" })),
  ];
  const single = field("Restriction", nested);
  const bodies: readonly (readonly Field[])[] = [
    several,
    several,
    [single],
    [field("FuzzyLevel", u32({ form: "hex", flags: "flagFuzzyLevel" })), tag("PropTag"), value],
    [relop, tag("PropTag"), value],
    [relop, tag("PropTag1"), tag("PropTag2")],
    [
      field("BitmapRelOp", word({ form: "hex", flags: "flagBitmask" })),
      tag("PropTag"),
      field("Mask", u32({ form: "hex" })),
    ],
    [relop, tag("PropTag"), field("Size", u32())],
    [tag("PropTag")],
    [tag("Subobject"), single],
    comment,
    [field("Count", u32()), single],
    comment,
  ];
  const type = field("RestrictType", word({ form: "hex", flags: "flagRestrictionType", max: 0xc, min: 0 }));
  const layouts = bodies.map((body) => struct([type, ...body]));
  const unknown = struct([type]);
  const restriction: Layout = choice((_, peek) => layouts[peek.byte(0) ?? -1] ?? unknown);
  return restriction;
}

/** [MS-OXCDATA] 2.12, as search folders hold it. */
export const searchRestriction = restrictionOf({ word: u32, count: u32, commentCount: u32, values: "row" });
const ruleRestriction = restrictionOf({ word: u8, count: u16, commentCount: u8, values: "rule" });
const extendedRestriction = restrictionOf({ word: u8, count: u32, commentCount: u8, values: "rule" });

const hasNames = (scope: Scope): boolean => scope.number("NamedPropertyCount") > 0;
const BY_NAME = 1;

/** [MS-OXORULE] 2.2.4.2: what the ids of named properties in the rule stand for. */
const namedPropertyInformation = struct([
  field("NamedPropertyCount", u16()),
  field("PropIds", array(u16({ form: "hex" }), { of: "NamedPropertyCount" }), { when: hasNames }),
  field("NamedPropertiesSize", u32({ form: "hex" }), { when: hasNames }),
  field(
    "NamedProperties",
    sized(
      { of: "NamedPropertiesSize" },
      array(
        struct([
          field("Kind", u8({ form: "hex", oneOf: [0, BY_NAME] })),
          field("Guid", guid()),
          field("LID", u32({ form: "hex" }), { when: (scope) => scope.number("Kind") !== BY_NAME }),
          field("NameSize", u8({ form: "hex" }), { when: (scope) => scope.number("Kind") === BY_NAME }),
          field("Name", text("utf16", { of: "NameSize" }, { terminated: true }), {
            when: (scope) => scope.number("Kind") === BY_NAME,
          }),
        ]),
        (scope) => scope.number("NamedPropertyCount"),
      ),
    ),
    { when: hasNames },
  ),
]);

const names = field("NamedPropertyInformation", namedPropertyInformation);

/** A restriction alone. */
export const restriction = struct([field("Restriction", searchRestriction)]);
/** [MS-OXORULE] 2.2.1.3.1.9. */
export const ruleCondition = struct([names, field("Restriction", ruleRestriction)]);
/** [MS-OXORULE] 2.2.4.1.10. */
export const extendedRuleCondition = struct([names, field("Restriction", extendedRestriction)]);

/** A size and what it counts; an entry id, or bytes. */
const sizedPart = (
  name: string,
  size: string,
  width: typeof u16 | typeof u32,
  layout?: Layout,
): readonly Field[] => [
  field(size, width({ form: "hex" })),
  field(name, layout === undefined ? bytes({ of: size }) : sized({ of: size }, layout)),
];

const serverId = struct([
  field("Ours", u8({ form: "boolean" })),
  field("FolderId", bytes(8)),
  field("MessageId", bytes(8)),
  field("Instance", u32()),
]);

const FLAVOURS: ReadonlyMap<number, string> = new Map([
  [3, "flagOPReply"],
  [4, "flagOPReply"],
  [7, "flagOpForward"],
]);

const flavour = choice((scope) => {
  const flags = FLAVOURS.get(scope.number("ActionType"));
  return u32({ form: "hex", ...(flags === undefined ? {} : { flags }) });
});

/** Bodies of actions by their type ([MS-OXORULE] 2.2.5.1.2). */
function actionBodies(width: typeof u16 | typeof u32): ReadonlyMap<number, readonly Field[]> {
  const extended = width === u32;
  const move: readonly Field[] = extended
    ? [
        ...sizedPart("StoreEID", "StoreEIDSize", width),
        ...sizedPart("FolderEID", "FolderEIDSize", width, entryId),
      ]
    : [
        field("FolderInThisStore", u8({ form: "boolean" })),
        ...sizedPart("StoreEID", "StoreEIDSize", width),
        field("FolderEIDSize", width({ form: "hex" })),
        field(
          "FolderEID",
          sized(
            { of: "FolderEIDSize" },
            choice((scope) => (scope.number("FolderInThisStore") === 0 ? entryId : serverId)),
          ),
        ),
      ];
  const reply: readonly Field[] = [
    ...(extended
      ? sizedPart("ReplyTemplateMessageEID", "MessageEIDSize", width, entryId)
      : [field("ReplyTemplateFID", bytes(8)), field("ReplyTemplateMID", bytes(8))]),
    field("ReplyTemplateGuid", guid()),
  ];
  const forward: readonly Field[] = [
    field("RecipientCount", width()),
    field(
      "RecipientBlocks",
      array(
        struct([
          field("Reserved", u8({ form: "hex", initial: 1 })),
          field("PropertyCount", width()),
          field("Properties", array(propertyValue("rule"), { of: "PropertyCount" })),
        ]),
        { of: "RecipientCount" },
      ),
    ),
  ];
  return new Map<number, readonly Field[]>([
    [1, move],
    [2, move],
    [3, reply],
    [4, reply],
    [5, [field("DeferredAction", bytes("rest"))]],
    [6, [field("BounceCode", u32({ form: "hex", flags: "flagBounceCode" }))]],
    [7, forward],
    [8, forward],
    [9, [field("Property", propertyValue("rule"))]],
  ]);
}

function actions(width: typeof u16 | typeof u32): readonly Field[] {
  const bodies = new Map([...actionBodies(width)].map(([type, fields]) => [type, struct(fields)]));
  const nothing = struct([]);
  return [
    field("ActionCount", width()),
    field(
      "ActionBlocks",
      array(
        struct([
          field("ActionLength", width({ form: "hex" })),
          field(
            "Action",
            sized(
              { of: "ActionLength" },
              struct([
                field("ActionType", u8({ flags: "flagActionType", min: 1, max: 0xb })),
                field("ActionFlavor", flavour),
                field("ActionFlags", u32({ form: "hex" })),
                field(
                  "ActionData",
                  choice((scope) => bodies.get(scope.number("ActionType")) ?? nothing),
                  {
                    when: (scope) => bodies.has(scope.number("ActionType")),
                  },
                ),
              ]),
            ),
          ),
        ]),
        { of: "ActionCount" },
      ),
    ),
  ];
}

/** [MS-OXORULE] 2.2.5.1. */
export const ruleAction = struct(actions(u16));
/** [MS-OXORULE] 2.2.4.1.9. */
export const extendedRuleAction = struct([
  names,
  field("RuleVersion", u32({ form: "hex", oneOf: [1] })),
  ...actions(u32),
]);
