import assert from "node:assert/strict";
import {
  type AddressFacts,
  addressInField,
  encodeOneOff,
  headerField,
  ONE_OFF_UNICODE,
  propertyReader,
  partyOf,
  recipientOf,
  resolveAddress,
  samePerson,
} from "../../../src/core";

const oneOff = (displayName: string, addressType: string, address: string): Uint8Array =>
  encodeOneOff({ displayName, addressType, address, flags: ONE_OFF_UNICODE });

const latin = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0));

const X500 = "/o=Org/ou=Exchange Administrative Group/cn=Recipients/cn=ann";

function addressBookId(x500: string): Uint8Array {
  const uid = [
    0xdc, 0xa7, 0x40, 0xc8, 0xc0, 0x42, 0x10, 0x1a, 0xb4, 0xb9, 0x08, 0x00, 0x2b, 0x2f, 0xe1, 0x82,
  ];
  return Uint8Array.from([0, 0, 0, 0, ...uid, 1, 0, 0, 0, 0, 0, 0, 0, ...latin(x500), 0]);
}

const readerOver = (values: Readonly<Record<number, unknown>>) =>
  propertyReader((property) => (typeof property === "number" ? values[property >>> 16] : undefined));

describe("addresses", () => {
  it("takes an SMTP address as it stands, whatever the case of its type", () => {
    const found = resolveAddress({ name: "Ann", addressType: "smtp", address: "Ann@Example.org" });
    assert.equal(found.smtp, "Ann@Example.org");
    assert.equal(found.rule, "address");
    assert.equal(found.isGuess, false);
    assert.equal(found.x500, undefined);
  });

  it("goes through the sources in the order of trust, and keeps the X.500 name apart", () => {
    const facts = {
      name: "ann@name.example",
      addressType: "EX",
      address: X500,
      smtp: "ann@property.example",
      entryId: oneOff("Ann", "SMTP", "ann@entry.example"),
      originalType: "SMTP",
      originalAddress: "ann@original.example",
      header: '"Ann" <ann@header.example>',
      searchKey: latin("SMTP:ANN@KEY.EXAMPLE\0"),
    };
    const steps = [
      ["smtp", "ann@property.example", "smtpProperty"],
      ["entryId", "ann@entry.example", "entryId"],
      ["originalAddress", "ann@original.example", "originalAddress"],
      ["header", "ann@header.example", "headers"],
      ["searchKey", "ANN@KEY.EXAMPLE", "searchKey"],
      ["name", "ann@name.example", "displayName"],
    ] as const;
    let left: AddressFacts = facts;
    for (const [source, address, rule] of steps) {
      const found = resolveAddress(left);
      assert.deepEqual([found.smtp, found.rule, found.x500], [address, rule, X500]);
      assert.equal(found.isGuess, rule === "displayName");
      left = { ...left, [source]: undefined };
    }
    const none = resolveAddress(left);
    assert.deepEqual([none.smtp, none.rule, none.isGuess, none.x500], [undefined, undefined, false, X500]);
  });

  it("never takes an Exchange name for an internet address, nor one with a blank", () => {
    assert.equal(resolveAddress({ addressType: "EX", address: X500 }).smtp, undefined);
    assert.equal(resolveAddress({ addressType: "SMTP", address: "not an address" }).smtp, undefined);
    assert.equal(resolveAddress({ addressType: "SMTP", address: "a@b@c" }).smtp, undefined);
  });

  it("reads the X.500 name out of an address book entry id", () => {
    const found = resolveAddress({ name: "Ann", entryId: addressBookId(X500) });
    assert.equal(found.x500, X500);
    assert.equal(found.smtp, undefined);
  });

  it("marks an address without a type as a guess", () => {
    const found = resolveAddress({ name: "Ann", addressType: "EX", address: "ann@example.org" });
    assert.deepEqual([found.smtp, found.rule, found.isGuess], ["ann@example.org", "untypedAddress", true]);
  });

  it("takes the name out of a one-off when the row has none", () => {
    const found = resolveAddress({ entryId: oneOff("Ann Ash", "SMTP", "ann@example.org") });
    assert.deepEqual([found.name, found.smtp], ["Ann Ash", "ann@example.org"]);
  });

  it("survives entry ids and search keys of every length", () => {
    const whole = oneOff("Ann", "SMTP", "ann@example.org");
    for (let length = 0; length <= whole.length; length++) {
      const cut = whole.subarray(0, length);
      assert.doesNotThrow(() => resolveAddress({ entryId: cut, searchKey: cut }));
    }
    assert.equal(resolveAddress({ searchKey: new Uint8Array(1 << 20) }).smtp, undefined);
  });

  it("reads the parties of a message and a recipient row", () => {
    const message = readerOver({
      0x0c1a: "Desk",
      0x0c1e: "EX",
      0x0c1f: X500,
      0x5d01: "desk@example.org",
      0x0042: "Director",
      0x0064: "SMTP",
      0x0065: "director@example.org",
    });
    const sender = partyOf(message, "sender");
    const from = partyOf(message, "from");
    assert.ok(sender && from);
    assert.deepEqual([sender.smtp, sender.x500], ["desk@example.org", X500]);
    assert.equal(from.smtp, "director@example.org");
    assert.ok(!samePerson(sender, from));
    assert.equal(partyOf(readerOver({}), "from"), undefined);
    const row = recipientOf(
      readerOver({ 0x3001: "Bob", 0x3002: "EX", 0x3003: X500, 0x39fe: "bob@example.org" }),
    );
    assert.deepEqual([row.name, row.smtp, row.rule], ["Bob", "bob@example.org", "smtpProperty"]);
  });

  it("tells people apart by their address, else by their name", () => {
    const ann = resolveAddress({ name: "Ann", addressType: "SMTP", address: "ann@example.org" });
    const shout = resolveAddress({ name: "A. Ash", addressType: "SMTP", address: "ANN@EXAMPLE.ORG" });
    const nameless = resolveAddress({ name: "ann" });
    assert.ok(samePerson(ann, shout));
    assert.ok(samePerson(ann, nameless));
    assert.ok(!samePerson(shout, nameless));
  });

  it("reads header fields that are folded, quoted and commented", () => {
    const headers = 'Received: x\r\nFROM: "Ash, <x@y> Ann"\r\n\t<ann@example.org>\r\nTo: bob@example.org\r\n';
    assert.equal(headerField(headers, "From"), '"Ash, <x@y> Ann" <ann@example.org>');
    assert.equal(addressInField(headerField(headers, "from") ?? ""), "ann@example.org");
    assert.equal(addressInField("bob@example.org (Bob at <home@x>)"), "home@x");
    assert.equal(addressInField("undisclosed-recipients:;"), undefined);
    assert.equal(headerField(headers, "Sender"), undefined);
  });
});
