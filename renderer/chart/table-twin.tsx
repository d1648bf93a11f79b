import type { ReactElement } from 'react';
import { rawText, type Raw } from '../format/raw.ts';
import { fixed } from '../format/number.ts';
import { Button } from '../parts/button.tsx';
import type { ChartTable } from './chart-table.ts';

/** The numbers behind a chart. */
export function TableTwin({
  label,
  table,
  onBack,
}: {
  readonly label: string;
  readonly table: ChartTable;
  readonly onBack: () => void;
}): ReactElement {
  const show = (value: Raw, column: number): string => table.shown?.(value, column) ?? plain(value);
  return (
    <div className="chart-table">
      <Button tone="link" onClick={onBack} shortcut="T">
        Back to the chart
      </Button>
      <table className="table">
        <caption className="visually-hidden">{label}</caption>
        <thead>
          <tr>
            {table.head.map((title, column) => (
              <th key={title} scope="col" className={column === 0 ? '' : 'right'}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row, index) => (
            <tr key={index}>
              {row.map((value, column) => (
                <td key={column} className={column === 0 ? '' : 'right'}>
                  {show(value, column)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function plain(value: Raw): string {
  return typeof value === 'number' ? fixed(value, Number.isInteger(value) ? 0 : 2) : rawText(value);
}
