/** Adds properties, recipients and attachments: opens the form that fits and sends what it gathered. */
import type { InitResult } from "../src/protocol/messages";
import type { TreeNode } from "../src/protocol/viewModel";
import { AddPropertyPanel } from "./addProperty";
import { addRecipientPanel } from "./addRecipient";
import { h } from "./dom";
import { runEdit, runReported, type Page } from "./page";

/** What follows from adding. */
export interface AddingActions {
  /** A property was added. */
  added(tag: number | undefined): void;
  /** An object was added. */
  addedObject(object: string): void;
  /** The form is gone; the focus goes back to what it belongs to. */
  closed(): void;
}

/** A form with a place for the caret. */
interface Form {
  readonly element: HTMLElement;
  focus(): void;
}

/** The place of the forms, and what they do. */
export class Adding {
  readonly element = h("div", { class: "form-slot" });

  constructor(
    private readonly page: Page,
    private readonly types: InitResult["types"],
    private readonly actions: AddingActions,
  ) {}

  /** Adds to an object what fits it. */
  add(node: TreeNode): void {
    if (this.page.readOnlyReason() !== undefined) return;
    if (node.kind === "attachments") this.#addAttachment(node.id);
    else if (node.kind === "recipients") this.#open(this.#recipientForm(node.id));
    else if (node.hasProperties) this.#open(this.#propertyForm(node.id));
  }

  /** Takes the form away without moving the focus. */
  close(): void {
    this.element.replaceChildren();
  }

  #open(form: Form): void {
    this.element.replaceChildren(form.element);
    form.focus();
  }

  #closeAndReturn(): void {
    this.close();
    this.actions.closed();
  }

  #addAttachment(object: string): void {
    runReported(this.page, async () => {
      const added = await runEdit(this.page, "addAttachment", (revision) => ({ object, revision }));
      if (added.object !== undefined) this.actions.addedObject(added.object);
    });
  }

  #recipientForm(object: string): Form {
    return addRecipientPanel({
      add: async (recipient) => {
        await runEdit(this.page, "addRecipient", (revision) => ({ object, ...recipient, revision }));
        this.#closeAndReturn();
      },
      close: () => this.#closeAndReturn(),
    });
  }

  #propertyForm(object: string): Form {
    return new AddPropertyPanel(this.types, {
      request: (name, params) => this.page.host.request(name, params),
      suggest: async (query) => (await this.page.host.request("suggestProperties", { query })).suggestions,
      add: async (addition) => {
        const { tag } = await runEdit(this.page, "addProperty", (revision) => ({
          object,
          ...addition,
          revision,
        }));
        this.#closeAndReturn();
        this.actions.added(tag);
      },
      close: () => this.#closeAndReturn(),
    });
  }
}
