import type { EChartsOption } from 'echarts/types/dist/shared';
import type { TransfersResult } from '../../../../main/contract/transfers.ts';
import type { ChartTable } from '../../../chart/chart-table.ts';
import type { Palette } from '../../../chart/palette.ts';
import { millions } from '../../../format/money.ts';

type Bar = { readonly name: string; readonly usd: number };

/** Cash missing at the reference shock: as it lies, with the plan, and all in one place. */
function missing({ funding }: TransfersResult): readonly Bar[] {
  return [
    { name: 'Siloed', usd: funding.siloedUsd },
    { name: 'Feasible', usd: funding.feasibleUsd },
    { name: 'Unified', usd: funding.unifiedUsd },
  ];
}

/** What venues ask: account by account, and for all margin accounts as one. Transfers move cash and change no requirement. */
function required({ requirement }: TransfersResult): readonly Bar[] {
  return [
    { name: 'Siloed', usd: requirement.siloedUsd },
    { name: 'Unified', usd: requirement.unifiedUsd },
  ];
}

/** Both as bars on a scale of their own each, M USD, with the figure on the bar. */
export function fundingBars(result: TransfersResult, palette: Palette): EChartsOption {
  const sides = [missing(result), required(result)] as const;
  return {
    grid: [
      { left: 14, width: '52%', top: 34, bottom: 24 },
      { left: '64%', right: 14, top: 34, bottom: 24 },
    ],
    graphic: [
      { type: 'text', left: 14, top: 6, style: { text: 'Missing at the shock, M', fill: palette.text2, font: '11px Inter Variable' } },
      { type: 'text', left: '64%', top: 6, style: { text: 'Required now, M', fill: palette.text2, font: '11px Inter Variable' } },
    ],
    xAxis: sides.map((bars, gridIndex) => ({
      type: 'category' as const,
      gridIndex,
      data: bars.map(({ name }) => name),
      axisLabel: { interval: 0 },
    })),
    yAxis: sides.map((_, gridIndex) => ({ type: 'value' as const, gridIndex, min: 0, show: false })),
    series: sides.map((bars, side) => ({
      type: 'bar' as const,
      name: side === 0 ? 'Missing at the shock' : 'Required now',
      xAxisIndex: side,
      yAxisIndex: side,
      barMaxWidth: 40,
      itemStyle: { color: side === 0 ? palette.loss : palette.text3 },
      label: {
        show: true,
        position: 'top',
        color: palette.text,
        formatter: (bar: { readonly value?: unknown }) => millions(Number(bar.value) * 1e6),
      },
      data: bars.map(({ usd }) => usd / 1e6),
    })),
  };
}

/** The numbers behind the bars, M USD. */
export function fundingTable(result: TransfersResult): ChartTable {
  return {
    head: ['M USD', 'Missing at the shock', 'Required now'],
    rows: missing(result).map(({ name, usd }) => [name, usd / 1e6, (required(result).find((bar) => bar.name === name)?.usd ?? NaN) / 1e6]),
    shown: (value) =>
      typeof value === 'number' && Number.isFinite(value) ? millions(value * 1e6) : typeof value === 'string' ? value : '–',
  };
}
