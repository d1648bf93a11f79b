import type { AccountResult } from '../../contract/analysis.ts';
import { wholeMove } from '../format.ts';
import { ink, seriesColours } from '../palette.ts';
import type { ReportChart } from '../report-model.ts';
import { dashes, drawChart, label } from './draw-chart.ts';

/** Excess of every account along the common axis, nobody else reacting, M USD. */
export function excessChart(accounts: readonly AccountResult[]): ReportChart {
  const drawn = accounts
    .flatMap((account) => account.curves.filter((curve) => curve.driver === '*').map((curve) => ({ name: account.accountId, curve })))
    .slice(0, 6);
  const option = {
    grid: { left: 44, right: 70, top: 10, bottom: 34 },
    xAxis: {
      type: 'value',
      min: -0.5,
      max: 0.5,
      interval: 0.1,
      name: 'move of all drivers',
      nameLocation: 'middle',
      nameGap: 22,
      nameTextStyle: label,
      axisLabel: { ...label, formatter: (value: number) => wholeMove(value) },
      splitLine: { lineStyle: { color: ink.line } },
    },
    yAxis: { type: 'value', axisLabel: label, splitLine: { lineStyle: { color: ink.line } } },
    series: drawn.map(({ name, curve }, index) => ({
      type: 'line',
      showSymbol: false,
      lineStyle: { width: 1.6, type: dashes[index % dashes.length], color: seriesColours[index] },
      endLabel: { show: true, ...label, formatter: name },
      labelLayout: { moveOverlap: 'shiftY' },
      data: curve.moves.map((value, at) => [value, (curve.excessUsd[at] ?? 0) / 1e6]),
    })),
  };
  return drawChart(
    {
      id: 'excess',
      width: 515,
      height: 200,
      description: `Excess of ${drawn.map((item) => item.name).join(', ')} against the common move.`,
    },
    option,
  );
}
