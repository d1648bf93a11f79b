import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutToRange, driversOf, excessCurves, roundStep } from '../../../../renderer/features/accounts/account-curves.ts';
import { byJointDistance, neighbours, shownAccount } from '../../../../renderer/features/accounts/account-order.ts';
import { sampleAccounts } from '../../../support/sample-accounts.ts';

describe('excessCurves', () => {
  it('draws the joint curve only along the common axis', () => {
    const common = excessCurves(sampleAccounts, 'MRP-1', { driver: '*', isAll: false });
    expect(common?.series.map((series) => series.kind)).toEqual(['this', 'joint']);
    expect(common?.joint).toBe(-0.18);
    const alone = excessCurves(sampleAccounts, 'MRP-1', { driver: 'ETH', isAll: false });
    expect(alone?.series.map((series) => series.kind)).toEqual(['this']);
    expect(alone?.joint).toBeNull();
  });

  it('says that no move of BTC alone liquidates an account that holds none', () => {
    expect(excessCurves(sampleAccounts, 'MRP-1', { driver: 'BTC', isAll: false })?.isNeverAlone).toBe(true);
    expect(excessCurves(sampleAccounts, 'MRP-1', { driver: 'ETH', isAll: false })?.isNeverAlone).toBe(false);
  });

  it('takes its range from the account itself and keeps every other curve inside it', () => {
    const curves = excessCurves(sampleAccounts, 'MKR-A', { driver: '*', isAll: true });
    expect(curves?.series.filter((series) => series.kind === 'other').length).toBe(8);
    for (const series of curves?.series ?? []) {
      for (const [, excess] of series.points)
        if (excess !== null) expect(excess >= (curves?.lowUsd ?? 0) - 1 && excess <= (curves?.highUsd ?? 0) + 1).toBe(true);
    }
  });

  it('has no curves for an account without a requirement', () => {
    expect(excessCurves(sampleAccounts, 'CST-1', { driver: '*', isAll: true })).toBeNull();
  });

  it('names the common axis first among the drivers', () => {
    expect(
      driversOf(
        sampleAccounts[0] ??
          (() => {
            throw new Error('no account');
          })(),
      ),
    ).toEqual(['*', 'ETH', 'BTC']);
  });
});

describe('cutToRange', () => {
  it('puts a point on the border wherever the line crosses it', () => {
    expect(
      cutToRange(
        [
          [0, 0],
          [1, 10],
        ],
        -5,
        5,
      ),
    ).toEqual([
      [0, 0],
      [0.5, 5],
      [1, null],
    ]);
    expect(
      cutToRange(
        [
          [0, -10],
          [1, 10],
        ],
        -5,
        5,
      ),
    ).toEqual([
      [0, null],
      [0.25, -5],
      [0.75, 5],
      [1, null],
    ]);
  });

  it('leaves a line inside the range as it is', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 1 }), (values) => {
        const points = values.map((value, index) => [index, value] as const);
        expect(cutToRange(points, -2, 2)).toEqual(points);
      }),
      { seed: 7 },
    );
  });
});

describe('roundStep', () => {
  it('is never below the size and at most 2.5 times it', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-3, max: 1e12, noNaN: true }), (size) => {
        expect(roundStep(size)).toBeGreaterThanOrEqual(size * (1 - 1e-8));
        expect(roundStep(size)).toBeLessThanOrEqual(size * 2.5 * (1 + 1e-9));
      }),
      { seed: 7 },
    );
  });
});

describe('order of accounts', () => {
  it('lists the first to fall first and custody last', () => {
    const names = byJointDistance(sampleAccounts).map((account) => account.name);
    expect(names[0]).toBe('MKR-A');
    expect(names.at(-1)).toBe('CST-1');
  });

  it('shows the first to fall until another is selected', () => {
    expect(shownAccount(sampleAccounts, null)?.accountId).toBe('MKR-A');
    expect(shownAccount(sampleAccounts, 'CMP-1')?.accountId).toBe('CMP-1');
    expect(shownAccount(sampleAccounts, 'gone')?.accountId).toBe('MKR-A');
  });

  it('goes round at both ends', () => {
    expect(neighbours(sampleAccounts, 'MKR-A').former?.accountId).toBe('CST-1');
    expect(neighbours(sampleAccounts, 'CST-1').next?.accountId).toBe('MKR-A');
    expect(neighbours([], 'MKR-A')).toEqual({ former: null, next: null });
  });
});
