import { expect, test } from 'vitest';
import type { CascadeAxes } from '../../../main/domain/cascade-axes.ts';
import { searchBothEnds, type BothEnds } from '../../../main/engine/cascade/axes/both-ends.ts';
import type { CascadeRules } from '../../../main/engine/cascade/cascade-types.ts';
import { runCascade } from '../../../main/engine/cascade/run-cascade.ts';
import { makeCascadeWorkspace } from '../../../main/engine/cascade/workspace.ts';
import { packAxes } from '../../../main/services/pack/pack-axes.ts';
import { pricesOf, sell, type Market } from '../../oracle/naive-axes-cascade.ts';
import { isFallen, liquidate, type NaiveSystem } from '../../oracle/naive-cascade.ts';
import { packSystem, randomSystem } from '../../support/random-system.ts';

const laws: readonly CascadeAxes[] = [
  {},
  { impact: { law: 'exponential', depthShare: 0.4 } },
  { crossImpact: [{ from: 'ETH', to: 'BTC', beta: 0.5 }] },
];

function question(naive: NaiveSystem, axes: CascadeAxes = {}) {
  const pack = packSystem(naive);
  const packed = packAxes(axes, pack);
  const rules: CascadeRules = {
    depthThinningFraction: naive.thinning,
    maxRounds: 200,
    includeCrowd: true,
    activeVenues: null,
    ...(packed === undefined ? {} : { axes: packed }),
  };
  const shock = { moves: Float64Array.from(pack.driverIds, (id) => naive.moves[id] ?? 0), volatilityShift: 0 };
  return { pack, rules, shock, work: makeCascadeWorkspace(pack.packed) };
}

function search(naive: NaiveSystem, axes: CascadeAxes = {}): BothEnds {
  const { work, shock, rules } = question(naive, axes);
  return searchBothEnds(work, shock, rules);
}

/** Where everybody's sales at given prices take the shocked market: written from the definition of an outcome. */
function naiveResponse(system: NaiveSystem, axes: CascadeAxes, prices: Record<string, number>): Record<string, number> {
  const market: Market = { factor: {}, sold: {} };
  for (const asset of system.assets) market.factor[asset.id] = asset.backing.length === 0 ? 1 + (system.moves[asset.id] ?? 0) : 1;
  const sales = new Map<string, number>();
  for (const borrower of system.borrowers) {
    const balances = {
      collateral: borrower.collateral.map((row) => row.quantity),
      debt: borrower.debt.map((row) => row.quantity),
      firstRound: 0,
    };
    for (let part = 0; part < 64 && isFallen(borrower, balances, prices); part += 1)
      liquidate({ system, borrower, balances, prices, sales });
  }
  sell(system, { ...axes, delays: [] }, market, sales, pricesOf(system, market));
  return pricesOf(system, market);
}

function dollarDebts(naive: NaiveSystem): NaiveSystem {
  return {
    ...naive,
    closeFactor: 1,
    borrowers: naive.borrowers.map((borrower) => ({
      ...borrower,
      debt: [{ assetId: 'USDC', quantity: borrower.debt.reduce((sum, row) => sum + row.quantity * (naive.priceUsd[row.assetId] ?? 0), 0) }],
    })),
  };
}

test('where prices only fall the ends settle, the severe one no milder, and each repeats itself in a response written from the definition', () => {
  let several = 0;
  for (let number = 0; number < 120; number += 1) {
    const naive = dollarDebts(randomSystem(number).naive);
    const axes = laws[number % laws.length] ?? {};
    const { pack } = question(naive, axes);
    const { status, mild, severe } = search(naive, axes);
    expect([mild.hasSettled, severe.hasSettled], `system ${number}`).toEqual([true, true]);
    mild.state.priceUsd.forEach((usd, asset) => expect(severe.state.priceUsd[asset]).toBeLessThanOrEqual(usd * (1 + 1e-9)));
    mild.borrowerFallen.forEach((fell, borrower) => expect(severe.borrowerFallen[borrower]).toBeGreaterThanOrEqual(fell));
    for (const end of [mild, severe]) {
      const prices = Object.fromEntries(pack.assetIds.map((id, asset) => [id, end.state.priceUsd[asset] ?? NaN]));
      for (const [id, usd] of Object.entries(naiveResponse(naive, axes, prices))) {
        expect(Math.abs(usd - (prices[id] ?? NaN)), `system ${number} ${id}`).toBeLessThan(1e-9 * (naive.priceUsd[id] ?? NaN));
      }
    }
    if (status === 'several') several += 1;
  }
  expect(several).toBeGreaterThan(0);
});

