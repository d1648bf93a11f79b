import type { EChartsOption } from 'echarts/types/dist/shared';
import type { ForecastAccount } from '../../../../main/contract/forecast.ts';
import type { ChartTable } from '../../../chart/chart-table.ts';
import type { Palette } from '../../../chart/palette.ts';
import { millions } from '../../../format/money.ts';
import { fixed } from '../../../format/number.ts';
import { rawText } from '../../../format/raw.ts';

const MILLION = 1e6;

type BandApi = {
  readonly coord: (point: readonly [number, number]) => readonly [number, number];
  readonly size: (point: readonly [number, number]) => readonly [number, number];
};

/** `1 h`, `1 d`, `7 d`. */
export function hoursText(hours: number): string {
  return hours % 24 === 0 ? `${hours / 24} d` : `${hours} h`;
}

/** What the excess may come to at each time: 1 to 99, 5 to 95 and 25 to 75 of 100 paths, the median as a line; below zero is danger. */
export function forecastOption(account: ForecastAccount, palette: Palette): EChartsOption {
  const { horizons } = account;
  return {
    grid: { left: 48, right: 12, top: 12, bottom: 24 },
    tooltip: { trigger: 'item', formatter: (hit: unknown) => tooltip(account, (hit as { dataIndex: number }).dataIndex) },
    xAxis: { type: 'category', data: ['now', ...horizons.map(({ hours }) => hoursText(hours))] },
    yAxis: {
      type: 'value',
      scale: true,
      min: (range: { readonly min: number }) => Math.min(0, range.min),
      axisLabel: { formatter: (value: number) => fixed(value, 1) },
    },
    series: [
      bandSeries(rowsOf(account), palette),
      {
        type: 'line',
        name: 'nothing left',
        silent: true,
        symbol: 'none',
        data: ['now', ...horizons].map(() => 0),
        lineStyle: { color: palette.danger, width: 1.5 },
      },
    ],
  };
}

/** Category, then the seven levels in M USD; now is a point. */
function rowsOf({ excessUsd, horizons }: ForecastAccount): number[][] {
  const now = excessUsd / MILLION;
  return [
    [0, ...Array.from({ length: 7 }, () => now)],
    ...horizons.map((each, i) => [i + 1, ...each.excessUsd.map(({ value }) => value / MILLION)]),
  ];
}

function bandSeries(rows: readonly (readonly number[])[], palette: Palette): object {
  return {
    type: 'custom',
    name: 'excess',
    data: rows,
    encode: { x: 0, y: [1, 7] },
    renderItem: (params: { readonly dataIndex: number }, api: BandApi) => bandOf(rows[params.dataIndex] ?? [], api, palette),
  };
}

function bandOf([category = 0, ...levels]: readonly number[], api: BandApi, palette: Palette): object {
  const width = Math.min(56, api.size([1, 0])[0] * 0.5);
  const at = (level: number): readonly [number, number] => api.coord([category, levels[level] ?? 0]);
  const box = (from: number, to: number, opacity: number): object => {
    const [x, bottom] = at(from);
    const [, top] = at(to);
    return {
      type: 'rect',
      shape: { x: x - width / 2, y: top, width, height: Math.max(1, bottom - top) },
      style: { fill: palette.accent, opacity },
    };
  };
  const [x, middle] = at(3);
  const line = { shape: { x1: x - width / 2, y1: middle, x2: x + width / 2, y2: middle }, style: { stroke: palette.text, lineWidth: 2 } };
  return { type: 'group', children: [box(0, 6, 0.16), box(1, 5, 0.26), box(2, 4, 0.42), { type: 'line', ...line }] };
}

function tooltip({ excessUsd, horizons }: ForecastAccount, index: number): string {
  const horizon = horizons[index - 1];
  if (horizon === undefined) return `<b>now</b><br>${millions(excessUsd)} M USD`;
  const lines = horizon.excessUsd.map(
    ({ level, value, from, to }) => `${fixed(100 * level, 0)} of 100 below ${millions(value)} (${millions(from)} to ${millions(to)})`,
  );
  return [`<b>${hoursText(horizon.hours)}, excess in M USD</b>`, ...lines].join('<br>');
}

/** The same as numbers: requirement and excess at each level. */
export function forecastTable({ horizons }: ForecastAccount): ChartTable {
  return {
    head: ['Time', 'Paths below', 'Excess, USD', 'from', 'to', 'Requirement, USD'],
    rows: horizons.flatMap(({ hours, excessUsd, requirementUsd }) =>
      excessUsd.map(({ level, value, from, to }, i) => [hoursText(hours), level, value, from, to, requirementUsd[i]?.value ?? null]),
    ),
    shown: (value, column) => (typeof value !== 'number' ? rawText(value) : column === 1 ? `${fixed(100 * value, 0)} %` : fixed(value, 0)),
  };
}
