import type { HedgeAlternatives } from '../../contract/hedge-alternatives.ts';
import type { HedgeResult } from '../../contract/hedge.ts';
import { figure, money } from '../format.ts';
import { ink } from '../palette.ts';
import type { ReportChart } from '../report-model.ts';
import { drawChart, label, strong } from './draw-chart.ts';

/** The program's cost against the expected shortfall it leaves; the suggestion of this report as a diamond. */
export function frontierChart({ frontier }: HedgeAlternatives, { after }: HedgeResult): ReportChart {
  const points = frontier.map((point) => [point.costUsd / 1e3, point.expectedShortfallUsd / 1e6] as const);
  const axis = { axisLabel: label, nameTextStyle: label, nameLocation: 'middle', splitLine: { lineStyle: { color: ink.line } } };
  const option = {
    grid: { left: 44, right: 14, top: 12, bottom: 36 },
    xAxis: { type: 'value', name: 'cost, k USD', nameGap: 22, ...axis },
    yAxis: { type: 'value', scale: true, name: 'ES, M USD', nameGap: 30, ...axis },
    series: [
      {
        type: 'line',
        symbol: 'circle',
        symbolSize: 5,
        lineStyle: { width: 1.6, color: ink.text },
        itemStyle: { color: ink.text },
        data: points,
      },
      {
        type: 'line',
        symbol: 'diamond',
        symbolSize: 11,
        lineStyle: { width: 0 },
        itemStyle: { color: ink.accent },
        label: { show: true, position: 'top', ...strong, formatter: figure(after.expectedShortfallUsd / 1e6, 2) },
        data: [[after.costUsd / 1e3, after.expectedShortfallUsd / 1e6]],
      },
    ],
  };
  const [first] = frontier;
  const description = `From ${money(first?.expectedShortfallUsd ?? after.expectedShortfallUsd)} USD at no cost to ${money(after.expectedShortfallUsd)} at ${money(after.costUsd)}.`;
  return drawChart({ id: 'frontier', width: 246, height: 170, description }, option);
}
