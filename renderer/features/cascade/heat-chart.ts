import type { EChartsOption } from 'echarts/types/dist/shared';
import type { GridResult } from '../../../main/contract/analysis.ts';
import { divergingColor } from '../../chart/color-scale.ts';
import type { ChartTable } from '../../chart/chart-table.ts';
import type { Palette } from '../../chart/palette.ts';
import { fixed, signed } from '../../format/number.ts';
import { firstBreachBoundary, type HeatCell, heatCells, heatLimit, type HeatView } from './cascade-heat.ts';
import { type CellPlace, type CellText, cellMapOption, outline } from './cell-map.ts';

/** What the heatmap draws: a view of a grid, the selected cell and where the keyboard stands. */
export type HeatDrawing = {
  readonly grid: GridResult;
  readonly view: HeatView;
  readonly selected: CellPlace | null;
  readonly cursor: CellPlace | null;
  readonly axis: string;
  readonly palette: Palette;
};

/** Profit and loss by spot move and volatility shift: calm in the colour of the panel, symmetric limits, ◆ accounts lost. */
export function heatOption({ grid, view, selected, cursor, axis, palette }: HeatDrawing): EChartsOption {
  const cells = heatCells(grid, view);
  const limit = heatLimit(heatCells(grid, view === 'difference' ? 'difference' : 'afterCascade'));
  return cellMapOption({
    cells: cells.map((cell) => ({
      column: cell.column,
      row: cell.row,
      ground: divergingColor(cell.valueUsd, limit, palette.diverging),
      texts: (width, height) => cellTexts(cell, width, height),
    })),
    columns: {
      labels: grid.spotMoves.map((move) => signed(Math.round(move * 1000) / 10, Number.isInteger(Math.round(move * 1000) / 10) ? 0 : 1)),
      name: axis,
    },
    rows: { labels: grid.volatilityShifts.map((shift) => signed(Math.round(shift * 100), 0)), name: 'Volatility shift, points' },
    tooltip: (index) => tooltip(cells[index], grid),
    lines: [
      firstBreachBoundary(grid).map((segment) => ({ segment, color: palette.text })),
      [...outline(cursor, palette.text2), ...outline(selected, palette.focus)],
    ],
  });
}

/** The amount, and below it how many accounts are lost, where there is room. */
function cellTexts({ valueUsd, accountsLost }: HeatCell, width: number, height: number): readonly CellText[] {
  const hasLost = accountsLost > 0 && height > 30;
  return [
    ...(width < 26 ? [] : [{ text: cellText(valueUsd), offset: hasLost ? -7 : 0, size: width < 36 ? 10 : 11 }]),
    ...(hasLost && width >= 22 ? [{ text: `${accountsLost} ◆`, offset: 8, size: 10 }] : []),
  ];
}

/** One decimal in M USD; two where one would only say that it is nearly zero. */
function cellText(valueUsd: number): string {
  const millions = valueUsd / 1e6;
  return fixed(millions, millions !== 0 && Math.abs(millions) < 0.05 ? 2 : 1);
}

function tooltip(cell: HeatCell | undefined, grid: GridResult): string {
  if (cell === undefined) return '';
  const at = (rows: readonly (readonly number[])[]) => fixed((rows[cell.row]?.[cell.column] ?? 0) / 1e6, 2);
  return [
    `<b>${signed((grid.spotMoves[cell.column] ?? 0) * 100, 1)} %, ${signed((grid.volatilityShifts[cell.row] ?? 0) * 100, 0)} pt</b>`,
    `first round ${at(grid.firstRoundUsd)} M USD`,
    `after cascade <b>${at(grid.afterCascadeUsd)}</b> M USD`,
    cell.accountsLost === 0 ? 'every account holds' : `◆ ${cell.accountsLost} of mine fall`,
  ].join('<br>');
}

/** The grid as a table: a row per volatility shift, USD. */
export function heatTable(grid: GridResult, view: HeatView): ChartTable {
  const cells = heatCells(grid, view);
  return {
    head: ['Volatility, points', ...grid.spotMoves.map((move) => `${signed(move * 100, 0)} %`)],
    rows: grid.volatilityShifts.map((shift, row) => [shift, ...cells.filter((cell) => cell.row === row).map((cell) => cell.valueUsd)]),
    shown: (value, column) => (typeof value !== 'number' ? '' : column === 0 ? signed(value * 100, 0) : fixed(value / 1e6, 2)),
  };
}
