/** The open sessions as a tree: what stands under what, and how each node looks. */
import * as vscode from "vscode";
import type { PropertyDictionary } from "../core";
import type { TreeNode } from "../protocol/viewModel";
import type { MsgDocument } from "./msgDocument";
import { attachmentUri } from "./msgFileSystemPaths";
import { baseName, insideUri, locate, MSG_SCHEME } from "./msgFileSystemUris";
import type { Sessions } from "./sessions";
import { sizeText, treeOf } from "./viewModel/tree";

/** One node of the view. */
export interface SessionElement {
  readonly id: string;
  readonly document: MsgDocument;
  /** The object; undefined for a session whose file could not be opened. */
  readonly node: TreeNode | undefined;
  readonly parent: SessionElement | undefined;
  /** The message that is open in an editor of its own behind an attachment. */
  readonly opened?: MsgDocument;
}

/** Whether a node stands for a whole session. */
export const isSession = (element: SessionElement): boolean => element.parent === undefined;

/** The message that a node is, or is in: where something is added that is dropped on it. */
export function messageOfElement(element: SessionElement): { document: MsgDocument; message: string } {
  const { document, node } = element;
  if (element.opened) return { document: element.opened, message: "" };
  const embedded = node?.children.find(({ kind }) => kind === "embeddedMessage");
  if (embedded) return { document, message: embedded.id };
  const id = node?.id ?? "";
  return { document, message: id.replace(/\/(?:recipients|attachments|[ra]\d+)$/, "") };
}

/** The nodes of all sessions. */
export class SessionTree {
  readonly #trees = new WeakMap<MsgDocument, { readonly revision: number; readonly root: TreeNode }>();

  constructor(
    private readonly sessions: Sessions,
    private readonly dictionary: PropertyDictionary,
  ) {}

  /** The sessions: the documents that are in no other one's session. */
  roots(): SessionElement[] {
    return this.sessions.all
      .filter(({ uri }) => !this.isChild(uri))
      .map((document) => this.element(document, this.treeOfDocument(document), undefined));
  }

  private isChild(uri: vscode.Uri): boolean {
    const inside = locate(uri);
    return inside !== undefined && this.sessions.get(inside.document) !== undefined;
  }

  private treeOfDocument(document: MsgDocument): TreeNode | undefined {
    const { file, revision } = document;
    if (file.kind === "failed") return undefined;
    const known = this.#trees.get(document);
    if (known?.revision === revision) return known.root;
    const editable = document.readOnlyReason === undefined;
    const root = treeOf({ outline: file.outline, dictionary: this.dictionary, editable });
    this.#trees.set(document, { revision, root });
    return root;
  }

  private element(
    document: MsgDocument,
    node: TreeNode | undefined,
    parent: SessionElement | undefined,
  ): SessionElement {
    const isMessage = node?.children.some(({ kind }) => kind === "embeddedMessage") === true;
    const uri = isMessage ? attachmentUri(document, node.id) : undefined;
    const opened = uri && this.sessions.get(uri);
    return {
      id: `${document.uri.toString()}#${node?.id ?? ""}`,
      document,
      node,
      parent,
      ...(opened ? { opened } : {}),
    };
  }

  /** What stands under a node: an attached message is one with its attachment, and empty lists are left out. */
  children(element: SessionElement): SessionElement[] {
    const { document, node, opened } = element;
    if (!node) return [];
    const [only] = node.children;
    const embedded = only?.kind === "embeddedMessage" ? only : undefined;
    const content = opened ? this.treeOfDocument(opened) : embedded;
    const below = content?.children ?? node.children;
    return below
      .filter(
        ({ kind, children }) => !(kind === "recipients" || kind === "attachments") || children.length > 0,
      )
      .map((child) => this.element(opened ?? document, child, element));
  }

  /** The node of a session or of a message opened in it; undefined when it is in neither. */
  find(document: MsgDocument): SessionElement | undefined {
    const search = (elements: readonly SessionElement[]): SessionElement | undefined => {
      for (const element of elements) {
        if ((isSession(element) && element.document === document) || element.opened === document)
          return element;
        const holds =
          element.node?.kind === "attachments" || element.opened !== undefined || isSession(element);
        const found = holds ? search(this.children(element)) : undefined;
        if (found) return found;
      }
      return undefined;
    };
    return search(this.roots());
  }
}

/** The document whose dirty mark a node bears. */
const ownDocument = (element: SessionElement): MsgDocument | undefined =>
  element.opened ?? (isSession(element) ? element.document : undefined);

/** The marks of nodes. They stand in the fragment of a node's URI, and so never show on the tabs of its editors. */
const MARKS = {
  unsaved: () => new vscode.FileDecoration("●", vscode.l10n.t("Unsaved changes")),
  damaged: () =>
    new vscode.FileDecoration("!", vscode.l10n.t("Damaged"), new vscode.ThemeColor("list.warningForeground")),
  added: () =>
    new vscode.FileDecoration(
      "A",
      vscode.l10n.t("Added since the last save"),
      new vscode.ThemeColor("gitDecoration.addedResourceForeground"),
    ),
  changed: () =>
    new vscode.FileDecoration(
      "M",
      vscode.l10n.t("Changed since the last save"),
      new vscode.ThemeColor("gitDecoration.modifiedResourceForeground"),
    ),
} as const;

