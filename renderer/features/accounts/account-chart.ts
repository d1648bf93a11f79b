import type { EChartsOption } from 'echarts/types/dist/shared';
import type { AnalysisResult } from '../../../main/contract/analysis.ts';
import type { ChartTable } from '../../chart/chart-table.ts';
import { seriesDashes } from '../../chart/chart-theme.ts';
import type { Palette } from '../../chart/palette.ts';
import { fixed, signed } from '../../format/number.ts';
import { distanceWords, percentFigure } from '../../format/share.ts';
import { endLabels } from './account-end-labels.ts';
import type { CurvePoint, CurveSeries, ExcessCurves } from './account-curves.ts';
import { roundStep } from './account-curves.ts';

type Drivers = AnalysisResult['drivers'];

/** Name of a driver on a switch: '*' is all of them together, 'volatility' every implied volatility. */
export function driverTitle(driver: string): string {
  if (driver === 'volatility') return 'Vol';
  return driver === '*' ? 'All drivers' : driver;
}

/** Name of the x axis: the driver, and for the common axis how the others follow it. */
export function driverAxis(driver: string, drivers: Drivers): string {
  if (driver === 'volatility') return 'added to every implied volatility, points';
  if (driver !== '*') return `${driver} move, %`;
  const lead = drivers.find((entry) => entry.beta === 1) ?? drivers[0];
  const others = drivers.filter((entry) => entry !== lead).map((entry) => `${entry.assetId} at ${fixed(entry.beta, 2)} β`);
  return `${lead?.assetId ?? 'common'} move, %${others.length === 0 ? '' : ` (${others.join(', ')})`}`;
}

/** Scale of the excess axis that suits its range. */
export function excessScale(
  lowUsd: number,
  highUsd: number,
): { readonly unit: 'M' | 'k'; readonly divisor: number; readonly decimals: number } {
  const size = Math.max(Math.abs(lowUsd), Math.abs(highUsd));
  const [unit, divisor] = size >= 2e6 ? (['M', 1e6] as const) : (['k', 1e3] as const);
  const step = roundStep((highUsd - lowUsd || 1) / 6) / divisor;
  return { unit, divisor, decimals: step >= 1 ? (Number.isInteger(step) ? 0 : 1) : 2 };
}

/** The chart of excess against one driver: this account in accent, joint red and dashed, the others grey, danger below zero. */
export function excessOption(curves: ExcessCurves, drivers: Drivers, palette: Palette): EChartsOption {
  const { divisor, decimals } = excessScale(curves.lowUsd, curves.highUsd);
  const moves = curves.series.flatMap((series) => series.points.map(([move]) => move));
  return {
    grid: { left: 46, right: labelRoom(curves), top: 14, bottom: 40 },
    tooltip: { trigger: 'axis', axisPointer: { type: 'line' }, formatter: (hits) => tooltip(hits, curves, { divisor, decimals }) },
    xAxis: {
      type: 'value',
      min: Math.min(...moves),
      max: Math.max(...moves),
      name: driverAxis(curves.driver, drivers),
      nameGap: 26,
      axisLabel: { formatter: (value: number) => signed(Math.round(value * 100), 0) },
    },
    yAxis: {
      type: 'value',
      min: curves.lowUsd,
      max: curves.highUsd,
      interval: roundStep((curves.highUsd - curves.lowUsd) / 6),
      axisLabel: { formatter: (value: number) => fixed(value / divisor, decimals) },
    },
    series: [
      ...curves.series.map((series, index) => line(series, index, { curves, palette })),
      marks(curves, palette),
      endLabels(curves, palette),
    ],
  };
}

/** Room at the right for the longest name, pixels. */
function labelRoom(curves: ExcessCurves): number {
  return 16 + 6.8 * Math.max(8, ...curves.series.map((series) => series.label.length));
}

type Line = NonNullable<EChartsOption['series']> extends (infer One)[] | infer One2 ? One | One2 : never;

