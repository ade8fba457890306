/** Tools for language models: to summarise a message, to read its properties and bodies, to set a property. */
import * as vscode from "vscode";
import {
  formatElements,
  formatValue,
  isMultiValued,
  type MessageOutline,
  namedViews,
  parseElements,
  parseValue,
  type PropertyDictionary,
  propType,
} from "../core";
import { loadDictionary } from "./dictionary";
import { RefusedError } from "./diskFile";
import { findProperty, resolveFile, resolveObject, tagOfProperty } from "./languageModelToolsTarget";
import { bodyOf, capped, messageOf, propertyText, summaryOf, untrusted } from "./languageModelToolsText";
import { openSource } from "./messageSource";
import type { MsgDocument } from "./msgDocument";
import { VIEW_TYPE } from "./msgEditorProvider";
import type { Sessions } from "./sessions";
import { valueTextMessage } from "./valueTextMessages";

/** Most properties that are read when none are named. */
const MAX_PROPERTIES = 300;
/** Longest value that is shown to the person who is to confirm. */
const MAX_CONFIRMED = 1_000;

/** Which message, and which object in it: "attachment 1/message/recipient 0"; "" or nothing is the message itself. */
export interface MessageInput {
  readonly file: string;
  readonly object?: string;
}

/** What is to be read: the properties named, and the body. */
export interface ReadInput extends MessageInput {
  readonly properties?: readonly string[];
  readonly body?: boolean;
}

/** A property by any of its names, and the text of its value; of a multi-valued one each. */
export interface SetInput extends MessageInput {
  readonly property: string;
  readonly value: string | readonly string[];
}

/** What the tools work with. */
export interface ToolContext {
  readonly sessions: Sessions;
  readonly dictionary: () => Promise<PropertyDictionary>;
  /** Opens a message in an editor, where an edit is seen and can be undone. */
  readonly openEditor: (uri: vscode.Uri) => Promise<void>;
}

const result = (text: string): vscode.LanguageModelToolResult =>
  new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(text)]);

/** Reads something out of a message for a model. */
async function reading(
  { sessions, dictionary }: ToolContext,
  { file }: MessageInput,
  token: vscode.CancellationToken,
  read: (outline: MessageOutline, dictionary: PropertyDictionary) => string,
): Promise<vscode.LanguageModelToolResult> {
  const source = await openSource(sessions, { uri: resolveFile(sessions, file), saved: false });
  try {
    if (token.isCancellationRequested) throw new vscode.CancellationError();
    return result(untrusted(read(source.outline, await dictionary())));
  } finally {
    source.close();
  }
}

/** Says who wrote to whom and what. */
export class SummarizeTool implements vscode.LanguageModelTool<MessageInput> {
  constructor(private readonly context: ToolContext) {}

  prepareInvocation({
    input,
  }: vscode.LanguageModelToolInvocationPrepareOptions<MessageInput>): vscode.PreparedToolInvocation {
    return { invocationMessage: vscode.l10n.t("Reading {0}", input.file.slice(0, 200)) };
  }

  invoke(
    { input }: vscode.LanguageModelToolInvocationOptions<MessageInput>,
    token: vscode.CancellationToken,
  ): Promise<vscode.LanguageModelToolResult> {
    return reading(this.context, input, token, (outline, dictionary) =>
      summaryOf(
        outline,
        dictionary,
        messageOf(outline, resolveObject(outline, input.object ?? "")),
        input.object ?? "",
      ),
    );
  }
}

/** Reads properties, and the body. */
export class ReadTool implements vscode.LanguageModelTool<ReadInput> {
  constructor(private readonly context: ToolContext) {}

  prepareInvocation({
    input,
  }: vscode.LanguageModelToolInvocationPrepareOptions<ReadInput>): vscode.PreparedToolInvocation {
    return { invocationMessage: vscode.l10n.t("Reading properties of {0}", input.file.slice(0, 200)) };
  }

  invoke(
    { input }: vscode.LanguageModelToolInvocationOptions<ReadInput>,
    token: vscode.CancellationToken,
  ): Promise<vscode.LanguageModelToolResult> {
    const { properties = [], body = false } = input;
    return reading(this.context, input, token, (outline, dictionary) => {
      const object = resolveObject(outline, input.object ?? "");
      const wanted = properties.slice(0, MAX_PROPERTIES);
      const named = wanted.map((name) => {
        const property = findProperty(outline, dictionary, object, name);
        return property ? propertyText(property, dictionary) : `${name}: not there`;
      });
      const isAll = wanted.length === 0 && !body;
      const all = isAll ? namedViews(outline, object, dictionary) : [];
      const lines = all.slice(0, MAX_PROPERTIES).map((property) => propertyText(property, dictionary));
      const more = all.length > lines.length ? [`[${all.length - lines.length} more properties]`] : [];
      const text = body ? ["", bodyOf(outline, messageOf(outline, object))] : [];
      return [...named, ...lines, ...more, ...text].join("\n");
    });
  }
}

