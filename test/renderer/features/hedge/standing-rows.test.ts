import { expect, test } from 'vitest';
import { legState } from '../../../../renderer/features/hedge/standing/standing-rows.ts';
import { sampleRefresh } from '../../../support/sample-alternatives.ts';

test('a leg says what became of it, and asks for action only outside its band', () => {
  expect(sampleRefresh.legs.map(legState)).toEqual([
    { tone: 'safe', words: 'as it stands' },
    { tone: 'plain', words: 'more now, inside its band' },
    { tone: 'watch', words: 'dropped' },
  ]);
});

test('a leg that the market no longer offers is a danger whatever its band', () => {
  expect(sampleRefresh.legs.slice(0, 1).map((leg) => legState({ ...leg, change: 'impossible' as const, isWithinBand: true }))).toEqual([
    { tone: 'danger', words: 'no longer offered' },
  ]);
});
