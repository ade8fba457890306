/** Lists of addresses: what people type and paste, and what is said of what is none. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { type AddressProblem, formatAddress, formatAddressList, parseAddressList } from "../../../src/core";

/** The entries in short: `name|address`, or `!problem text`. */
const read = (text: string): string[] =>
  parseAddressList(text).map((entry) =>
    entry.ok ? `${entry.name}|${entry.address}` : `!${entry.problem} ${entry.text}`,
  );

const CASES: readonly (readonly [text: string, ...entries: string[]])[] = [
  [""],
  [" ; , \n "],
  ["ann@example.com", "|ann@example.com"],
  ["<ann@example.com>", "|ann@example.com"],
  ["Ann Lee <ann@example.com>", "Ann Lee|ann@example.com"],
  ['"Lee, Ann" <ann@example.com>', "Lee, Ann|ann@example.com"],
  ['"Ann \\"A\\" Lee" <ann@example.com>', 'Ann "A" Lee|ann@example.com'],
  ["'Ann Lee' <ann@example.com>", "Ann Lee|ann@example.com"],
  ["'ann@example.com'", "|ann@example.com"],
  ["'ann@example.com' <ann@example.com>", "|ann@example.com"],
  ["ann@example.com (Ann Lee)", "Ann Lee|ann@example.com"],
  ["Ann Lee <ann@example.com> (at home)", "Ann Lee|ann@example.com"],
  ["Ann O'Neil <ann@example.com>", "Ann O'Neil|ann@example.com"],
  ["Lee, Ann <ann@example.com>; bob@example.com", "Lee, Ann|ann@example.com", "|bob@example.com"],
  ["Ann Lee\n <ann@example.com>", "Ann Lee|ann@example.com"],
  ["a@example.com, b@example.com; c@example.com", "|a@example.com", "|b@example.com", "|c@example.com"],
  ["a@example.com\r\nBob <b@example.com>\n", "|a@example.com", "Bob|b@example.com"],
  ["a@example.com,\r\nb@example.com", "|a@example.com", "|b@example.com"],
  [
    "Team: Ann <a@example.com>, b@example.com; c@example.com",
    "Ann|a@example.com",
    "|b@example.com",
    "|c@example.com",
  ],
  ["To: ann@example.com", "|ann@example.com"],
  ["undisclosed-recipients:;", "!emptyGroup undisclosed-recipients:"],
  ["mailto:ann@example.com", "|ann@example.com"],
  ["Jürgen Müller <jürgen@müller.example>", "Jürgen Müller|jürgen@müller.example"],
  ["佐藤 <sato@例え.テスト>；田中 <tanaka＠example。jp>", "佐藤|sato@例え.テスト", "田中|tanaka@example.jp"],
  ["ann@[192.0.2.1]", "|ann@[192.0.2.1]"],
  ['"ann lee"@example.com', '|"ann lee"@example.com'],
  ['"a@b"@example.com', '|"a@b"@example.com'],
  ["first.last+tag@sub.example.co.uk", "|first.last+tag@sub.example.co.uk"],
  ["user@localhost", "|user@localhost"],
  ['5" disk <ann@example.com>', '5" disk|ann@example.com'],
  ["Ann Lee\tann@example.com\r\nBob\tbob@example.com\r\n", "Ann Lee|ann@example.com", "Bob|bob@example.com"],
  ["Ann\tLee\tann@example.com\t+49 221 1", "Ann Lee|ann@example.com"],
  ["Lee, Ann\tann@example.com\nBob\tbob@example.com", "Lee, Ann|ann@example.com", "Bob|bob@example.com"],
  ["ann@example.com\tAnn Lee\nbob@example.com\tBob", "Ann Lee|ann@example.com", "Bob|bob@example.com"],
  [
    "a@example.com\tb@example.com\t\tCy\tc@example.com",
    "|a@example.com",
    "|b@example.com",
    "Cy|c@example.com",
  ],
  ["Name\tE-mail\nAnn\tann@example.com", "!noAddress Name\tE-mail", "Ann|ann@example.com"],
  ["1\tAnn Lee <ann@example.com>\tyes", "Ann Lee|ann@example.com"],
  ["Ann Lee\t<ann@example.com>", "Ann Lee|ann@example.com"],
  ["Ann Lee\r\n\t<ann@example.com>,\r\n\tbob@example.com", "Ann Lee|ann@example.com", "|bob@example.com"],
  ['"Ann\tLee" <ann@example.com>', "Ann Lee|ann@example.com"],
  ["ann@\tBob", "!noDomain ann@\tBob"],
  ["ann@xn--mller-kva.example; user@münchen.example", "|ann@xn--mller-kva.example", "|user@münchen.example"],
  ["Bob", "!noAddress Bob"],
  ["Bob; ann@example.com", "!noAddress Bob", "|ann@example.com"],
  ["@example.com", "!noLocalPart @example.com"],
  ["ann@", "!noDomain ann@"],
  ["ann@b@example.com", "!twoAts ann@b@example.com"],
  ["ann lee@example.com", "!blank ann lee@example.com"],
  ["ann@exam ple.com", "!blank ann@exam ple.com"],
  ["ann@example..com", "!badDomain ann@example..com"],
  ["ann@-example.com", "!badDomain ann@-example.com"],
  ["ann@example.com.", "!badDomain ann@example.com."],
  ["an[n@example.com", "!badLocalPart an[n@example.com"],
  ['"Ann <ann@example.com>', '!unclosedQuote "Ann <ann@example.com>'],
  ["Ann <ann@example.com", "!unclosedBracket Ann <ann@example.com"],
  ["ann@example.com (Ann", "!unclosedComment ann@example.com (Ann"],
  ["Ann <ann@example.com> Lee", "!afterAddress Ann <ann@example.com> Lee"],
  ["Ann <>", "!noAddress Ann <>"],
  ["a\u0007@example.com", "!control a\u0007@example.com"],
  [`${"a".repeat(400)}@example.com`, `!tooLong ${"a".repeat(400)}@example.com`],
  ['"broken\nann@example.com', '!unclosedQuote "broken', "|ann@example.com"],
];

