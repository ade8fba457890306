/** 'New Message Session': asks for the kind and the format and opens an untitled message. */
import * as vscode from "vscode";
import { codePage, isPresetId, PRESET_IDS, type PresetId } from "../core";
import { VIEW_TYPE } from "./msgEditorProvider";
import {
  CODE_PAGES,
  defaultCodePage,
  defaultPreset,
  defaultSender,
  isUnicodeDefault,
  type OfferedCodePage,
  senderInPage,
} from "./newMessageSettings";
import { type NewMessageFormat, rememberFormat, untitledUri } from "./newMessages";
import { type Answer, ask } from "./quickSteps";

/** Languages of the code pages, for people who do not know them by number. */
function codePageLabel(id: OfferedCodePage): string {
  switch (id) {
    case 1252:
      return vscode.l10n.t("Western European");
    case 1250:
      return vscode.l10n.t("Central European");
    case 1251:
      return vscode.l10n.t("Cyrillic");
    case 1253:
      return vscode.l10n.t("Greek");
    case 1254:
      return vscode.l10n.t("Turkish");
    case 1255:
      return vscode.l10n.t("Hebrew");
    case 1256:
      return vscode.l10n.t("Arabic");
    case 1257:
      return vscode.l10n.t("Baltic");
    case 1258:
      return vscode.l10n.t("Vietnamese");
    case 874:
      return vscode.l10n.t("Thai");
    case 932:
      return vscode.l10n.t("Japanese");
    case 936:
      return vscode.l10n.t("Simplified Chinese");
    case 949:
      return vscode.l10n.t("Korean");
    case 950:
      return vscode.l10n.t("Traditional Chinese");
  }
}

interface PresetWords {
  readonly label: string;
  readonly icon: string;
  readonly detail: string;
}

/** What a preset is called, and what it is. */
function presetWords(preset: PresetId): PresetWords {
  switch (preset) {
    case "unsentMail":
      return {
        icon: "mail",
        label: vscode.l10n.t("Unsent Mail"),
        detail: vscode.l10n.t("A draft that Outlook can send."),
      };
    case "receivedMail":
      return {
        icon: "mail-read",
        label: vscode.l10n.t("Received Mail"),
        detail: vscode.l10n.t("A mail that arrived now and was read."),
      };
    case "post":
      return {
        icon: "pinned",
        label: vscode.l10n.t("Post"),
        detail: vscode.l10n.t("A note on the board of a folder."),
      };
    case "appointment":
      return {
        icon: "calendar",
        label: vscode.l10n.t("Appointment"),
        detail: vscode.l10n.t("Half an hour from the next half hour on, with a reminder."),
      };
    case "meetingRequest":
      return {
        icon: "organization",
        label: vscode.l10n.t("Meeting Request"),
        detail: vscode.l10n.t("An invitation as it lies in the inbox."),
      };
    case "contact":
      return {
        icon: "person",
        label: vscode.l10n.t("Contact"),
        detail: vscode.l10n.t("Somebody in an address book."),
      };
    case "task":
      return {
        icon: "checklist",
        label: vscode.l10n.t("Task"),
        detail: vscode.l10n.t("Not begun, without dates."),
      };
    case "stickyNote":
      return { icon: "note", label: vscode.l10n.t("Sticky Note"), detail: vscode.l10n.t("A yellow note.") };
    case "journalEntry":
      return {
        icon: "notebook",
        label: vscode.l10n.t("Journal Entry"),
        detail: vscode.l10n.t("A phone call that begins now."),
      };
    case "distributionList":
      return {
        icon: "account",
        label: vscode.l10n.t("Distribution List"),
        detail: vscode.l10n.t("A contact group, without members yet."),
      };
  }
}

const title = (): string => vscode.l10n.t("New Message Session");

