import type { GridResult } from '../../contract/analysis.ts';
import { figure } from '../format.ts';
import { diverging, ink } from '../palette.ts';
import type { ReportChart } from '../report-model.ts';
import { drawChart, label } from './draw-chart.ts';

/** Profit and loss after the cascade by spot move and volatility shift, M USD. */
export function heatmapChart(grid: GridResult): ReportChart {
  const limit = Math.max(1, ...grid.afterCascadeUsd.flat().map((value) => Math.abs(value))) / 1e6;
  const cells = grid.afterCascadeUsd.flatMap((row, y) => row.map((value, x) => [x, y, value / 1e6] as const));
  const option = {
    grid: { left: 52, right: 8, top: 4, bottom: 34 },
    xAxis: {
      type: 'category',
      data: grid.spotMoves.map((value) => figure(value * 100, 0)),
      name: 'spot move, %',
      nameLocation: 'middle',
      nameGap: 22,
      nameTextStyle: label,
      axisTick: { show: false },
      axisLabel: label,
    },
    yAxis: {
      type: 'category',
      data: grid.volatilityShifts.map((value) => figure(value * 100, 0)),
      name: 'volatility shift, points',
      nameLocation: 'middle',
      nameGap: 34,
      nameTextStyle: label,
      axisTick: { show: false },
      axisLabel: label,
    },
    visualMap: { show: false, min: -limit, max: limit, inRange: { color: [...diverging] } },
    series: [
      {
        type: 'heatmap',
        data: cells,
        label: {
          show: true,
          fontSize: 7.5,
          fontFamily: 'Inter',
          color: ink.text,
          formatter: (item: { value: readonly number[] }) => figure(item.value[2] ?? 0, 1),
        },
        itemStyle: { borderColor: '#ffffff', borderWidth: 1 },
      },
    ],
  };
  return drawChart(
    { id: 'heatmap', width: 515, height: 210, description: 'Profit and loss after the cascade over spot and volatility.' },
    option,
  );
}
