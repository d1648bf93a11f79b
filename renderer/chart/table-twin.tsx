import type { ReactElement } from 'react';
import { rawText, type Raw } from '../format/raw.ts';
import { fixed } from '../format/number.ts';
import { Button } from '../parts/button.tsx';
import type { ChartTable } from './chart-table.ts';

/** Rows that are shown: more would be slow to lay out and nobody reads them; the file has them all. */
const MOST_ROWS = 500;

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
          {table.rows.slice(0, MOST_ROWS).map((row, index) => (
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
      {table.rows.length > MOST_ROWS && (
        <p className="muted">
          The first {fixed(MOST_ROWS, 0)} of {fixed(table.rows.length, 0)} rows; Save, Numbers (CSV) has them all.
        </p>
      )}
    </div>
  );
}

function plain(value: Raw): string {
  return typeof value === 'number' ? fixed(value, Number.isInteger(value) ? 0 : 2) : rawText(value);
}
