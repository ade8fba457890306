/** The object of the session that is chosen: one for all views of the page. */
import type { ObjectId, TreeNode } from "../../src/protocol/viewModel";
import type { PageState } from "../state";
import { findNode, pathTo, survivorOf } from "../tree/model";

/** The chosen object and the tree it is in. */
export class Selection {
  readonly #listeners = new Set<() => void>();
  #tree: TreeNode;
  #node: TreeNode;

  constructor(
    tree: TreeNode,
    private readonly state: PageState,
  ) {
    this.#tree = tree;
    this.#node = findNode(tree, state.value.object ?? "") ?? tree;
  }

  /** The tree of all objects, as of the newest model. */
  get tree(): TreeNode {
    return this.#tree;
  }

  /** The chosen object, as of the newest model. */
  get node(): TreeNode {
    return this.#node;
  }

  /** The message the chosen object is or belongs to: the top one or an embedded one. */
  get message(): TreeNode {
    const messages = this.path.filter(({ kind }) => kind === "message" || kind === "embeddedMessage");
    return messages.at(-1) ?? this.#tree;
  }

  /** The objects from the top message down to the chosen one. */
  get path(): readonly TreeNode[] {
    return pathTo(this.#tree, this.#node.id);
  }

  /** Takes the tree of a new model. An object that has gone gives way to its nearest ancestor that is still there. */
  setTree(tree: TreeNode): void {
    const before = this.#tree;
    this.#tree = tree;
    this.#node = findNode(tree, this.#node.id) ?? survivorOf(before, tree, this.#node.id);
    this.state.update({ object: this.#node.id });
  }

  /** Chooses an object; says whether it is there. Whoever has something unwritten has written it before. */
  choose(object: ObjectId): boolean {
    const node = findNode(this.#tree, object);
    if (node === undefined) return false;
    if (node.id === this.#node.id) return true;
    this.#node = node;
    this.state.update({ object: node.id });
    for (const listener of [...this.#listeners]) listener();
    return true;
  }

  /** Calls back whenever another object was chosen (not when its data changed); the result takes the listener off. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }
}
