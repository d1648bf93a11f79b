import type { EChartsOption } from 'echarts/types/dist/shared';
import type { ChartTable } from '../../chart/chart-table.ts';
import type { Palette } from '../../chart/palette.ts';
import { millions } from '../../format/money.ts';
import { fixed } from '../../format/number.ts';
import { rawText } from '../../format/raw.ts';
import type { PartitionRow } from './partition-rows.ts';

/** The waterfall from the parts to the joint loss, M USD; what exists only together is striped. */
export function partitionOption(rows: readonly PartitionRow[], palette: Palette): EChartsOption {
  const ends = rows.flatMap((row) => [row.fromUsd, row.toUsd]);
  const color = { part: palette.text3, sum: palette.text2, surplus: palette.watch, joint: palette.text } as const;
  const bar = (row: PartitionRow) => ({
    value: Math.abs(row.toUsd - row.fromUsd) / 1e6,
    itemStyle: {
      color: color[row.kind],
      ...(row.kind === 'surplus'
        ? { decal: { symbol: 'rect', color: 'rgba(0,0,0,0.38)', dashArrayX: [1, 0], dashArrayY: [3, 4], rotation: -Math.PI / 4 } }
        : {}),
    },
    label: {
      show: true,
      position: 'right',
      formatter: millions(row.amountUsd),
      color: row.kind === 'part' ? palette.text2 : palette.text,
      fontSize: 11,
      fontWeight: row.kind === 'part' ? 400 : 600,
    },
  });
  return {
    aria: { enabled: true, decal: { show: false }, label: { enabled: false } },
    grid: { left: 92, right: 44, top: 4, bottom: 22 },
    xAxis: {
      type: 'value',
      min: Math.min(0, ...ends) / 1e6,
      axisLabel: { formatter: (value: number) => fixed(value, Number.isInteger(value) ? 0 : 1) },
    },
    yAxis: {
      type: 'category',
      inverse: true,
      data: rows.map((row) => row.label),
      axisLabel: { width: 84, overflow: 'truncate', interval: 0 },
      axisLine: { show: true },
    },
    series: [
      {
        type: 'bar',
        stack: 'waterfall',
        silent: true,
        itemStyle: { color: 'transparent' },
        data: rows.map((row) => Math.min(row.fromUsd, row.toUsd) / 1e6),
        barMaxWidth: 13,
      },
      { type: 'bar', stack: 'waterfall', data: rows.map(bar), barMaxWidth: 13 },
    ],
  } as EChartsOption;
}

/** The waterfall as a table, M USD. */
export function partitionTable(rows: readonly PartitionRow[]): ChartTable {
  return {
    head: ['Part', 'Second-round loss, M USD'],
    rows: rows.map((row) => [row.label, row.amountUsd]),
    shown: (value) => (typeof value === 'number' ? millions(value) : rawText(value)),
  };
}
