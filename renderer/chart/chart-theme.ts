import type { Palette } from './palette.ts';

/** The house theme of charts: quiet axes, no ticks, no background; the series carry the colour. */
export function chartTheme(palette: Palette): object {
  const axis = {
    axisLine: { show: true, lineStyle: { color: palette.lineStrong } },
    axisTick: { show: false },
    axisLabel: { color: palette.text3, fontSize: 11 },
    splitLine: { lineStyle: { color: palette.line } },
    nameTextStyle: { color: palette.text3, fontSize: 11 },
    nameLocation: 'middle',
  };
  return {
    color: palette.series,
    backgroundColor: 'transparent',
    textStyle: { fontFamily: 'Inter Variable', fontSize: 11, color: palette.text2 },
    legend: { top: 0, left: 0, icon: 'roundRect', itemWidth: 14, itemHeight: 3, textStyle: { color: palette.text2, fontSize: 11 } },
    tooltip: {
      backgroundColor: palette.raised,
      borderColor: palette.lineStrong,
      borderWidth: 1,
      padding: [6, 9],
      textStyle: { color: palette.text, fontSize: 11 },
      axisPointer: { lineStyle: { color: palette.text3 }, crossStyle: { color: palette.text3 } },
      confine: true,
      transitionDuration: 0,
    },
    categoryAxis: axis,
    valueAxis: axis,
    logAxis: axis,
    timeAxis: axis,
  };
}

/** Dash of each of the six series, so that they differ without colour too. */
export const seriesDashes: readonly ('solid' | readonly number[])[] = ['solid', [6, 3], [2, 2], [8, 3, 2, 3], [4, 2], [1, 3]];
