import type { ReactElement } from 'react';
import type { FanResult } from '../../../../main/contract/cascade-fan.ts';
import { fanKey } from '../../../../main/contract/question-key.ts';
import { count, NOT_APPLICABLE } from '../../../format/number.ts';
import { percent } from '../../../format/share.ts';
import { Explain } from '../../../parts/explain.tsx';
import { fallRows, holders, unseenFraction } from './fan-model.ts';

/** Share of the draws in which each account falls, its standard error, and the round in which it does. */
export function FallsTable({ fan }: { readonly fan: FanResult }): ReactElement {
  const held = holders(fan);
  const key = fanKey(fan);
  const place = (probability: number): number => fan.probabilities.indexOf(probability);
  return (
    <div className="fan-falls">
      <table className="table">
        <thead>
          <tr>
            <th scope="col">Account</th>
            <th scope="col" className="right" title="Share of the draws in which it falls, ± its standard error">
              Falls in
            </th>
            <th scope="col" className="right" title="Round by which it has fallen in one draw of twenty">
              5 % by
            </th>
            <th scope="col" className="right" title="Round by which it has fallen in half of the draws">
              half by
            </th>
          </tr>
        </thead>
        <tbody>
          {fallRows(fan).map((row) => (
            <tr key={row.accountId}>
              <td>
                <strong>{row.accountId}</strong>
              </td>
              <td className="right">
                <span className="fan-share" aria-hidden="true">
                  <i style={{ width: `${row.fallFraction * 100}%` }} />
                </span>
                <Explain metric="fan.accounts.fallFraction" subjectId={`${key} ${row.accountId}`}>
                  {percent(row.fallFraction, 0)}
                </Explain>{' '}
                <span className="muted">± {percent(row.standardError, 1)}</span>
              </td>
              <td className="right">{roundText(row.roundsToFall[place(0.05)])}</td>
              <td className="right">
                <Explain metric="fan.accounts.roundsToFall" subjectId={`${key} ${row.accountId}`}>
                  {roundText(row.roundsToFall[place(0.5)])}
                </Explain>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {held.length > 0 && (
        <p className="fan-held">
          Hold in all {count(fan.draws)}: {held.join(', ')}. Not seen is below {percent(unseenFraction(fan.draws), 1)} at 95 % confidence.
        </p>
      )}
    </div>
  );
}

function roundText(round: number | undefined): string {
  return round === undefined || !Number.isFinite(round) ? NOT_APPLICABLE : count(round);
}
