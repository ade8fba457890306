/**
 * What VS Code knows of the extension from the start: who opens messages, reads `msg:` files, runs commands and tools.
 * Everything is passed on to `main.ts`, which is loaded with the first of it, so that to be active costs next to nothing.
 */
import * as vscode from "vscode";
import type { MessageInput, ReadInput, SetInput, Tools } from "./languageModelTools";
import type { Main } from "./main";
import type { MsgDocument } from "./msgDocument";

type Load = () => Promise<Main>;

/** Id of the editor in the manifest; the same as in `msgEditorProvider.ts`. */
const VIEW_TYPE = "msgSession.editor";
/** Type of the panels that compare messages; the same as in `comparePanel.ts`. */
const COMPARE_VIEW = "msgSession.compare";
/** Scheme of the files inside open messages; the same as in `msgFileSystemUris.ts`. */
const MSG_SCHEME = "msg";
/** Scheme of messages as text; the same as in `compareText.ts`. */
const TEXT_SCHEME = "msg-text";

function registerEditors(
  load: Load,
  changed: vscode.EventEmitter<vscode.CustomDocumentContentChangeEvent<MsgDocument>>,
): vscode.Disposable {
  const provider: vscode.CustomEditorProvider<MsgDocument> = {
    onDidChangeCustomDocument: changed.event,
    openCustomDocument: async (...args) => (await load()).editors.openCustomDocument(...args),
    resolveCustomEditor: async (document, panel) =>
      (await load()).editors.resolveCustomEditor(document, panel),
    saveCustomDocument: async (...args) => (await load()).editors.saveCustomDocument(...args),
    saveCustomDocumentAs: async (document, to) => (await load()).editors.saveCustomDocumentAs(document, to),
    revertCustomDocument: async (document) => (await load()).editors.revertCustomDocument(document),
    backupCustomDocument: async (document, to) => (await load()).editors.backupCustomDocument(document, to),
  };
  return vscode.window.registerCustomEditorProvider(VIEW_TYPE, provider, {
    supportsMultipleEditorsPerDocument: true,
  });
}

function registerFiles(
  load: Load,
  changed: vscode.EventEmitter<vscode.FileChangeEvent[]>,
): vscode.Disposable {
  const system: vscode.FileSystemProvider = {
    onDidChangeFile: changed.event,
    // Changes are told of whatever VS Code has seen, watched or not.
    watch: () => new vscode.Disposable(() => undefined),
    stat: async (uri) => (await load()).files.stat(uri),
    readDirectory: async (uri) => (await load()).files.readDirectory(uri),
    readFile: async (uri) => (await load()).files.readFile(uri),
    writeFile: async (...args) => (await load()).files.writeFile(...args),
    createDirectory: async (uri) => (await load()).files.createDirectory(uri),
    delete: async (uri) => (await load()).files.delete(uri),
    rename: async (...args) => (await load()).files.rename(...args),
  };
  return vscode.workspace.registerFileSystemProvider(MSG_SCHEME, system, { isCaseSensitive: true });
}

function registerTexts(load: Load, changed: vscode.EventEmitter<vscode.Uri>): vscode.Disposable {
  return vscode.workspace.registerTextDocumentContentProvider(TEXT_SCHEME, {
    onDidChange: changed.event,
    provideTextDocumentContent: async (uri) => (await load()).texts.provideTextDocumentContent(uri),
  });
}

function registerTool<Input>(
  name: keyof Tools,
  find: () => Promise<vscode.LanguageModelTool<Input>>,
): vscode.Disposable {
  return vscode.lm.registerTool<Input>(name, {
    prepareInvocation: async (options, token) => (await find()).prepareInvocation?.(options, token),
    invoke: async (options, token) => (await find()).invoke(options, token),
  });
}

function registerTools(load: Load): vscode.Disposable {
  const tools = async (): Promise<Tools> => (await load()).tools();
  return vscode.Disposable.from(
    registerTool<MessageInput>("msgSession_summarize", async () => (await tools()).msgSession_summarize),
    registerTool<ReadInput>("msgSession_read", async () => (await tools()).msgSession_read),
    registerTool<SetInput>("msgSession_setProperty", async () => (await tools()).msgSession_setProperty),
  );
}

/** The ids of the commands that a manifest declares. */
export function commandsOf(manifest: unknown): string[] {
  const { contributes } = manifest as {
    readonly contributes: { readonly commands: readonly { command: string }[] };
  };
  return contributes.commands.map(({ command }) => command);
}

/** Commands that load the rest, and run again as what they are then. */
function registerCommands(load: Load, ids: readonly string[]): vscode.Disposable {
  return vscode.Disposable.from(
    ...ids.map((id) =>
      vscode.commands.registerCommand(id, async (...args: unknown[]) => {
        await load();
        return vscode.commands.executeCommand(id, ...args);
      }),
    ),
  );
}

/** Registers all of it. */
export function registerShell(context: vscode.ExtensionContext): void {
  const documents = new vscode.EventEmitter<vscode.CustomDocumentContentChangeEvent<MsgDocument>>();
  const files = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  const texts = new vscode.EventEmitter<vscode.Uri>();
  let loading: Promise<Main> | undefined;
  const start = async (): Promise<Main> => {
    const { start: begin } = await import("./main");
    const main = await begin(context, () => void commands.dispose());
    context.subscriptions.push(
      main.editors.onDidChangeCustomDocument((event) => documents.fire(event)),
      main.files.onDidChangeFile((events) => files.fire(events)),
      main.texts.onDidChange((uri) => texts.fire(uri)),
    );
    return main;
  };
  const load: Load = () => (loading ??= start());
  const commands = registerCommands(load, commandsOf(context.extension.packageJSON));
  context.subscriptions.push(
    documents,
    files,
    texts,
    commands,
    registerEditors(load, documents),
    registerFiles(load, files),
    registerTexts(load, texts),
    registerTools(load),
    vscode.window.registerWebviewPanelSerializer(COMPARE_VIEW, {
      deserializeWebviewPanel: async (panel, state) => (await load()).restoreComparison(panel, state),
    }),
  );
}
