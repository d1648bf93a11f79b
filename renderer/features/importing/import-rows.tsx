import { type ReactElement, useMemo, useState } from 'react';
import type { ImportPreview } from '../../../main/contract/importing.ts';
import { quantity } from '../../format/number.ts';
import type { Column } from '../../grid/columns.ts';
import { Grid } from '../../grid/grid.tsx';
import { Panel } from '../../parts/panel.tsx';
import { Segmented } from '../../parts/switches.tsx';
import { rowStates } from './row-states.tsx';

type Row = ImportPreview['sample'][number] & { readonly id: string };

/** The first rows and every problem as they were read, with the offending cell boxed, and what the book will hold of each. */
export function ImportRows({ preview }: { readonly preview: ImportPreview }): ReactElement {
  const [view, setView] = useState<'all' | 'problems'>('all');
  const all = useMemo((): readonly Row[] => preview.sample.map((row) => ({ ...row, id: String(row.line) })), [preview]);
  const problems = useMemo(() => all.filter((row) => row.state === 'asked' || row.state === 'rejected'), [all]);
  const columns = useMemo(() => importColumns(preview), [preview]);
  const choices = [
    { value: 'all', title: 'All', count: all.length },
    { value: 'problems', title: 'Problems', count: problems.length },
  ] as const;
  return (
    <Panel
      title="First 20 rows and every problem"
      caption="after the arrows what the book will hold, then the columns of the file"
      className="import-rows"
      isFlush
      actions={<Segmented label="Which rows" choices={choices} value={view} onChange={setView} />}
    >
      <Grid
        label="Rows of the file"
        rows={view === 'all' ? all : problems}
        columns={columns}
        emptyText="No row of the file has a problem"
      />
    </Panel>
  );
}

const CHARACTER_PX = 7.7;
const PADDING_PX = 26;
/** A column is one of numbers where this share of its cells is: a spoiled cell does not turn it into text. */
const MOSTLY = 0.7;

/** Line, state, the file's own columns, and what each row becomes. */
function importColumns(preview: ImportPreview): readonly Column<Row>[] {
  return [
    { id: 'line', title: 'Line', kind: 'number', width: 58, value: (row) => row.line, className: () => 'secondary' },
    {
      id: 'state',
      title: 'State',
      kind: 'text',
      width: 92,
      value: (row) => row.state,
      render: (row) => (
        <span className={rowStates[row.state].className}>
          {rowStates[row.state].glyph} {row.state}
        </span>
      ),
      tooltip: (row) => row.reason,
    },
    {
      id: 'becomes instrument',
      title: '→ instrument',
      kind: 'text',
      width: 212,
      value: (row) => row.instrumentId ?? '–',
      className: () => 'grid-strong',
    },
    {
      id: 'becomes quantity',
      title: '→ quantity',
      kind: 'number',
      width: 96,
      value: (row) => row.quantity,
      text: (row) => (row.state === 'asked' ? '?' : row.quantity === null ? '–' : quantity(row.quantity)),
      className: () => 'grid-strong',
    },
    {
      id: 'becomes account',
      title: '→ account',
      kind: 'text',
      width: 110,
      value: (row) => row.accountId ?? '–',
      className: () => 'grid-strong',
    },
    ...preview.columns.map((name, index) => fileColumn(preview, name, index)),
  ];
}

function fileColumn(preview: ImportPreview, name: string, index: number): Column<Row> {
  const cells = preview.sample.map((row) => row.cells[index] ?? '');
  const longest = Math.max(name.length, ...cells.slice(0, 60).map((cell) => cell.length));
  const filled = cells.filter((cell) => cell !== '');
  const isNumber = filled.filter((cell) => /^[+-]?[\d.,\s]+$/.test(cell)).length > filled.length * MOSTLY;
  return {
    id: `cell ${index}`,
    title: name,
    kind: isNumber ? 'number' : 'text',
    width: Math.min(230, Math.max(60, longest * CHARACTER_PX + PADDING_PX)),
    value: (row) => row.cells[index] ?? '',
    className: (row) => (row.state === 'rejected' ? 'muted' : ''),
    render: (row) => {
      const cell = row.cells[index] ?? '';
      return row.column === name ? <span className={`boxed boxed-${row.state}`}>{cell === '' ? 'empty' : cell}</span> : cell;
    },
    tooltip: (row) => (row.column === name ? row.reason : null),
  };
}