const askPreset = (preset: PresetId): Promise<Answer<PresetId>> =>
  ask({
    title: title(),
    placeHolder: vscode.l10n.t("Kind of the message"),
    choices: PRESET_IDS.map((value) => {
      const { label, icon, detail } = presetWords(value);
      return { label, iconPath: new vscode.ThemeIcon(icon), detail, value };
    }),
    preset,
    step: 1,
    steps: 2,
  });

const askUnicode = (preset: boolean): Promise<Answer<boolean>> =>
  ask({
    title: title(),
    placeHolder: vscode.l10n.t("Format of the message"),
    choices: [
      {
        label: vscode.l10n.t("Unicode"),
        detail: vscode.l10n.t("Holds every character. Outlook 2003 and later."),
        value: true,
      },
      {
        label: vscode.l10n.t("8-bit"),
        detail: vscode.l10n.t("Text in one code page, as Outlook 97 to 2002 wrote it."),
        value: false,
      },
    ],
    preset,
    step: 2,
    steps: 2,
  });

const askCodePage = (preset: OfferedCodePage): Promise<Answer<OfferedCodePage>> =>
  ask({
    title: title(),
    placeHolder: vscode.l10n.t("Code page of the text"),
    choices: CODE_PAGES.map((value) => ({
      label: codePageLabel(value),
      description: String(value),
      value,
    })),
    preset,
    step: 3,
    steps: 3,
  });

/** The answers so far. */
interface Wish {
  preset?: PresetId;
  unicode?: boolean;
  codePage?: number;
}

/** Asks what is not settled yet; undefined when the person calls it off. */
async function askFor(given: Wish): Promise<NewMessageFormat | undefined> {
  const wish: Wish = { ...given };
  for (;;) {
    if (wish.preset === undefined) {
      const answer = await askPreset(defaultPreset());
      if (answer === undefined || answer === "back") return undefined;
      wish.preset = answer.value;
    }
    if (wish.unicode === undefined) {
      const answer = await askUnicode(isUnicodeDefault());
      if (answer === undefined) return undefined;
      if (answer === "back") {
        delete wish.preset;
        continue;
      }
      wish.unicode = answer.value;
    }
    if (wish.unicode) return { unicode: true, preset: wish.preset };
    if (wish.codePage === undefined) {
      const answer = await askCodePage(defaultCodePage());
      if (answer === undefined) return undefined;
      if (answer === "back") {
        delete wish.unicode;
        continue;
      }
      wish.codePage = answer.value;
    }
    return { unicode: false, preset: wish.preset, codePage: wish.codePage };
  }
}

/** What the caller of the command settled already: `{ preset, format, codePage }`, as a key binding can give it. */
function wishOf(args: unknown): Wish {
  if (typeof args !== "object" || args === null) return {};
  const { preset, format, codePage: page } = args as Record<string, unknown>;
  return {
    ...(typeof preset === "string" && isPresetId(preset) ? { preset } : {}),
    ...(format === "unicode" || format === "8-bit" ? { unicode: format === "unicode" } : {}),
    ...(typeof page === "number" && codePage(page) ? { codePage: page } : {}),
  };
}

/** The format with its sender; a setting that names nobody is said, and the message begins without one. */
function withSender(format: NewMessageFormat): NewMessageFormat {
  const { sender, problem } = defaultSender();
  if (problem !== undefined) {
    const open = vscode.l10n.t("Open Settings");
    void vscode.window.showWarningMessage(problem, open).then((answer) => {
      if (answer !== open) return undefined;
      return vscode.commands.executeCommand("workbench.action.openSettings", "msgSession.newMessage.sender");
    });
  }
  return sender ? { ...format, sender: senderInPage(sender, format.codePage) } : format;
}

/**
 * Runs the command. Nothing is opened when the person cancels.
 * @param args what is settled already; everything else is asked
 */
export async function newMessageSession(args?: unknown): Promise<void> {
  const format = await askFor(wishOf(args));
  if (!format) return;
  const uri = untitledUri();
  rememberFormat(uri.toString(), withSender(format));
  await vscode.commands.executeCommand("vscode.openWith", uri, VIEW_TYPE);
}
