import type { ColDef, ICellRendererParams, ValueSetterParams } from 'ag-grid-community';
import { createElement, Fragment, type ReactElement } from 'react';
import { isFailure } from '../format/failure.ts';
import { rawText, type Raw } from '../format/raw.ts';
import type { Column } from './columns.ts';

/** A row of a grid has an id that stays the same while its values change. */
export type GridRow = { readonly id: string };

/** Columns as the grid library wants them. */
export function columnDefinitions<Row extends GridRow>(columns: readonly Column<Row>[]): ColDef<Row>[] {
  return columns.map((column, index) => ({
    ...base(column),
    ...size(column, index === columns.length - 1),
    ...drawing(column),
    ...editing(column),
  }));
}

function base<Row extends GridRow>(column: Column<Row>): ColDef<Row> {
  return {
    colId: column.id,
    headerName: column.title,
    // What is shown may hang on more of the row than the value: a new row is drawn anew.
    equals: () => false,
    sortable: column.isSortable ?? true,
    comparator: (...[a, b, , , isDescending]: [Raw, Raw, unknown, unknown, boolean]) => compareRaw(a, b, isDescending),
    valueGetter: ({ data }) => (data === undefined ? null : column.value(data)),
    valueFormatter: ({ data, value }) => (data === undefined ? '' : (column.text?.(data) ?? rawText(value as Raw))),
    ...(column.kind === 'number' ? { headerClass: 'ag-right-aligned-header' } : {}),
    cellClass: ({ data }) =>
      `${column.kind === 'number' ? 'grid-number' : 'grid-text'} ${data === undefined ? '' : (column.className?.(data) ?? '')}`,
    ...(column.tooltip === undefined
      ? {}
      : { tooltip: ({ data }: { data?: Row | null }) => (data === undefined || data === null ? null : (column.tooltip?.(data) ?? null)) }),
  };
}

function size<Row extends GridRow>(column: Column<Row>, isLast: boolean): ColDef<Row> {
  return {
    ...(column.width === undefined ? {} : { width: column.width }),
    ...(column.flex === undefined ? {} : { flex: column.flex }),
    minWidth: column.minWidth ?? Math.min(column.width ?? 60, 60),
    ...(column.isPinned === true ? { pinned: 'left' as const, lockPinned: true } : {}),
    ...(isLast ? { cellStyle: { paddingRight: '22px' } } : {}),
  };
}

function drawing<Row extends GridRow>(column: Column<Row>): ColDef<Row> {
  const { render, isPlain, head, isStale } = column;
  const Drawn = ({ data }: ICellRendererParams<Row>): ReactElement | null =>
    data === undefined || render === undefined ? null : createElement(Fragment, null, render(data));
  const choose = ({ data }: ICellRendererParams<Row>): { component: unknown } | undefined => {
    if (data === undefined) return undefined;
    if (render !== undefined && isPlain?.(data) !== true) return { component: Drawn };
    return isStale?.(data) === true ? { component: StaleCell } : undefined;
  };
  return {
    ...(render === undefined && isStale === undefined ? {} : { cellRendererSelector: choose }),
    ...(head === undefined ? {} : { headerComponent: () => createElement('div', { className: 'grid-head' }, head()), sortable: false }),
  };
}

function StaleCell({ valueFormatted }: { readonly valueFormatted: string | null }): ReactElement {
  return createElement('span', { className: 'stale-value' }, valueFormatted ?? '');
}

function editing<Row extends GridRow>(column: Column<Row>): ColDef<Row> {
  const { edit } = column;
  if (edit === undefined) return {};
  return {
    editable: ({ data }) => data !== undefined && edit.isEditable(data),
    cellEditorParams: { useFormatter: false },
    valueSetter: ({ data, newValue }: ValueSetterParams<Row>) => {
      const text = String(newValue ?? '').trim();
      if (text !== edit.start(data)) edit.commit(data, text);
      return false;
    },
  };
}

/** Numbers by size, texts by alphabet; failures and what does not apply stand last in either order. */
export function compareRaw(a: Raw, b: Raw, isDescending = false): number {
  const isEmptyA = isEmpty(a);
  const isEmptyB = isEmpty(b);
  if (isEmptyA || isEmptyB) {
    if (isEmptyA && isEmptyB) return 0;
    return isEmptyA === isDescending ? -1 : 1;
  }
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return rawText(a).localeCompare(rawText(b), 'en', { numeric: true });
}

function isEmpty(value: Raw): boolean {
  return value === null || value === undefined || value === '' || isFailure(value);
}
