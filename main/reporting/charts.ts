import { BarChart, CustomChart, HeatmapChart, LineChart } from 'echarts/charts';
import { AriaComponent, GridComponent, VisualMapComponent } from 'echarts/components';
import * as echarts from 'echarts/core';
import { LabelLayout } from 'echarts/features';
import { SVGRenderer } from 'echarts/renderers';
import type { AccountResult, CascadeResult, GridResult, SurplusResult } from '../contract/analysis.ts';
import { figure, money, move } from './format.ts';
import { diverging, ink, seriesColours } from './palette.ts';
import type { ReportChart } from './report-model.ts';

echarts.use([BarChart, CustomChart, HeatmapChart, LineChart, AriaComponent, GridComponent, VisualMapComponent, LabelLayout, SVGRenderer]);

const label = { color: ink.text2, fontSize: 9, fontFamily: 'Inter' };
const strong = { ...label, color: ink.text, fontWeight: 600 as const };
const dashes = ['solid', 'dashed', 'dotted'] as const;

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
    xAxis: { type: 'value', axisLabel: label, splitLine: { lineStyle: { color: ink.line } } },
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
  return draw({ id: 'surplus', width: 250, height: 30 + rows.length * 30, description }, option);
}

/** Relative price of each driver and claim after every round of the cascade. */
export function priceChart(cascade: CascadeResult, ids: readonly string[]): ReportChart {
  const before = (id: string): number => cascade.pricesBeforeUsd[id] ?? 0;
  const option = {
    grid: { left: 44, right: 70, top: 10, bottom: 24 },
    xAxis: {
      type: 'category',
      boundaryGap: false,
      data: ['now', ...cascade.rounds.map((round) => (round.round === 0 ? 'shock' : `round ${round.round}`))],
      axisTick: { show: false },
      axisLine: { lineStyle: { color: ink.lineStrong } },
      axisLabel: label,
    },
    yAxis: {
      type: 'value',
      scale: true,
      axisLabel: { ...label, formatter: (value: number) => move(value) },
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
  return draw(
    {
      id: 'cascade-prices',
      width: 515,
      height: 190,
      description: `Prices of ${ids.join(', ')} through ${cascade.rounds.length - 1} rounds.`,
    },
    option,
  );
}

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
  return draw(
    { id: 'heatmap', width: 515, height: 210, description: 'Profit and loss after the cascade over spot and volatility.' },
    option,
  );
}

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
      name: 'move of all drivers',
      nameLocation: 'middle',
      nameGap: 22,
      nameTextStyle: label,
      axisLabel: { ...label, formatter: (value: number) => move(value) },
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
  return draw(
    {
      id: 'excess',
      width: 515,
      height: 200,
      description: `Excess of ${drawn.map((item) => item.name).join(', ')} against the common move.`,
    },
    option,
  );
}

function draw({ id, width, height, description }: Omit<ReportChart, 'svg'>, option: object): ReportChart {
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width, height });
  chart.setOption({ animation: false, color: [...seriesColours], textStyle: { fontFamily: 'Inter' }, ...option });
  const svg = stableIds(chart.renderToSVGString(), id);
  chart.dispose();
  return { id, svg, width, height, description };
}

/** Numbers every generated identifier by order of appearance, since the library counts them over the whole process. */
function stableIds(svg: string, prefix: string): string {
  const names = new Map<string, string>();
  return svg.replace(/zr\d+-[\w-]+/g, (found) => {
    const known = names.get(found) ?? `${prefix}-${names.size}`;
    names.set(found, known);
    return known;
  });
}
