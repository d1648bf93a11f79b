import './policy.css';
import { type ReactElement, useMemo, useState } from 'react';
import type { PolicyComparison, PolicyOutcome } from '../../../../main/contract/policy.ts';
import { Chart } from '../../../chart/chart.tsx';
import { SaveChart } from '../../../chart/save-chart.tsx';
import { usePalette } from '../../../chart/palette.ts';
import { useCachedJob } from '../../../client/queries.ts';
import { changeMillions, millions } from '../../../format/money.ts';
import { Explain } from '../../../parts/explain.tsx';
import { Panel } from '../../../parts/panel.tsx';
import { RunProgressBar } from '../../../parts/progress.tsx';
import { FailureBox } from '../../../parts/states.tsx';
import { barsHeight, bearersOption, bearersTable } from './bearers-chart.ts';
import { offeredPolicies, policyTogether } from './chosen-policy.ts';
import { askedCall } from '../asked-call.ts';
import type { StressPanelProps } from '../stress-panel-props.ts';

/** The same shock with and without halts, limits and insurance: what each changes, who bears it, and what it costs when it was not needed. */
export function PolicyPanel({ analysis, stress }: StressPanelProps): ReactElement {
  const asked = askedCall({ analysis, stress });
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const standard = useCachedJob('policy.compare', asked);
  const offered = useMemo(() => offeredPolicies(standard.value?.outcomes ?? []), [standard.value]);
  const together = policyTogether(offered, chosen);
  const mixed = useCachedJob(
    'policy.compare',
    { ...asked, ...(together === null ? {} : { policies: [...offered, together] }) },
    together !== null,
  );
  const { value, failure, isFetching, runId, again } = together === null ? standard : mixed;
  const shown = value ?? standard.value;
  const toggle = (id: string): void =>
    setChosen((former) => new Set(former.has(id) ? [...former].filter((each) => each !== id) : [...former, id]));
  return (
    <Panel
      title="With and without policies"
      caption="the same shock, M USD"
      isFlush
      className={isFetching ? 'policy-panel is-waiting' : 'policy-panel'}
      actions={isFetching ? <RunProgressBar runId={runId} title="Policies" /> : <SaveChart />}
      foot={
        <p className="policy-note">
          Tick two to see them together. False halt: the move reverses after three rounds; below zero the wait paid.
        </p>
      }
    >
      {failure !== null && shown === null ? <FailureBox failure={failure} action={{ title: 'Try again', run: again }} /> : null}
      {shown !== null && <Compared comparison={shown} chosen={chosen} onToggle={toggle} />}
    </Panel>
  );
}

type ComparedProps = {
  readonly comparison: PolicyComparison;
  readonly chosen: ReadonlySet<string>;
  readonly onToggle: (id: string) => void;
};

function Compared({ comparison, chosen, onToggle }: ComparedProps): ReactElement {
  const { outcomes } = comparison;
  const palette = usePalette();
  const option = useMemo(() => bearersOption(outcomes, palette), [outcomes, palette]);
  const table = useMemo(() => bearersTable(outcomes), [outcomes]);
  return (
    <div className="policy-body">
      <table className="table policy-table">
        <thead>
          <tr>
            <th scope="col">Policy</th>
            {['My loss', 'Change', 'Bad debt', 'Rounds', 'Fall', 'False halt'].map((heading) => (
              <th key={heading} scope="col" className="right">
                {heading}
              </th>
            ))}
            <th scope="col" className="policy-words-head">
              What it does
            </th>
          </tr>
        </thead>
        <tbody>
          {outcomes.map((outcome) => (
            <OutcomeRow key={outcome.policy.id} outcome={outcome} isChosen={chosen.has(outcome.policy.id)} onToggle={onToggle} />
          ))}
        </tbody>
      </table>
      <div className="policy-bars" style={{ height: `${barsHeight(outcomes.length)}px` }}>
        <Chart label="Who bears what the cascade takes beyond the shock, by policy, M USD" option={option} table={table} />
      </div>
    </div>
  );
}

type RowProps = { readonly outcome: PolicyOutcome; readonly isChosen: boolean; readonly onToggle: (id: string) => void };

function OutcomeRow({ outcome, isChosen, onToggle }: RowProps): ReactElement {
  const { policy, fallen } = outcome;
  const figure = (metric: string, text: string, tone = ''): ReactElement => (
    <td className={`right ${tone}`}>
      <Explain metric={`policy.outcomes.${metric}`} subjectId={policy.id}>
        {text}
      </Explain>
    </td>
  );
  const isSwitch = policy.id !== 'none' && policy.id !== 'together';
  return (
    <tr title={outcome.sentence}>
      <td className="policy-name">
        {isSwitch ? (
          <label>
            <input type="checkbox" checked={isChosen} onChange={() => onToggle(policy.id)} /> {policy.name}
          </label>
        ) : (
          <strong>{policy.name}</strong>
        )}
      </td>
      {figure('lossUsd', millions(outcome.lossUsd))}
      {figure('lossChangeUsd', changeMillions(outcome.lossChangeUsd), changeTone(outcome.lossChangeUsd))}
      {figure('badDebtUsd', millions(outcome.badDebtUsd))}
      {figure('rounds', `${outcome.rounds}${outcome.hasConverged ? '' : '+'}`)}
      <td className="right" title={fallen.map((each) => each.accountId).join(', ')}>
        {fallen.length}
      </td>
      {figure('falseHalt.costUsd', changeMillions(outcome.falseHalt.costUsd), changeTone(outcome.falseHalt.costUsd))}
      <td className="policy-words">{outcome.sentence}</td>
    </tr>
  );
}

/** More loss is bad, less is good; a thousand dollars are neither. */
function changeTone(changeUsd: number): string {
  return Math.abs(changeUsd) < 1000 ? 'muted' : changeUsd > 0 ? 'state-danger' : 'state-safe';
}
