import type { EChartsOption } from 'echarts/types/dist/shared';
import type { ChartTable } from '../../../chart/chart-table.ts';
import type { Palette } from '../../../chart/palette.ts';
import { millions, moneyShort } from '../../../format/money.ts';
import { fixed } from '../../../format/number.ts';
import { percent } from '../../../format/share.ts';
import { rawText } from '../../../format/raw.ts';
import type { FrontierPoint } from './alternative-rows.ts';

/** Which point is shown as the suggestion, and which one the arrow keys are on; indexes of the points. */
export type FrontierMarks = { readonly shown: number | null; readonly cursor: number | null };

/** The cost axis reaches this many times the dearest program; what costs more stands at its end with an arrow. */
const WIDTH = 1.3;

/** Cost against what is left of the expected shortfall: the program's line, and the other ways to hedge as points beside it. */
export function frontierOption(points: readonly FrontierPoint[], marks: FrontierMarks, palette: Palette): EChartsOption {
  const line = points.filter((point) => point.isOnFrontier);
  const left = points.map((point) => point.expectedShortfallUsd / 1e6);
  const span = Math.max(...left) - Math.min(...left) || 1;
  const widestUsd = WIDTH * Math.max(1, ...line.map((point) => point.costUsd));
  return {
    grid: { left: 44, right: 22, top: 14, bottom: 40 },
    tooltip: { trigger: 'item', formatter: (hit) => tooltip(points, hit) },
    xAxis: {
      type: 'value',
      min: 0,
      max: widestUsd / 1e3,
      name: 'cost, k USD',
      nameGap: 26,
      axisLabel: { formatter: (value: number) => fixed(value, 0), showMaxLabel: false },
    },
    yAxis: {
      type: 'value',
      min: Math.floor(Math.min(...left) - 0.15 * span),
      max: Math.ceil(Math.max(...left) + 0.1 * span),
      axisLabel: { formatter: (value: number) => fixed(value, Number.isInteger(value) ? 0 : 1) },
    },
    series: [
      {
        type: 'line',
        name: 'frontier',
        silent: true,
        symbol: 'none',
        data: line.map(placeOf),
        lineStyle: { color: palette.accent, width: 2 },
        areaStyle: { color: palette.accent, opacity: 0.06 },
      },
      {
        type: 'scatter',
        name: 'points',
        cursor: 'pointer',
        labelLayout: { hideOverlap: true },
        data: points.map((point, index) =>
          mark(point, { isShown: index === marks.shown, isCursor: index === marks.cursor, widestUsd }, palette),
        ),
      },
    ],
  };
}

type Look = { readonly isShown: boolean; readonly isCursor: boolean; readonly widestUsd: number };

function mark(point: FrontierPoint, { isShown, isCursor, widestUsd }: Look, palette: Palette): object {
  const color = point.isOnFrontier ? palette.accent : palette.text2;
  const isBeyond = point.costUsd > widestUsd;
  const [cost, left] = placeOf(point);
  const isHollow = point.isOnFrontier && !isShown;
  return {
    name: point.name,
    value: [Math.min(cost, widestUsd / 1e3), left],
    symbol: isShown ? 'diamond' : isBeyond ? 'triangle' : 'circle',
    symbolRotate: isBeyond ? -90 : 0,
    symbolSize: isShown ? 14 : isCursor ? 12 : point.isNamed ? 9 : 6,
    itemStyle: {
      color: isHollow ? palette.panel : color,
      borderColor: isCursor ? palette.focus : color,
      borderWidth: isCursor ? 3 : isHollow ? 1.5 : 0,
    },
    label: {
      show: point.isNamed || isShown,
      ...labelPlace(point, isBeyond),
      formatter: `${shortName(point)}${isBeyond ? `, ${moneyShort(point.costUsd)}` : ''}${isShown ? ', shown' : ''}`,
      color: isShown ? palette.text : palette.text3,
      fontWeight: isShown ? 600 : 400,
      fontSize: 11,
    },
  };
}

/** Below the falling line for its own points, right of the others, and left at the end of the axis. */
function labelPlace(point: FrontierPoint, isBeyond: boolean): object {
  if (isBeyond) return { position: 'left' };
  return point.isOnFrontier && point.costUsd > 0 ? { position: 'left', offset: [2, 10] } : { position: 'right' };
}

/** A program by its cost, the others by their names. */
function shortName(point: FrontierPoint): string {
  return point.isOnFrontier && point.costUsd > 0 ? moneyShort(point.costUsd) : point.name.toLowerCase();
}

function placeOf(point: FrontierPoint): [number, number] {
  return [point.costUsd / 1e3, point.expectedShortfallUsd / 1e6];
}

function tooltip(points: readonly FrontierPoint[], hit: unknown): string {
  const { dataIndex } = hit as { readonly dataIndex: number };
  const point = points[dataIndex];
  if (point === undefined) return '';
  const figures = `cost ${moneyShort(point.costUsd)} USD<br>ES ${millions(point.expectedShortfallUsd)} M USD<br>any liquidation ${percent(point.anyLiquidationFraction)}`;
  return `<strong>${point.name}</strong><br>${figures}${point.wish === null ? '' : '<br>click to load it'}`;
}

/** The points as a table: for T and for those who do not see the chart. */
export function frontierTable(points: readonly FrontierPoint[]): ChartTable {
  return {
    head: ['Plan', 'Cost, USD', 'ES, USD', 'Any liquidation'],
    rows: points.map((point) => [point.name, point.costUsd, point.expectedShortfallUsd, point.anyLiquidationFraction]),
    shown: (value, column) => (typeof value !== 'number' ? rawText(value) || '–' : column === 3 ? percent(value) : fixed(value, 0)),
  };
}
