/** The interface for other extensions, used as they use it. */
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import * as vscode from "vscode";
import exampleManifest from "../example-extension/package.json";
import type { TicketApi } from "../example-extension/extension";
import type { MessageSession, MsgSessionApi } from "../../api/msg-session";
import { PR_BODY, PR_MESSAGE_DELIVERY_TIME, PR_SUBJECT } from "../../src/core";
import { mail, outlineOf, valueIn } from "../support/mail";
import { EXTENSION_ID } from "./support/documents";
import { bytesOf, temporaryFile } from "./support/files";

/** Id of the extension in test/example-extension. */
const EXAMPLE_ID = `${exampleManifest.publisher}.${exampleManifest.name}`;

async function api(): Promise<MsgSessionApi> {
  const found = await vscode.extensions.getExtension<MsgSessionApi>(EXTENSION_ID)?.activate();
  assert.ok(found);
  return found;
}

/** Whether an error carries this code. */
const withCode = (code: string) => (error: unknown) =>
  error instanceof Error && "code" in error && error.code === code && error.message !== "";

describe("interface for other extensions", () => {
  it("serves an extension that is loaded beside this one and knows nothing else of it", async () => {
    const example = vscode.extensions.getExtension<TicketApi>(EXAMPLE_ID);
    assert.ok(example, "The example extension is loaded with the tests.");
    assert.deepEqual(exampleManifest.extensionDependencies, [EXTENSION_ID]);
    const file = await temporaryFile("mail.msg", mail());
    // Its command activates it, and this extension before it.
    assert.equal(await vscode.commands.executeCommand("ticketNumbers.write", file, "T-17"), 1);
    assert.equal(example.isActive, true);

    const saved = await bytesOf(file);
    assert.equal(valueIn(saved, PR_SUBJECT), "[T-17] Quarterly figures");
    const outline = outlineOf(saved);
    const ticket = outline.properties("").find(({ value }) => value === "T-17");
    assert.ok(ticket);
    assert.deepEqual(outline.nameOf(ticket.tag >>> 16), {
      guid: "{00020329-0000-0000-C000-000000000046}",
      name: "Ticket",
    });
    assert.equal(await example.exports.read(saved), "T-17");
    assert.equal(await example.exports.read(mail()), undefined);
    const { recipients } = await example.exports.write(mail(), "T-18");
    assert.deepEqual(recipients, ["Recipient 0, To: Ann <ann@example.com>"]);
  });

  it("gives objects, properties by name and in every type, and text", async () => {
    const session = await (await api()).openSession(mail({ body: "one\r\ntwo" }));
    assert.deepEqual(
      session.objects().map(({ kind, parent }) => [kind, parent]),
      [
        ["message", undefined],
        ["recipient", ""],
        ["attachment", ""],
      ],
    );
    const subject = session.properties("").find(({ name }) => name === "PidTagSubject");
    assert.deepEqual(subject, {
      tag: PR_SUBJECT,
      name: "PidTagSubject",
      flags: 6,
      value: "Quarterly figures",
    });
    session.setProperty("", PR_MESSAGE_DELIVERY_TIME, 134117966450000000n);
    assert.equal(session.property("", PR_MESSAGE_DELIVERY_TIME)?.value, 134117966450000000n);
    session.deleteProperty("", PR_BODY);
    assert.equal(session.property("", PR_BODY), undefined);
    session.deleteProperty("", PR_BODY);
    assert.match(session.toText(), /PidTagMessageDeliveryTime 0E060040 PT_SYSTIME: 2026-01-02/);
    session.close();
  });

  it("keeps its bytes apart from the caller's, and gives back those that were not changed", async () => {
    const given = mail();
    const kept = given.slice();
    const session = await (await api()).openSession(given);
    given.fill(0);
    const back = session.toBytes();
    assert.deepEqual(Uint8Array.from(back), kept);
    back.fill(0);
    assert.deepEqual(Uint8Array.from(session.toBytes()), kept);
    session.close();
  });

  it("fails with the code of what is wrong", async () => {
    const offered = await api();
    await assert.rejects(offered.openSession(new Uint8Array(600)), withCode("STG_E_INVALIDHEADER"));
    const session: MessageSession = await offered.openSession(mail());
    assert.throws(() => session.setProperty("", PR_SUBJECT, 5), withCode("MAPI_E_INVALID_PARAMETER"));
    assert.throws(() => session.properties("/r99"), withCode("MAPI_E_OBJECT_DELETED"));
    session.close();
    session.close();
    assert.throws(() => session.objects(), withCode("MAPI_E_INVALID_OBJECT"));
  });

  it("opens a damaged file with what is wrong in it", async () => {
    const whole = mail({ body: "x".repeat(20_000) });
    const session = await (await api()).openSession(whole.slice(0, 24_000));
    assert.ok(session.problems.length > 0);
    assert.ok(session.properties("").length > 5);
    session.close();
  });
});
