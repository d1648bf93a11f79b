import type { SurplusResult } from '../../contract/analysis.ts';
import { figure, money } from '../format.ts';
import { ink } from '../palette.ts';
import type { ReportChart } from '../report-model.ts';
import { drawChart, label, strong } from './draw-chart.ts';

/** Sum of parts, surplus, joint and joint hedged: second-round loss in M USD. */
export function surplusChart(surplus: SurplusResult, hedgedUsd: number | null): ReportChart {
  const rows = [
    { name: 'Sum of parts', from: 0, value: surplus.sumOfPartsUsd, colour: ink.bar, isHatched: false },
    { name: 'Surplus', from: surplus.sumOfPartsUsd, value: surplus.surplusUsd, colour: ink.surplus, isHatched: true },
    { name: 'Joint', from: 0, value: surplus.jointUsd, colour: ink.text, isHatched: false },
    ...(hedgedUsd === null ? [] : [{ name: 'Joint, hedged', from: 0, value: hedgedUsd, colour: ink.accent, isHatched: false }]),
  ];
  const decal = { symbol: 'rect', dashArrayX: [1, 0], dashArrayY: [3, 3], rotation: -Math.PI / 4, color: 'rgba(255,255,255,0.55)' };
  const option = {
    aria: { enabled: true, decal: { show: true, decals: [{ symbol: 'none' }] } },
    grid: { left: 82, right: 44, top: 6, bottom: 22 },
    // Every bar carries its figure: lines behind it would cross the digits.
    xAxis: { type: 'value', axisLabel: label, splitLine: { show: false } },
    yAxis: {
      type: 'category',
      inverse: true,
      data: rows.map((row) => row.name),
      axisTick: { show: false },
      axisLine: { lineStyle: { color: ink.lineStrong } },
      axisLabel: label,
    },
    series: [
      { type: 'bar', stack: 'a', silent: true, itemStyle: { color: 'transparent' }, data: rows.map((row) => row.from / 1e6) },
      {
        type: 'bar',
        stack: 'a',
        barWidth: 18,
        label: {
          show: true,
          position: 'right',
          ...strong,
          formatter: (item: { dataIndex: number }) => figure((rows[item.dataIndex]?.value ?? 0) / 1e6, 2),
        },
        data: rows.map((row) => ({ value: row.value / 1e6, itemStyle: { color: row.colour, ...(row.isHatched ? { decal } : {}) } })),
      },
    ],
  };
  const description = `Second-round loss: parts ${money(surplus.sumOfPartsUsd)}, joint ${money(surplus.jointUsd)} USD.`;
  return drawChart({ id: 'surplus', width: 250, height: 30 + rows.length * 30, description }, option);
}
