/** Files that `npm run bench` measures with, built through the core: `node fixtures.cjs KIND COUNT FILE`. */
import fs from "node:fs";
import {
  attachmentProperties,
  createAllocator,
  createStorage,
  MAPI_TO,
  MAPI_UNICODE,
  MODRECIP_ADD,
  openIMsgOnIStg,
  PR_SUBJECT,
  recipientProperties,
} from "../../src/core";

function manyObjects(count: number): Uint8Array {
  const storage = createStorage();
  const message = openIMsgOnIStg(null, createAllocator(), storage, { flags: MAPI_UNICODE });
  message.setProps([{ tag: PR_SUBJECT, value: `${count} recipients` }]);
  const rows = Array.from({ length: count }, (_, i) => ({
    properties: recipientProperties({
      name: `Person ${i}`,
      address: `person${i}@example.org`,
      kind: MAPI_TO,
      unicode: true,
    }),
  }));
  message.modifyRecipients(MODRECIP_ADD, rows);
  for (let i = 0; i < count; i++) {
    const { attach } = message.createAttach();
    attach.setProps(attachmentProperties({ fileName: `file${i}.txt`, bytes: new Uint8Array(100).fill(i) }));
    attach.saveChanges();
  }
  message.saveChanges();
  return storage.toBytes();
}

function oneAttachment(megabytes: number): Uint8Array {
  const storage = createStorage();
  const message = openIMsgOnIStg(null, createAllocator(), storage, { flags: MAPI_UNICODE });
  message.setProps([{ tag: PR_SUBJECT, value: "A large attachment" }]);
  const { attach } = message.createAttach();
  const bytes = new Uint8Array(megabytes * 1024 * 1024).fill(7);
  attach.setProps(attachmentProperties({ fileName: "large.bin", bytes }));
  attach.saveChanges();
  message.saveChanges();
  return storage.toBytes();
}

const [, , kind = "", count = "0", file = ""] = process.argv;
fs.writeFileSync(file, kind === "objects" ? manyObjects(Number(count)) : oneAttachment(Number(count)));
