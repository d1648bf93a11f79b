import { expect, test } from 'vitest';
import type { CascadeResultArrays, CascadeRules, RoundTrace } from '../../../main/engine/cascade/cascade-types.ts';
import { runCascade } from '../../../main/engine/cascade/run-cascade.ts';
import { makeCascadeWorkspace } from '../../../main/engine/cascade/workspace.ts';
import { randomUniform } from '../../../main/engine/math/random.ts';
import { naiveCascade, type NaiveSystem } from '../../oracle/naive-cascade.ts';
import { packSystem, randomSystem } from '../../support/random-system.ts';

const SYSTEMS = 300;

function run(
  naive: NaiveSystem,
  pack = packSystem(naive),
  more: { rules?: Partial<CascadeRules>; trace?: RoundTrace[] } = {},
): CascadeResultArrays {
  const moves = Float64Array.from(pack.driverIds, (id) => naive.moves[id] ?? 0);
  const rules = {
    depthThinningFraction: naive.thinning,
    maxRounds: naive.maxRounds,
    includeCrowd: true,
    ...more.rules,
  };
  return runCascade(makeCascadeWorkspace(pack.packed), { moves, volatilityShift: 0 }, rules, more.trace ?? null);
}

function priceOf(pack: { assetIds: readonly string[] }, result: CascadeResultArrays, id: string): number {
  return result.finalState.priceUsd[pack.assetIds.indexOf(id)] ?? NaN;
}

function isNear(left: number, right: number, scale: number): boolean {
  return Math.abs(left - right) <= 1e-9 * scale;
}

test('the kernel agrees with the plain cascade on hundreds of random systems', () => {
  let cascades = 0;
  for (let number = 0; number < SYSTEMS; number += 1) {
    const { naive, pack } = randomSystem(number);
    const expected = naiveCascade(naive);
    const actual = run(naive, pack);
    expect({ number, rounds: actual.rounds, status: actual.status }).toEqual({
      number,
      rounds: expected.rounds,
      status: expected.reachedLimit ? 'reachedRoundLimit' : 'converged',
    });
    expect([...actual.borrowerFallenRound]).toEqual(expected.firstRound);
    for (const [id, price] of Object.entries(expected.priceUsd))
      expect(isNear(priceOf(pack, actual, id), price, price), `${number} ${id}`).toBe(true);
    const collateral = expected.collateral.flat();
    const debt = expected.debt.flat();
    actual.collateralQuantity.forEach((quantity, row) =>
      expect(isNear(quantity, collateral[row] ?? NaN, 1e4), `${number} collateral ${row}`).toBe(true),
    );
    actual.debtQuantity.forEach((quantity, row) => expect(isNear(quantity, debt[row] ?? NaN, 1e6), `${number} debt ${row}`).toBe(true));
    if (expected.rounds > 1) cascades += 1;
  }
  expect(cascades).toBeGreaterThan(SYSTEMS / 4);
});

test('the order of borrowers does not matter', () => {
  for (let number = 0; number < 60; number += 1) {
    const { naive, pack } = randomSystem(number);
    const order = naive.borrowers.map((_, i) => i).sort((left, right) => randomUniform(3, number, left) - randomUniform(3, number, right));
    const shuffled = order.flatMap((i) => naive.borrowers[i] ?? []);
    const straight = run(naive, pack);
    const other = run({ ...naive, borrowers: shuffled });
    expect(other.rounds).toBe(straight.rounds);
    expect([...other.borrowerFallenRound]).toEqual(order.map((i) => straight.borrowerFallenRound[i]));
    for (const id of ['ETH', 'BTC', 'stETH']) expect(isNear(priceOf(pack, other, id), priceOf(pack, straight, id), 1e5)).toBe(true);
  }
});

test('with endless depth nothing moves after the shock: exactly the first round', () => {
  for (let number = 0; number < 60; number += 1) {
    const { naive } = randomSystem(number);
    const endless = { ...naive, pools: naive.pools.map((pool) => ({ ...pool, reserveQuantity: Infinity })) };
    const pack = packSystem(endless);
    const result = run(endless, pack);
    for (const id of pack.driverIds) expect(priceOf(pack, result, id)).toBe((naive.priceUsd[id] ?? 0) * (1 + (naive.moves[id] ?? 0)));
    expect([...result.finalState.discountFraction].every((discount) => discount === 0)).toBe(true);
  }
});

