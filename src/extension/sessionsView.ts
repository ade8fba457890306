/** The view "Message Sessions" in the Explorer: the open sessions as a tree, with files going in and out of them. */
import * as vscode from "vscode";
import { loadDictionary } from "./dictionary";
import type { MsgDocument } from "./msgDocument";
import { MSG_SCHEME } from "./msgFileSystemUris";
import type { Sessions } from "./sessions";
import { SessionDragAndDrop } from "./sessionsDragAndDrop";
import { decorationOf, itemOf, resourceOf, type SessionElement, SessionTree } from "./sessionsTree";

/** Id of the view in the manifest. */
export const SESSIONS_VIEW = "msgSession.sessions";

/** The tree behind the view, and the marks on its nodes. */
export class SessionsViewData
  implements vscode.TreeDataProvider<SessionElement>, vscode.FileDecorationProvider, vscode.Disposable
{
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #decorated = new vscode.EventEmitter<vscode.Uri[]>();
  readonly onDidChangeFileDecorations = this.#decorated.event;
  /** The nodes that VS Code draws, by the URI their marks hang on. */
  readonly #drawn = new Map<string, SessionElement>();
  readonly #subscriptions: vscode.Disposable[];
  #tree: SessionTree | undefined;

  constructor(
    private readonly sessions: Sessions,
    private readonly extensionUri: vscode.Uri,
  ) {
    const update = (): void => this.update();
    this.#subscriptions = [
      sessions.onDidOpen(update),
      sessions.onDidChange(update),
      sessions.onDidClose(update),
    ];
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#changed.dispose();
    this.#decorated.dispose();
  }

  private update(): void {
    const drawn = [...this.#drawn.keys()].map((uri) => vscode.Uri.parse(uri));
    this.#drawn.clear();
    this.#changed.fire(undefined);
    if (drawn.length > 0) this.#decorated.fire(drawn);
  }

  private async tree(): Promise<SessionTree> {
    this.#tree ??= new SessionTree(this.sessions, await loadDictionary(this.extensionUri));
    return this.#tree;
  }

  async getChildren(element?: SessionElement): Promise<SessionElement[]> {
    const tree = await this.tree();
    if (!element) return tree.roots();
    // The document may have been closed since VS Code got the node.
    return this.sessions.get(element.document.uri) === element.document ? tree.children(element) : [];
  }

  getParent(element: SessionElement): SessionElement | undefined {
    return element.parent;
  }

  async getTreeItem(element: SessionElement): Promise<vscode.TreeItem> {
    const uri = resourceOf(element).toString();
    const isNew = !this.#drawn.has(uri);
    this.#drawn.set(uri, element);
    if (isNew) this.#decorated.fire([vscode.Uri.parse(uri)]);
    return itemOf(element, (await this.getChildren(element)).length > 0);
  }

  provideFileDecoration(uri: vscode.Uri): vscode.FileDecoration | undefined {
    if (uri.scheme !== MSG_SCHEME) return undefined;
    const element = this.#drawn.get(uri.toString());
    return element && decorationOf(element);
  }

  /** The node of a document, when the view has it. */
  async find(document: MsgDocument): Promise<SessionElement | undefined> {
    return (await this.tree()).find(document);
  }
}

/** The document in the editor in front. */
export function activeDocument(sessions: Sessions): MsgDocument | undefined {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  return input instanceof vscode.TabInputCustom ? sessions.get(input.uri) : undefined;
}

/** Registers the view. It costs nothing until it is shown. */
export function registerSessionsView(sessions: Sessions, extensionUri: vscode.Uri): vscode.Disposable {
  const data = new SessionsViewData(sessions, extensionUri);
  const view = vscode.window.createTreeView(SESSIONS_VIEW, {
    treeDataProvider: data,
    dragAndDropController: new SessionDragAndDrop(),
    showCollapseAll: true,
  });
  const follow = async (): Promise<void> => {
    const document = view.visible ? activeDocument(sessions) : undefined;
    const element = document && (await data.find(document));
    const isChosen = view.selection.some((chosen) => (chosen.opened ?? chosen.document) === document);
    if (element && !isChosen) await view.reveal(element, { select: true, focus: false });
  };
  // A node may be gone by the time VS Code comes to show it: then there is nothing to follow.
  const followQuietly = (): void => void follow().catch(() => undefined);
  return vscode.Disposable.from(
    data,
    view,
    vscode.window.registerFileDecorationProvider(data),
    vscode.window.tabGroups.onDidChangeTabs(followQuietly),
    view.onDidChangeVisibility(followQuietly),
  );
}
