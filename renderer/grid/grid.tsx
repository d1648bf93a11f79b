import './modules.ts';
import './grid.css';
import type { CellKeyDownEvent, ColDef, GridApi, GridOptions, IRowNode, RowSelectionOptions } from 'ag-grid-community';
import { AgGridReact } from 'ag-grid-react';
import { type ReactElement, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { takesText } from '../parts/text-target.ts';
import { activateGrid, type ActiveGrid, deactivateGrid } from './active-grid.ts';
import { columnDefinitions, type GridRow } from './column-definitions.ts';
import type { Column } from './columns.ts';
import { copyRows, explainFocused } from './grid-actions.ts';
import { gridTheme } from './grid-theme.ts';
import { keepGroupsTogether } from './groups.ts';

export type GridProps<Row extends GridRow> = {
  readonly label: string;
  readonly rows: readonly Row[];
  /** Memoised by the caller: a new array draws new columns. */
  readonly columns: readonly Column<Row>[];
  readonly pinnedBottom?: readonly Row[];
  /** Id of the group row above it; null for a group row or a row without group. */
  readonly groupOf?: (row: Row) => string | null;
  readonly isGroup?: (row: Row) => boolean;
  readonly selectedId?: string | null;
  readonly onSelect?: (row: Row) => void;
  readonly onOpen?: (row: Row) => void;
  readonly onDelete?: (rows: readonly Row[]) => void;
  readonly emptyText?: string;
};

/** The house grid: theme, right-aligned figures, group rows, pinned totals, raw copy, explanation by key, virtual rows. */
export function Grid<Row extends GridRow>(props: GridProps<Row>): ReactElement {
  const frame = useRef<HTMLDivElement>(null);
  const [api, setApi] = useState<GridApi<Row> | null>(null);
  const definitions = useMemo(() => columnDefinitions(props.columns), [props.columns]);
  const options = useStableOptions(props, setApi);
  useSelectedRow(api, props.selectedId ?? null, props.rows);
  useActiveGrid(api, frame, props.columns);
  return (
    <div ref={frame} className="grid">
      <AgGridReact<Row>
        {...options}
        theme={gridTheme}
        rowData={props.rows as Row[]}
        columnDefs={definitions}
        {...(props.pinnedBottom === undefined ? {} : { pinnedBottomRowData: props.pinnedBottom as Row[] })}
        overlayNoRowsTemplate={`<span class="muted">${props.emptyText ?? 'Nothing here'}</span>`}
        animateRows={false}
        suppressColumnVirtualisation
        tooltipShowDelay={400}
        scrollbarWidth={10}
      />
    </div>
  );
}

/**
 * Options that stay the same objects for the life of the grid and look up what is wanted now. A new object on every drawing
 * would make the library build its columns anew, and end an edit under the user's hands.
 */
function useStableOptions<Row extends GridRow>(props: GridProps<Row>, setApi: (api: GridApi<Row>) => void): GridOptions<Row> {
  const latest = useRef(props);
  useLayoutEffect(() => {
    latest.current = props;
  });
  const hasGroups = props.groupOf !== undefined;
  return useMemo(
    (): GridOptions<Row> => ({
      defaultColDef: defaultColumn<Row>(),
      rowSelection: ROW_SELECTION,
      getRowId: (params) => params.data.id,
      getRowClass: ({ data }) => (data !== undefined && latest.current.isGroup?.(data) === true ? 'grid-group' : undefined),
      ...(hasGroups ? { postSortRows: ({ nodes }) => keepGroupsTogether(nodes, (row) => latest.current.groupOf?.(row) ?? null) } : {}),
      onGridReady: (event) => {
        event.api.setGridAriaProperty('label', latest.current.label);
        setApi(event.api);
      },
      onCellFocused: (event) => {
        const row = event.rowIndex === null ? undefined : event.api.getDisplayedRowAtIndex(event.rowIndex)?.data;
        if (row !== undefined && (event.rowPinned ?? null) === null) latest.current.onSelect?.(row);
      },
      onRowDoubleClicked: ({ data }) => {
        if (data !== undefined) latest.current.onOpen?.(data);
      },
      onCellKeyDown: (event) => onCellKey(event as CellKeyDownEvent<Row>, latest.current),
    }),
    [hasGroups, setApi],
  );
}

function defaultColumn<Row>(): ColDef<Row> {
  return {
    sortable: true,
    resizable: true,
    suppressHeaderMenuButton: true,
    suppressMovable: true,
    suppressKeyboardEvent: ({ event, editing }) => !editing && ownKeys.has(event.key),
  };
}

const ROW_SELECTION: RowSelectionOptions = { mode: 'multiRow', checkboxes: false, headerCheckbox: false, enableClickSelection: true };

/** Keys the house gives its own meaning, so that the grid leaves them alone. */
const ownKeys = new Set(['Enter', ' ', '?', 'Delete', 'Backspace']);

function onCellKey<Row extends GridRow>(event: CellKeyDownEvent<Row>, props: GridProps<Row>): void {
  const stroke = event.event;
  if (!(stroke instanceof KeyboardEvent) || event.data === undefined || takesText(stroke.target)) return;
  if (stroke.key === 'Enter') props.onOpen?.(event.data);
  else if (stroke.key === 'Delete') props.onDelete?.(selectedOr(event.api, event.node).flatMap((node) => node.data ?? []));
  else if (stroke.key === ' ' || stroke.key === '?') explainFocused(event.api, props.columns, event.eventPath?.[0]);
  else return;
  stroke.preventDefault();
}

function selectedOr<Row>(api: GridApi<Row>, focused: IRowNode<Row>): readonly IRowNode<Row>[] {
  const selected = api.getSelectedNodes();
  return selected.length === 0 ? [focused] : selected;
}

/** Shows the shared selection: the row is selected and scrolled into view. */
function useSelectedRow<Row extends GridRow>(api: GridApi<Row> | null, selectedId: string | null, rows: readonly Row[]): void {
  useEffect(() => {
    if (api === null || api.isDestroyed()) return;
    const node = selectedId === null ? undefined : api.getRowNode(selectedId);
    if (node === undefined) {
      if (api.getSelectedNodes().length > 0) api.deselectAll();
      return;
    }
    if (node.isSelected() === true) return;
    node.setSelected(true, true);
    api.ensureNodeVisible(node);
  }, [api, selectedId, rows]);
}

/** Lets the shell's commands speak to this grid while it has the focus. */
function useActiveGrid<Row extends GridRow>(
  api: GridApi<Row> | null,
  frame: { readonly current: HTMLDivElement | null },
  columns: readonly Column<Row>[],
): void {
  useEffect(() => {
    const element = frame.current;
    if (api === null || element === null) return;
    const grid: ActiveGrid = {
      element,
      copy: () => copyRows(api, columns),
      explain: () => explainFocused(api, columns, document.activeElement),
    };
    const onFocus = (): void => activateGrid(grid);
    element.addEventListener('focusin', onFocus);
    return () => {
      element.removeEventListener('focusin', onFocus);
      deactivateGrid(grid);
    };
  }, [api, frame, columns]);
}
