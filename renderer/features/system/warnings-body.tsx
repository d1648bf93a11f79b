import type { ReactElement } from 'react';
import type { ReplayResult, WarningStudy } from '../../../main/contract/replay.ts';
import type { Failure } from '../../../main/domain/failure.ts';
import { failureMark, isFailure } from '../../format/failure.ts';
import { fixed } from '../../format/number.ts';
import { EmptyState, FailureBox } from '../../parts/states.tsx';

/** The study of daily prices: not asked for, under way, failed or there. */
export type Warnings = {
  readonly study: WarningStudy | null;
  readonly failure: Failure | null;
  readonly isRunning: boolean;
  readonly start: () => void;
};

/** Lead time and false alarms of the index over daily prices, beside a rule that needs no model. */
export function WarningsBody({ replay, warnings }: { readonly replay: ReplayResult; readonly warnings: Warnings }): ReactElement {
  const { study, failure, isRunning, start } = warnings;
  if (study !== null) return <Study replay={replay} study={study} />;
  if (failure !== null && failure.reason !== 'cancelled')
    return <FailureBox failure={failure} action={{ title: 'Judge again', run: start }} />;
  return (
    <EmptyState
      title={isRunning ? 'Warnings are being judged' : 'Warnings have not been judged on this book'}
      actions={isRunning ? [] : [{ title: 'Judge warnings', run: start }]}
    >
      The index is taken on every day since 2021, a level is chosen on the first years and held against the falls of the later ones. It
      takes up to a minute.
    </EmptyState>
  );
}

function Study({ replay, study }: { readonly replay: ReplayResult; readonly study: WarningStudy }): ReactElement {
  const rows = [study.index, study.plain].flatMap((signal) => [
    { signal, judged: signal.training, isTraining: true },
    { signal, judged: signal.test, isTraining: false },
  ]);
  return (
    <>
      <p className="system-verdict">{study.sentence}</p>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">Signal</th>
            {['Level', 'Announced', 'Lead, d', 'False'].map((head) => (
              <th key={head} scope="col" className="right">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ signal, judged, isTraining }) => (
            <tr key={`${signal.name} ${judged.from}`}>
              <th scope="row">
                {signal.name} <span className="muted">{isTraining ? `level chosen, to ${judged.to}` : `tested, to ${judged.to}`}</span>
              </th>
              <td className="right">
                {isFailure(signal.level) ? failureMark(signal.level) : fixed(signal.level, signal.unit === 'share' ? 2 : 1)}
              </td>
              <td className="right">
                {judged.announced} of {judged.falls}
              </td>
              <td className="right">{isFailure(judged.meanLeadDays) ? failureMark(judged.meanLeadDays) : fixed(judged.meanLeadDays, 1)}</td>
              <td className="right">
                {judged.falseWarnings} of {judged.warnings}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="system-verdict">{replay.warning.sentence}</p>
      <p className="system-verdict muted">{study.definition}</p>
    </>
  );
}
