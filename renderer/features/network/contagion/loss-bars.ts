import type { EChartsOption } from 'echarts/types/dist/shared';
import type { FailureModel, FailureResult } from '../../../../main/contract/contagion.ts';
import type { ChartTable } from '../../../chart/chart-table.ts';
import type { Palette } from '../../../chart/palette.ts';
import { millions } from '../../../format/money.ts';
import { lowerEnd, upperEnd } from './interval-words.ts';

/** Models that are marked on the range of an account, each by its own shape; the others are in the table of models. */
const MARKED = [
  ['direct', 'circle'],
  ['eisenbergNoe', 'diamond'],
  ['debtRank', 'triangle'],
  ['fireSale', 'rect'],
] as const satisfies readonly (readonly [FailureModel, string])[];

type AccountRow = FailureResult['accounts'][number];

function ends(row: AccountRow): readonly [low: number, high: number] {
  const intervals = Object.values(row.lossUsd);
  const lows = intervals.map(lowerEnd).filter(Number.isFinite);
  const highs = intervals.map(upperEnd).filter(Number.isFinite);
  return [Math.min(...lows), Math.max(...highs)];
}

/** Accounts that lose anything by any model, most first. */
export function losers({ accounts }: FailureResult): readonly AccountRow[] {
  const most = (row: AccountRow): number => ends(row)[1];
  return accounts.filter((row) => most(row) >= 1).toSorted((left, right) => most(right) - most(left));
}

/** Name of a model as the answer tells it. */
function nameOf({ models }: FailureResult, id: FailureModel): string {
  return models.find((model) => model.id === id)?.name ?? id;
}

/** Loss by account: one line from the mildest to the severest model and end, and the models marked on it at their severe end. M USD. */
export function lossRanges(result: FailureResult, palette: Palette): EChartsOption {
  const rows = losers(result).toReversed();
  const line = { stack: 'range', type: 'bar' as const, barWidth: 3, silent: true, animation: false };
  return {
    grid: { left: 10, right: 18, top: 22, bottom: 6, containLabel: true },
    legend: {
      data: MARKED.map(([id, icon]) => ({ name: nameOf(result, id), icon })),
      itemWidth: 9,
      itemHeight: 9,
      itemGap: 9,
      left: 10,
      textStyle: { color: palette.text2, fontSize: 11 },
    },
    tooltip: { trigger: 'item', valueFormatter: (value) => (Array.isArray(value) ? millions(Number(value[0]) * 1e6) : '') },
    xAxis: { type: 'value', axisLabel: { hideOverlap: true } },
    yAxis: { type: 'category', data: rows.map((row) => row.accountId), axisLabel: { interval: 0 } },
    series: [
      { ...line, name: 'low', itemStyle: { color: 'transparent' }, data: rows.map((row) => ends(row)[0] / 1e6) },
      {
        ...line,
        name: 'range',
        itemStyle: { color: palette.text3 },
        data: rows.map((row) => (ends(row)[1] - ends(row)[0]) / 1e6),
      },
      ...MARKED.map(([id, symbol], i) => ({
        type: 'scatter' as const,
        name: nameOf(result, id),
        symbol,
        symbolSize: 8,
        // Models often agree: one under the other they stay apart.
        symbolOffset: [0, (i - (MARKED.length - 1) / 2) * 4] as [number, number],
        z: 4,
        itemStyle: { color: i === 0 ? palette.panel : (palette.series[i] ?? palette.text2), borderColor: palette.text, borderWidth: 1 },
        data: rows.map((row) => [upperEnd(row.lossUsd[id]) / 1e6, row.accountId]),
      })),
    ],
  };
}

/** The numbers behind the drawing: every model's both ends by account, M USD. */
export function lossTable(result: FailureResult): ChartTable {
  return {
    head: ['Account, M USD', ...result.models.flatMap(({ name }) => [`${name}, low`, `${name}, high`])],
    rows: losers(result).map((row) => [
      row.accountId,
      ...result.models.flatMap(({ id }) => [lowerEnd(row.lossUsd[id]) / 1e6, upperEnd(row.lossUsd[id]) / 1e6]),
    ]),
    shown: (value) => (typeof value === 'number' ? millions(value * 1e6) : typeof value === 'string' ? value : '–'),
  };
}
