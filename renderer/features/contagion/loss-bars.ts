import type { EChartsOption } from 'echarts/types/dist/shared';
import type { FailureResult, Interval } from '../../../main/contract/contagion.ts';
import type { ChartTable } from '../../chart/chart-table.ts';
import type { Palette } from '../../chart/palette.ts';
import { millions } from '../../format/money.ts';

/** Models whose bars are told apart; the others are in the table. */
const SHOWN = ['direct', 'eisenbergNoe', 'debtRank', 'fireSale'] as const;

function upper({ high }: Interval): number {
  return typeof high === 'number' ? high : NaN;
}

/** Accounts that lose anything by any model, most first. */
export function losers({ accounts }: FailureResult): FailureResult['accounts'] {
  const most = (row: FailureResult['accounts'][number]): number => Math.max(...SHOWN.map((id) => upper(row.lossUsd[id])));
  return accounts.filter((row) => most(row) >= 1).toSorted((left, right) => most(right) - most(left));
}

/** Loss by account as bars, one per model, upper ends, M USD. */
export function lossBars(result: FailureResult, palette: Palette): EChartsOption {
  const rows = losers(result).toReversed();
  return {
    grid: { left: 8, right: 16, top: 24, bottom: 8, containLabel: true },
    legend: {},
    tooltip: { trigger: 'axis', valueFormatter: (value) => (typeof value === 'number' ? millions(value * 1e6) : '') },
    xAxis: { type: 'value' },
    yAxis: { type: 'category', data: rows.map((row) => row.accountId) },
    series: SHOWN.map((id, i) => ({
      type: 'bar',
      name: result.models.find((model) => model.id === id)?.name ?? id,
      itemStyle: { color: palette.series[i] ?? palette.text2 },
      data: rows.map((row) => upper(row.lossUsd[id]) / 1e6),
    })),
  };
}

/** The numbers behind the bars, M USD. */
export function lossTable(result: FailureResult): ChartTable {
  return {
    head: ['Account', ...SHOWN.map((id) => result.models.find((model) => model.id === id)?.name ?? id)],
    rows: losers(result).map((row) => [row.accountId, ...SHOWN.map((id) => upper(row.lossUsd[id]) / 1e6)]),
    shown: (value) => (typeof value === 'number' ? millions(value * 1e6) : typeof value === 'string' ? value : '–'),
  };
}
