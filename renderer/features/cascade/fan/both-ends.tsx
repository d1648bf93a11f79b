import type { ReactElement } from 'react';
import type { BothEndsResult } from '../../../../main/contract/cascade-fan.ts';
import type { Loaded } from '../../../client/queries.ts';
import { failureTitle } from '../../../format/failure.ts';
import { moneyWords } from '../../../format/money.ts';
import { counted } from '../../../format/number.ts';
import { Chip } from '../../../parts/chip.tsx';

const marks = {
  unique: { tone: 'safe', words: 'one outcome' },
  several: { tone: 'danger', words: 'several outcomes' },
  notSettled: { tone: 'watch', words: 'not settled' },
} as const;

/** Whether the shock has one outcome: searched from the shocked market and from the one in which everybody has sold. */
export function BothEnds({ ends }: { readonly ends: Loaded<BothEndsResult> }): ReactElement {
  const { value, failure } = ends;
  if (value === null)
    return (
      <p className="fan-ends muted">
        {failure === null ? 'Searching both ends …' : `One outcome or several: ${failureTitle(failure)}. ${failure.message}`}
      </p>
    );
  const { tone, words } = marks[value.status];
  return (
    <p className={ends.isStale ? 'fan-ends stale-value' : 'fan-ends'} title={value.sentence}>
      <Chip tone={tone}>{words}</Chip> {wordsOf(value)}
    </p>
  );
}

/** The two searches in a line; the title says what an outcome is. */
function wordsOf({ status, mild, severe, sentence }: BothEndsResult): string {
  const told = ({ fallen, lossUsd }: BothEndsResult['mild']): string => `${counted(fallen.length, 'fall')} and ${moneyWords(lossUsd)} lost`;
  if (status === 'unique') return `If all sell at once, ${told(mild)}, whether searched from the shock or from everybody having sold.`;
  if (status === 'several') return `If all sell at once, from the shock ${told(mild)}, from everybody having sold ${told(severe)}.`;
  return sentence;
}
