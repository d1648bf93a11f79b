import './chart-modules.ts';
import type { EChartsType } from 'echarts/core';
import { init } from 'echarts/core';
import type { EChartsOption } from 'echarts/types/dist/shared';
import { type ReactElement, useCallback, useEffect, useRef, useState } from 'react';
import { ChartFrame } from './chart-frame.tsx';
import type { ChartTable } from './chart-table.ts';
import { chartTheme } from './chart-theme.ts';
import { usePalette } from './palette.ts';

/** What was clicked: series and data index of the chart library. */
export type ChartPick = { readonly seriesName: string; readonly dataIndex: number; readonly name: string; readonly value: unknown };

export type ChartProps = {
  /** What the chart shows, for those who do not see it. */
  readonly label: string;
  /** Built from the result and the palette; memoised by the caller. */
  readonly option: EChartsOption;
  readonly table: ChartTable;
  readonly renderer?: 'canvas' | 'svg';
  readonly onPick?: (pick: ChartPick) => void;
  /** Arrow keys and Enter on the focused chart; return true when the key was used. */
  readonly onKey?: (key: string) => boolean;
  /** Gives the drawn chart to callers that place things on it (playhead, rings). */
  readonly onReady?: (chart: EChartsType) => void;
};

/** The house chart: theme, resize, focus, a table twin under T. It never animates by itself. */
export function Chart(props: ChartProps): ReactElement {
  const { label, option, table, onKey } = props;
  const drawn = useCallback(() => option, [option]);
  return (
    <ChartFrame label={label} option={drawn} table={table} onKey={onKey}>
      <Drawing {...props} />
    </ChartFrame>
  );
}

function Drawing({ option, renderer = 'canvas', onPick, onReady, label }: ChartProps): ReactElement {
  const stage = useRef<HTMLDivElement>(null);
  const [chart, setChart] = useState<EChartsType | null>(null);
  const palette = usePalette();
  useEffect(() => {
    const element = stage.current;
    if (element === null) return;
    const drawn = init(element, chartTheme(palette), { renderer });
    setChart(drawn);
    const observer = new ResizeObserver(() => drawn.resize());
    observer.observe(element);
    return () => {
      observer.disconnect();
      setChart(null);
      drawn.dispose();
    };
  }, [palette, renderer]);
  useEffect(() => {
    chart?.setOption({ animation: false, ...option }, { notMerge: true });
    if (chart !== null) onReady?.(chart);
  }, [chart, option, onReady]);
  useEffect(() => {
    if (chart === null || onPick === undefined) return;
    const onClick = (event: unknown): void => onPick(event as ChartPick);
    chart.on('click', onClick);
    return () => {
      if (!chart.isDisposed()) chart.off('click', onClick);
    };
  }, [chart, onPick]);
  return <div ref={stage} className="chart-stage" role="img" aria-label={`${label}; T shows the numbers`} />;
}