/** A change that was understood and not done yet. */
interface Change {
  readonly object: string;
  readonly name: string;
  readonly tag: number;
  readonly value: unknown;
  readonly before: string;
  readonly after: string;
}

const textOf = (type: number, value: unknown): string =>
  isMultiValued(type) ? formatElements(type, value).join("\n") : formatValue(type, value);

/** Sets a property, after the person has seen the old and the new value and agreed. The edit is not saved. */
export class SetPropertyTool implements vscode.LanguageModelTool<SetInput> {
  constructor(private readonly context: ToolContext) {}

  private async change(outline: MessageOutline, input: SetInput): Promise<Change> {
    const dictionary = await this.context.dictionary();
    const { property: name } = input;
    const object = resolveObject(outline, input.object ?? "");
    const found = findProperty(outline, dictionary, object, name);
    const tag = found?.view.tag ?? tagOfProperty(dictionary, name);
    const type = propType(tag);
    const texts = typeof input.value === "string" ? [input.value] : input.value;
    const parsed = isMultiValued(type) ? parseElements(type, texts) : parseValue(type, texts.join("\n"));
    if (!parsed.ok) throw new RefusedError(valueTextMessage(parsed.message));
    return {
      object,
      name: found?.description.name ?? dictionary.describeTag(tag).name,
      tag,
      value: parsed.value,
      before: found ? textOf(type, found.view.value) : "",
      after: textOf(type, parsed.value),
    };
  }

  async prepareInvocation({
    input,
  }: vscode.LanguageModelToolInvocationPrepareOptions<SetInput>): Promise<vscode.PreparedToolInvocation> {
    const uri = resolveFile(this.context.sessions, input.file);
    const source = await openSource(this.context.sessions, { uri, saved: false });
    try {
      const { name, before, after } = await this.change(source.outline, input);
      // The mail's text stands in code blocks: as Markdown it could show anything.
      const message = new vscode.MarkdownString();
      message.appendText(vscode.l10n.t("Change {0} of {1}", name, input.file.slice(0, 200)));
      message.appendMarkdown(`\n\n${vscode.l10n.t("Before")}\n`);
      message.appendCodeblock(capped(before, MAX_CONFIRMED), "text");
      message.appendMarkdown(`\n${vscode.l10n.t("After")}\n`);
      message.appendCodeblock(capped(after, MAX_CONFIRMED), "text");
      return {
        invocationMessage: vscode.l10n.t("Changing {0}", name),
        confirmationMessages: { title: vscode.l10n.t("Change a property of a message"), message },
      };
    } finally {
      source.close();
    }
  }

  async invoke(
    { input }: vscode.LanguageModelToolInvocationOptions<SetInput>,
    token: vscode.CancellationToken,
  ): Promise<vscode.LanguageModelToolResult> {
    const uri = resolveFile(this.context.sessions, input.file);
    const document = await this.documentOf(uri);
    if (token.isCancellationRequested) throw new vscode.CancellationError();
    const { object, name, tag, value } = await this.change(document.outline, input);
    document.edit(vscode.l10n.t("Change {0}", name), (outline) => outline.setProperty(object, tag, value));
    return result(
      `${name} was set. The message is open in an editor with the unsaved change; it can be undone there.`,
    );
  }

  private async documentOf(uri: vscode.Uri): Promise<MsgDocument> {
    const open = this.context.sessions.get(uri);
    if (open) return open;
    await this.context.openEditor(uri);
    const opened = this.context.sessions.get(uri);
    if (opened) return opened;
    throw new RefusedError(vscode.l10n.t("The message could not be opened in an editor."));
  }
}

/** Opens a message in its editor and waits until its document is there. */
async function openEditor(sessions: Sessions, uri: vscode.Uri): Promise<void> {
  await vscode.commands.executeCommand("vscode.openWith", uri, VIEW_TYPE, { preserveFocus: true });
  if (sessions.get(uri)) return;
  await new Promise<void>((resolve) => {
    const listener = sessions.onDidOpen((document) => {
      if (document.uri.toString() !== uri.toString()) return;
      listener.dispose();
      resolve();
    });
  });
}

/** The tools by their names in the manifest. */
export interface Tools {
  readonly msgSession_summarize: SummarizeTool;
  readonly msgSession_read: ReadTool;
  readonly msgSession_setProperty: SetPropertyTool;
}

/** The tools on the messages that are open, and on files. */
export function createTools(sessions: Sessions, extensionUri: vscode.Uri): Tools {
  const context: ToolContext = {
    sessions,
    dictionary: () => loadDictionary(extensionUri),
    openEditor: (uri) => openEditor(sessions, uri),
  };
  return {
    msgSession_summarize: new SummarizeTool(context),
    msgSession_read: new ReadTool(context),
    msgSession_setProperty: new SetPropertyTool(context),
  };
}