test('whoever falls round by round also falls in the mild outcome when prices only fall', () => {
  for (let number = 0; number < 80; number += 1) {
    const naive = dollarDebts(randomSystem(number).naive);
    const { work, shock, rules } = question(naive);
    const fell = runCascade(work, shock, rules).borrowerFallenRound.slice();
    const { mild } = search(naive);
    fell.forEach((round, borrower) => {
      if (round > 0) expect(mild.borrowerFallen[borrower], `system ${number}, borrower ${borrower}`).toBe(1);
    });
  }
});

/** Alike borrowers with bitcoin against dollars, 5 % from their line, who together hold half the depth of its market. */
function planted(move: number, count = 10): NaiveSystem {
  const { naive } = randomSystem(0);
  const depth = 1000;
  const held = (0.5 * depth) / 10;
  return {
    ...naive,
    closeFactor: 1,
    thinning: 0,
    moves: { ETH: 0, BTC: move },
    pools: naive.pools.map((pool) => (pool.assetId === 'BTC' ? { ...pool, reserveQuantity: depth } : pool)),
    borrowers: Array.from({ length: count }, (_, i) => ({
      id: `b${i}`,
      venueId: 'pool',
      collateral: [{ assetId: 'BTC', quantity: held, liquidationThresholdFraction: 0.8 }],
      debt: [{ assetId: 'USDC', quantity: (held * 60_000 * 0.8) / 1.05 }],
      liquidationBonusFraction: 0.05,
    })),
  };
}

test('a planted system with two outcomes is found to have two: nobody falls, or everybody at four ninths of the price', () => {
  const { pack } = question(planted(0));
  const { status, mild, severe } = search(planted(0));
  const bitcoin = pack.assetIds.indexOf('BTC');
  expect(status).toBe('several');
  expect([mild.crowdFallen, severe.crowdFallen]).toEqual([0, 10]);
  expect(mild.state.priceUsd[bitcoin]).toBe(60_000);
  expect(severe.state.priceUsd[bitcoin]).toBeCloseTo(60_000 * (1 / 1.5) ** 2, 6);
  expect(severe.badDebtUsd).toBeGreaterThan(0);
});

test('a larger shock, or too few to bring themselves down, leaves one outcome', () => {
  expect(search(planted(-0.1))).toMatchObject({ status: 'unique', mild: { crowdFallen: 10 }, severe: { crowdFallen: 10 } });
  expect(search(planted(0, 0))).toMatchObject({ status: 'unique', mild: { crowdFallen: 0 } });
});

test('in one market no outcome lies above the mild one or below the severe one', () => {
  for (const move of [0, -0.02, -0.04, -0.06]) {
    for (const count of [1, 3, 6, 10]) {
      const system = planted(move, count);
      const { pack } = question(system);
      const { mild, severe } = search(system);
      const bitcoin = pack.assetIds.indexOf('BTC');
      const [high, low] = [mild.state.priceUsd[bitcoin] ?? NaN, severe.state.priceUsd[bitcoin] ?? NaN];
      const shocked = 60_000 * (1 + move);
      const base = pricesOf(system, { factor: { BTC: 1 + move }, sold: {} });
      for (let step = 1; step <= 200; step += 1) {
        const usd = (shocked * step) / 200;
        const answer = naiveResponse(system, {}, { ...base, BTC: usd }).BTC ?? NaN;
        if (usd > high * (1 + 1e-9)) expect(answer).toBeLessThan(usd);
        if (usd < low * (1 - 1e-9)) expect(answer).toBeGreaterThan(usd);
      }
    }
  }
});
