import type { EChartsOption } from 'echarts/types/dist/shared';
import type { FeedbackResult } from '../../../main/contract/feedback.ts';
import type { ChartTable } from '../../chart/chart-table.ts';
import { divergingColor, textOn } from '../../chart/color-scale.ts';
import type { Palette } from '../../chart/palette.ts';
import { fixed, signed } from '../../format/number.ts';
import { rawText } from '../../format/raw.ts';

/** κ and the reproduction number against the common move; the line at one, where κ passes it, and the place that is shown. */
export function curveOption(result: FeedbackResult, shown: number, palette: Palette): EChartsOption {
  const { points, kappaPassesOneAt } = result;
  const most = Math.min(3, Math.max(1.2, ...points.map((point) => point.reproduction)));
  const at = (move: number): number => move * 100;
  return {
    grid: { left: 40, right: 14, top: 26, bottom: 40 },
    legend: { top: 4, left: 36, data: ['κ', 'R, worst markets'] },
    tooltip: { trigger: 'axis', valueFormatter: (value) => fixed(Number(value), 2) },
    xAxis: {
      type: 'value',
      inverse: true,
      min: at(points.at(-1)?.move ?? -0.6),
      max: 0,
      name: 'Common move, % (all drivers)',
      nameGap: 24,
      axisLabel: { formatter: (value: number) => signed(value, 0) },
      splitLine: { show: false },
    },
    yAxis: { type: 'value', min: 0, max: Math.ceil(most * 2) / 2 },
    series: [
      {
        type: 'line',
        name: 'κ',
        step: 'end',
        symbol: 'circle',
        symbolSize: 5,
        color: palette.series[0] ?? palette.text,
        lineStyle: { width: 2 },
        data: points.map((point) => [at(point.move), point.kappa]),
        markLine: {
          silent: true,
          symbol: 'none',
          label: { color: palette.text2, fontSize: 11 },
          data: [
            { yAxis: 1, lineStyle: { color: palette.danger, width: 1.5, type: 'solid' }, label: { show: false } },
            { xAxis: at(points[shown]?.move ?? 0), lineStyle: { color: palette.text, width: 1.25, type: 'solid' }, label: { show: false } },
            ...(typeof kappaPassesOneAt === 'number'
              ? [
                  {
                    xAxis: at(kappaPassesOneAt),
                    lineStyle: { color: palette.danger, width: 1, type: 'dashed' },
                    label: { show: false },
                  },
                ]
              : []),
          ],
        },
      },
      {
        type: 'line',
        name: 'R, worst markets',
        step: 'end',
        symbol: 'none',
        color: palette.series[1] ?? palette.text2,
        lineStyle: { width: 1.5, type: [6, 3] },
        data: points.map((point) => [at(point.move), point.reproduction]),
      },
    ],
  } as EChartsOption;
}

/** The curve as a table. */
export function curveTable({ points }: FeedbackResult): ChartTable {
  return {
    head: ['Common move, %', 'Forced sales, M USD', 'κ', 'R'],
    rows: points.map((point) => [point.move * 100, point.forcedUsd / 1e6, point.kappa, point.reproduction]),
    shown: (value, column) => (typeof value === 'number' ? fixed(value, column === 0 ? 0 : 2) : ''),
  };
}

type Api = {
  readonly coord: (point: readonly [number, number]) => readonly [number, number];
  readonly size: (point: readonly [number, number]) => readonly [number, number];
};

/** Correlations as a heat map, −1 … 1: loss colours for moving apart, gain colours for moving together would mislead, so strength alone is coloured. */
export function matrixOption(ids: readonly string[], values: readonly (readonly number[])[], palette: Palette): EChartsOption {
  const cells = ids.flatMap((_, row) => ids.map((__, column) => [column, row, values[row]?.[column] ?? 0] as const));
  const names = ids.map((id) => id.split(' / ')[0] ?? id);
  return {
    grid: { left: 62, right: 8, top: 6, bottom: 24 },
    xAxis: { type: 'category', data: names, axisLine: { show: false }, axisLabel: { interval: 0, fontSize: 10 } },
    yAxis: {
      type: 'category',
      inverse: true,
      data: names,
      axisLine: { show: false },
      splitLine: { show: false },
      axisLabel: { fontSize: 10 },
    },
    series: [
      {
        type: 'custom',
        data: cells.map((cell) => [...cell]),
        encode: { x: 0, y: 1 },
        renderItem: (params: { readonly dataIndex: number }, api: Api) => {
          const [column, row, value] = cells[params.dataIndex] ?? [0, 0, 0];
          const [x, y] = api.coord([column, row]);
          const [width, height] = api.size([1, 1]);
          const ground = divergingColor(-Math.abs(value), 1, palette.diverging);
          return {
            type: 'group',
            children: [
              {
                type: 'rect',
                shape: { x: x - width / 2, y: y - height / 2, width: width - 1, height: height - 1 },
                style: { fill: ground },
              },
              {
                type: 'text',
                x,
                y,
                style: {
                  text: fixed(value, value === 0 || value === 1 ? 0 : 2),
                  fill: textOn(ground),
                  fontSize: 11,
                  fontWeight: 500,
                  fontFamily: 'Inter Variable',
                  align: 'center',
                  verticalAlign: 'middle',
                },
              },
            ],
          };
        },
      },
    ],
  } as EChartsOption;
}

/** Correlations as a table. */
export function matrixTable(ids: readonly string[], values: readonly (readonly number[])[]): ChartTable {
  return {
    head: ['', ...ids],
    rows: ids.map((id, row) => [id, ...(values[row] ?? [])]),
    shown: (value) => (typeof value === 'number' ? fixed(value, 2) : rawText(value)),
  };
}
