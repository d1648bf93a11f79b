import { describe, expect, it } from 'vitest';
import type { HedgeAlternative, HedgeAlternatives } from '../../../../main/contract/hedge-alternatives.ts';
import { frontierPoints, isSameWish, nextLoadable } from '../../../../renderer/features/hedge/comparison/alternative-rows.ts';

function alternative(id: string, costUsd: number, wish: HedgeAlternative['wish']): HedgeAlternative {
  const measures = {
    costUsd,
    premiumUsd: 0,
    expectedShortfallUsd: 100 - costUsd,
    anyLiquidationFraction: 0,
    fallenAtReference: [],
    secondRoundLossUsd: 0,
  };
  return { id, name: id, meaning: '', budgetUsd: null, wish, status: null, measures, fallsRetained: [], actions: [], notes: [] };
}

const limits = { keepAccountIds: ['A'] };
const point = (costUsd: number, budgetUsd: number | null, alternativeId: string | null): HedgeAlternatives['frontier'][number] => ({
  budgetUsd,
  costUsd,
  expectedShortfallUsd: 100 - costUsd,
  anyLiquidationFraction: 0,
  alternativeId,
});
const found: HedgeAlternatives = {
  runId: 'r',
  inputsDigest: 'd',
  confidence: 0.975,
  statement: '',
  scenarios: 1,
  retained: 1,
  alternatives: [alternative('nothing', 0, null), alternative('delta', 30, null), alternative('program', 40, { limits })],
  frontier: [point(0, 0, 'nothing'), point(10, 12, null), point(40, null, 'program')],
};

describe('frontierPoints', () => {
  it('lists the frontier by cost, then what lies beside it', () => {
    expect(frontierPoints(found).map(({ name, isOnFrontier, isNamed }) => [name, isOnFrontier, isNamed])).toEqual([
      ['nothing', true, true],
      ['Program', true, false],
      ['program', true, true],
      ['delta', false, true],
    ]);
  });

  it('asks for a nameless point with its budget within the limits of the comparison', () => {
    expect(frontierPoints(found).map(({ wish }) => wish)).toEqual([null, { budgetUsd: 12, limits }, { limits }, null]);
  });
});

describe('isSameWish', () => {
  it('looks at budget and limits, not at the confidence or the order of keys', () => {
    expect(isSameWish({ confidence: 0.9 }, {})).toBe(true);
    expect(isSameWish({ budgetUsd: 1 }, { budgetUsd: 1, limits: {} })).toBe(true);
    expect(isSameWish({ budgetUsd: 1 }, { budgetUsd: 2 })).toBe(false);
    expect(isSameWish({ limits: { onlyReducing: true } }, {})).toBe(false);
    expect(isSameWish({ survival: { isOff: true } }, {})).toBe(false);
    expect(isSameWish({ survival: {} }, {})).toBe(true);
    expect(isSameWish(null, {})).toBe(false);
  });
});

describe('nextLoadable', () => {
  it('walks by cost over what a program chose, and stays at the ends', () => {
    const points = frontierPoints(found);
    expect(nextLoadable(points, null, 1)).toBe(1);
    expect(nextLoadable(points, 1, 1)).toBe(2);
    expect(nextLoadable(points, 2, 1)).toBe(2);
    expect(nextLoadable(points, null, -1)).toBe(2);
  });
});
