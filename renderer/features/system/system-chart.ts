import type { EChartsOption, LineSeriesOption } from 'echarts/types/dist/shared';
import type { ReplayResult, ReplayStep } from '../../../main/contract/replay.ts';
import type { ChartTable } from '../../chart/chart-table.ts';
import { seriesDashes } from '../../chart/chart-theme.ts';
import type { Palette } from '../../chart/palette.ts';
import { isFailure } from '../../format/failure.ts';
import { fixed } from '../../format/number.ts';
import { rawText } from '../../format/raw.ts';

/** The four parts of the index, with their words. */
export const PART_NAMES = { L: 'Look-through', A: 'Amplification', X: 'Coupling', K: 'Correlation' } as const;
export type PartId = keyof typeof PART_NAMES;
const PART_IDS: readonly PartId[] = ['L', 'A', 'X', 'K'];

/** `02-05 21:20` of an instant; the year stands in the title. */
export function stepTime(at: string): string {
  return `${at.slice(5, 10)} ${at.slice(11, 16)}`;
}

/** Assets that move the book, which have a price said for them. */
export function drivers(replay: ReplayResult): string[] {
  return Object.keys(replay.steps[0]?.saidPricesUsd ?? {});
}

type Drawing = { readonly replay: ReplayResult; readonly at: number; readonly palette: Palette };

/** Above: recorded prices and where the cascade of the fall so far said they would end. Below: the index and its parts, with what is marked. */
export function systemOption(drawing: Drawing): EChartsOption {
  const stops = drawing.replay.steps.map((step) => stepTime(step.at));
  const axis = { type: 'category' as const, data: stops, boundaryGap: false };
  return {
    legend: { top: 2, left: 44, itemWidth: 18, itemHeight: 2 },
    tooltip: { trigger: 'axis', valueFormatter: (value) => (typeof value === 'number' ? fixed(value, 1) : 'refused') },
    axisPointer: { link: [{ xAxisIndex: 'all' }] },
    grid: [
      { left: 48, right: 44, top: 28, height: '40%' },
      { left: 48, right: 44, top: '56%', bottom: 24 },
    ],
    xAxis: [
      { ...axis, gridIndex: 0, axisLabel: { show: false } },
      { ...axis, gridIndex: 1 },
    ],
    yAxis: [
      { type: 'value', gridIndex: 0, axisLabel: { formatter: (value: number) => `${fixed(value, 0)} %` } },
      { type: 'value', gridIndex: 1, min: 0, max: 100, interval: 25 },
    ],
    series: [...priceSeries(drawing), ...indexSeries(drawing)],
  };
}

const LINE = { type: 'line' as const, symbol: 'none' };

/** Recorded moves since the first step, solid, and the said ones, dotted, in the same colour. */
function priceSeries({ replay, at, palette }: Drawing): LineSeriesOption[] {
  return drivers(replay).flatMap((id, index): LineSeriesOption[] => {
    const first = replay.steps[0]?.pricesUsd[id] ?? NaN;
    const moved = (price: number | undefined): number | null => (price === undefined || !(first > 0) ? null : (price / first - 1) * 100);
    const color = palette.series[index] ?? palette.text2;
    const ground = index === 0 ? { markLine: marks(replay, at, { palette, isPrices: true }), markArea: fallGround(replay, palette) } : {};
    return [
      { ...LINE, ...ground, name: id, data: replay.steps.map((step) => moved(step.pricesUsd[id])), color, lineStyle: { width: 2 } },
      {
        ...LINE,
        name: `${id} said`,
        data: replay.steps.map((step) => moved(step.saidPricesUsd[id])),
        color,
        lineStyle: { width: 1.25, type: [2, 2] },
      },
    ];
  });
}

