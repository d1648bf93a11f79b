import type { ReactElement } from 'react';
import type { ReplayCheckpoint, ReplayResult } from '../../../main/contract/replay.ts';
import { isFailure, failureMark } from '../../format/failure.ts';
import { fixed } from '../../format/number.ts';
import { Emphasis } from '../../parts/emphasis.tsx';
import { Panel } from '../../parts/panel.tsx';
import { stepAt, stepTime } from './system-chart.ts';

type Props = { readonly replay: ReplayResult; readonly at: number; readonly onMoveTo: (step: number) => void };

/** Before, during and after: what the distances said at a time, and what the rest of the window did. A row moves the playhead. */
export function SaidPanel({ replay, at, onMoveTo }: Props): ReactElement {
  const names = replay.accounts.map((account) => account.accountId);
  const current = replay.checkpoints.findLastIndex((row) => row.at <= (replay.steps[at]?.at ?? ''));
  return (
    <Panel title="What was said, and what happened" caption="before, during, after; wrong is marked" isFlush className="system-said">
      <table className="table">
        <thead>
          <tr>
            <th scope="col">At</th>
            <th scope="col" className="right">
              Index
            </th>
            <th scope="col">The model said</th>
            <th scope="col">What happened</th>
          </tr>
        </thead>
        <tbody>
          {replay.checkpoints.map((row, index) => (
            <tr key={row.at} aria-selected={index === current}>
              <th scope="row">
                <button type="button" className="system-time" onClick={() => onMoveTo(stepAt(replay.steps, row.at))}>
                  {stepTime(row.at)}
                </button>
                <span className="muted"> {row.phase}</span>
              </th>
              <td className="right">{isFailure(row.index) ? failureMark(row.index) : fixed(row.index, 1)}</td>
              <td>
                <Emphasis text={row.said} names={names} />
              </td>
              <td>
                {isWrong(row) && (
                  <span className="state-watch" title="Said and not so, or not said">
                    ▲{' '}
                  </span>
                )}
                <Emphasis text={row.happened} names={names} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  );
}

function isWrong({ falselySaid, missed }: ReplayCheckpoint): boolean {
  return falselySaid.length + missed.length > 0;
}
