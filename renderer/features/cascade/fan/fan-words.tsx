import type { ReactElement } from 'react';
import type { FanResult } from '../../../../main/contract/cascade-fan.ts';
import { fanKey } from '../../../../main/contract/question-key.ts';
import { millions } from '../../../format/money.ts';
import { count, counted } from '../../../format/number.ts';
import { Explain } from '../../../parts/explain.tsx';
import { bandOf } from './fan-model.ts';

/** What the draws say of the end, what they leave open, and what their spreads rest on. */
export function FanWords({ fan }: { readonly fan: FanResult }): ReactElement {
  const key = fanKey(fan);
  const [lossLow, , lossMiddle, , lossHigh] = bandOf(fan, fan.finalLossUsd);
  const [, , badMiddle, , badHigh] = bandOf(fan, fan.badDebtUsd);
  const open = [
    ...(fan.unfinished === 0 ? [] : [`${counted(fan.unfinished, 'draw')} stopped at the round limit, not at rest.`]),
    ...(fan.cut === 0 ? [] : [`${counted(fan.cut, 'draw')} last longer than shown.`]),
  ];
  return (
    <p className="fan-words" title={fan.basis}>
      {count(fan.draws)} draws: the book loses{' '}
      <Explain metric="fan.finalLossUsd" subjectId={`${key} 0.5`}>
        <strong>{millions(lossMiddle)}</strong>
      </Explain>{' '}
      M, from{' '}
      <Explain metric="fan.finalLossUsd" subjectId={`${key} 0.05`}>
        <strong>{millions(lossLow)}</strong>
      </Explain>{' '}
      to{' '}
      <Explain metric="fan.finalLossUsd" subjectId={`${key} 0.95`}>
        <strong>{millions(lossHigh)}</strong>
      </Explain>{' '}
      in nine of ten; bad debt{' '}
      <Explain metric="fan.badDebtUsd" subjectId={`${key} 0.5`}>
        {millions(badMiddle)}
      </Explain>{' '}
      M, up to{' '}
      <Explain metric="fan.badDebtUsd" subjectId={`${key} 0.95`}>
        {millions(badHigh)}
      </Explain>
      . {open.join(' ')} <span className="muted">{fan.basis}</span>
    </p>
  );
}
