import type { ReactElement } from 'react';
import type { ReplayStep } from '../../../main/contract/replay.ts';
import { failureMark, isFailure } from '../../format/failure.ts';
import { millions, price } from '../../format/money.ts';
import { fixed } from '../../format/number.ts';
import { percent, signedPercent } from '../../format/share.ts';
import { Explain } from '../../parts/explain.tsx';
import { Panel } from '../../parts/panel.tsx';
import type { SystemPanelProps } from './system-tabs.ts';
import { drivers, PART_NAMES, type PartId, stepTime } from './system-chart.ts';

const PHASES: Readonly<Record<ReplayStep['phase'], string>> = {
  before: 'before the fall',
  during: 'during the fall',
  after: 'after the low',
};

/** Everything known at the playhead: prices, index and parts, the book, and what was said to come. */
export function MomentPanel({ replay, at }: SystemPanelProps): ReactElement {
  const step = replay.steps[at];
  if (step === undefined) return <Panel title="At the playhead">No step.</Panel>;
  return (
    <Panel title="At the playhead" caption={<MomentCaption step={step} />} className="system-moment">
      <dl className="system-values">
        <dt>Index</dt>
        <dd>
          <Explain metric="replay.steps.index" subjectId={step.at}>
            {isFailure(step.index) ? failureMark(step.index) : fixed(step.index, 1)}
          </Explain>
        </dd>
        {(Object.keys(PART_NAMES) as PartId[]).map((id) => (
          <Row key={id} label={`${id} ${PART_NAMES[id]}`} value={partText(step.parts[id])} />
        ))}
        <dt>Coverage</dt>
        <dd>
          <Explain metric="replay.steps.coverageFraction" subjectId={step.at}>
            {percent(step.coverageFraction)}
          </Explain>
        </dd>
        {drivers(replay).map((id) => (
          <Row key={id} label={id} value={`${price(step.pricesUsd[id], 'USD')}, said ${price(step.saidPricesUsd[id], 'USD')}`} />
        ))}
        <Row label="Common axis" value={signedPercent(step.commonMove)} />
        <Row label="Equity, M USD" value={millions(step.equityUsd)} />
        <Row label="Requirement, M USD" value={millions(step.requirementUsd)} />
      </dl>
      {isFailure(step.index) && <p className="system-refused">{step.index.message}</p>}
      <p>
        <span className="muted">Below: </span>
        <span className={step.below.length > 0 ? 'state-danger' : ''}>
          {step.below.length > 0 ? `◆ ${step.below.join(', ')}` : 'nobody'}
        </span>
      </p>
      <p>
        <span className="muted">Said to fall: </span>
        {step.saidToFall.length > 0 ? step.saidToFall.join(', ') : 'nobody'}
      </p>
    </Panel>
  );
}

function MomentCaption({ step }: { readonly step: ReplayStep }): ReactElement {
  return (
    <>
      <strong>{stepTime(step.at)} UTC</strong> {PHASES[step.phase]}
    </>
  );
}

function partText(part: ReplayStep['index']): string {
  return isFailure(part) ? failureMark(part) : fixed(part, 2);
}

function Row({ label, value }: { readonly label: string; readonly value: string }): ReactElement {
  return (
    <>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </>
  );
}
