import './chart-modules.ts';
import './chart.css';
import type { EChartsType } from 'echarts/core';
import { init } from 'echarts/core';
import type { EChartsOption } from 'echarts/types/dist/shared';
import { type KeyboardEvent, type ReactElement, useEffect, useRef, useState } from 'react';
import { saveFile } from '../client/file-source.ts';
import { notify } from '../parts/notify.tsx';
import { registerChart } from './active-chart.ts';
import { chartFile, type DrawnChart } from './chart-export.ts';
import { chartFileName, type ChartFormat } from './chart-format.ts';
import type { ChartTable } from './chart-table.ts';
import { chartTheme } from './chart-theme.ts';
import { usePalette } from './palette.ts';
import { TableTwin } from './table-twin.tsx';

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
  const frame = useRef<HTMLDivElement>(null);
  const [isTable, setIsTable] = useState(false);
  const palette = usePalette();
  const { label, option, table } = props;
  useEffect(() => {
    const element = frame.current;
    if (element === null) return;
    const save = (format: ChartFormat): void => {
      const drawn = { label, option, table, palette, width: element.clientWidth, height: element.clientHeight };
      void saveChart(drawn, format);
    };
    return registerChart({ element, save, toggleTable: () => setIsTable((value) => !value) });
  }, [label, option, table, palette]);
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || props.onKey?.(event.key) !== true) return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div ref={frame} className="chart" role="group" aria-label={props.label} tabIndex={0} onKeyDown={onKeyDown}>
      {isTable ? <TableTwin label={props.label} table={props.table} onBack={() => setIsTable(false)} /> : <Drawing {...props} />}
    </div>
  );
}

async function saveChart(drawn: DrawnChart, format: ChartFormat): Promise<void> {
  const name = chartFileName(drawn.label, format);
  saveFile(name, await chartFile(drawn, format));
  notify({
    tone: 'info',
    fact: `${name} saved`,
    reason: format === 'csv' ? 'The numbers of the chart, not rounded.' : 'As drawn, on the ground of the panel.',
  });
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
