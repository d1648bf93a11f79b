import { describe, expect, test } from 'vitest';
import type { HedgeLimits } from '../../main/contract/hedge-limits.ts';
import { bookGreeks } from '../../main/engine/hedge/book-greeks.ts';
import { quantitiesAfter } from '../../main/engine/hedge/packed-candidate.ts';
import { within } from '../../main/services/hedge/limits/limits.ts';
import { mandatesOf } from '../../main/services/hedge/limits/mandates.ts';
import { suggest } from '../../main/services/hedge/suggest.ts';
import { deskSetting, ethUsd, type Desk } from './hedge-desk.ts';

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

async function suggested(limits: HedgeLimits) {
  const setting = within(deskSetting(desk), limits);
  if (!setting.ok) throw new Error(setting.failure.message);
  const found = await suggest(setting.value, { budgetUsd: null, timeLimitMs: 600_000, elapsedMs: () => 0 });
  if (!found.ok) throw new Error(found.failure.message);
  return found.value.result;
}

describe('limits of a suggestion', () => {
  test('what is excluded never appears, and an account that is kept is neither traded in nor drawn on', async () => {
    const free = await suggested({});
    expect(free.legs.some((leg) => leg.instrumentId === 'exchange:ETH')).toBe(true);
    const without = await suggested({ excludeInstrumentIds: ['exchange:ETH'] });
    expect(without.legs.some((leg) => leg.instrumentId === 'exchange:ETH')).toBe(false);
    const kept = await suggested({ keepAccountIds: ['B'] });
    expect(free.legs.some((leg) => leg.accountId === 'B')).toBe(true);
    expect(kept.legs.filter((leg) => leg.accountId === 'B' || leg.fromAccountId === 'B')).toEqual([]);
  });

  test('turnover stays within its limit to the lot, in all and at each venue', async () => {
    for (const limits of [{ turnoverUsd: 500_000 }, { venueTurnoverUsd: 500_000 }] as const) {
      const result = await suggested(limits);
      const tradedUsd = result.legs.reduce((sum, leg) => sum + (leg.kind === 'trade' ? leg.notionalUsd : 0), 0);
      expect(tradedUsd).toBeGreaterThan(0);
      expect(tradedUsd).toBeLessThanOrEqual(500_001);
    }
  });

  test('a delta band counts what a leg and its payment add to the delta of the book', () => {
    const setting = deskSetting(desk);
    const { packed } = setting.pack;
    const deltaUsd = (quantity: Float64Array) => ethUsd * bookGreeks({ ...packed, positions: { ...packed.positions, quantity } }, 0).delta;
    const nowUsd = deltaUsd(packed.positions.quantity);
    const [above, below] = mandatesOf(setting, { deltaBandUsd: 1000 });
    expect(above?.leastUsd).toBeCloseTo(nowUsd - 1000, 6);
    expect(below?.leastUsd).toBeCloseTo(-nowUsd - 1000, 6);
    for (const candidate of setting.candidates) {
      const addedUsd = deltaUsd(quantitiesAfter(packed, [{ ...candidate, gasUsd: 0 }], [7])) - nowUsd;
      expect(7 * (below?.perUnitUsd(candidate) ?? 0)).toBeCloseTo(addedUsd, 4);
      expect(7 * (above?.perUnitUsd(candidate) ?? 0)).toBeCloseTo(-addedUsd, 4);
    }
  });

  test('a band that nothing reaches is told as what would have to give, and the accounts are kept alive all the same', async () => {
    const result = await suggested({ deltaBandUsd: 0, turnoverUsd: 100_000 });
    expect(result.status).toBe('infeasible');
    expect(result.after.fallenAtReference).toEqual([]);
    expect(result.relaxations.map(({ text }) => text).join(' ')).toMatch(/delta band from above needs .* USD more/);
  });

  test('the share of a venue in all contracts stays within its limit, closing counted as less and opening as more', () => {
    const setting = deskSetting(desk);
    const [mandate] = mandatesOf(setting, { venueShareFraction: 0.4 });
    // One venue has every contract of this desk: 1,200 of ether, of which it may have four tenths.
    expect(mandate?.name).toBe('share of Exchange in all contracts');
    expect(mandate?.leastUsd).toBeCloseTo(0.6 * 1200 * ethUsd, 0);
    const [opening, closing] = [false, true].map((isReducing) =>
      setting.candidates.find((each) => each.kind === 'trade' && each.isReducing === isReducing),
    );
    if (!opening || !closing || !mandate) throw new Error('no such trade');
    expect(mandate.perUnitUsd(opening)).toBeCloseTo(-0.6 * ethUsd, 0);
    expect(mandate.perUnitUsd(closing)).toBeCloseTo(0.6 * ethUsd, 0);
  });

  test('gamma and vega bands bound what options add, by driver and on both sides', () => {
    const names = mandatesOf(deskSetting(desk), { gammaBandUsd: 5, vegaBandUsd: 7 }).map(({ name, leastUsd, scale }) => [
      name,
      leastUsd,
      scale,
    ]);
    expect(names).toEqual([
      ['ETH gamma band from above', -5, 10],
      ['ETH gamma band from below', -5, 10],
      ['ETH vega band from above', -7, 100],
      ['ETH vega band from below', -7, 100],
    ]);
  });

  test('no trade is smaller than the least one, and the rest is solved for without it', async () => {
    const free = await suggested({ turnoverUsd: 500_000 });
    expect(free.legs.some(({ kind }) => kind === 'trade')).toBe(true);
    const large = await suggested({ turnoverUsd: 500_000, leastTradeUsd: 600_000 });
    expect(large.legs.filter(({ kind }) => kind === 'trade')).toEqual([]);
    expect(large.gapFraction).toBeGreaterThanOrEqual(free.gapFraction);
    expect(large.after.fallenAtReference).toEqual([]);
  });

  test('kinds of action that are barred are not taken', async () => {
    const result = await suggested({ excludeKinds: ['repay', 'deleverage'] });
    expect(result.legs.filter(({ kind }) => kind === 'repay' || kind === 'deleverage')).toEqual([]);
    expect(result.legs.length).toBeGreaterThan(0);
  });

  test('only what reduces is done where nothing may be opened', async () => {
    const result = await suggested({ onlyReducing: true });
    expect(result.legs.length).toBeGreaterThan(0);
    for (const leg of result.legs) expect(leg.side === 'pay' || leg.side === 'sell').toBe(true);
  });

  test('a name that the book does not know is refused, since it would limit nothing', () => {
    expect(within(deskSetting(desk), { keepAccountIds: ['Z'] })).toMatchObject({
      ok: false,
      failure: { message: 'limits: no account Z in the book' },
    });
    expect(within(deskSetting(desk), { excludeInstrumentIds: ['zzz'] })).toMatchObject({ ok: false, failure: { reason: 'notFound' } });
  });
});
