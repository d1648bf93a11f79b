import { beforeAll, describe, expect, test } from 'vitest';
import type { HedgeAlternative, HedgeAlternatives } from '../../main/contract/hedge-alternatives.ts';
import { bookGreeks } from '../../main/engine/hedge/book-greeks.ts';
import { quantitiesAfter } from '../../main/engine/hedge/packed-candidate.ts';
import { deltaPlan } from '../../main/services/hedge/alternatives/greek-plans.ts';
import { listAlternatives } from '../../main/services/hedge/alternatives/list-alternatives.ts';
import { deskSetting, type Desk } from './hedge-desk.ts';

/** One loan that falls when the other one does, a perpetual account, and cash enough to repay. */
const desk: Desk = {
  loans: [
    { id: 'A', eth: 1000, usdc: 1_330_000 },
    { id: 'B', eth: 1000, usdc: 1_240_000 },
  ],
  perpetual: { cash: 400_000, eth: 100 },
  cash: 900_000,
  reserveEth: 60_000,
  crowd: [{ eth: 3000, usdc: 3_950_000 }],
};

describe('the delta hedge', () => {
  test('takes what the book looks through to down to the last lot, or says what is left', () => {
    const setting = deskSetting(desk);
    const { packed } = setting.pack;
    expect(bookGreeks(packed, 0).delta).toBeCloseTo(2100, 9);
    const { plan, notes } = deltaPlan(setting);
    const quantity = quantitiesAfter(packed, plan.candidates, plan.amounts);
    const after = bookGreeks({ ...packed, positions: { ...packed.positions, quantity } }, 0).delta;
    // What is held can be closed; to turn it round is left to the next suggestion.
    expect(after).toBeCloseTo(2100 - 100, 9);
    expect(notes).toEqual(['95 % of the delta in ETH is left: the contracts are not deep enough']);
  });
});

describe('alternatives', () => {
  let found: Omit<HedgeAlternatives, 'runId' | 'inputsDigest'>;
  const named = (id: string): HedgeAlternative => {
    const alternative = found.alternatives.find((each) => each.id === id);
    if (alternative === undefined) throw new Error(`no ${id}`);
    return alternative;
  };

  beforeAll(async () => {
    const answer = await listAlternatives(deskSetting(desk), { limitMs: 600_000, elapsedMs: () => 0 });
    if (!answer.ok) throw new Error(answer.failure.message);
    found = answer.value;
  });

  test('hedging the Greeks leaves accounts to fall that the program keeps', () => {
    expect(named('nothing').fallsRetained).toEqual(expect.arrayContaining(['A', 'B']));
    expect(named('delta').fallsRetained).toEqual(expect.arrayContaining(['A']));
    expect(named('program').fallsRetained).toEqual([]);
    expect(named('program').measures.fallenAtReference).toEqual([]);
  });

  test('deleveraging opens nothing', () => {
    expect(named('deleverage').fallsRetained).toEqual([]);
    const verbs = named('deleverage').actions.map(({ title }) => title.split(' ')[0]);
    expect(verbs.length).toBeGreaterThan(0);
    expect(verbs.every((verb) => verb === 'Repay' || verb === 'Move' || verb === 'Top' || verb === 'Sell')).toBe(true);
  });

  test('the frontier begins with the book as it is, never costs more than its budget, and more money never leaves more', () => {
    const [first, ...points] = found.frontier;
    expect(first).toMatchObject({ costUsd: 0, alternativeId: 'nothing' });
    expect(first?.expectedShortfallUsd).toBe(named('nothing').measures.expectedShortfallUsd);
    let least = Infinity;
    for (const point of points) {
      expect(point.costUsd).toBeLessThanOrEqual((point.budgetUsd ?? Infinity) + 1e-6);
      // Whole lots and the least size of a leg cost a little.
      expect(point.expectedShortfallUsd).toBeLessThanOrEqual(least * 1.02);
      least = Math.min(least, point.expectedShortfallUsd);
    }
    expect(points.at(-1)).toMatchObject({ budgetUsd: null, alternativeId: 'program' });
  });
});
