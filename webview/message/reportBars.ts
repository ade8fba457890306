/** The bars about what was kept out of a mail: remote things, and what could act. */
import { t } from "../strings";
import type { PaperBar } from "./bars";
import type { PaperReport } from "./paper";

/** What the bars can do. */
export interface ReportActions {
  readonly loadRemote: (remote: boolean) => void;
  readonly manageTrust: () => void;
}

/** Whether the window is in Restricted Mode, where the page's own policy keeps the network out. */
export const isRestricted = (): boolean => document.body.dataset["restricted"] === "true";

function blockedBar({ blocked, loadable }: PaperReport, actions: ReportActions): PaperBar {
  const text = blocked === 1 ? t("messageBlockedOne") : t("messageBlocked", blocked);
  const bar = { id: "blocked", severity: "info", text } as const;
  if (loadable === 0) return bar;
  if (isRestricted()) {
    const action = { label: t("messageManageTrust"), run: actions.manageTrust };
    return { ...bar, text: `${text} ${t("messageRestricted")}`, action };
  }
  return { ...bar, action: { label: t("messageLoadRemote"), run: () => actions.loadRemote(true) } };
}

/** The bars for a mail as it was printed; `remote` says that remote pictures are loaded. */
export function reportBars(
  report: PaperReport | undefined,
  remote: boolean,
  actions: ReportActions,
): PaperBar[] {
  const bars: PaperBar[] = [];
  if (remote) {
    const action = { label: t("messageUnloadRemote"), run: () => actions.loadRemote(false) };
    bars.push({ id: "remote", severity: "info", text: t("messageRemoteShown"), action });
  } else if (report && report.blocked > 0) bars.push(blockedBar(report, actions));
  if (report && report.removed > 0) {
    const text = report.removed === 1 ? t("messageRemovedOne") : t("messageRemoved", report.removed);
    bars.push({ id: "removed", severity: "warning", text });
  }
  if (report?.keptLight === true)
    bars.push({ id: "keptLight", severity: "info", text: t("messagePaperKept") });
  return bars;
}