type Mark = keyof typeof MARKS;

const MARK_PREFIX = "mark=";

function markOf(element: SessionElement): Mark | undefined {
  const { node } = element;
  if (ownDocument(element)?.hasChanges === true) return "unsaved";
  if (node?.problem !== undefined) return "damaged";
  if (isSession(element) || node?.change === "deleted") return undefined;
  return node?.change;
}

function placeOf({ document, node, parent }: SessionElement): vscode.Uri {
  if (!parent || !node) return insideUri(document.uri, []);
  const file = node.kind === "attachment" ? attachmentUri(document, node.id) : undefined;
  return file ?? insideUri(document.uri, ["objects", ...node.id.split("/").slice(1)]);
}

/** The URI of a node: where it is, and how it is marked. */
function resourceOf(element: SessionElement): vscode.Uri {
  return placeOf(element).with({ fragment: `${MARK_PREFIX}${markOf(element) ?? ""}` });
}

/** The mark that a node's URI tells of; undefined for none, and for URIs of anything else. */
export function decorationOf({ scheme, fragment }: vscode.Uri): vscode.FileDecoration | undefined {
  if (scheme !== MSG_SCHEME || !fragment.startsWith(MARK_PREFIX)) return undefined;
  const mark = Object.entries(MARKS).find(([name]) => name === fragment.slice(MARK_PREFIX.length));
  return mark?.[1]();
}

/** The words `when` clauses of menus look for in `viewItem`. */
function contextOf(element: SessionElement): string {
  const { document, node } = element;
  const words = [isSession(element) ? "session" : (node?.kind ?? "session")];
  if (node?.children.some(({ kind }) => kind === "embeddedMessage")) words.push("holdsMessage");
  else if (node?.kind === "attachment" && node.icon === "file") words.push("holdsFile");
  if (node && document.readOnlyReason === undefined) words.push("editable");
  return words.join(" ");
}

function sessionDescription(document: MsgDocument): string {
  const { file } = document;
  if (file.kind === "failed") return vscode.l10n.t("not readable");
  const held = vscode.l10n.t("{0} held", sizeText(file.allocator.used));
  const readOnly = document.readOnlyReason === undefined ? [] : [vscode.l10n.t("read-only")];
  return [...readOnly, held].join(" · ");
}

function sessionTooltip({ uri, file, readOnlyReason, hasChanges }: MsgDocument): string {
  const where = uri.scheme === "file" ? uri.fsPath : uri.path;
  if (file.kind === "failed") return [where, file.title, ...file.details].join("\n");
  const { used } = file.allocator;
  return [
    where,
    vscode.l10n.t("Held in memory by the session: {0} ({1} bytes)", sizeText(used), used.toLocaleString()),
    ...(hasChanges ? [vscode.l10n.t("Unsaved changes")] : []),
    ...(readOnlyReason === undefined ? [] : [readOnlyReason]),
  ].join("\n");
}

function iconOf(element: SessionElement): vscode.ThemeIcon {
  const { node } = element;
  if (!node) return new vscode.ThemeIcon("warning");
  const embedded = node.children.find(({ kind }) => kind === "embeddedMessage");
  if (node.kind === "attachment" && node.icon === "file") return vscode.ThemeIcon.File;
  return new vscode.ThemeIcon(embedded?.icon ?? node.icon);
}

function descriptionOf(element: SessionElement): string {
  const { document, node } = element;
  if (isSession(element) || !node) return sessionDescription(document);
  return [node.badge, element.opened ? vscode.l10n.t("open") : undefined, node.description]
    .filter((part) => part !== undefined)
    .join(" · ");
}

/** A node as VS Code draws it. Texts from the mail are plain texts here: labels and tooltips are not rendered. */
export function itemOf(element: SessionElement, hasChildren: boolean): vscode.TreeItem {
  const { node } = element;
  const label = isSession(element) || !node ? baseName(element.document.uri) : node.label;
  const isFolded = node?.kind === "attachment";
  const open = isFolded
    ? vscode.TreeItemCollapsibleState.Collapsed
    : vscode.TreeItemCollapsibleState.Expanded;
  const item = new vscode.TreeItem(label, hasChildren ? open : vscode.TreeItemCollapsibleState.None);
  item.id = element.id;
  item.iconPath = iconOf(element);
  item.description = descriptionOf(element);
  item.contextValue = contextOf(element);
  item.resourceUri = resourceOf(element);
  item.tooltip =
    isSession(element) || !node
      ? sessionTooltip(element.document)
      : [node.label, node.description, node.problem].filter((line) => line !== undefined).join("\n");
  item.accessibilityInformation = {
    label: [label, item.description].filter((part) => part !== "").join(", "),
  };
  item.command = {
    command: "msgSession.revealInEditor",
    title: vscode.l10n.t("Reveal in Editor"),
    arguments: [element],
  };
  return item;
}
