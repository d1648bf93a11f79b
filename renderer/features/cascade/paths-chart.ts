import type { EChartsOption } from 'echarts/types/dist/shared';
import type { ChartTable } from '../../chart/chart-table.ts';
import { seriesDashes } from '../../chart/chart-theme.ts';
import type { Palette } from '../../chart/palette.ts';
import { fixed } from '../../format/number.ts';
import { rawText } from '../../format/raw.ts';
import type { PricePath } from './cascade-rounds.ts';

type Drawing = {
  readonly paths: readonly PricePath[];
  readonly stops: readonly string[];
  /** Position of the playhead in the rounds. */ readonly round: number;
  readonly palette: Palette;
};

/** Prices from now through the shock and the rounds, each with its own colour and dash, and the playhead. */
export function pathsOption({ paths, stops, round, palette }: Drawing): EChartsOption {
  return {
    grid: { left: 52, right: 18, top: 26, bottom: 26 },
    legend: { top: 2, left: 44, itemWidth: 18, itemHeight: 2, data: paths.map((path) => path.label) },
    tooltip: { trigger: 'axis', valueFormatter: (value) => `${fixed(Number(value), 1)} %` },
    xAxis: { type: 'category', data: [...stops], boundaryGap: false },
    yAxis: { type: 'value', axisLabel: { formatter: (value: number) => `${fixed(value, Number.isInteger(value) ? 0 : 1)} %` } },
    series: paths.map((path, index) => ({
      type: 'line',
      name: path.label,
      data: path.points.map((point) => point * 100),
      symbol: 'circle',
      symbolSize: 5,
      color: palette.series[index] ?? palette.text2,
      lineStyle: { width: 2, type: seriesDashes[index] === 'solid' ? 'solid' : [...(seriesDashes[index] ?? [])] },
      ...(index === 0 ? { markLine: playhead(stops[round + 1], palette), markArea: shockGround(stops, palette) } : {}),
    })),
  };
}

function playhead(stop: string | undefined, palette: Palette): object {
  return {
    silent: true,
    symbol: 'none',
    label: { show: false },
    lineStyle: { color: palette.text, width: 1.25, type: 'solid' },
    data: stop === undefined ? [] : [{ xAxis: stop }],
  };
}

/** From now to the shock nothing is sold: a quiet ground says so. */
function shockGround(stops: readonly string[], palette: Palette): object {
  return {
    silent: true,
    itemStyle: { color: palette.raised, opacity: 0.7 },
    data: stops.length < 2 ? [] : [[{ xAxis: stops[0] }, { xAxis: stops[1] }]],
  };
}

/** The paths as a table, percent from now. */
export function pathsTable(paths: readonly PricePath[], stops: readonly string[]): ChartTable {
  return {
    head: ['Round', ...paths.map((path) => `${path.label}, %`)],
    rows: stops.map((stop, index) => [stop, ...paths.map((path) => (path.points[index] ?? 0) * 100)]),
    shown: (value) => (typeof value === 'number' ? fixed(value, 2) : rawText(value)),
  };
}