function line(series: CurveSeries, index: number, { curves, palette }: { readonly curves: ExcessCurves; readonly palette: Palette }): Line {
  const isThis = series.kind === 'this';
  const color = isThis ? palette.accent : series.kind === 'joint' ? palette.danger : palette.text3;
  const dash = series.kind === 'joint' ? [5, 3] : isThis ? 'solid' : (seriesDashes[index % seriesDashes.length] ?? 'solid');
  return {
    type: 'line',
    id: series.id,
    name: series.label,
    data: series.points.map(([move, excess]) => [move, excess ?? '-']),
    symbol: 'none',
    z: series.kind === 'other' ? 2 : 4,
    silent: series.kind === 'other',
    lineStyle: { color, width: series.kind === 'other' ? 1 : 2.25, type: dash as 'solid', opacity: series.kind === 'other' ? 0.75 : 1 },
    itemStyle: { color },
    ...(isThis ? { markArea: dangerGround(curves, palette), markLine: axesLines(palette) } : {}),
  };
}

function dangerGround(curves: ExcessCurves, palette: Palette): object {
  return {
    silent: true,
    itemStyle: { color: palette.danger, opacity: 0.07 },
    data: curves.lowUsd < 0 ? [[{ yAxis: curves.lowUsd }, { yAxis: 0 }]] : [],
  };
}

function axesLines(palette: Palette): object {
  return {
    silent: true,
    symbol: 'none',
    label: { show: false },
    data: [
      { yAxis: 0, lineStyle: { color: palette.text, width: 1, type: 'solid' } },
      {
        xAxis: 0,
        lineStyle: { color: palette.text3, width: 1, type: 'solid' },
        label: { show: true, formatter: 'now', position: 'insideStartTop', color: palette.text3, fontSize: 11 },
      },
    ],
  };
}

/** ○ where the account alone reaches zero, ◆ where it does jointly. */
function marks(curves: ExcessCurves, palette: Palette): Line {
  const alone = [curves.aloneDown, curves.aloneUp].filter((move) => move !== null);
  const label = (text: string, color: string, isLeft: boolean) => ({
    show: true,
    formatter: text,
    color,
    fontSize: 11,
    fontWeight: 500,
    position: isLeft ? 'top' : 'bottom',
    align: isLeft ? 'right' : 'left',
    distance: 5,
  });
  return {
    type: 'scatter',
    id: 'marks',
    silent: true,
    z: 6,
    data: [
      ...alone.map((move) => ({
        value: [move, 0],
        symbol: 'circle',
        symbolSize: 9,
        itemStyle: { color: palette.panel, borderColor: palette.text, borderWidth: 1.75 },
        label: label(`alone ${distanceWords(move)}`, palette.text, move < 0),
      })),
      ...(curves.joint === null
        ? []
        : [
            {
              value: [curves.joint, 0],
              symbol: 'diamond',
              symbolSize: 12,
              itemStyle: { color: palette.danger },
              label: label(`joint ${distanceWords(curves.joint)}`, palette.danger, false),
            },
          ]),
    ],
  } as Line;
}

function tooltip(hits: unknown, curves: ExcessCurves, scale: { readonly divisor: number; readonly decimals: number }): string {
  const list = Array.isArray(hits)
    ? (hits as readonly {
        readonly axisValue: number;
        readonly seriesId: string;
        readonly marker: string;
        readonly seriesName: string;
        readonly value: readonly [number, number | string];
      }[])
    : [];
  const shown = list.filter(
    (hit) =>
      curves.series.some((series) => series.id === hit.seriesId && (series.kind !== 'other' || list.length <= 6)) &&
      typeof hit.value[1] === 'number',
  );
  const move = list[0]?.axisValue ?? 0;
  const rows = shown.map(
    (hit) => `${hit.marker}${hit.seriesName} <b>${fixed(Number(hit.value[1]) / scale.divisor, Math.max(2, scale.decimals))}</b>`,
  );
  return [`${signed(move * 100, 1)} ${curves.driver === 'volatility' ? 'points' : '%'}`, ...rows].join('<br>');
}

/** The curves as a table: one row per move, one column per account; USD. */
export function excessTable(curves: ExcessCurves): ChartTable {
  const moves = curves.series.find((series) => series.kind === 'this')?.points.map(([move]) => move) ?? [];
  return {
    head: ['Move, %', ...curves.series.map((series) => `${series.label}, USD`)],
    rows: moves.map((move) => [move, ...curves.series.map((series) => valueAt(series.points, move))]),
    shown: (value, column) => (typeof value !== 'number' ? '–' : column === 0 ? percentFigure(value, 0) : fixed(value, 0)),
  };
}

function valueAt(points: readonly CurvePoint[], move: number): number | null {
  return points.find(([at]) => Math.abs(at - move) < 1e-9)?.[1] ?? null;
}
