/** The page of a file that could not be opened. */
import type { FailureModel } from "../src/protocol/viewModel";
import { h, icon } from "./dom";
import { textButton } from "./ui/controls";

/** Draws what is wrong and what can be done. */
export function failurePage(model: FailureModel, run: (action: string) => void): HTMLElement {
  return h(
    "main",
    { class: "failure" },
    icon("error", "failure-icon severity-error"),
    h("h1", { class: "failure-title isolate" }, model.title),
    ...model.details.map((line) => h("p", { class: "failure-line isolate" }, line)),
    h(
      "div",
      { class: "failure-actions" },
      ...model.actions.map(({ id, label }, index) =>
        textButton(label, index === 0 ? "primary" : "secondary", () => run(id)),
      ),
    ),
  );
}
