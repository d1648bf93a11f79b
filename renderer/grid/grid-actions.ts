import type { GridApi, IRowNode } from 'ag-grid-community';
import { tabSeparated } from '../format/raw.ts';
import { askWhy } from '../parts/explain-store.ts';
import type { GridRow } from './column-definitions.ts';
import type { Column } from './columns.ts';

/** Rows that a copy takes: the selected ones in the order shown, else the one in focus. */
function chosenRows<Row extends GridRow>(api: GridApi<Row>): readonly Row[] {
  const selected: Row[] = [];
  api.forEachNodeAfterFilterAndSort((node) => {
    if (node.isSelected() === true && node.data !== undefined) selected.push(node.data);
  });
  if (selected.length > 0) return selected;
  const focused = api.getFocusedCell();
  const row = focused === null ? undefined : api.getDisplayedRowAtIndex(focused.rowIndex)?.data;
  return row === undefined ? [] : [row];
}

/** Puts the chosen rows on the clipboard as raw, unrounded values under their heads; returns how many. */
export function copyRows<Row extends GridRow>(api: GridApi<Row>, columns: readonly Column<Row>[]): number {
  const rows = chosenRows(api);
  const head = columns.map((column) => column.title);
  void navigator.clipboard.writeText(tabSeparated([head, ...rows.map((row) => columns.map((column) => column.value(row)))]));
  return rows.length;
}

/** Opens the explanation of the focused cell; false when it has none. */
export function explainFocused<Row extends GridRow>(
  api: GridApi<Row>,
  columns: readonly Column<Row>[],
  target: EventTarget | null | undefined,
): boolean {
  const focused = api.getFocusedCell();
  if (focused === null) return false;
  const node: IRowNode<Row> | undefined =
    focused.rowPinned === 'bottom' ? api.getPinnedBottomRow(focused.rowIndex) : api.getDisplayedRowAtIndex(focused.rowIndex);
  const column = columns.find((candidate) => candidate.id === focused.column.getColId());
  const row = node?.data;
  const question = row === undefined ? null : (column?.metric?.(row) ?? null);
  if (question === null || !(target instanceof HTMLElement)) return false;
  askWhy(question.metric, question.subjectId === '' ? null : question.subjectId, target);
  return true;
}
