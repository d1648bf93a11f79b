import type { EChartsOption } from 'echarts/types/dist/shared';
import type { GridResult } from '../../../main/contract/analysis.ts';
import { divergingColor, textOn } from '../../chart/color-scale.ts';
import type { ChartTable } from '../../chart/chart-table.ts';
import type { Palette } from '../../chart/palette.ts';
import { fixed, signed } from '../../format/number.ts';
import { type BoundarySegment, firstBreachBoundary, type HeatCell, heatCells, heatLimit, type HeatView } from './cascade-heat.ts';

export type CellPlace = { readonly column: number; readonly row: number };

/** What the heatmap draws: a view of a grid, the selected cell and where the keyboard stands. */
export type HeatDrawing = {
  readonly grid: GridResult;
  readonly view: HeatView;
  readonly selected: CellPlace | null;
  readonly cursor: CellPlace | null;
  readonly axis: string;
  readonly palette: Palette;
};

/** What the chart library gives to a cell that draws itself. */
export type CellApi = {
  readonly coord: (point: readonly [number, number]) => readonly [number, number];
  readonly size: (point: readonly [number, number]) => readonly [number, number];
};

/** Profit and loss by spot move and volatility shift: calm in the colour of the panel, symmetric limits, ◆ accounts lost. */
export function heatOption(drawing: HeatDrawing): EChartsOption {
  const { grid, view, palette } = drawing;
  const cells = heatCells(grid, view);
  const limit = heatLimit(heatCells(grid, view === 'difference' ? 'difference' : 'afterCascade'));
  return {
    grid: { left: 52, right: 10, top: 8, bottom: 42 },
    tooltip: { trigger: 'item', formatter: (hit: unknown) => tooltip(cells[(hit as { dataIndex: number }).dataIndex], grid) },
    xAxis: {
      type: 'category',
      data: grid.spotMoves.map((move) => signed(Math.round(move * 1000) / 10, Number.isInteger(Math.round(move * 1000) / 10) ? 0 : 1)),
      name: drawing.axis,
      nameGap: 25,
      axisLine: { show: false },
      axisLabel: { interval: 0 },
    },
    yAxis: {
      type: 'category',
      data: grid.volatilityShifts.map((shift) => signed(Math.round(shift * 100), 0)),
      name: 'Volatility shift, points',
      nameGap: 36,
      axisLine: { show: false },
      splitLine: { show: false },
    },
    series: [
      cellSeries(cells, limit, palette),
      frameSeries(
        'boundary',
        firstBreachBoundary(grid).map((segment) => ({ segment, color: palette.text })),
        3,
      ),
      frameSeries('chosen', [...outline(drawing.cursor, palette.text2), ...outline(drawing.selected, palette.focus)], 5),
    ],
  };
}

function cellSeries(cells: readonly HeatCell[], limit: number, palette: Palette): object {
  return {
    type: 'custom',
    id: 'cells',
    data: cells.map((cell) => [cell.column, cell.row, cell.valueUsd]),
    encode: { x: 0, y: 1 },
    renderItem: (params: { readonly dataIndex: number }, api: CellApi) => {
      const cell = cells[params.dataIndex];
      if (cell === undefined) return null;
      const [x, y] = api.coord([cell.column, cell.row]);
      const [width, height] = api.size([1, 1]);
      const ground = divergingColor(cell.valueUsd, limit, palette.diverging);
      const ink = textOn(ground);
      const hasLost = cell.accountsLost > 0 && height > 30;
      const words = (text: string, offset: number, size: number) => ({
        type: 'text',
        x,
        y: y + offset,
        style: { text, fill: ink, fontSize: size, fontWeight: 500, fontFamily: 'Inter Variable', align: 'center', verticalAlign: 'middle' },
      });
      return {
        type: 'group',
        children: [
          { type: 'rect', shape: { x: x - width / 2, y: y - height / 2, width: width - 1, height: height - 1 }, style: { fill: ground } },
          ...(width < 26 ? [] : [words(cellText(cell.valueUsd), hasLost ? -7 : 0, width < 36 ? 10 : 11)]),
          ...(hasLost && width >= 22 ? [words(`${cell.accountsLost} ◆`, 8, 10)] : []),
        ],
      };
    },
  };
}

/** One decimal in M USD; two where one would only say that it is nearly zero. */
function cellText(valueUsd: number): string {
  const millions = valueUsd / 1e6;
  return fixed(millions, millions !== 0 && Math.abs(millions) < 0.05 ? 2 : 1);
}

/** A line along a cell edge, in dashes where it must be told from another. */
export type Framed = { readonly segment: BoundarySegment; readonly color: string; readonly isDashed?: boolean };

/** Lines along cell edges, 2 px. */
export function frameSeries(id: string, lines: readonly Framed[], z: number): object {
  return {
    type: 'custom',
    id,
    silent: true,
    z,
    tooltip: { show: false },
    data: lines.length === 0 ? [] : [[0, 0]],
    encode: { x: 0, y: 1 },
    renderItem: (_: unknown, api: CellApi) => {
      const [x0, y0] = api.coord([0, 0]);
      const [width, height] = api.size([1, 1]);
      const left = x0 - width / 2;
      const bottom = y0 + height / 2;
      return {
        type: 'group',
        children: lines.map(({ segment, color, isDashed }) => ({
          type: 'line',
          shape: {
            x1: left + segment.x1 * width - 0.5,
            y1: bottom - segment.y1 * height - 0.5,
            x2: left + segment.x2 * width - 0.5,
            y2: bottom - segment.y2 * height - 0.5,
          },
          style: { stroke: color, lineWidth: 2, ...(isDashed === true ? { lineDash: [5, 4] } : { lineCap: 'square' }) },
        })),
      };
    },
  };
}

/** The four edges of a cell. */
export function outline(place: CellPlace | null, color: string): readonly Framed[] {
  if (place === null) return [];
  const { column: x, row: y } = place;
  return [
    { x1: x, y1: y, x2: x + 1, y2: y },
    { x1: x + 1, y1: y, x2: x + 1, y2: y + 1 },
    { x1: x, y1: y + 1, x2: x + 1, y2: y + 1 },
    { x1: x, y1: y, x2: x, y2: y + 1 },
  ].map((segment) => ({ segment, color }));
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

/** The cell one step from another by an arrow key, inside the grid; null for other keys. */
export function stepCell(
  { columns, rows }: { readonly columns: number; readonly rows: number },
  from: CellPlace,
  key: string,
): CellPlace | null {
  const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[key];
  if (step === undefined) return null;
  const [dx = 0, dy = 0] = step;
  return {
    column: Math.min(columns - 1, Math.max(0, from.column + dx)),
    row: Math.min(rows - 1, Math.max(0, from.row + dy)),
  };
}
