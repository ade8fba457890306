/** The menu of the grid's columns: shown or hidden, moved, put back as they were. */
import type { MenuItem } from "../menu";
import { withControl } from "../menu";
import { t } from "../strings";
import {
  canHide,
  COLUMN_LABEL,
  DEFAULT_COLUMNS,
  moveColumn,
  toggleColumn,
  type Column,
  type ColumnState,
} from "./columnModel";

/** The menu; `column` is where it was asked for, if at one. */
export function columnMenu(
  columns: readonly ColumnState[],
  column: Column | undefined,
  arrange: (columns: readonly ColumnState[]) => void,
): readonly MenuItem[] {
  const move = (step: 1 | -1): MenuItem | undefined => {
    if (column === undefined) return undefined;
    const moved = moveColumn(columns, column, step);
    return {
      label: t(step < 0 ? "moveColumnLeft" : "moveColumnRight", t(COLUMN_LABEL[column])),
      key: withControl(step < 0 ? "Shift+←" : "Shift+→"),
      disabled: moved === columns,
      run: () => arrange(moved),
    };
  };
  return [
    ...columns.map(({ id, shown }): MenuItem => ({
      label: t(COLUMN_LABEL[id]),
      checked: shown,
      disabled: !canHide(id),
      run: () => arrange(toggleColumn(columns, id)),
    })),
    "separator",
    ...[move(-1), move(1)].filter((item) => item !== undefined),
    "separator",
    { label: t("resetColumns"), run: () => arrange(DEFAULT_COLUMNS) },
  ];
}
