import './forecast.css';
import { type ReactElement, type ReactNode, useMemo, useState } from 'react';
import type { AccountResult } from '../../../../main/contract/analysis.ts';
import type { ForecastAccount, ForecastChange, ForecastResult } from '../../../../main/contract/forecast.ts';
import type { ForecastCoverage } from '../../../../main/contract/forecast-coverage.ts';
import type { RuleEdit } from '../../../../main/contract/rule-set.ts';
import { Chart } from '../../../chart/chart.tsx';
import { usePalette } from '../../../chart/palette.ts';
import { useCachedJob } from '../../../client/queries.ts';
import { moneyWords } from '../../../format/money.ts';
import { percent } from '../../../format/share.ts';
import { Button } from '../../../parts/button.tsx';
import { Panel } from '../../../parts/panel.tsx';
import { RunProgressBar } from '../../../parts/progress.tsx';
import { EmptyState, FailureBox } from '../../../parts/states.tsx';
import { Segmented } from '../../../parts/switches.tsx';
import { useRuleEdits } from '../rule-edits.ts';
import { forecastOption, forecastTable } from './forecast-chart.ts';
import { ForecastTable } from './forecast-table.tsx';

const ALPHAS = [
  { value: '0.05', title: '5 %' },
  { value: '0.01', title: '1 %' },
  { value: '0.002', title: '0.2 %' },
] as const;

type Props = { readonly account: AccountResult; readonly asOf: string; readonly tabs: ReactNode };

/** What the account's requirement and excess may come to; rules edited for it enter as changes from the next day on. */
export function ForecastPanel({ account, asOf, tabs }: Props): ReactElement {
  const { accountId } = account;
  const [alpha, setAlpha] = useState<(typeof ALPHAS)[number]['value']>('0.01');
  const [edits] = useRuleEdits(accountId);
  const changes = useMemo(() => datedEdits(accountId, edits, asOf), [accountId, edits, asOf]);
  const forecast = useCachedJob('forecast.run', { alpha: Number(alpha), changes });
  const [isJudging, setIsJudging] = useState(false);
  const coverage = useCachedJob('forecast.coverage', {}, isJudging);
  const told = forecast.value?.accounts.find((each) => each.accountId === accountId);
  const runId = forecast.runId ?? coverage.runId;
  const failure = forecast.failure ?? coverage.failure;
  return (
    <Panel
      title="What it may come to"
      head={tabs}
      caption={told === undefined ? 'drawn from recorded days' : 'excess in M USD, drawn from recorded days'}
      isFlush
      className={forecast.isFetching ? 'account-bottom is-waiting' : 'account-bottom'}
      actions={
        runId === null ? (
          <>
            {coverage.value === null && (
              <Button onClick={() => (coverage.failure === null ? setIsJudging(true) : coverage.again())}>Judge the forecasts</Button>
            )}
            <span className="muted">Chance taken</span>
            <Segmented label="Chance of falling that is taken" choices={ALPHAS} value={alpha} onChange={setAlpha} />
          </>
        ) : (
          <RunProgressBar runId={runId} title={forecast.runId === null ? 'Judging' : 'Forecasting'} />
        )
      }
    >
      {failure !== null && (
        <FailureBox failure={failure} action={{ title: 'Try again', run: forecast.failure === null ? coverage.again : forecast.again }} />
      )}
      {failure === null && forecast.value === null && (
        <EmptyState title="Forecasting">Paths of an hour, a day and a week are drawn, and the whole book is valued along each.</EmptyState>
      )}
      {failure === null && forecast.value !== null && told === undefined && (
        <EmptyState title="Nothing to forecast">Nothing is required of this account, so it cannot fall.</EmptyState>
      )}
      {failure === null && forecast.value !== null && told !== undefined && (
        <Told account={told} result={forecast.value} coverage={coverage.value} />
      )}
    </Panel>
  );
}

/** Edited rules as changes from the day after the snapshot on; at most eight are asked for. */
function datedEdits(
  accountId: string,
  edits: readonly RuleEdit[],
  asOf: string,
): { accountId: string; key: string; value: number; on: string }[] {
  const on = new Date(Date.parse(asOf) + 86_400_000).toISOString().slice(0, 10);
  return edits.slice(0, 8).map(({ key, value }) => ({ accountId, key, value, on }));
}

type ToldProps = { readonly account: ForecastAccount; readonly result: ForecastResult; readonly coverage: ForecastCoverage | null };

function Told({ account, result, coverage }: ToldProps): ReactElement {
  const palette = usePalette();
  const option = useMemo(() => forecastOption(account, palette), [account, palette]);
  const table = useMemo(() => forecastTable(account), [account]);
  if (account.trouble !== null) return <FailureBox failure={account.trouble} />;
  const changes = result.changes.filter((change) => change.accounts.some((each) => each.accountId === account.accountId));
  return (
    <div className="forecast-body">
      <div className="forecast-chart">
        <Chart label={`Excess of ${account.accountId} now and at each time, M USD`} option={option} table={table} />
      </div>
      <div className="forecast-figures" tabIndex={0} role="group" aria-label="Figures of the forecast">
        <ForecastTable account={account} coverage={coverage} alpha={result.alpha} />
        <ul className="forecast-lines">
          <li>{result.headline}</li>
          {changes.map((change) => (
            <li key={change.id}>{changeWords(change, account.accountId)}</li>
          ))}
          {coverage?.verdicts.map((line) => (
            <li key={line}>{line}</li>
          ))}
          {result.assumptions.map((line) => (
            <li key={line} className="muted">
              {line}
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}

/** A dated change as a sentence about this account. */
function changeWords({ title, on, isWithin, accounts }: ForecastChange, accountId: string): string {
  const account = accounts.find((each) => each.accountId === accountId);
  const last = account?.horizons.at(-1);
  if (account === undefined || last === undefined) return '';
  const when = isWithin ? `from ${on} on` : `on ${on}, beyond these times; as if it held today`;
  return `${title}, ${when}: excess ${moneyWords(account.excessUsd)} → ${moneyWords(account.changedExcessUsd)}, liquidated within the longest time ${percent(last.liquidationProbability.value)}, ${moneyWords(last.survivalHeadroomUsd.value)} of cash needed.`;
}
