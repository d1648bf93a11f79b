import type { EChartsOption } from 'echarts/types/dist/shared';
import type { PolicyOutcome } from '../../../../main/contract/policy.ts';
import type { ChartTable } from '../../../chart/chart-table.ts';
import type { Palette } from '../../../chart/palette.ts';
import { millions } from '../../../format/money.ts';
import { fixed } from '../../../format/number.ts';
import { rawText } from '../../../format/raw.ts';

type Part = { readonly title: string; readonly of: (outcome: PolicyOutcome) => number };

/** Who bears what, in the order of the bars. */
const parts: readonly Part[] = [
  { title: 'me', of: ({ bearers }) => Math.max(0, bearers.mineUsd) },
  { title: 'liquidators', of: ({ bearers }) => bearers.liquidatorsUsd },
  { title: 'funds', of: ({ bearers }) => bearers.fundUsd },
  { title: 'counterparties', of: ({ bearers }) => bearers.counterpartiesUsd },
  { title: 'users', of: ({ bearers }) => bearers.usersUsd },
];

/** Heights of the table beside the bars, pixels: its head, one row, and what the axis and the legend take below. */
const HEAD = 26;
const ROW = 24;
const BELOW = 54;

/** Height of the bars of so many policies, pixels: each bar stands beside its row of the table. */
export function barsHeight(policies: number): number {
  return HEAD + policies * ROW + BELOW;
}

/** One stacked bar per policy, M USD: what the cascade takes beyond the shock, by who bears it. */
export function bearersOption(outcomes: readonly PolicyOutcome[], palette: Palette): EChartsOption {
  const colors = [palette.danger, palette.series[4], palette.series[0], palette.series[3], palette.series[1]];
  return {
    aria: { enabled: true, decal: { show: false }, label: { enabled: false } },
    legend: {
      bottom: 2,
      left: 4,
      itemGap: 8,
      itemWidth: 8,
      itemHeight: 8,
      textStyle: { color: palette.text2, fontSize: 10, padding: [0, 0, 0, -2] },
    },
    grid: { left: 8, right: 16, top: HEAD, bottom: BELOW },
    tooltip: { trigger: 'axis', axisPointer: { type: 'shadow' }, valueFormatter: (value: unknown) => `${fixed(Number(value), 2)} M USD` },
    xAxis: { type: 'value', axisLabel: { formatter: (value: number) => fixed(value, Number.isInteger(value) ? 0 : 1) } },
    yAxis: {
      type: 'category',
      inverse: true,
      data: outcomes.map((outcome) => outcome.policy.name),
      axisLabel: { show: false },
    },
    series: parts.map((part, i) => ({
      name: part.title,
      type: 'bar',
      stack: 'bearers',
      barMaxWidth: 13,
      itemStyle: { color: colors[i] ?? palette.text3 },
      data: outcomes.map((outcome) => part.of(outcome) / 1e6),
    })),
  };
}

/** The bars as a table, M USD. */
export function bearersTable(outcomes: readonly PolicyOutcome[]): ChartTable {
  return {
    head: ['Policy', ...parts.map((part) => `${part.title}, M USD`)],
    rows: outcomes.map((outcome) => [outcome.policy.name, ...parts.map((part) => part.of(outcome))]),
    shown: (value) => (typeof value === 'number' ? millions(value) : rawText(value)),
  };
}
