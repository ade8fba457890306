/** The form that adds a recipient. */
import { HostError, reasonOf } from "./host";
import { t } from "./strings";
import { dropdown, textField } from "./ui/controls";
import { FormPanel, labelled } from "./ui/formPanel";

/** MAPI_TO, MAPI_CC, MAPI_BCC. */
const RECIPIENT_TYPES = [
  { value: "1", label: "to" },
  { value: "2", label: "cc" },
  { value: "3", label: "bcc" },
] as const;

/** What is sent. */
export interface NewRecipient {
  readonly recipientType: number;
  readonly name: string;
  readonly address: string;
}

/** What the form asks of the page. */
export interface AddRecipientActions {
  /** Adds it; rejects with the reason. */
  add(recipient: NewRecipient): Promise<void>;
  close(): void;
}

/** Makes the form; `focus` puts the caret where one begins. */
export function addRecipientPanel(actions: AddRecipientActions): { element: HTMLElement; focus(): void } {
  const kind = dropdown(
    { "aria-label": t("recipientType") },
    RECIPIENT_TYPES.map(({ value, label }) => ({ value, label: t(label) })),
  );
  const name = textField({ "aria-label": t("recipientName") });
  const address = textField({ "aria-label": t("recipientAddress") });
  const submit = async (): Promise<void> => {
    try {
      await actions.add({
        recipientType: Number(kind.value),
        name: name.value.trim(),
        address: address.value.trim(),
      });
    } catch (error: unknown) {
      const message = reasonOf(error);
      panel.setError(message, error instanceof HostError && error.code === "invalid" ? address : name);
    }
  };
  const panel = new FormPanel(
    t("addRecipient"),
    () => void submit(),
    () => actions.close(),
  );
  panel.setFields(
    labelled(t("recipientType"), kind),
    labelled(t("recipientName"), name),
    labelled(t("recipientAddress"), address, "wide"),
  );
  return { element: panel.element, focus: () => name.focus() };
}
