/** The view "Message Sessions" in the Explorer: the open sessions as a tree, with files going in and out of them. */
import * as vscode from "vscode";
import { loadDictionary } from "./dictionary";
import type { MsgDocument } from "./msgDocument";
import type { Sessions } from "./sessions";
import { SessionDragAndDrop } from "./sessionsDragAndDrop";
import { decorationOf, itemOf, type SessionElement, SessionTree } from "./sessionsTree";

/** Id of the view in the manifest. */
export const SESSIONS_VIEW = "msgSession.sessions";

/** The tree behind the view. */
export class SessionsViewData implements vscode.TreeDataProvider<SessionElement>, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #subscriptions: vscode.Disposable[];
  #tree: SessionTree | undefined;

  constructor(
    private readonly sessions: Sessions,
    private readonly extensionUri: vscode.Uri,
  ) {
    const update = (): void => this.#changed.fire(undefined);
    this.#subscriptions = [
      sessions.onDidOpen(update),
      sessions.onDidChange(update),
      sessions.onDidClose(update),
    ];
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#changed.dispose();
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
    return itemOf(element, (await this.getChildren(element)).length > 0);
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
    vscode.window.registerFileDecorationProvider({ provideFileDecoration: decorationOf }),
    vscode.window.tabGroups.onDidChangeTabs(followQuietly),
    sessions.onDidOpen(followQuietly),
    view.onDidChangeVisibility(followQuietly),
  );
}