/** The index and, on the same scale of 0 to 100, its parts; a gap where refused. */
function indexSeries({ replay, at, palette }: Drawing): LineSeriesOption[] {
  const below = { ...LINE, xAxisIndex: 1, yAxisIndex: 1 };
  return [
    {
      ...below,
      name: 'Index',
      data: replay.steps.map((step) => (isFailure(step.index) ? null : step.index)),
      color: palette.text,
      lineStyle: { width: 2.25 },
      markLine: marks(replay, at, { palette, isPrices: false }),
      markArea: fallGround(replay, palette),
      markPoint: warningMarks(replay, palette),
    },
    ...PART_IDS.map((id, index): LineSeriesOption => {
      const dash = seriesDashes[index + 1] ?? 'solid';
      return {
        ...below,
        name: `${id} ${PART_NAMES[id]}`,
        data: replay.steps.map(({ parts: { [id]: part } }) => (isFailure(part) ? null : part * 100)),
        color: palette.series[index + 2] ?? palette.text2,
        lineStyle: { width: 1.25, type: dash === 'solid' ? 'solid' : [...dash] },
      };
    }),
  ];
}

/** The playhead, the events, and below the level at which the index warns. */
function marks(replay: ReplayResult, at: number, { palette, isPrices }: { readonly palette: Palette; readonly isPrices: boolean }): object {
  const stop = replay.steps[at];
  const label = { show: isPrices, position: 'insideEndTop', color: palette.text3, fontSize: 10 };
  const facts = replay.window.facts.flatMap((fact, n) => {
    const near = nearestStep(replay, fact.at);
    return near === undefined
      ? []
      : [
          {
            xAxis: stepTime(near.at),
            lineStyle: { color: palette.text3, width: 1, type: [1, 3] },
            label: { ...label, formatter: String(n + 1) },
          },
        ];
  });
  const level =
    !isPrices && !isFailure(replay.warning.level)
      ? [{ yAxis: replay.warning.level, lineStyle: { color: palette.watch, width: 1, type: [4, 3] } }]
      : [];
  return {
    silent: true,
    symbol: 'none',
    label: { show: false },
    data: [
      ...facts,
      ...level,
      ...(stop === undefined ? [] : [{ xAxis: stepTime(stop.at), lineStyle: { color: palette.text, width: 1.25, type: 'solid' } }]),
    ],
  };
}

/** The first step at or after an instant. */
function nearestStep(replay: ReplayResult, at: string): ReplayStep | undefined {
  return replay.steps.find((step) => Date.parse(step.at) >= Date.parse(at));
}

/** From the highest common price to the lowest: the fall, by hindsight. */
function fallGround(replay: ReplayResult, palette: Palette): object {
  return {
    silent: true,
    itemStyle: { color: palette.raised, opacity: 0.55 },
    data: [
      [{ xAxis: stepTime(nearestStep(replay, replay.peakAt)?.at ?? '') }, { xAxis: stepTime(nearestStep(replay, replay.lowAt)?.at ?? '') }],
    ],
  };
}

function warningMarks(replay: ReplayResult, palette: Palette): object {
  return {
    symbol: 'triangle',
    symbolSize: 9,
    symbolOffset: [0, 8],
    itemStyle: { color: palette.watch },
    label: { show: false },
    data: replay.steps.flatMap((step) => (step.isWarning && !isFailure(step.index) ? [{ coord: [stepTime(step.at), step.index] }] : [])),
  };
}

/** Every step as a row. */
export function systemTable(replay: ReplayResult): ChartTable {
  const ids = drivers(replay);
  return {
    head: ['At, UTC', ...ids.flatMap((id) => [`${id}, USD`, `${id} said, USD`]), 'Index', ...PART_IDS, 'Coverage', 'Warning'],
    rows: replay.steps.map((step) => [
      `${step.at.slice(0, 10)} ${step.at.slice(11, 16)}`,
      ...ids.flatMap((id) => [step.pricesUsd[id] ?? null, step.saidPricesUsd[id] ?? null]),
      step.index,
      ...PART_IDS.map((id) => step.parts[id]),
      step.coverageFraction,
      step.isWarning ? 'begins' : '',
    ]),
    shown: (value) => (typeof value === 'number' ? fixed(value, Math.abs(value) >= 1000 ? 0 : 2) : rawText(value)),
  };
}

/** Index of the first step at or after an instant; the last one when there is none. */
export function stepAt(steps: readonly ReplayStep[], at: string): number {
  const found = steps.findIndex((step) => step.at >= at);
  return found < 0 ? Math.max(0, steps.length - 1) : found;
}
