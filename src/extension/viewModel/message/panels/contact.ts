/** Contacts and contact groups ([MS-OXOCNTC]). */
import * as vscode from "vscode";
import { groupMembers, PSETID_ADDRESS, type PropertyRef, resolveAddress } from "../../../../core";
import { personModel } from "../people";
import { day, field, firstOf, type PanelField, type ReadValue, text, texts, time } from "./fields";

const lid = (id: number): { guid: string; id: number } => ({ guid: PSETID_ADDRESS, id });
/** A string property of an id, of either width. */
const tag = (id: number): number => id * 0x10000 + 0x1f;

/** The e-mail addresses: display name, type, address, original display name (the SMTP address), entry id. */
const EMAIL_BASES = [0x8080, 0x8090, 0x80a0];

/** A display name without the address that Outlook puts behind it, as the address is shown with it anyway. */
function bareName(name: string | undefined, address: string | undefined): string | undefined {
  const end = ` (${address ?? ""})`.toLowerCase();
  return name?.toLowerCase().endsWith(end) === true ? name.slice(0, -end.length) : name;
}

const emails: ReadValue = ({ reader }) => {
  const people = EMAIL_BASES.flatMap((base) => {
    const address = reader.text(lid(base + 3));
    const smtp = reader.text(lid(base + 4));
    const name = reader.text(lid(base));
    if (!address && !smtp) return [];
    return [
      personModel(
        resolveAddress({
          name: bareName(name, smtp ?? address) ?? smtp ?? address,
          addressType: reader.text(lid(base + 2)),
          address,
          smtp,
          entryId: reader.bytes(lid(base + 5)),
        }),
      ),
    ];
  });
  return people.length === 0 ? undefined : { kind: "people", people };
};

/** An address of lines: the whole one when it is stored, else put together of its parts. */
const postal =
  (whole: PropertyRef | undefined, ...parts: readonly PropertyRef[]): ReadValue =>
  ({ reader }) => {
    const stored = whole === undefined ? undefined : reader.text(whole)?.trim();
    if (stored) return { kind: "text", text: stored };
    const lines = parts.flatMap((part) => reader.text(part)?.trim() || []);
    return lines.length === 0 ? undefined : { kind: "text", text: lines.join("\n") };
  };

/** A contact's panel. */
export const CONTACT: readonly PanelField[] = [
  field(() => vscode.l10n.t("Name"), text(tag(0x3001))),
  field(() => vscode.l10n.t("Nickname"), text(tag(0x3a4f))),
  field(() => vscode.l10n.t("Company"), text(tag(0x3a16))),
  field(() => vscode.l10n.t("Department"), text(tag(0x3a18), lid(0x8010))),
  field(() => vscode.l10n.t("Job title"), text(tag(0x3a17))),
  field(() => vscode.l10n.t("Profession"), text(tag(0x3a46))),
  field(() => vscode.l10n.t("E-mail"), emails),
  field(() => vscode.l10n.t("Instant messaging"), text(lid(0x8062))),
  field(() => vscode.l10n.t("Phone, business"), text(tag(0x3a08))),
  field(() => vscode.l10n.t("Phone, business 2"), text(tag(0x3a1b))),
  field(() => vscode.l10n.t("Phone, company"), text(tag(0x3a57))),
  field(() => vscode.l10n.t("Phone, mobile"), text(tag(0x3a1c))),
  field(() => vscode.l10n.t("Phone, home"), text(tag(0x3a09))),
  field(() => vscode.l10n.t("Phone, home 2"), text(tag(0x3a2f))),
  field(() => vscode.l10n.t("Phone, primary"), text(tag(0x3a1a))),
  field(() => vscode.l10n.t("Phone, other"), text(tag(0x3a1f))),
  field(() => vscode.l10n.t("Phone, car"), text(tag(0x3a1e))),
  field(() => vscode.l10n.t("Phone, assistant"), text(tag(0x3a2e))),
  field(() => vscode.l10n.t("Callback"), text(tag(0x3a02))),
  field(() => vscode.l10n.t("Pager"), text(tag(0x3a21))),
  field(() => vscode.l10n.t("Fax, business"), text(tag(0x3a24))),
  field(() => vscode.l10n.t("Fax, home"), text(tag(0x3a25))),
  field(() => vscode.l10n.t("Fax, other"), text(tag(0x3a23))),
  field(
    () => vscode.l10n.t("Address, business"),
    postal(lid(0x801b), lid(0x8045), lid(0x804a), lid(0x8048), lid(0x8046), lid(0x8047), lid(0x8049)),
  ),
  field(
    () => vscode.l10n.t("Address, home"),
    postal(lid(0x801a), tag(0x3a5d), tag(0x3a5e), tag(0x3a5b), tag(0x3a59), tag(0x3a5c), tag(0x3a5a)),
  ),
  field(
    () => vscode.l10n.t("Address, other"),
    postal(lid(0x801c), tag(0x3a63), tag(0x3a64), tag(0x3a61), tag(0x3a5f), tag(0x3a62), tag(0x3a60)),
  ),
  field(() => vscode.l10n.t("Office"), text(tag(0x3a19))),
  field(() => vscode.l10n.t("Web page"), text(tag(0x3a51), tag(0x3a50), lid(0x802b))),
  field(() => vscode.l10n.t("Birthday"), firstOf(day(lid(0x80de)), time(0x3a420040))),
  field(() => vscode.l10n.t("Anniversary"), firstOf(day(lid(0x80df)), time(0x3a410040))),
  field(() => vscode.l10n.t("Partner"), text(tag(0x3a48))),
  field(() => vscode.l10n.t("Children"), texts(0x3a58101f)),
  field(() => vscode.l10n.t("Manager"), text(tag(0x3a4e))),
  field(() => vscode.l10n.t("Assistant"), text(tag(0x3a30))),
  field(() => vscode.l10n.t("Filed as"), text(lid(0x8005))),
];

const members: ReadValue = ({ reader }) => {
  const people = groupMembers(reader).map((member) => personModel(member));
  return people.length === 0 ? undefined : { kind: "people", people };
};

/** A contact group's panel. */
export const DISTRIBUTION_LIST: readonly PanelField[] = [
  field(() => vscode.l10n.t("Name"), text(lid(0x8053), tag(0x3001))),
  field(() => vscode.l10n.t("Members"), members),
];
