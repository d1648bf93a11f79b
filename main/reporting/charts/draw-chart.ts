import { BarChart, CustomChart, HeatmapChart, LineChart } from 'echarts/charts';
import { AriaComponent, GridComponent, TitleComponent, VisualMapComponent } from 'echarts/components';
import * as echarts from 'echarts/core';
import { LabelLayout } from 'echarts/features';
import { SVGRenderer } from 'echarts/renderers';
import { ink, seriesColours } from '../palette.ts';
import type { ReportChart } from '../report-model.ts';

echarts.use([
  BarChart,
  CustomChart,
  HeatmapChart,
  LineChart,
  AriaComponent,
  GridComponent,
  TitleComponent,
  VisualMapComponent,
  LabelLayout,
  SVGRenderer,
]);

/** Text of axes and labels, and of what is to be read first. */
export const label = { color: ink.text2, fontSize: 9, fontFamily: 'Inter' };
export const strong = { ...label, color: ink.text, fontWeight: 600 as const };
/** Dashes in turn, so that lines are told apart without colour. */
export const dashes = ['solid', 'dashed', 'dotted'] as const;

/** An option of the chart library as vectors; equal options give equal bytes. */
export function drawChart({ id, width, height, description }: Omit<ReportChart, 'svg'>, option: object): ReportChart {
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
