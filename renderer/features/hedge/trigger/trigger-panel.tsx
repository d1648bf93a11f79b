import './trigger.css';
import { type ReactElement, useMemo, useState } from 'react';
import type { AnalysisResult } from '../../../../main/contract/analysis.ts';
import type { TriggerResult, TriggerWindow } from '../../../../main/contract/trigger.ts';
import { Chart } from '../../../chart/chart.tsx';
import { usePalette } from '../../../chart/palette.ts';
import { useCachedJob } from '../../../client/queries.ts';
import { moneyWords } from '../../../format/money.ts';
import { counted, fixed } from '../../../format/number.ts';
import { Button } from '../../../parts/button.tsx';
import { Panel } from '../../../parts/panel.tsx';
import { RunProgressBar } from '../../../parts/progress.tsx';
import { EmptyState, FailureBox } from '../../../parts/states.tsx';
import { Segmented } from '../../../parts/switches.tsx';
import type { HedgeTabProps } from '../hedge-tabs.ts';
import { triggerOption, triggerTable, type TriggerView } from './trigger-chart.ts';
import { TriggerTable } from './trigger-table.tsx';

const VIEWS = [
  { value: 'chance', title: 'Chance, %' },
  { value: 'cost', title: 'Cost, k' },
] as const;

/** The best order "repay below health X up to Y" of a borrowing account; asked for, since it takes some seconds. */
export function TriggerPanel({ analysis, head, className }: Pick<HedgeTabProps, 'analysis' | 'head' | 'className'>): ReactElement {
  const borrowers = useMemo(() => borrowersOf(analysis), [analysis]);
  const [chosen, setChosen] = useState(borrowers[0] ?? '');
  const [view, setView] = useState<TriggerView>('chance');
  const [askedFor, setAskedFor] = useState<string | null>(null);
  const accountId = borrowers.includes(chosen) ? chosen : (borrowers[0] ?? '');
  const { value, failure, runId, again, isFetching } = useCachedJob('trigger.optimise', { accountId }, askedFor === accountId);
  const told = value?.accountId === accountId ? value : null;
  return (
    <Panel
      title="Trigger orders"
      head={head}
      isFlush
      className={className}
      actions={
        <>
          {runId !== null && <RunProgressBar runId={runId} title="Trying orders" />}
          {told !== null && <Segmented label="What the map shows" choices={VIEWS} value={view} onChange={setView} />}
          <select className="field" aria-label="Account that borrows" value={accountId} onChange={(event) => setChosen(event.target.value)}>
            {borrowers.map((id) => (
              <option key={id}>{id}</option>
            ))}
          </select>
          {told === null && (
            <Button onClick={() => setAskedFor(accountId)} disabled={accountId === '' || isFetching}>
              Try orders
            </Button>
          )}
        </>
      }
    >
      {failure !== null && <FailureBox failure={failure} action={{ title: 'Try again', run: again }} />}
      {failure === null && told === null && (
        <EmptyState
          title={borrowers.length === 0 ? 'No account borrows' : runId === null ? 'No orders have been tried yet' : 'Trying orders'}
          isAside
        >
          Every order of a grid is led along the same drawn paths, with a keeper that is late, gas, and slippage in the recorded depth.
        </EmptyState>
      )}
      {failure === null && told !== null && <Told key={told.accountId} told={told} view={view} />}
    </Panel>
  );
}

/** Accounts with a health factor, the nearest to liquidation first. */
function borrowersOf({ accounts }: AnalysisResult): string[] {
  return accounts
    .flatMap(({ accountId, healthFactor }) =>
      typeof healthFactor === 'number' && Number.isFinite(healthFactor) ? [{ accountId, healthFactor }] : [],
    )
    .toSorted((left, right) => left.healthFactor - right.healthFactor)
    .map(({ accountId }) => accountId);
}

function Told({ told, view }: { readonly told: TriggerResult; readonly view: TriggerView }): ReactElement {
  const palette = usePalette();
  const option = useMemo(() => triggerOption(told, view, palette), [told, view, palette]);
  const table = useMemo(() => triggerTable(told), [told]);
  const label = view === 'chance' ? 'Chance of liquidation' : 'Expected cost, k USD,';
  return (
    <div className="trigger-body">
      <div className="trigger-chart">
        <Chart
          label={`${label} by the health below which is repaid and the one aimed at; the cheapest is framed`}
          option={option}
          table={table}
        />
      </div>
      <div className="trigger-figures" tabIndex={0} role="group" aria-label="Figures of the orders">
        <p className="trigger-headline">{told.headline}</p>
        <TriggerTable told={told} />
        <h3>Along recorded windows</h3>
        <ul className="trigger-lines">
          {told.windows.map((window) => (
            <li key={window.windowId}>{windowWords(window)}</li>
          ))}
        </ul>
        <h3>Why it may not execute</h3>
        <ul className="trigger-lines">
          {told.doubts.map(({ id, text, perPath }) => (
            <li key={id}>
              {text} <span className="muted">{perPath === null ? 'Not in these paths.' : `${fixed(perPath, 2)} a path.`}</span>
            </li>
          ))}
        </ul>
        <h3>What it rests on</h3>
        <ul className="trigger-lines">
          {told.assumptions.map((line) => (
            <li key={line} className="muted">
              {line}
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}

/** What became of the account in one window, without and with the order. */
function windowWords({
  windowId,
  windowName,
  isLiquidatedWithout,
  isLiquidatedWith,
  executions,
  costWithoutUsd,
  costWithUsd,
}: TriggerWindow): string {
  const fate = (isLiquidated: boolean, costUsd: number): string => `${isLiquidated ? '◆ liquidated' : 'holds'}, ${moneyWords(costUsd)}`;
  return `${windowId} ${windowName}: without ${fate(isLiquidatedWithout, costWithoutUsd)}; with it ${fate(isLiquidatedWith, costWithUsd)}, ${counted(executions, 'execution')}`;
}
