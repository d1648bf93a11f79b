import { expect, test } from 'vitest';
import { cascadeAxes, type CascadeAxes } from '../../../main/domain/cascade-axes.ts';
import { liquidationDelay } from '../../../main/engine/cascade/axes/latency.ts';
import type { CascadeResultArrays, CascadeRules, RoundTrace } from '../../../main/engine/cascade/cascade-types.ts';
import { runCascade } from '../../../main/engine/cascade/run-cascade.ts';
import { makeCascadeWorkspace } from '../../../main/engine/cascade/workspace.ts';
import { randomUniform } from '../../../main/engine/math/random.ts';
import type { PackResult } from '../../../main/services/pack.ts';
import { packAxes } from '../../../main/services/pack/pack-axes.ts';
import { naiveAxesCascade } from '../../oracle/naive-axes-cascade.ts';
import type { NaiveSystem } from '../../oracle/naive-cascade.ts';
import { expectClose } from '../../support/expect-close.ts';
import { deeper, recordedSystem } from '../../support/recorded-system.ts';
import { packSystem, randomSystem, type RandomSystem } from '../../support/random-system.ts';

const SYSTEMS = 400;
const COLLAPSED_USD = 1e-9;
const PLAIN: CascadeAxes = {};

function run(naive: NaiveSystem, axes: CascadeAxes, pack = packSystem(naive), trace: RoundTrace[] | null = null): CascadeResultArrays {
  const packed = packAxes(axes, pack);
  const rules: CascadeRules = {
    depthThinningFraction: naive.thinning,
    maxRounds: naive.maxRounds,
    includeCrowd: true,
    ...(packed === undefined ? {} : { axes: packed }),
  };
  const moves = Float64Array.from(pack.driverIds, (id) => naive.moves[id] ?? 0);
  return runCascade(makeCascadeWorkspace(pack.packed), { moves, volatilityShift: 0 }, rules, trace);
}

/** Rules drawn by number: every second one of each kind is on. */
function randomAxes(number: number): CascadeAxes {
  let draws = 0;
  const next = (): number => randomUniform(73, number, (draws += 1));
  const laws = [
    { law: 'constantProduct' },
    { law: 'exponential', depthShare: 0.2 + next() },
    { law: 'squareRoot', coefficient: 0.5 + next(), dailyVolatility: 0.1 * next() + 0.01, dailyVolumePerReserve: 1 + 5 * next() },
    { law: 'recorded' },
  ];
  const latencies = [
    { distribution: 'fixed', rounds: Math.floor(4 * next()) },
    { distribution: 'geometric', meanRounds: 4 * next(), seed: number },
    { distribution: 'lognormal', medianRounds: 0.5 + 3 * next(), sigma: next(), seed: number },
  ];
  const oracle = { heartbeatRounds: 1 + Math.floor(9 * next()), deviationFraction: 0.05 * next(), lagRounds: Math.floor(3 * next()) };
  const pick = <T>(items: readonly T[]): T | undefined => items[Math.floor(next() * items.length)];
  return cascadeAxes.parse({
    impact: pick(laws),
    ...(next() < 0.5 ? { oracle } : {}),
    ...(next() < 0.5 ? { latency: pick(latencies) } : {}),
    ...(next() < 0.5 ? { recoveryPerRound: next() } : {}),
    ...(next() < 0.5 ? { keeperGasUsd: 2000 * next() } : {}),
    ...(next() < 0.5 ? { depthResponse: { sensitivity: 20 * next(), leastShare: 0.1 + 0.5 * next() } } : {}),
    ...(next() < 0.5
      ? {
          crossImpact: [
            { from: 'ETH', to: 'BTC', beta: next() },
            { from: 'BTC', to: 'ETH', beta: -0.2 + next() },
          ],
        }
      : {}),
  });
}

/** The random system of a number, with records where the law follows them. */
function systemUnder({ impact }: CascadeAxes, number: number): RandomSystem {
  return impact?.law === 'recorded' ? recordedSystem(number) : randomSystem(number);
}

function close(left: number, right: number, scale: number): boolean {
  return Math.abs(left - right) <= 1e-9 * scale;
}

function price(pack: PackResult, result: CascadeResultArrays, id: string): number {
  return result.finalState.priceUsd[pack.assetIds.indexOf(id)] ?? NaN;
}

function fallen(result: CascadeResultArrays): number {
  return result.borrowerFallenRound.filter((round) => round > 0).length;
}

