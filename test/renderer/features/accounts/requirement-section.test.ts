import { expect, it } from 'vitest';
import { excessCurves, withVolatilityCurves } from '../../../../renderer/features/accounts/account-curves.ts';
import { mostBent, nearestSwitch } from '../../../../renderer/features/accounts/requirement-section.tsx';
import { chanceFigure } from '../../../../renderer/format/share.ts';
import { sampleAccounts } from '../../../support/sample-accounts.ts';
import { sampleRequirement } from '../../../support/sample-requirement.ts';

const row = sampleRequirement.accounts.find((each) => each.accountId === 'MRP-1');

it('the next switch is the nearest one, and where there is none what is said of the first driver', () => {
  expect(nearestSwitch(row?.switches ?? [])?.driver).toBe('ETH');
  expect(nearestSwitch((row?.switches ?? []).slice(1))?.driver).toBe('BTC');
  expect(nearestSwitch([])).toBeNull();
});

it('the bend is shown along the driver that bends the excess most, never along one that does nothing', () => {
  const curves = row?.curves ?? [];
  const still = curves.map((curve) => ({
    ...curve,
    linearUsd: curve.moves.map(() => 1),
    aloneUsd: curve.moves.map(() => 1),
    jointUsd: curve.moves.map(() => 1),
  }));
  const bent = curves.map((curve) => (curve.driver === 'BTC' ? { ...curve, jointUsd: curve.jointUsd.map((usd) => usd - 1e7) } : curve));
  expect(mostBent(bent)?.driver).toBe('BTC');
  expect(mostBent(still)).toBeNull();
});

it('one driver has a joint curve of its own, and its zero is marked, once requirements have been moved', () => {
  const before = excessCurves(sampleAccounts, 'MRP-1', { driver: 'ETH', isAll: false });
  const after = excessCurves(sampleAccounts, 'MRP-1', { driver: 'ETH', isAll: false, requirement: sampleRequirement });
  expect(before?.series.map((series) => series.id)).not.toContain('joint');
  expect(after?.series.map((series) => series.id)).toContain('joint');
  expect(after?.joint).toBeLessThan(0);
});

it('volatility is a driver of its own where there is a requirement', () => {
  const accounts = withVolatilityCurves(sampleAccounts, sampleRequirement);
  const drivers = (id: string): readonly string[] =>
    accounts.find((each) => each.accountId === id)?.curves.map((curve) => curve.driver) ?? [];
  expect(drivers('MRP-1')).toContain('volatility');
  expect(drivers('CST-1')).not.toContain('volatility');
  expect(withVolatilityCurves(sampleAccounts, null)).toBe(sampleAccounts);
});

it('a chance is as short as it can be told and never a zero that is none', () => {
  expect([0, 1e-9, 3e-5, 0.0042, 0.113, 1].map(chanceFigure)).toEqual(['0', '0', '<0.1', '0.4', '11', '100']);
});
