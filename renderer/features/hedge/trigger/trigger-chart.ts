import type { EChartsOption } from 'echarts/types/dist/shared';
import type { TriggerCell, TriggerResult } from '../../../../main/contract/trigger.ts';
import type { ChartTable } from '../../../chart/chart-table.ts';
import { sequentialColor, textOn } from '../../../chart/color-scale.ts';
import type { Palette } from '../../../chart/palette.ts';
import { moneyShort } from '../../../format/money.ts';
import { fixed } from '../../../format/number.ts';
import { rawText } from '../../../format/raw.ts';
import { percent } from '../../../format/share.ts';

/** What the map shows of an order. */
export type TriggerView = 'chance' | 'cost';

type CellApi = {
  readonly coord: (point: readonly [number, number]) => readonly [number, number];
  readonly size: (point: readonly [number, number]) => readonly [number, number];
};

type MapCell = {
  readonly cell: TriggerCell;
  readonly column: number;
  readonly row: number;
  readonly share: number;
  readonly isBest: boolean;
};

/** Target across, trigger upwards; the darker the likelier or the dearer, on a scale of roots, since most orders are cheap and safe. The best is framed. */
export function triggerOption(result: TriggerResult, view: TriggerView, palette: Palette): EChartsOption {
  const cells = mapCells(result, view);
  return {
    grid: { left: 52, right: 8, top: 8, bottom: 42 },
    tooltip: { trigger: 'item', formatter: (hit: unknown) => tooltip(cells[(hit as { dataIndex: number }).dataIndex]) },
    xAxis: {
      type: 'category',
      data: result.targets.map((target) => fixed(target, 3)),
      name: 'up to a health factor of',
      nameGap: 25,
      axisLine: { show: false },
    },
    yAxis: {
      type: 'category',
      data: result.triggers.map((trigger) => fixed(trigger, 3)),
      name: 'repay below',
      nameGap: 40,
      axisLine: { show: false },
      splitLine: { show: false },
    },
    series: [cellSeries(cells, view, palette)],
  };
}

function mapCells({ cells, triggers, targets, best, none }: TriggerResult, view: TriggerView): MapCell[] {
  const most = view === 'chance' ? none.liquidationProbability.value : Math.max(...cells.map((cell) => cell.expectedCostUsd.value));
  return cells.map((cell) => ({
    cell,
    column: targets.indexOf(cell.target),
    row: triggers.indexOf(cell.trigger),
    share: most > 0 ? Math.sqrt(valueOf(cell, view) / most) : 0,
    isBest: cell.trigger === best.cost.trigger && cell.target === best.cost.target,
  }));
}

function valueOf(cell: TriggerCell, view: TriggerView): number {
  return view === 'chance' ? cell.liquidationProbability.value : cell.expectedCostUsd.value;
}

function cellSeries(cells: readonly MapCell[], view: TriggerView, palette: Palette): object {
  return {
    type: 'custom',
    id: 'orders',
    data: cells.map(({ cell, column, row }) => [column, row, valueOf(cell, view)]),
    encode: { x: 0, y: 1 },
    renderItem: (params: { readonly dataIndex: number }, api: CellApi) => {
      const found = cells[params.dataIndex];
      return found === undefined ? null : drawnCell(found, { view, palette, api });
    },
  };
}

function drawnCell(
  { cell, column, row, share, isBest }: MapCell,
  { view, palette, api }: { readonly view: TriggerView; readonly palette: Palette; readonly api: CellApi },
): object {
  const [x, y] = api.coord([column, row]);
  const [width, height] = api.size([1, 1]);
  const ground = sequentialColor(share, palette.sequentialLoss);
  const frame = isBest ? { stroke: palette.focus, lineWidth: 2 } : {};
  const words = view === 'chance' ? fixed(100 * cell.liquidationProbability.value, 1) : fixed(cell.expectedCostUsd.value / 1e3, 1);
  const style = { text: words, fill: textOn(ground), fontSize: 10, fontFamily: 'Inter Variable', align: 'center', verticalAlign: 'middle' };
  return {
    type: 'group',
    children: [
      {
        type: 'rect',
        shape: { x: x - width / 2, y: y - height / 2, width: width - 1, height: height - 1 },
        style: { fill: ground, ...frame },
      },
      ...(width < 21 || height < 12 ? [] : [{ type: 'text', x, y, style }]),
    ],
  };
}

function tooltip(found: MapCell | undefined): string {
  if (found === undefined) return '';
  const { cell, isBest } = found;
  return [
    `<b>repay below ${fixed(cell.trigger, 4)} up to ${fixed(cell.target, 4)}${isBest ? ', the cheapest' : ''}</b>`,
    `liquidated ${percent(cell.liquidationProbability.value)} (${fixed(100 * cell.liquidationProbability.from, 1)} to ${fixed(100 * cell.liquidationProbability.to, 1)})`,
    `expected cost ${moneyShort(cell.expectedCostUsd.value)} USD: order ${moneyShort(cell.orderCostUsd)}, liquidations ${moneyShort(cell.liquidationLossUsd)}`,
    `${fixed(cell.executions, 2)} executions a path, set off on ${percent(cell.firedFraction)}`,
  ].join('<br>');
}

/** The same as numbers, an order a row. */
export function triggerTable({ cells }: TriggerResult): ChartTable {
  return {
    head: ['Below', 'Up to', 'Liquidated', 'Expected cost, USD', 'Order, USD', 'Liquidations, USD', 'Executions'],
    rows: cells.map((cell) => [
      cell.trigger,
      cell.target,
      cell.liquidationProbability.value,
      cell.expectedCostUsd.value,
      cell.orderCostUsd,
      cell.liquidationLossUsd,
      cell.executions,
    ]),
    shown: (value, column) => {
      if (typeof value !== 'number') return rawText(value);
      if (column < 2) return fixed(value, 4);
      return column === 2 ? percent(value) : fixed(value, column === 6 ? 2 : 0);
    },
  };
}