test('with any rules the kernel does what a twin does that judges everybody in every round', () => {
  const seen = { waited: 0, skipped: 0, several: 0, collapsed: 0 };
  for (let number = 0; number < SYSTEMS; number += 1) {
    const axes = randomAxes(number);
    const { naive, pack } = systemUnder(axes, number);
    const { latency } = axes;
    const delays = naive.borrowers.map((_, i) => (latency === undefined ? 0 : liquidationDelay(latency, i)));
    const expected = naiveAxesCascade(naive, { ...axes, delays });
    const actual = run(naive, axes, pack);
    const where = `system ${number}: ${JSON.stringify(axes)}`;
    // A discount of one less 1e-16 is the last there is: a market that has lost all but that has no price to agree on.
    if (Object.values(expected.priceUsd).some((usd) => usd < COLLAPSED_USD)) {
      seen.collapsed += 1;
      continue;
    }
    expect([...actual.borrowerFallenRound], where).toEqual(expected.firstRound);
    expect([actual.rounds, actual.skippedBorrowers], where).toEqual([expected.rounds, expected.skipped]);
    for (const [id, usd] of Object.entries(expected.priceUsd))
      expect(close(price(pack, actual, id), usd, usd), `${where} ${id}`).toBe(true);
    const collateral = expected.collateral.flat();
    actual.collateralQuantity.forEach((quantity, row) => expect(close(quantity, collateral[row] ?? NaN, 1e4), where).toBe(true));
    if (expected.rounds > 3) seen.several += 1;
    if (expected.skipped > 0) seen.skipped += 1;
    if (expected.firstRound.some((round) => round > 1)) seen.waited += 1;
  }
  expect(Math.min(seen.several, seen.skipped, seen.waited)).toBeGreaterThan(SYSTEMS / 10);
  expect(seen.collapsed).toBeLessThan(SYSTEMS / 50);
});

test('feeds that post in every round, no delay, no recovery and no beta are the plain cascade', () => {
  const idle: CascadeAxes[] = [
    { impact: { law: 'constantProduct' } },
    { oracle: { heartbeatRounds: 1, deviationFraction: 1, lagRounds: 0 } },
    { oracle: { heartbeatRounds: 9, deviationFraction: 0, lagRounds: 0 } },
    { latency: { distribution: 'fixed', rounds: 0 } },
    { latency: { distribution: 'geometric', meanRounds: 0, seed: 3 } },
    { recoveryPerRound: 0 },
    { depthResponse: { sensitivity: 0, leastShare: 0.1 } },
    { depthResponse: { sensitivity: 50, leastShare: 1 } },
    { crossImpact: [{ from: 'ETH', to: 'BTC', beta: 0 }] },
  ];
  for (let number = 0; number < 40; number += 1) {
    const { naive, pack } = randomSystem(number);
    const plain = run(naive, PLAIN, pack);
    for (const axes of idle) {
      const other = run(naive, axes, pack);
      expect(other.rounds).toBe(plain.rounds);
      expect(other.borrowerFallenRound).toEqual(plain.borrowerFallenRound);
      // With axes everybody is judged one by one, and sales are added up in another order.
      const pairs = [
        ...[...other.finalState.priceUsd].map((price, asset) => [price, plain.finalState.priceUsd[asset]]),
        ...[...other.collateralQuantity].map((quantity, row) => [quantity, plain.collateralQuantity[row]]),
        [other.badDebtUsd, plain.badDebtUsd],
      ];
      for (const [actual = NaN, expected = NaN] of pairs)
        expectClose({ actual, expected, rel: 1e-11, abs: 1e-9, inputs: { number, axes } });
    }
  }
});

test('what leaves the borrowers is what is sold, round by round, whatever the rules', () => {
  for (let number = 0; number < 80; number += 1) {
    const { naive, pack } = randomSystem(number);
    const trace: RoundTrace[] = [];
    const result = run(naive, randomAxes(number), pack, trace);
    const gone = new Float64Array(pack.assetIds.length);
    pack.packed.lending.collateralQuantity.forEach((quantity, row) => {
      const asset = pack.packed.lending.collateralAsset[row] ?? 0;
      gone[asset] = (gone[asset] ?? 0) + quantity - (result.collateralQuantity[row] ?? NaN);
    });
    gone.forEach((quantity, asset) => {
      const sold = trace.reduce((sum, round) => sum + (round.soldQuantity[asset] ?? 0), 0);
      expect(close(sold, quantity, 1e6)).toBe(true);
    });
    expect(trace.map((round) => round.round)).toEqual(trace.map((_, i) => i + 1));
    expect(trace).toHaveLength(result.rounds);
  }
});

test('with endless depth nothing moves after the shock, whatever the law and the recovery', () => {
  for (let number = 0; number < 60; number += 1) {
    const { naive } = randomSystem(number);
    const endless = { ...naive, pools: naive.pools.map((pool) => ({ ...pool, reserveQuantity: Infinity })) };
    const pack = packSystem(endless);
    const { keeperGasUsd: _, ...axes } = randomAxes(number);
    const result = run(endless, axes, pack);
    for (const id of pack.driverIds) expect(price(pack, result, id)).toBe((naive.priceUsd[id] ?? 0) * (1 + (naive.moves[id] ?? 0)));
  }
});

