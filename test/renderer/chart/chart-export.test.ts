import { describe, expect, it } from 'vitest';
import { chartCsv, chartFile, chartSvg, type DrawnChart } from '../../../renderer/chart/chart-export.ts';
import { chartFileName } from '../../../renderer/chart/chart-format.ts';
import type { Palette } from '../../../renderer/chart/palette.ts';

const colour = '#123456';
const palette = new Proxy({} as Palette, { get: (_, name) => (['series', 'diverging'].includes(String(name)) ? [colour] : colour) });
const chart: DrawnChart = {
  label: 'Loss by round, M USD; T shows the numbers',
  option: { xAxis: { type: 'category', data: ['one', 'two'] }, yAxis: {}, series: [{ type: 'bar', data: [1 / 3, 2] }] },
  table: {
    head: ['Round', 'Loss, M USD'],
    rows: [
      ['=one', 1 / 3],
      ['two', -2],
    ],
    shown: () => 'rounded',
  },
  palette,
  width: 0,
  height: 200,
};

describe('a saved chart', () => {
  it('keeps its numbers unrounded and its words harmless in a spreadsheet', () => {
    expect(chartCsv(chart.table)).toBe(`Round,"Loss, M USD"\r\n"'=one",${1 / 3}\r\ntwo,-2\r\n`);
  });

  it('is a drawing of its own, on the ground of the panel, even where the chart is folded away', () => {
    const text = chartSvg(chart);
    expect(text).toMatch(/^<svg [^>]*width="120"[^>]*height="200"/);
    expect(text).toContain('two');
    expect(text).toContain(colour);
  });

  it('is offered as the type of file it is', async () => {
    expect((await chartFile(chart, 'csv')).type).toBe('text/csv');
    expect((await chartFile(chart, 'svg')).type).toBe('image/svg+xml');
  });

  it('is named after the first clause of its label', () => {
    expect(chartFileName(chart.label, 'png')).toBe('loss-by-round.png');
    expect(chartFileName('Überschuss ≥ 0', 'csv')).toBe('uberschuss-0.csv');
    expect(chartFileName('→', 'svg')).toBe('chart.svg');
  });
});
