import './contagion.css';
import { type ReactElement, type ReactNode, useMemo, useState } from 'react';
import type { TransfersResult } from '../../../../main/contract/transfers.ts';
import { Chart } from '../../../chart/chart.tsx';
import { usePalette } from '../../../chart/palette.ts';
import { SaveChart } from '../../../chart/save-chart.tsx';
import { useTransfers } from '../../../client/queries.ts';
import { Panel } from '../../../parts/panel.tsx';
import { RunProgressBar } from '../../../parts/progress.tsx';
import { FailureBox } from '../../../parts/states.tsx';
import { StaleMark } from '../../../parts/stale-mark.tsx';
import { Segmented } from '../../../parts/switches.tsx';
import { fundingBars, fundingTable } from './funding-bars.ts';
import { TransferTable } from './transfer-table.tsx';
import { Assumptions, Sentences } from './word-lists.tsx';

const horizons = [
  { value: '0.5', title: '30 min' },
  { value: '3', title: '3 h' },
  { value: '24', title: '1 day' },
] as const;

type Props = {
  /** Tabs in place of the title, where the panel shares its place with others. */
  readonly tabs?: ReactNode;
  readonly className?: string;
};

/** What it costs that collateral lies in many places, and the least-cost transfers that cover every account. */
export function TransfersPanel({ tabs, className }: Props): ReactElement {
  const [horizon, setHorizon] = useState<(typeof horizons)[number]['value']>('24');
  const loaded = useTransfers({ horizonHours: Number(horizon) });
  const { value, failure, isStale, runId } = loaded;
  return (
    <Panel
      title="Transfers"
      isFlush
      {...(tabs === undefined ? {} : { head: tabs })}
      className={`${className ?? ''}${isStale ? ' is-waiting' : ''}`}
      actions={
        runId !== null ? (
          <RunProgressBar runId={runId} title={value === null ? 'Plan' : 'Next plan'} />
        ) : (
          <div className="contagion-controls">
            <span>ready within</span>
            <Segmented label="Time they may take" choices={horizons} value={horizon} onChange={setHorizon} />
            <SaveChart />
          </div>
        )
      }
      {...(value === null ? {} : { foot: <p className="contagion-assumed">{assumedWords(value)}</p> })}
    >
      {failure !== null && <FailureBox failure={failure} action={{ title: 'Try again', run: loaded.again }} />}
      {failure === null && value !== null && <Told result={value} isStale={isStale} />}
    </Panel>
  );
}

function Told({ result, isStale }: { readonly result: TransfersResult; readonly isStale: boolean }): ReactElement {
  const palette = usePalette();
  const option = useMemo(() => fundingBars(result, palette), [result, palette]);
  const table = useMemo(() => fundingTable(result), [result]);
  return (
    <div className="contagion-body transfers-body" aria-busy={isStale}>
      <div>
        <TransferTable result={result} />
      </div>
      <div className="contagion-chart">
        <Chart label="Cash missing and margin required, siloed, feasible and unified" option={option} table={table} />
      </div>
      <div className="contagion-words">
        <h3>{isStale && <StaleMark />} What it comes to</h3>
        <Sentences texts={result.statement} isOrdered />
        <Assumptions assumptions={result.assumptions} />
      </div>
    </div>
  );
}

/** What a reader must know before he believes the plan. */
function assumedWords({ bufferFraction, termsAsOf, lateRoutes }: TransfersResult): string {
  const late = lateRoutes === 0 ? '' : ` ${lateRoutes} ways are slower than the time given.`;
  return `Assumed: each account keeps a buffer of ${(bufferFraction * 100).toFixed(0)} % at the reference shock; minutes, limits and fees as of ${termsAsOf}, slow end.${late}`;
}
