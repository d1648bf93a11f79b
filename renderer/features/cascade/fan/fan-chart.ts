import type { EChartsOption } from 'echarts/types/dist/shared';
import type { ChartTable } from '../../../chart/chart-table.ts';
import type { Palette } from '../../../chart/palette.ts';
import { fixed, signed } from '../../../format/number.ts';
import { rawText } from '../../../format/raw.ts';
import type { Band } from './fan-model.ts';

/** What the fan draws: bands by round of the driver's move and of the loss, USD. */
export type FanDrawing = { readonly driver: string; readonly prices: readonly Band[]; readonly losses: readonly Band[] };

/** Price above, loss below, on one axis of rounds: nine of ten draws, the middle half, and the median. */
export function fanOption({ driver, prices, losses }: FanDrawing, palette: Palette): EChartsOption {
  const rounds = prices.map((_, round) => (round === 0 ? 'shock' : String(round)));
  const moves = prices.map((band) => band.map((move) => move * 100));
  const millions = losses.map((band) => band.map((usd) => usd / 1e6));
  const axis = { type: 'category', data: rounds, boundaryGap: false } as const;
  const label = (value: number): string => fixed(value, Number.isInteger(value) ? 0 : 1);
  return {
    grid: [
      { left: 50, right: 14, top: 26, bottom: '54%' },
      { left: 50, right: 14, top: '54%', bottom: 34 },
    ],
    tooltip: {
      trigger: 'axis',
      formatter: (hits: unknown) => tooltip((hits as readonly { dataIndex: number }[])[0]?.dataIndex ?? 0, { driver, prices, losses }),
    },
    axisPointer: { link: [{ xAxisIndex: 'all' }] },
    xAxis: [
      { ...axis, gridIndex: 0, axisLabel: { show: false } },
      { ...axis, gridIndex: 1, name: 'Round', nameGap: 20 },
    ],
    yAxis: [
      { type: 'value', scale: true, gridIndex: 0, name: `${driver}, %`, nameGap: 36, splitNumber: 3, axisLabel: { formatter: label } },
      { type: 'value', scale: true, gridIndex: 1, name: 'Loss, M', nameGap: 36, splitNumber: 3, axisLabel: { formatter: label } },
    ],
    graphic: keyOf(palette),
    series: [...bandSeries(moves, 0, palette.series[0] ?? palette.text), ...bandSeries(millions, 1, palette.danger)],
  };
}

/** Two stacked areas and a line: the areas stand on unseen lines at their lower ends. */
function bandSeries(bands: readonly (readonly number[])[], grid: number, color: string): object[] {
  const place = { type: 'line', xAxisIndex: grid, yAxisIndex: grid, symbol: 'none', silent: true } as const;
  const area = (low: number, high: number, opacity: number): object[] => {
    const stack = { ...place, stack: `${grid} ${low}`, stackStrategy: 'all', lineStyle: { opacity: 0 } } as const;
    return [
      { ...stack, data: bands.map((band) => band[low]) },
      { ...stack, data: bands.map((band) => (band[high] ?? NaN) - (band[low] ?? NaN)), areaStyle: { color, opacity } },
    ];
  };
  return [...area(0, 4, 0.18), ...area(1, 3, 0.3), { ...place, data: bands.map((band) => band[2]), color, lineStyle: { color, width: 2 } }];
}

/** What the shades mean, as a line above the drawing. */
function keyOf(palette: Palette): object {
  return {
    type: 'text',
    left: 52,
    top: 5,
    silent: true,
    style: { text: 'line: median · dark: half of the draws · light: nine of ten', fill: palette.text3, font: '11px Inter Variable' },
  };
}

function tooltip(round: number, { driver, prices, losses }: FanDrawing): string {
  const [price, loss] = [prices[round], losses[round]];
  if (price === undefined || loss === undefined) return '';
  const three = ([low, , middle, , high]: Band, show: (value: number) => string): string =>
    `${show(middle)} (${show(low)} to ${show(high)})`;
  return [
    `<b>${round === 0 ? 'The shock' : `Round ${round}`}</b>: median (nine of ten)`,
    `${driver} ${three(price, (move) => signed(move * 100, 1))} %`,
    `loss ${three(loss, (usd) => fixed(usd / 1e6, 2))} M USD`,
  ].join('<br>');
}

const QUANTILES = ['5 %', '25 %', '50 %', '75 %', '95 %'];

/** The bands as a table, a row per round. */
export function fanTable({ driver, prices, losses }: FanDrawing): ChartTable {
  return {
    head: ['Round', ...QUANTILES.map((name) => `${driver} ${name}`), ...QUANTILES.map((name) => `Loss ${name}, M USD`)],
    rows: prices.map((band, round) => [
      round === 0 ? 'shock' : round,
      ...band.map((move) => move * 100),
      ...(losses[round] ?? []).map((usd) => usd / 1e6),
    ]),
    shown: (value, column) =>
      typeof value !== 'number' ? rawText(value) : column === 0 ? String(value) : column < 6 ? signed(value, 1) : fixed(value, 2),
  };
}
