import type { EChartsOption } from 'echarts/types/dist/shared';
import { textOn } from '../../chart/color-scale.ts';
import type { BoundarySegment } from './cascade-heat.ts';

/* A map of cells with lines along their edges: what the heatmap and the phase map are drawn from. */

export type CellPlace = { readonly column: number; readonly row: number };

/** A line of text in a cell, `offset` px below its middle. */
export type CellText = { readonly text: string; readonly offset: number; readonly size: number };

/** One cell: its colour, and the text that fits into its size in px. */
export type DrawnCell = CellPlace & { readonly ground: string; readonly texts: (width: number, height: number) => readonly CellText[] };

/** One axis: a label for each column or row, and a name. Labels of columns may be thinned out. */
type CellAxis = { readonly labels: readonly string[]; readonly name: string; readonly isEverySecond?: boolean };

/** What is drawn. Lines come above the cells in their order. */
export type CellMap = {
  readonly cells: readonly DrawnCell[];
  readonly columns: CellAxis;
  readonly rows: CellAxis;
  /** Markup for the cell under the pointer, by its index. */
  readonly tooltip: (index: number) => string;
  readonly lines: readonly (readonly Framed[])[];
};

/** The map as an option of the chart. */
export function cellMapOption({ cells, columns, rows, tooltip, lines }: CellMap): EChartsOption {
  return {
    grid: { left: 52, right: 12, top: 8, bottom: 42 },
    tooltip: { trigger: 'item', formatter: (hit: unknown) => tooltip((hit as { dataIndex: number }).dataIndex) },
    xAxis: {
      type: 'category',
      data: [...columns.labels],
      name: columns.name,
      nameGap: 25,
      axisLine: { show: false },
      axisLabel: { interval: columns.isEverySecond === true ? (index: number) => index % 2 === 1 : 0 },
    },
    yAxis: {
      type: 'category',
      data: [...rows.labels],
      name: rows.name,
      nameGap: 36,
      axisLine: { show: false },
      splitLine: { show: false },
    },
    series: [cellSeries(cells), ...lines.map((framed, i) => frameSeries(`lines-${i}`, framed, 3 + i))],
  };
}

/** What the chart library gives to a cell that draws itself. */
type CellApi = {
  readonly coord: (point: readonly [number, number]) => readonly [number, number];
  readonly size: (point: readonly [number, number]) => readonly [number, number];
};

function cellSeries(cells: readonly DrawnCell[]): object {
  return {
    type: 'custom',
    id: 'cells',
    data: cells.map(({ column, row }) => [column, row]),
    encode: { x: 0, y: 1 },
    renderItem: ({ dataIndex }: { readonly dataIndex: number }, api: CellApi) => {
      const cell = cells[dataIndex];
      if (cell === undefined) return null;
      const { column, row, ground, texts } = cell;
      const [x, y] = api.coord([column, row]);
      const [width, height] = api.size([1, 1]);
      const font = { fill: textOn(ground), fontWeight: 500, fontFamily: 'Inter Variable', align: 'center', verticalAlign: 'middle' };
      return {
        type: 'group',
        children: [
          { type: 'rect', shape: { x: x - width / 2, y: y - height / 2, width: width - 1, height: height - 1 }, style: { fill: ground } },
          ...texts(width, height).map(({ text, offset, size }) => ({
            type: 'text',
            x,
            y: y + offset,
            style: { ...font, text, fontSize: size },
          })),
        ],
      };
    },
  };
}

/** A line along a cell edge, in dashes where it must be told from another. */
export type Framed = { readonly segment: BoundarySegment; readonly color: string; readonly isDashed?: boolean };

/** Lines along cell edges, 2 px. */
function frameSeries(id: string, lines: readonly Framed[], z: number): object {
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

/** The cell one step from another by an arrow key, inside the map; null for other keys. */
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
