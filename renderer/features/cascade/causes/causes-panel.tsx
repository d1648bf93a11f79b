import { ChevronDown, ChevronRight } from 'lucide-react';
import { type KeyboardEvent, type ReactElement, useMemo, useRef, useState } from 'react';
import { fixed, THIN_SPACE } from '../../../format/number.ts';
import { Panel } from '../../../parts/panel.tsx';
import { askWhy } from '../../../parts/explain-store.ts';
import { EmptyState } from '../../../parts/states.tsx';
import type { Stress } from '../use-stress.ts';
import { type CauseRow, causeRows, roots, stepTree } from './causes-tree.ts';

type Props = { readonly stress: Stress; readonly selectedId: string | null; readonly onAccount: (accountId: string) => void };

/** Why each account fell, as a tree back to the shock: every line with its share of the line above it. */
export function CausesPanel({ stress, selectedId, onAccount }: Props): ReactElement {
  const { cascade } = stress;
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set());
  const [at, setAt] = useState(0);
  const list = useRef<HTMLUListElement>(null);
  // A fall is open until it is closed, everything below it closed until it is opened.
  const open = useMemo(
    () =>
      toggledOpen(
        roots(cascade).map((root) => root.path),
        toggled,
      ),
    [cascade, toggled],
  );
  const rows = useMemo(() => causeRows(cascade, open), [cascade, open]);
  const current = Math.min(at, rows.length - 1);
  const toggle = (path: string): void => setToggled(withToggled(toggled, path));
  const go = (index: number): void => {
    setAt(index);
    (list.current?.children[index] as HTMLElement | undefined)?.focus();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const row = rows[current];
    const accountId = row?.accountId ?? null;
    if (event.key === '?' && row !== undefined && row.why !== null) {
      event.preventDefault();
      askWhy(row.why.metric, row.why.subjectId, event.target as HTMLElement);
      return;
    }
    if (event.key === 'Enter' && accountId !== null) onAccount(accountId);
    const step = event.key === 'Enter' ? null : stepTree(rows, current, event.key);
    if (step === null) return;
    event.preventDefault();
    event.stopPropagation();
    if ('at' in step) go(step.at);
    else toggle('open' in step ? step.open : step.close);
  };
  return (
    <Panel
      title="Root causes"
      caption="share of the line above; arrows open and close, ? explains"
      isFlush
      className={stress.runId === null ? 'stress-causes' : 'stress-causes is-waiting'}
    >
      {rows.length === 0 ? (
        <EmptyState title="Every account holds">Nothing of the book falls at this shock, so there is nothing to trace back.</EmptyState>
      ) : (
        <ul ref={list} className="cause-tree" role="tree" aria-label="Causes of every fall, back to the shock" onKeyDown={onKeyDown}>
          {rows.map((row, index) => (
            <Line
              key={row.path}
              row={row}
              isCurrent={index === current}
              isSelected={row.depth === 0 && row.accountId === selectedId}
              onChoose={() => {
                setAt(index);
                if (row.canOpen) toggle(row.path);
                if (row.depth === 0 && row.accountId !== null) onAccount(row.accountId);
              }}
            />
          ))}
        </ul>
      )}
    </Panel>
  );
}

type LineProps = { readonly row: CauseRow; readonly isCurrent: boolean; readonly isSelected: boolean; readonly onChoose: () => void };

function Line({ row, isCurrent, isSelected, onChoose }: LineProps): ReactElement {
  return (
    <li
      role="treeitem"
      aria-level={row.depth + 1}
      aria-selected={isSelected}
      {...(row.canOpen ? { 'aria-expanded': row.isOpen } : {})}
      tabIndex={isCurrent ? 0 : -1}
      className={row.depth === 0 ? 'cause-line is-fall' : 'cause-line'}
      style={{ paddingLeft: `${8 + row.depth * 16}px` }}
      onClick={onChoose}
    >
      <span className="cause-toggle" aria-hidden="true">
        {row.canOpen && (row.isOpen ? <ChevronDown size={13} /> : <ChevronRight size={13} />)}
      </span>
      <Why row={row}>{row.share === null ? <span className="state-danger">◆</span> : <Share share={row.share} />}</Why>
      <span className="cause-words" title={row.words}>
        {row.words}
      </span>
    </li>
  );
}

/** A figure that answers 'why?' by click; by ? on its line. It is no stop of its own: the line is. */
function Why({ row, children }: { readonly row: CauseRow; readonly children: ReactElement }): ReactElement {
  const { why } = row;
  if (why === null) return children;
  return (
    <span
      className="explain"
      onClick={(event) => {
        event.stopPropagation();
        askWhy(why.metric, why.subjectId, event.currentTarget);
      }}
    >
      {children}
    </span>
  );
}

/** A share as a bar and in percent; what works against the fall has an empty bar and a minus. */
function Share({ share }: { readonly share: number }): ReactElement {
  return (
    <span className="cause-share">
      <i aria-hidden="true">
        <i style={{ width: `${Math.max(0, Math.min(1, share)) * 100}%` }} />
      </i>
      {fixed(share * 100, 0)}
      {THIN_SPACE}%
    </span>
  );
}

/** Lines that are open: the first level unless toggled, every other line if toggled. */
function toggledOpen(first: readonly string[], toggled: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([...first.filter((path) => !toggled.has(path)), ...[...toggled].filter((path) => !first.includes(path))]);
}

function withToggled(toggled: ReadonlySet<string>, path: string): ReadonlySet<string> {
  const next = new Set(toggled);
  if (!next.delete(path)) next.add(path);
  return next;
}
