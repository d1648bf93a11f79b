import './policy.css';
import { type ReactElement, useState } from 'react';
import type { HedgeLeg, HedgeSurvival } from '../../../../main/contract/policy.ts';
import { useCachedJob } from '../../../client/queries.ts';
import { changeMillions, millions, moneyWords } from '../../../format/money.ts';
import { percent } from '../../../format/share.ts';
import { Chip } from '../../../parts/chip.tsx';
import { Explain } from '../../../parts/explain.tsx';
import { Panel } from '../../../parts/panel.tsx';
import { RunProgressBar } from '../../../parts/progress.tsx';
import { EmptyState, FailureBox } from '../../../parts/states.tsx';
import { Segmented } from '../../../parts/switches.tsx';
import { askedCall } from '../asked-call.ts';
import type { StressPanelProps } from '../stress-panel-props.ts';

type Rule = 'queue' | 'proRata';
const rules: readonly { readonly value: Rule; readonly title: string }[] = [
  { value: 'queue', title: 'by queue' },
  { value: 'proRata', title: 'pro rata' },
];

/** Whether each hedge is still there when it is needed: ideal and as executed, how often it was kept, and why. */
export function SurvivalPanel({ analysis, stress }: StressPanelProps): ReactElement {
  const asked = askedCall({ analysis, stress });
  const [deleveraging, setDeleveraging] = useState<Rule>('queue');
  const { value, failure, isFetching, runId, again } = useCachedJob('policy.survival', { ...asked, deleveraging });
  return (
    <Panel
      title="Do my hedges survive?"
      caption="gains in the shock, M USD"
      isFlush
      className={isFetching ? 'policy-survival is-waiting' : 'policy-survival'}
      actions={
        <>
          {isFetching && <RunProgressBar runId={runId} title="Hedges" />}
          <span className="muted">deleveraging</span>
          <Segmented label="Deleveraging" choices={rules} value={deleveraging} onChange={setDeleveraging} />
        </>
      }
      foot={value === null ? undefined : <BookLine survival={value} />}
    >
      {failure !== null && value === null ? <FailureBox failure={failure} action={{ title: 'Try again', run: again }} /> : null}
      {value !== null && <Legs legs={value.legs} />}
    </Panel>
  );
}

function Legs({ legs }: { readonly legs: readonly HedgeLeg[] }): ReactElement {
  if (legs.length === 0) return <EmptyState title="No hedge to lose">No derivative of the book gains in this shock.</EmptyState>;
  return (
    <table className="table policy-legs">
      <thead>
        <tr>
          <th scope="col">Hedge</th>
          {['Ideal', 'Executed', 'Survives', 'Naked after'].map((heading) => (
            <th key={heading} scope="col" className="right">
              {heading}
            </th>
          ))}
          <th scope="col">Fate</th>
          <th scope="col">Why</th>
        </tr>
      </thead>
      <tbody>
        {legs.map((leg) => (
          <LegRow key={leg.legId} leg={leg} />
        ))}
      </tbody>
    </table>
  );
}

const tones = { kept: 'safe', liquidated: 'danger', deleveraged: 'watch' } as const;

function LegRow({ leg }: { readonly leg: HedgeLeg }): ReactElement {
  const why = (metric: string, text: string): ReactElement => (
    <td className="right">
      <Explain metric={`policy.legs.${metric}`} subjectId={leg.legId}>
        {text}
      </Explain>
    </td>
  );
  const others = leg.threats
    .filter((threat) => !threat.isHappening)
    .map((threat) => `${threat.kind}: ${threat.because}, keeps ${moneyWords(threat.keptUsd)}`);
  return (
    <tr>
      <td className="policy-name">
        <strong>{leg.accountId}</strong> {leg.name}
      </td>
      {why('idealUsd', millions(leg.idealUsd))}
      {why('executedUsd', millions(leg.executedUsd))}
      {why('survivalFraction', percent(leg.survivalFraction))}
      {why('nakedUsd', changeMillions(leg.nakedUsd))}
      <td>
        <Chip tone={tones[leg.fate]}>{leg.fate}</Chip>
      </td>
      <td className="policy-words" title={[leg.sentence, ...others].join('\n')}>
        <span>{leg.sentence}</span>
      </td>
    </tr>
  );
}

function BookLine({ survival }: { readonly survival: HedgeSurvival }): ReactElement {
  return (
    <p className="policy-note">
      The book: <strong>{changeMillions(survival.bookIdealUsd)}</strong> with every hedge ideal,{' '}
      <strong>{changeMillions(survival.bookExecutedUsd)}</strong> as executed, <strong>{changeMillions(survival.bookLostUsd)}</strong> with
      every hedge lost. Survives: share of {survival.days} recorded days with a gain on which it is kept whole, against an assumed crowd
      fitted to 2025-10-10.
    </p>
  );
}
