/** What the fields of the composer and their choices are called. */
import * as vscode from "vscode";

/** Names of the fields by their ids. */
const FIELD_LABELS: Readonly<Record<string, () => string>> = {
  subject: () => vscode.l10n.t("Subject"),
  from: () => vscode.l10n.t("From"),
  sender: () => vscode.l10n.t("Sent by"),
  importance: () => vscode.l10n.t("Importance"),
  sensitivity: () => vscode.l10n.t("Sensitivity"),
  flag: () => vscode.l10n.t("Flag"),
  categories: () => vscode.l10n.t("Categories"),
  replyTo: () => vscode.l10n.t("Reply to"),
  sent: () => vscode.l10n.t("Sent"),
  received: () => vscode.l10n.t("Received"),
  isRead: () => vscode.l10n.t("Read"),
  isSent: () => vscode.l10n.t("Sent, no draft any more"),
  start: () => vscode.l10n.t("Start"),
  end: () => vscode.l10n.t("End"),
  allDay: () => vscode.l10n.t("All day"),
  timeZone: () => vscode.l10n.t("Time zone"),
  location: () => vscode.l10n.t("Location"),
  busyStatus: () => vscode.l10n.t("Show as"),
  reminder: () => vscode.l10n.t("Reminder"),
  reminderMinutes: () => vscode.l10n.t("Minutes before"),
  taskStatus: () => vscode.l10n.t("Status"),
  percentComplete: () => vscode.l10n.t("Percent complete"),
  taskStart: () => vscode.l10n.t("Start date"),
  taskDue: () => vscode.l10n.t("Due date"),
  taskCompleted: () => vscode.l10n.t("Completed on"),
  taskOwner: () => vscode.l10n.t("Owner"),
  prefix: () => vscode.l10n.t("Title"),
  given: () => vscode.l10n.t("First name"),
  middle: () => vscode.l10n.t("Middle name"),
  surname: () => vscode.l10n.t("Last name"),
  suffix: () => vscode.l10n.t("Suffix"),
  fileAs: () => vscode.l10n.t("File as"),
  company: () => vscode.l10n.t("Company"),
  jobTitle: () => vscode.l10n.t("Job title"),
  department: () => vscode.l10n.t("Department"),
  email1: () => vscode.l10n.t("E-mail"),
  email2: () => vscode.l10n.t("E-mail 2"),
  email3: () => vscode.l10n.t("E-mail 3"),
  businessPhone: () => vscode.l10n.t("Business phone"),
  homePhone: () => vscode.l10n.t("Home phone"),
  mobilePhone: () => vscode.l10n.t("Mobile phone"),
  businessFax: () => vscode.l10n.t("Business fax"),
  workStreet: () => vscode.l10n.t("Street"),
  workPostalCode: () => vscode.l10n.t("Postal code"),
  workCity: () => vscode.l10n.t("City"),
  workState: () => vscode.l10n.t("State or province"),
  workCountry: () => vscode.l10n.t("Country"),
  webPage: () => vscode.l10n.t("Web page"),
  birthday: () => vscode.l10n.t("Birthday"),
};

/** Names of the choices of a field, by their values. */
const CHOICE_LABELS: Readonly<Record<string, Readonly<Record<number, () => string>>>> = {
  importance: {
    0: () => vscode.l10n.t("Low"),
    1: () => vscode.l10n.t("Normal"),
    2: () => vscode.l10n.t("High"),
  },
  sensitivity: {
    0: () => vscode.l10n.t("Normal"),
    1: () => vscode.l10n.t("Personal"),
    2: () => vscode.l10n.t("Private"),
    3: () => vscode.l10n.t("Confidential"),
  },
  flag: {
    0: () => vscode.l10n.t("Not flagged"),
    2: () => vscode.l10n.t("Flagged"),
    1: () => vscode.l10n.t("Completed"),
  },
  busyStatus: {
    0: () => vscode.l10n.t("Free"),
    1: () => vscode.l10n.t("Tentative"),
    2: () => vscode.l10n.t("Busy"),
    3: () => vscode.l10n.t("Out of office"),
    4: () => vscode.l10n.t("Working elsewhere"),
  },
  taskStatus: {
    0: () => vscode.l10n.t("Not started"),
    1: () => vscode.l10n.t("In progress"),
    2: () => vscode.l10n.t("Completed"),
    3: () => vscode.l10n.t("Waiting on someone else"),
    4: () => vscode.l10n.t("Deferred"),
  },
};

/** What a field is called. */
export const fieldLabel = (id: string): string => FIELD_LABELS[id]?.() ?? id;

/** What a choice of a field is called; its number when it has no name. */
export const choiceLabel = (id: string, value: number): string =>
  CHOICE_LABELS[id]?.[value]?.() ?? String(value);
