import type { ReportOutlook } from '../../contract/report-outlook.ts';
import type { TriggerCell } from '../../contract/trigger.ts';
import { figure, share } from '../format.ts';
import { ink } from '../palette.ts';
import type { ReportChart } from '../report-model.ts';
import { drawChart, label } from './draw-chart.ts';

type Order = ReportOutlook['orders'][number];

/** Chance of liquidation of each account without an order (grey) and with its best one (blue), per cent. */
export function orderChart(rows: readonly { readonly order: Order; readonly best: TriggerCell }[]): ReportChart {
  const bar = (color: string, of: (row: (typeof rows)[number]) => number): object => ({
    type: 'bar',
    barWidth: 8,
    itemStyle: { color },
    label: {
      show: true,
      position: 'right',
      ...label,
      fontSize: 7.5,
      formatter: (item: { value: number }) => figure(item.value, 1),
    },
    data: rows.map((row) => of(row) * 100),
  });
  const option = {
    grid: { left: 66, right: 40, top: 4, bottom: 32 },
    xAxis: {
      type: 'value',
      name: 'chance of liquidation, %',
      nameLocation: 'middle',
      nameGap: 20,
      nameTextStyle: label,
      axisLabel: { ...label, formatter: (value: number) => figure(value, 0) },
      splitLine: { show: false },
    },
    yAxis: {
      type: 'category',
      inverse: true,
      data: rows.map(({ order }) => order.accountId),
      axisTick: { show: false },
      axisLine: { lineStyle: { color: ink.lineStrong } },
      axisLabel: { ...label, interval: 0 },
    },
    series: [
      bar(ink.bar, ({ order }) => order.none.liquidationProbability.value),
      bar(ink.accent, ({ best }) => best.liquidationProbability.value),
    ],
  };
  const description = `Chance of liquidation without and with an order: ${rows.map(({ order, best }) => `${order.accountId} ${share(order.none.liquidationProbability.value)} and ${share(best.liquidationProbability.value)}`).join('; ')}.`;
  return drawChart({ id: 'orders', width: 515, height: 36 + rows.length * 26, description }, option);
}
