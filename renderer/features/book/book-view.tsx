import './book.css';
import { type ReactElement, useCallback, useDeferredValue, useMemo, useRef, useState } from 'react';
import type { AnalysisResult } from '../../../main/contract/analysis.ts';
import type { BookContents } from '../../../main/domain/book.ts';
import { type Command, useCommands } from '../../app/commands.ts';
import { goTo } from '../../app/navigation.ts';
import { useSelection } from '../../app/selection.ts';
import { useAnalysis, useCall } from '../../client/queries.ts';
import { percent } from '../../format/share.ts';
import { Grid } from '../../grid/grid.tsx';
import { Key } from '../../parts/button.tsx';
import { Panel } from '../../parts/panel.tsx';
import { RunProgressBar } from '../../parts/progress.tsx';
import { StaleMark } from '../../parts/stale-mark.tsx';
import { EmptyState, FailureBox } from '../../parts/states.tsx';
import { Segmented, Tabs } from '../../parts/switches.tsx';
import { bookColumns } from './book-columns.tsx';
import { deletePositions, setQuantity } from './book-edits.ts';
import { chooseLines } from './book-filter.ts';
import { bookLines, bookRows, type BookRow, type Grouping, totalRow } from './book-rows.ts';
import { type BookTab, countedTabs, tabOf } from './book-tabs.ts';

const groupings = [
  { value: 'account', title: 'By account' },
  { value: 'underlying', title: 'By underlying' },
  { value: 'flat', title: 'Flat' },
] as const;

/** Every position of the book with its value, Greeks, requirement and distance. */
export function BookView(): ReactElement {
  const contents = useCall('book.contents', {});
  const analysis = useAnalysis();
  if (contents.failure !== null && contents.value === null)
    return <FailureBox failure={contents.failure} action={{ title: 'Read again', run: contents.again }} />;
  if (contents.value === null) return <p className="screen-wait">Reading the book</p>;
  if (contents.value.positions.length === 0)
    return (
      <EmptyState title="No positions yet" actions={[{ title: 'Import', run: () => goTo('importing'), shortcut: '7' }]}>
        Import an export of a venue or a file in Interlock’s own layout, or drop it on the Import screen.
      </EmptyState>
    );
  return <BookPanel contents={contents.value} analysis={analysis.value} runId={analysis.runId} />;
}

type Props = { readonly contents: BookContents; readonly analysis: AnalysisResult | null; readonly runId: string | null };

function BookPanel({ contents, analysis, runId }: Props): ReactElement {
  const [tabId, setTabId] = useState<BookTab['id']>('all');
  const [grouping, setGrouping] = useState<Grouping>('account');
  const [filter, setFilter] = useState('');
  const [collapsed, setCollapsed] = useState<ReadonlySet<string>>(new Set());
  const { positionId, selectPosition } = useSelection();
  const toggle = useCallback(
    (row: BookRow) =>
      setCollapsed((former) => (former.has(row.id) ? new Set([...former].filter((id) => id !== row.id)) : new Set([...former, row.id]))),
    [],
  );
  const lines = useMemo(() => bookLines(contents, analysis), [contents, analysis]);
  const wanted = useDeferredValue(filter);
  const chosen = useMemo(() => chooseLines(lines, tabOf(tabId), wanted), [lines, tabId, wanted]);
  const rows = useMemo(() => bookRows({ lines, chosen, grouping, collapsed }), [lines, chosen, grouping, collapsed]);
  const total = useMemo(() => (analysis === null ? [] : [totalRow(lines, analysis)]), [lines, analysis]);
  const columns = useMemo(() => bookColumns({ toggle, setQuantity: (row, text) => void setQuantity(row, text) }), [toggle]);
  const tabs = useMemo(() => countedTabs(lines), [lines]);
  return (
    <Panel
      title="Book"
      head={<Tabs label="Kinds of positions" choices={tabs} value={tabId} onChange={setTabId} />}
      className="book"
      isFlush
      actions={
        <>
          <RunProgressBar runId={runId} title="Valuing" />
          <FilterField value={filter} onChange={setFilter} />
          <Segmented label="Grouping" choices={groupings} value={grouping} onChange={setGrouping} />
        </>
      }
      foot={<Foot lines={lines.length} chosen={chosen.length} analysis={analysis} />}
    >
      <Grid
        label="Positions"
        rows={rows}
        columns={columns}
        pinnedBottom={total}
        {...(grouping === 'flat' ? {} : { groupOf: (row: BookRow) => row.groupId })}
        isGroup={(row) => row.level === 'group'}
        selectedId={positionId}
        onSelect={(row) => selectPosition(row.positionId, row.accountId)}
        onOpen={(row) => (row.level === 'group' ? toggle(row) : goTo('accounts'))}
        onDelete={(deleted) => void deletePositions(deleted)}
        emptyText="No position matches the filter"
      />
    </Panel>
  );
}

function FilterField({ value, onChange }: { readonly value: string; readonly onChange: (value: string) => void }): ReactElement {
  const field = useRef<HTMLInputElement>(null);
  const commands = useMemo((): readonly Command[] => {
    const focus = (): void => field.current?.focus();
    return [
      { id: 'book.filter', title: 'Filter the positions', group: 'Panel', key: 'F', run: focus },
      { id: 'book.filter.slash', title: 'Filter the positions', group: 'Panel', key: '/', run: focus },
    ];
  }, []);
  useCommands(commands);
  return (
    <label className="filter">
      <span className="visually-hidden">Filter</span>
      <input
        ref={field}
        value={value}
        placeholder="Filter"
        spellCheck={false}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          event.preventDefault();
          onChange('');
          field.current?.blur();
        }}
      />
      <Key>F</Key>
    </label>
  );
}

function Foot({
  lines,
  chosen,
  analysis,
}: {
  readonly lines: number;
  readonly chosen: number;
  readonly analysis: AnalysisResult | null;
}): ReactElement {
  return (
    <>
      {analysis !== null && (
        <span>
          <strong>
            {analysis.coverage.priced} of {analysis.coverage.positions}
          </strong>{' '}
          positions, <strong>{percent(analysis.coverage.pricedFraction)}</strong> of gross value priced
        </span>
      )}
      {analysis !== null && analysis.coverage.stale.length > 0 && (
        <span className="state-stale">
          <StaleMark /> {analysis.coverage.stale.length} older than the limit
        </span>
      )}
      {chosen !== lines && (
        <span>
          {chosen} of {lines} shown
        </span>
      )}
      <span>Values in USD; options settled in coin are marked in coin</span>
      <span className="book-hints">Space explains · F2 edits · Ctrl C copies raw values · Ctrl Z undoes</span>
    </>
  );
}