test('tokens and cash balance in every round: what is sold left the borrowers, and pays what is repaid with its bonus', () => {
  for (let number = 0; number < 60; number += 1) {
    const { naive, pack } = randomSystem(number);
    const trace: RoundTrace[] = [];
    const result = run(naive, pack, { trace });
    const gone = new Float64Array(pack.assetIds.length);
    pack.packed.lending.collateralQuantity.forEach((quantity, row) => {
      const asset = pack.packed.lending.collateralAsset[row] ?? 0;
      gone[asset] = (gone[asset] ?? 0) + quantity - (result.collateralQuantity[row] ?? NaN);
    });
    for (const [asset, quantity] of gone.entries()) {
      const sold = trace.reduce((sum, round) => sum + (round.soldQuantity[asset] ?? 0), 0);
      expect(isNear(sold, quantity, 1e6)).toBe(true);
    }
    for (const round of trace) {
      const soldUsd = round.crowdSoldUsd.reduce((sum, usd) => sum + usd, 0);
      const most = Math.max(...naive.borrowers.map((borrower) => borrower.liquidationBonusFraction));
      expect(round.repaidUsd).toBeLessThanOrEqual(soldUsd * (1 + 1e-9));
      expect(round.repaidUsd * (1 + most)).toBeGreaterThanOrEqual(soldUsd * (1 - 1e-9));
    }
  }
});

test('more depth never makes more borrowers fall when positions are closed whole and drivers only fall', () => {
  for (let number = 0; number < 120; number += 1) {
    const { naive } = randomSystem(number);
    // Dollar debts only: a debt in coin is bought back, which moves prices up, and the law does not hold there.
    const borrowers = naive.borrowers.map((borrower) => ({
      ...borrower,
      debt: [{ assetId: 'USDC', quantity: borrower.debt.reduce((sum, row) => sum + row.quantity * (naive.priceUsd[row.assetId] ?? 0), 0) }],
    }));
    const fallenAt = (depth: number): number => {
      const system = {
        ...naive,
        borrowers,
        closeFactor: 1,
        maxRounds: 200,
        pools: naive.pools.map((pool) => ({ ...pool, reserveQuantity: pool.reserveQuantity * depth })),
      };
      return run(system).borrowerFallenRound.filter((round) => round > 0).length;
    };
    const counts = [0.25, 0.5, 1, 2, 8].map(fallenAt);
    expect(counts).toEqual(counts.toSorted((left, right) => right - left));
  }
});

test('borrowers that sell into disjoint markets cost each other nothing', () => {
  for (let number = 0; number < 60; number += 1) {
    const { naive } = randomSystem(number);
    const inEther = naive.borrowers.map((borrower, i) => ({
      ...borrower,
      collateral: [{ assetId: i % 2 === 0 ? 'WETH' : 'BTC', quantity: i % 2 === 0 ? 200 : 7, liquidationThresholdFraction: 0.8 }],
      debt: [{ assetId: 'USDC', quantity: 240_000 + 5000 * i }],
    }));
    const both = run({ ...naive, borrowers: inEther });
    const pack = packSystem({ ...naive, borrowers: inEther });
    const ether = run({ ...naive, borrowers: inEther.filter((_, i) => i % 2 === 0) });
    const bitcoin = run({ ...naive, borrowers: inEther.filter((_, i) => i % 2 === 1) });
    expect(priceOf(pack, both, 'ETH')).toBe(priceOf(pack, ether, 'ETH'));
    expect(priceOf(pack, both, 'BTC')).toBe(priceOf(pack, bitcoin, 'BTC'));
    expect(isNear(both.badDebtUsd, ether.badDebtUsd + bitcoin.badDebtUsd, 1e6)).toBe(true);
  }
});

test('the round limit is a status, and leaves the balances of the rounds that were run', () => {
  const { naive } =
    [...Array(SYSTEMS).keys()].map((number) => randomSystem(number)).find(({ naive: each }) => naiveCascade(each).rounds >= 3) ??
    randomSystem(0);
  const cut = run(naive, packSystem(naive), { rules: { maxRounds: 2 } });
  expect(cut.status).toBe('reachedRoundLimit');
  expect(cut.rounds).toBe(2);
  expect([...cut.borrowerFallenRound]).toEqual(naiveCascade({ ...naive, maxRounds: 2 }).firstRound);
});

test('a borrower of a book without a crowd in the rules is left alone', () => {
  const { naive, pack } = randomSystem(1);
  expect(run(naive, pack, { rules: { includeCrowd: false } }).rounds).toBe(0);
});
