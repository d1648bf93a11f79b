import './backtest.css';
import { type ReactElement, useMemo, useState } from 'react';
import type { BacktestWindow } from '../../../../main/contract/backtest.ts';
import { Chart } from '../../../chart/chart.tsx';
import { usePalette } from '../../../chart/palette.ts';
import { useBookInfo, useCall, useJob } from '../../../client/queries.ts';
import { Button } from '../../../parts/button.tsx';
import { Panel } from '../../../parts/panel.tsx';
import { RunProgressBar } from '../../../parts/progress.tsx';
import { EmptyState, FailureBox } from '../../../parts/states.tsx';
import { Segmented } from '../../../parts/switches.tsx';
import { backtestOption, backtestTable } from './backtest-chart.ts';
import type { HedgeTabProps } from '../hedge-tabs.ts';
import { BacktestTable } from './backtest-table.tsx';

/** Window offered first: the one that the demo book stands in. */
const FIRST_WINDOW = '2026-02';

/** Whether the hedge would have worked: every strategy along a recorded window. Asked for, since it takes a minute. */
export function BacktestPanel({ head, className }: Pick<HedgeTabProps, 'head' | 'className'>): ReactElement {
  const windows = useCall('replay.windows', {});
  const book = useBookInfo();
  const [chosen, setChosen] = useState(FIRST_WINDOW);
  const [digest, setDigest] = useState<string | null>(null);
  const { runId, result, start, clear } = useJob('backtest.run');
  const isOfThisBook = digest === (book.value?.digest ?? null);
  const told = result?.ok === true && isOfThisBook ? result.value.windows[0] : undefined;
  const failure = result?.ok === false && result.failure.reason !== 'cancelled' && isOfThisBook ? result.failure : null;
  const begin = (): void => {
    setDigest(book.value?.digest ?? null);
    void start({ windowIds: [chosen] });
  };
  const choices = (windows.value ?? []).map(({ id, name }) => ({ value: id, title: <span title={name}>{id}</span> }));
  return (
    <Panel
      title="Would it have worked?"
      head={head}
      caption={told?.window.name ?? 'hedging along recorded prices, nothing known before its time'}
      isFlush
      className={className}
      actions={
        <>
          {runId !== null && <RunProgressBar runId={runId} title="Backtesting" />}
          {told !== undefined && (
            <Button tone="quiet" onClick={clear}>
              Close
            </Button>
          )}
          <Segmented label="Recorded window" choices={choices} value={chosen} onChange={setChosen} />
          <Button onClick={begin} disabled={runId !== null}>
            Backtest
          </Button>
        </>
      }
    >
      {failure !== null && <FailureBox failure={failure} action={{ title: 'Backtest again', run: begin }} />}
      {told === undefined && failure === null && (
        <EmptyState title={runId === null ? 'Nothing has been backtested yet' : 'Backtesting'}>
          Choose a recorded window: every strategy is led through it with what was known at each time, and pays for what it does.
        </EmptyState>
      )}
      {told !== undefined && <Told key={told.window.id} told={told} />}
    </Panel>
  );
}

function Told({ told }: { readonly told: BacktestWindow }): ReactElement {
  const palette = usePalette();
  const option = useMemo(() => backtestOption(told, palette), [told, palette]);
  const table = useMemo(() => backtestTable(told), [told]);
  return (
    <div className="backtest-body">
      <div className="backtest-chart">
        <Chart
          label="Equity of every strategy since the window’s start, M USD; diamonds: an account was liquidated"
          option={option}
          table={table}
        />
      </div>
      <div className="backtest-figures" tabIndex={0} role="group" aria-label="Figures of the backtest">
        <p className="backtest-headline">{told.headline}</p>
        <BacktestTable told={told} />
        <ul className="backtest-lines">
          {told.honest.map((line) => (
            <li key={line}>{line}</li>
          ))}
          <li className="muted">{told.assumptions[0]}</li>
        </ul>
      </div>
    </div>
  );
}