/** The system with dollar debts only, closed whole: prices only fall. */
function fallingOnly(naive: NaiveSystem, depth = 1): NaiveSystem {
  return {
    ...naive,
    closeFactor: 1,
    maxRounds: 200,
    pools: naive.pools.map((pool) => deeper(pool, depth)),
    borrowers: naive.borrowers.map((borrower) => ({
      ...borrower,
      debt: [{ assetId: 'USDC', quantity: borrower.debt.reduce((sum, row) => sum + row.quantity * (naive.priceUsd[row.assetId] ?? 0), 0) }],
    })),
  };
}

test('more depth never makes more borrowers fall under any law when positions are closed whole and prices only fall', () => {
  for (let number = 0; number < 60; number += 1) {
    const { impact } = randomAxes(number);
    const { naive } = systemUnder({ impact }, number);
    const counts = [0.25, 0.5, 1, 2, 8].map((depth) => fallen(run(fallingOnly(naive, depth), { impact })));
    expect(counts).toEqual(counts.toSorted((left, right) => right - left));
  }
});

test('sales only deepen the fall, and recovery never lifts a price above where the shock left it', () => {
  for (let number = 0; number < 60; number += 1) {
    const { impact, recoveryPerRound } = randomAxes(number);
    const system = fallingOnly(systemUnder({ impact }, number).naive);
    const pack = packSystem(system);
    const result = run(system, { impact, ...(recoveryPerRound === undefined ? {} : { recoveryPerRound }) }, pack);
    for (const id of pack.driverIds) {
      const shocked = (system.priceUsd[id] ?? 0) * (1 + (system.moves[id] ?? 0));
      expect(price(pack, result, id)).toBeLessThanOrEqual(shocked * (1 + 1e-12));
    }
  }
});

test('depth that thins with the moves never makes fewer borrowers fall when prices only fall', () => {
  for (let number = 0; number < 60; number += 1) {
    const system = fallingOnly(randomSystem(number).naive);
    const counts = [0, 1, 4, 16, 64].map((sensitivity) => fallen(run(system, { depthResponse: { sensitivity, leastShare: 0.1 } })));
    expect(counts).toEqual(counts.toSorted((left, right) => left - right));
  }
});

test('faster recovery never makes more borrowers fall when prices only fall', () => {
  for (let number = 0; number < 60; number += 1) {
    const system = fallingOnly(randomSystem(number).naive);
    const counts = [0, 0.1, 0.3, 0.6, 1].map((recoveryPerRound) => fallen(run(system, { recoveryPerRound })));
    expect(counts).toEqual(counts.toSorted((left, right) => right - left));
  }
});

test('the order of borrowers does not matter under rules that treat all alike', () => {
  for (let number = 0; number < 60; number += 1) {
    const { latency: _, ...others } = randomAxes(number);
    const { naive } = systemUnder(others, number);
    const axes: CascadeAxes = { ...others, latency: { distribution: 'fixed', rounds: number % 4 } };
    const order = naive.borrowers
      .map((_each, i) => i)
      .sort((left, right) => randomUniform(3, number, left) - randomUniform(3, number, right));
    const straight = run(naive, axes);
    const other = run({ ...naive, borrowers: order.flatMap((i) => naive.borrowers[i] ?? []) }, axes);
    expect([...other.borrowerFallenRound]).toEqual(order.map((i) => straight.borrowerFallenRound[i]));
  }
});

test('a dearer keeper leaves more alone in the first round', () => {
  for (let number = 0; number < 60; number += 1) {
    const system = { ...randomSystem(number).naive, maxRounds: 1 };
    const executed = [0, 500, 5000, 50_000, 1e9].map((keeperGasUsd) => fallen(run(system, { keeperGasUsd })));
    expect(executed).toEqual(executed.toSorted((left, right) => right - left));
    expect(executed.at(-1)).toBe(0);
  }
});

test('delays have the mean or median they are given, and depend on seed and borrower only', () => {
  const drawn = (rule: Parameters<typeof liquidationDelay>[0]): number[] =>
    Array.from({ length: 20_000 }, (_, i) => liquidationDelay(rule, i));
  const geometric = drawn({ distribution: 'geometric', meanRounds: 3, seed: 5 });
  expect(geometric.reduce((sum, each) => sum + each, 0) / geometric.length).toBeCloseTo(3, 1);
  const lognormal = drawn({ distribution: 'lognormal', medianRounds: 8, sigma: 0.6, seed: 5 }).sort((left, right) => left - right);
  expect(lognormal[10_000]).toBe(8);
  expect(drawn({ distribution: 'geometric', meanRounds: 3, seed: 5 })[77]).toBe(geometric[77]);
  expect(Math.max(...drawn({ distribution: 'lognormal', medianRounds: 400, sigma: 2, seed: 5 }))).toBe(500);
});