const word = fc.stringMatching(/^[A-Za-zÀ-ÿ一-龥][A-Za-zÀ-ÿ一-龥0-9]{0,8}$/);
const label = fc.stringMatching(/^[a-zà-öø-ÿ0-9]([a-zà-öø-ÿ0-9-]{0,6}[a-zà-öø-ÿ0-9])?$/);
const address = fc
  .tuple(
    fc.stringMatching(/^[a-zA-Z0-9!#$%&'*+/=?^_`{|}~.-]{1,12}$/),
    fc.array(label, { minLength: 1, maxLength: 4 }),
  )
  .map(([local, labels]) => `${local}@${labels.join(".")}`);
/** Names with everything that parts, quotes and nests. */
const name = fc
  .array(fc.oneof(word, fc.constantFrom(",", ";", '"', "\\", "<x>", "(y)", ":", "'", "@")), { maxLength: 5 })
  .map((parts) => parts.join(" ").trim());

describe("lists of addresses", () => {
  for (const [text, ...entries] of CASES) {
    it(JSON.stringify(text.slice(0, 60)), () => assert.deepEqual(read(text), entries));
  }

  it("say of every entry where it stands", () => {
    const text = "  Ann <a@example.com> ;nobody,\tb@example.com ";
    for (const { text: entry, start, end } of parseAddressList(text))
      assert.equal(text.slice(start, end), entry);
    assert.deepEqual(
      parseAddressList(text).map(({ start }) => start),
      [2, 23, 31],
    );
  });

  it("read back what they write, whatever the name", () => {
    fc.assert(
      fc.property(fc.array(fc.record({ name, address }), { maxLength: 6 }), (users) => {
        const shown = users.map((user) => ({
          // A name within single quotes loses them; a name that is the address says nothing.
          name: user.name.toLowerCase() === user.address.toLowerCase() ? "" : user.name,
          address: user.address,
        }));
        const back = parseAddressList(formatAddressList(shown)).map((entry) => {
          assert.ok(entry.ok, JSON.stringify(entry));
          return { name: entry.name, address: entry.address };
        });
        const bare = (text: string): string => /^'([^']*)'$/.exec(text)?.[1]?.trim() ?? text;
        assert.deepEqual(
          back,
          shown.map((user) => ({ ...user, name: bare(user.name) })),
        );
      }),
    );
  });

  it("take any text without failing, in order and without overlapping", () => {
    const signs = fc.constantFrom(
      '"',
      "<",
      ">",
      "(",
      ")",
      ",",
      ";",
      ":",
      "\\",
      "\n",
      "@",
      " ",
      "a",
      ".",
      "'",
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(signs, { maxLength: 60 }).map((all) => all.join("")),
        ),
        (text) => {
          let end = 0;
          for (const entry of parseAddressList(text)) {
            assert.ok(entry.start >= end && entry.end >= entry.start);
            assert.equal(text.slice(entry.start, entry.end), entry.text);
            end = entry.end;
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  it("of half a million characters are read in one go", function () {
    this.timeout(20_000);
    for (const sign of ['"', "<", "(", "a,", "a:", "\\", "'", "a@b <", "\n"]) {
      parseAddressList(sign.repeat(500_000 / sign.length));
    }
    const many = Array.from({ length: 20_000 }, (_, i) => `Person ${i} <p${i}@example.com>`).join("; ");
    assert.equal(parseAddressList(many).length, 20_000);
  });

  it("are written with quotation marks only where they are needed", () => {
    const written: readonly (readonly [string, string])[] = [
      ["Ann Lee", "Ann Lee <a@example.com>"],
      ["", "a@example.com"],
      ["A@Example.com", "a@example.com"],
      ["Lee, Ann", '"Lee, Ann" <a@example.com>'],
      ['Ann "A"', '"Ann \\"A\\"" <a@example.com>'],
    ];
    for (const [given, text] of written)
      assert.equal(formatAddress({ name: given, address: "a@example.com" }), text);
  });

  it("name each thing that can be wrong", () => {
    const problems = new Set<AddressProblem>(
      CASES.flatMap(([text]) => parseAddressList(text).flatMap((entry) => (entry.ok ? [] : [entry.problem]))),
    );
    assert.equal(problems.size, 14);
  });
});
