import { beforeAll, describe, expect, test } from 'vitest';
import { hedgeAssumptions } from '../../main/services/hedge/assumptions.ts';
import { actedAmount, actOn } from '../../main/services/hedge/refresh/act-on.ts';
import { overdraftsOf } from '../../main/services/hedge/refresh/covered-plan.ts';
import { unchanged } from '../../main/services/hedge/refresh/judge-leg.ts';
import { judgePlan } from '../../main/services/hedge/refresh/judge-plan.ts';
import { standingAmounts, type LegChange } from '../../main/services/hedge/refresh/leg-changes.ts';
import { refreshSuggestion, type Standing } from '../../main/services/hedge/refresh/refresh.ts';
import type { Setting } from '../../main/services/hedge/setting.ts';
import { suggest } from '../../main/services/hedge/suggest.ts';
import { deskSetting, type Desk } from './hedge-desk.ts';

const desk: Desk = {
  loans: [
    { id: 'A', eth: 1000, usdc: 1_330_000 },
    { id: 'B', eth: 1000, usdc: 1_240_000 },
  ],
  perpetual: { cash: 2_000_000, eth: 1200 },
  cash: 900_000,
  reserveEth: 60_000,
  crowd: [{ eth: 3000, usdc: 3_950_000 }],
};

describe('refreshing a suggestion', () => {
  let standing: Standing;
  beforeAll(async () => {
    const setting = deskSetting(desk);
    const found = await suggest(setting, { budgetUsd: null, timeLimitMs: 600_000, elapsedMs: () => 0 });
    if (!found.ok) throw new Error(found.failure.message);
    standing = { setting, plan: found.value.pass.plan, start: found.value.start, budgetUsd: null };
  });
  const refreshed = async (setting: Setting) => {
    const found = await refreshSuggestion(setting, standing, () => 600_000);
    if (!found.ok) throw new Error(found.failure.message);
    return found.value;
  };

  test('on the same book and market every leg is as it stands, inside its band, and nothing need be done', async () => {
    const found = await refreshed(deskSetting(desk));
    expect(found.changes).toEqual([]);
    expect(found.legs.length).toBeGreaterThan(0);
    for (const leg of found.legs) expect(leg).toMatchObject({ change: 'same', isWithinBand: true, gainUsd: 0, costUsd: 0 });
    expect(found.isStandingEnough).toBe(true);
    expect(found.fresh).toEqual(found.standing);
    expect(found.acted).toEqual(found.standing);
  });

  test('an account that needs more than it was given is outside its band, with the sum by which its excess moved', async () => {
    const found = await refreshed(
      deskSetting({ ...desk, loans: [desk.loans[0], { id: 'B', eth: 1000, usdc: 1_380_000 }].flatMap((loan) => loan ?? []) }),
    );
    expect(found.changes.join()).toMatch(/one position edited: B\//);
    expect(found.isStandingEnough).toBe(false);
    expect(found.standingFalls).toContain('B');
    expect(found.freshFalls).toEqual([]);
    const leg = found.legs.find((each) => each.accountId === 'B');
    expect(leg).toMatchObject({ change: 'more', isWithinBand: false });
    expect(leg?.why).toMatch(/^B has 0\.14 M USD less above its requirement .* It falls without the change\.$/);
    expect(leg?.actQuantity).toBe(leg?.freshQuantity);
    expect(found.actedFalls).toEqual([]);
  });

  test('the band narrows as an account comes near its requirement, to nothing for one that falls, and is whole for one at ease', async () => {
    const fractionAt = async (usdc: number): Promise<number> => {
      const found = await refreshed(
        deskSetting({
          ...desk,
          loans: [
            { id: 'A', eth: 1000, usdc: 1_330_000 },
            { id: 'B', eth: 1000, usdc },
          ],
        }),
      );
      return found.legs.find((leg) => leg.accountId === 'B')?.bandFraction ?? Number.NaN;
    };
    const [easy, near, falling] = [await fractionAt(1_240_000), await fractionAt(1_265_000), await fractionAt(1_380_000)];
    expect(easy).toBeGreaterThan(near);
    expect(near).toBeGreaterThan(falling);
    expect(falling).toBe(0);
  });

  test('a leg inside its band does not save what changing it would have to', async () => {
    const found = await refreshed(deskSetting({ ...desk, perpetual: { cash: 2_000_000, eth: 1201 } }));
    for (const leg of found.legs)
      if (leg.isWithinBand && leg.band === null) expect(leg.gainUsd).toBeLessThanOrEqual(1e-6 + hedgeAssumptions.costWeight * leg.costUsd);
    expect(found.standingFalls).toEqual([]);
  });

  /** B needs more than it was given, and A less: what A no longer needs has to pay for it. */
  const tight: Desk = {
    ...desk,
    cash: 500_000,
    loans: [
      { id: 'A', eth: 1000, usdc: 1_290_000 },
      { id: 'B', eth: 1000, usdc: 1_300_000 },
    ],
  };

  test('legs that share cash which does not reach for the larger amount of each change together', async () => {
    const found = await refreshed(deskSetting(tight));
    expect(found.statement).toMatch(/^With the standing legs B falls; 2 of 3 legs/);
    expect(found.actedFalls).toEqual([]);
    const repaid = found.legs.filter((leg) => leg.accountId !== 'PRP');
    expect(repaid.map((leg) => [leg.accountId, leg.change, leg.isWithinBand])).toEqual([
      ['A', 'less', false],
      ['B', 'more', false],
    ]);
    for (const leg of repaid) expect(leg.actQuantity).toBe(leg.freshQuantity);
    expect(repaid.reduce((sum, leg) => sum + Number(leg.actQuantity), 0)).toBeLessThanOrEqual(500_000);
    expect(repaid[0]?.why).toMatch(/judged with the other legs that pay from the same holding/);
  });

  test('where a leg left inside its band makes an account overdraw, the legs of that account give up their bands, and it says so', async () => {
    const setting = deskSetting(tight);
    const changes = standing.plan.candidates.map(({ id }): LegChange => {
      const candidate = setting.candidates.find((each) => each.id === id);
      if (candidate === undefined) throw new Error(`${id} is not offered`);
      const stood = standing.plan.amounts[standing.plan.candidates.findIndex((each) => each.id === id)] ?? 0;
      const fresh = { A: 230_000, B: 240_000 }[candidate.target.accountId] ?? stood;
      return { candidate, stood, standing: stood, fresh };
    });
    const verdicts = changes.map((change) => ({ ...unchanged(change), share: change.candidate.target.accountId === 'B' ? 1 : 0 }));
    const plan = { candidates: changes.map(({ candidate }) => candidate), amounts: changes.map((change) => change.standing) };
    const stood = await judgePlan(setting, plan);
    if (!stood.ok) throw new Error(stood.failure.message);
    const fresh = { measures: stood.value.outcome.measures, falls: [] };
    const acted = await actOn(setting, verdicts, { stood: stood.value, fresh });
    if (!acted.ok) throw new Error(acted.failure.message);
    expect(acted.value.whyBands).toBe(
      'Legs of CST inside their no-trade bands are changed as well: left as they stand, CST pays with more than it holds.',
    );
    expect(acted.value.falls).toEqual([]);
    expect(acted.value.verdicts.map((verdict) => [verdict.change.candidate.target.accountId, actedAmount(verdict)])).toEqual(
      expect.arrayContaining([
        ['A', 230_000],
        ['B', 240_000],
      ]),
    );
  });

  test('standing legs are cut to the cash that is still there, the largest first', async () => {
    const setting = deskSetting({ ...desk, cash: 440_000 });
    const { candidates, amounts } = standingAmounts(setting, standing.plan);
    const amountOf = (accountId: string): number =>
      amounts[candidates.findIndex(({ kind, target }) => kind === 'repay' && target.accountId === accountId)] ?? Number.NaN;
    expect(amountOf('B')).toBe(180_000);
    expect(amountOf('A')).toBeLessThan(270_000);
    expect(amountOf('A') + amountOf('B')).toBeGreaterThan(439_000);
    expect(overdraftsOf(setting.pack.packed, { candidates, amounts })).toEqual([]);
    expect(overdraftsOf(setting.pack.packed, standing.plan)).toHaveLength(1);
  });
});
