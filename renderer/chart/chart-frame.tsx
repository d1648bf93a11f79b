import './chart.css';
import type { EChartsOption } from 'echarts/types/dist/shared';
import { type KeyboardEvent, type ReactElement, type ReactNode, useEffect, useRef, useState } from 'react';
import { saveFile } from '../client/file-source.ts';
import { notify } from '../parts/notify.tsx';
import { registerChart } from './active-chart.ts';
import { chartFile, type DrawnChart } from './chart-export.ts';
import { chartFileName, type ChartFormat } from './chart-format.ts';
import type { ChartTable } from './chart-table.ts';
import { usePalette } from './palette.ts';
import { TableTwin } from './table-twin.tsx';

type FrameProps = {
  /** What is drawn, for those who do not see it. */
  readonly label: string;
  /** The chart as the library draws it into a file; asked for only then. Memoised by the caller. */
  readonly option: () => EChartsOption;
  readonly table: ChartTable;
  /** Arrow keys and Enter on the focused chart; return true when the key was used. */
  readonly onKey?: ((key: string) => boolean) | undefined;
  /** The drawing. */
  readonly children: ReactNode;
};

/** What every drawing of numbers has: focus, keys, a table twin under T, and a way into a file. */
export function ChartFrame({ label, option, table, onKey, children }: FrameProps): ReactElement {
  const frame = useRef<HTMLDivElement>(null);
  const [isTable, setIsTable] = useState(false);
  const palette = usePalette();
  useEffect(() => {
    const element = frame.current;
    if (element === null) return;
    const save = (format: ChartFormat): void => {
      const drawn = { label, option: option(), table, palette, width: element.clientWidth, height: element.clientHeight };
      void saveChart(drawn, format);
    };
    return registerChart({ element, save, toggleTable: () => setIsTable((value) => !value) });
  }, [label, option, table, palette]);
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || onKey?.(event.key) !== true) return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div ref={frame} className="chart" role="group" aria-label={label} tabIndex={0} onKeyDown={onKeyDown}>
      {isTable ? <TableTwin label={label} table={table} onBack={() => setIsTable(false)} /> : children}
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
