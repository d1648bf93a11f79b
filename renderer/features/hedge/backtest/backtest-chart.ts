import type { EChartsOption, LineSeriesOption } from 'echarts/types/dist/shared';
import type { BacktestStrategy, BacktestWindow } from '../../../../main/contract/backtest.ts';
import type { ChartTable } from '../../../chart/chart-table.ts';
import { seriesDashes } from '../../../chart/chart-theme.ts';
import type { Palette } from '../../../chart/palette.ts';
import { fixed } from '../../../format/number.ts';
import { rawText } from '../../../format/raw.ts';

const MILLION = 1e6;

/** Equity of every strategy against the window's start, M USD, with a mark where an account was liquidated. */
export function backtestOption({ times, strategies }: BacktestWindow, palette: Palette): EChartsOption {
  return {
    legend: { top: 2, left: 44, right: 8, itemWidth: 18, itemHeight: 2 },
    tooltip: { trigger: 'axis', valueFormatter: (value) => (typeof value === 'number' ? fixed(value, 2) : '') },
    grid: { left: 48, right: 16, top: 44, bottom: 24 },
    xAxis: { type: 'category', data: times.map(clock), boundaryGap: false },
    yAxis: { type: 'value', axisLabel: { formatter: (value: number) => fixed(value, 0) } },
    series: strategies.map((strategy, index) => lineOf(strategy, { index, times, palette })),
  };
}

type Drawing = { readonly index: number; readonly times: readonly string[]; readonly palette: Palette };

function lineOf(strategy: BacktestStrategy, { index, times, palette }: Drawing): LineSeriesOption {
  const isOwn = strategy.id === 'program';
  const color = isOwn ? palette.text : (palette.series[index] ?? palette.text2);
  const dash = isOwn ? 'solid' : (seriesDashes[index % seriesDashes.length] ?? 'solid');
  const gains = gainsOf(strategy);
  return {
    type: 'line',
    symbol: 'none',
    name: strategy.name,
    data: gains,
    color,
    lineStyle: { width: isOwn ? 2.25 : 1.25, type: dash === 'solid' ? 'solid' : [...dash] },
    z: isOwn ? 4 : 2,
    markPoint: {
      silent: true,
      symbol: 'diamond',
      symbolSize: 9,
      itemStyle: { color: palette.danger },
      label: { show: false },
      data: strategy.liquidations.flatMap(({ at, accountId }) => {
        const step = times.findIndex((time) => time >= at);
        return step < 0 ? [] : [{ name: accountId, coord: [step, gains[step] ?? 0] }];
      }),
    },
  };
}

function gainsOf({ equityUsd }: BacktestStrategy): number[] {
  return equityUsd.map((equity) => (equity - (equityUsd[0] ?? 0)) / MILLION);
}

/** The same as numbers. */
export function backtestTable({ times, strategies }: BacktestWindow): ChartTable {
  const gains = strategies.map(gainsOf);
  return {
    head: ['Time', ...strategies.map(({ name }) => `${name}, M USD`)],
    rows: times.map((at, step) => [at, ...gains.map((each) => each[step] ?? null)]),
    shown: rawText,
  };
}

/** `02-05 21:20` of an instant; the year stands in the window's name. */
export function clock(at: string): string {
  return `${at.slice(5, 10)} ${at.slice(11, 16)}`;
}
