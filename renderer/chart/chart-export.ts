import './chart-modules.ts';
import { init } from 'echarts/core';
import type { EChartsOption } from 'echarts/types/dist/shared';
import { commaSeparated } from '../format/raw.ts';
import type { ChartFormat } from './chart-format.ts';
import type { ChartTable } from './chart-table.ts';
import { chartTheme } from './chart-theme.ts';
import type { Palette } from './palette.ts';

/** A chart as it stands on the screen; size in pixels. */
export type DrawnChart = {
  readonly label: string;
  readonly option: EChartsOption;
  readonly table: ChartTable;
  readonly palette: Palette;
  readonly width: number;
  readonly height: number;
};

/** Points of a picture per pixel of the screen, so that it prints sharply. */
const PIXEL_RATIO = 2;
/** Smallest picture, pixels: a chart that is folded away still has one. */
const SMALLEST = 120;

/**
 * A chart as a file. Pictures are drawn anew from the same option at the size on the screen, on the ground of the panel, so that they do
 * not depend on whether the chart or its table is shown; the numbers are those of the table, not rounded.
 */
export async function chartFile(chart: DrawnChart, format: ChartFormat): Promise<Blob> {
  if (format === 'csv') return new Blob([chartCsv(chart.table)], { type: 'text/csv' });
  return format === 'svg' ? new Blob([chartSvg(chart)], { type: 'image/svg+xml' }) : chartPng(chart);
}

/** The chart's numbers with their heads, unrounded. */
export function chartCsv({ head, rows }: ChartTable): string {
  return commaSeparated([head, ...rows]);
}

/** The chart as lines and text; needs no page. */
export function chartSvg({ option, palette, ...size }: DrawnChart): string {
  const drawn = init(null, chartTheme(palette), { renderer: 'svg', ssr: true, ...atLeast(size) });
  drawn.setOption({ ...option, animation: false, backgroundColor: palette.panel });
  const text = drawn.renderToSVGString();
  drawn.dispose();
  return text;
}

async function chartPng({ option, palette, ...size }: DrawnChart): Promise<Blob> {
  const drawn = init(document.createElement('div'), chartTheme(palette), { renderer: 'canvas', ...atLeast(size) });
  drawn.setOption({ ...option, animation: false });
  const canvas = drawn.renderToCanvas({ pixelRatio: PIXEL_RATIO, backgroundColor: palette.panel });
  const blob = await new Promise<Blob | null>((settle) => canvas.toBlob(settle, 'image/png'));
  drawn.dispose();
  if (blob === null) throw new Error('the browser could not encode the picture');
  return blob;
}

function atLeast({ width, height }: Pick<DrawnChart, 'width' | 'height'>): { readonly width: number; readonly height: number } {
  return { width: Math.max(SMALLEST, width), height: Math.max(SMALLEST, height) };
}
