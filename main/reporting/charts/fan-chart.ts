import type { ReportOutlook } from '../../contract/report-outlook.ts';
import { figure } from '../format.ts';
import { ink } from '../palette.ts';
import type { ReportChart } from '../report-model.ts';
import { drawChart, label, strong } from './draw-chart.ts';

type Forecast = NonNullable<ReportOutlook['forecast']>;
type Account = Forecast['accounts'][number];

/** Bands of a fan: the levels they lie between, from the widest. */
const BANDS = [
  [0.01, 0.99],
  [0.05, 0.95],
  [0.25, 0.75],
] as const;
const SHADES = ['#EDE6DA', '#DCCFBA', '#C2B08F'] as const;
const COLUMNS = 3;
const WIDTH = 515;
const ROW_HEIGHT = 118;
const PANEL = { left: 40, top: 24, width: 118, height: 66 } as const;
const STEP = 176;

/**
 * What resources less requirement of each account may come to, in M USD: bands of the paths as it is, their median in black, the median and the
 * lowest level after the suggestion in blue. Under the red line the account is called.
 */
export function fanChart(forecast: Forecast, after: Forecast | null, accountIds: readonly string[]): ReportChart {
  const drawn = accountIds.flatMap((id) => forecast.accounts.filter(({ accountId }) => accountId === id));
  const hedged = drawn.map(({ accountId }) => after?.accounts.find((each) => each.accountId === accountId));
  const times = ['now', ...forecast.hours.map(hourText)];
  const height = ROW_HEIGHT * Math.ceil(drawn.length / COLUMNS);
  const option = {
    title: drawn.map((account, i) => ({
      ...placeOf(i, -18),
      text: account.accountId,
      subtext: callText(account, hedged[i]),
      itemGap: 0,
      padding: 0,
      textStyle: strong,
      subtextStyle: { ...label, fontSize: 7.5 },
    })),
    grid: drawn.map((_, i) => ({ ...placeOf(i, 10), width: PANEL.width, height: PANEL.height })),
    xAxis: drawn.map((_, i) => ({
      type: 'category',
      gridIndex: i,
      boundaryGap: false,
      data: times,
      axisTick: { show: false },
      axisLine: { lineStyle: { color: ink.lineStrong }, onZero: false },
      axisLabel: { ...label, fontSize: 7.5, interval: 0 },
    })),
    yAxis: drawn.map((_, i) => ({
      type: 'value',
      gridIndex: i,
      splitNumber: 3,
      axisLabel: { ...label, fontSize: 7.5, formatter: (value: number) => figure(value, Math.abs(value) < 1 && value !== 0 ? 1 : 0) },
      splitLine: { lineStyle: { color: ink.line } },
    })),
    series: drawn.flatMap((account, i) => panel(account, hedged[i], i)),
  };
  const description = `Quantiles of resources less requirement of ${drawn.map(({ accountId }) => accountId).join(', ')} over ${times.join(', ')}.`;
  return drawChart({ id: 'fan', width: WIDTH, height, description }, option);
}

/** Where panel i stands, so many points below its top. */
function placeOf(i: number, below: number): { readonly left: number; readonly top: number } {
  return { left: PANEL.left + STEP * (i % COLUMNS), top: PANEL.top + below + ROW_HEIGHT * Math.floor(i / COLUMNS) };
}

function hourText(hours: number): string {
  return hours % 24 === 0 ? `${hours / 24} d` : `${hours} h`;
}

/** Chance of a call at the longest time, and after the suggestion. */
function callText(account: Account, hedged: Account | undefined): string {
  const last = account.horizons.at(-1);
  const then = hedged?.horizons.at(-1);
  if (last === undefined) return 'cannot be judged';
  const after = then === undefined ? '' : ` → ${whole(then.callProbability.value)}`;
  return `called in ${hourText(last.hours)}: ${whole(last.callProbability.value)}${after}`;
}

/** A chance in whole per cent; the table has the decimals. */
function whole(fraction: number): string {
  return `${figure(fraction * 100, 0)} %`;
}

function panel(account: Account, hedged: Account | undefined, i: number): object[] {
  const axes = { xAxisIndex: i, yAxisIndex: i, silent: true };
  const path = (each: Account, level: number): number[] => [
    each.excessUsd / 1e6,
    ...each.horizons.map(({ excessUsd }) => (excessUsd.find((quantile) => quantile.level === level)?.value ?? NaN) / 1e6),
  ];
  const line = (data: readonly number[], lineStyle: object): object => ({ ...axes, type: 'line', showSymbol: false, data, lineStyle });
  const bands = BANDS.map(([low, high], b) => band(path(account, low), path(account, high), { ...axes, color: SHADES[b] }));
  return [
    ...bands,
    line(
      Array.from({ length: account.horizons.length + 1 }).map(() => 0),
      { width: 1, color: ink.danger },
    ),
    line(path(account, 0.5), { width: 1.4, color: ink.text }),
    ...(hedged === undefined
      ? []
      : [
          line(path(hedged, 0.5), { width: 1.4, color: ink.accent }),
          line(path(hedged, 0.01), { width: 1.2, color: ink.accent, type: 'dashed' }),
        ]),
  ];
}

type Api = { readonly coord: (point: readonly [number, number]) => readonly [number, number] };

/** The area between two paths. */
function band(low: readonly number[], high: readonly number[], axes: { readonly color: string | undefined }): object {
  const { color, ...rest } = axes;
  const polygon = (_: unknown, api: Api): object => {
    const up = high.map((value, x) => api.coord([x, value]));
    const down = low.map((value, x) => api.coord([x, value])).toReversed();
    return { type: 'polygon', shape: { points: [...up, ...down] }, style: { fill: color } };
  };
  // One item draws the whole band; the others stretch the axis to what it reaches.
  return {
    ...rest,
    type: 'custom',
    renderItem: (params: { dataIndex: number }, api: Api) => (params.dataIndex === 0 ? polygon(params, api) : null),
    data: [...low.map((value, x) => [x, value]), ...high.map((value, x) => [x, value])],
  };
}
