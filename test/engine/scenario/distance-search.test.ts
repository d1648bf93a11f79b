import { expect, test } from 'vitest';
import { findDistances } from '../../../main/engine/scenario/distance-search.ts';
import { packSample } from '../../support/sample-system.ts';

const pack = packSample(0);
const shared = new Map<string, unknown>([[pack.packed.id, pack.packed]]);
const ethOnly = Float64Array.from(pack.driverIds, (id) => (id === 'ETH' ? 1 : 0));
const down = Float64Array.from({ length: 47 }, (_, i) => -(i + 1) / 50);
const up = Float64Array.from({ length: 60 }, (_, i) => (i + 1) / 20);

function search(moves: Float64Array, rules: Parameters<typeof findDistances>[0]['rules'] = null): Float64Array {
  return findDistances(
    { packedId: pack.packed.id, quantities: null, axis: { direction: ethOnly, volatilityPerMove: 0 }, moves, rules },
    shared,
  );
}

function of(found: Float64Array, accountId: string): number {
  return found[pack.accountIndex.get(accountId) ?? -1] ?? NaN;
}

test('a lending account with dollar debt falls where collateral at the threshold equals the debt', () => {
  expect(of(search(down), 'VAULT-1')).toBeCloseTo((800_000 * 1.45) / (700 * 2000) - 1, 4);
  expect(of(search(down), 'ISO-W')).toBeCloseTo(1_150_000 / (800 * 1998 * 1.2 * 0.86) - 1, 4);
});

test('a debt that moves with its collateral cannot be liquidated by that driver alone', () => {
  expect(of(search(down), 'POOL-LOOP')).toBeNaN();
  expect(of(search(up), 'POOL-LOOP')).toBeNaN();
});

test('short options bring their account down on the way up', () => {
  expect(of(search(up), 'OPT-1')).toBeGreaterThan(0);
  expect(of(search(up), 'PERP-1')).toBeNaN();
});

test('custody never falls', () => {
  expect(of(search(down), 'CUSTODY')).toBeNaN();
});

test('everybody reacting brings nobody further away on a common fall', () => {
  const rules = { depthThinningFraction: 0.5, maxRounds: 60, includeCrowd: true };
  const alone = search(down);
  const joint = search(down, rules);
  pack.accountIds.forEach((id, a) => {
    if (Number.isNaN(alone[a] ?? NaN)) return;
    expect(Math.abs(joint[a] ?? NaN), id).toBeLessThanOrEqual(Math.abs(alone[a] ?? NaN) + 2e-5);
  });
});
