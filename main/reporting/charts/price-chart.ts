import type { CascadeResult } from '../../contract/analysis.ts';
import { wholeMove } from '../format.ts';
import { ink, seriesColours } from '../palette.ts';
import type { ReportChart } from '../report-model.ts';
import { dashes, drawChart, label } from './draw-chart.ts';

type Size = Pick<ReportChart, 'id' | 'width' | 'height'>;
const WHOLE: Size = { id: 'cascade-prices', width: 515, height: 190 };

/** What is drawn of a cascade's prices: the drivers of its shock, then the claims that slip. */
export function pathIds(result: CascadeResult): string[] {
  const last = result.rounds.at(-1)?.pricesUsd ?? {};
  return [...Object.keys(result.shock.moves), 'wstETH', 'KEEL']
    .filter((id, index, all) => id in last && all.indexOf(id) === index)
    .slice(0, 6);
}

/** Relative price of each driver and claim after every round of the cascade. */
export function priceChart(cascade: CascadeResult, ids: readonly string[], size: Size = WHOLE): ReportChart {
  const before = (id: string): number => cascade.pricesBeforeUsd[id] ?? 0;
  const option = {
    grid: { left: 44, right: 70, top: 10, bottom: 24 },
    xAxis: {
      type: 'category',
      boundaryGap: false,
      data: [
        'now',
        ...cascade.rounds.map((round) =>
          round.round === 0 ? 'shock' : size.width < WHOLE.width ? String(round.round) : `round ${round.round}`,
        ),
      ],
      axisTick: { show: false },
      axisLine: { lineStyle: { color: ink.lineStrong } },
      axisLabel: label,
    },
    yAxis: {
      type: 'value',
      scale: true,
      axisLabel: { ...label, formatter: (value: number) => wholeMove(value) },
      splitLine: { lineStyle: { color: ink.line } },
    },
    series: ids.map((id, index) => ({
      type: 'line',
      symbolSize: 4,
      lineStyle: { width: 1.6, type: dashes[index % dashes.length], color: seriesColours[index] },
      itemStyle: { color: seriesColours[index] },
      endLabel: { show: true, ...label, formatter: id },
      labelLayout: { moveOverlap: 'shiftY' },
      data: [0, ...cascade.rounds.map((round) => (before(id) > 0 ? (round.pricesUsd[id] ?? 0) / before(id) - 1 : 0))],
    })),
  };
  return drawChart(
    {
      ...size,
      description: `Prices of ${ids.join(', ')} through ${cascade.rounds.length - 1} rounds.`,
    },
    option,
  );
}
