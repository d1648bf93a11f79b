import type { ReactElement } from 'react';
import type { FanResult } from '../../../../main/contract/cascade-fan.ts';
import { millions } from '../../../format/money.ts';
import { count, counted } from '../../../format/number.ts';
import { bandOf } from './fan-model.ts';

/** What the draws say of the end, what they leave open, and what their spreads rest on. */
export function FanWords({ fan }: { readonly fan: FanResult }): ReactElement {
  const [lossLow, , lossMiddle, , lossHigh] = bandOf(fan, fan.finalLossUsd);
  const [, , badMiddle, , badHigh] = bandOf(fan, fan.badDebtUsd);
  const open = [
    ...(fan.unfinished === 0 ? [] : [`${counted(fan.unfinished, 'draw')} stopped at the round limit, not at rest.`]),
    ...(fan.cut === 0 ? [] : [`${counted(fan.cut, 'draw')} last longer than shown.`]),
  ];
  return (
    <p className="fan-words" title={fan.basis}>
      {count(fan.draws)} draws: the book loses <strong>{millions(lossMiddle)}</strong> M, from <strong>{millions(lossLow)}</strong> to{' '}
      <strong>{millions(lossHigh)}</strong> in nine of ten; bad debt {millions(badMiddle)} M, up to {millions(badHigh)}. {open.join(' ')}{' '}
      <span className="muted">{fan.basis}</span>
    </p>
  );
}
