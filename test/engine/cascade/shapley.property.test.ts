import fc from 'fast-check';
import { expect, test } from 'vitest';
import { antitheticOrders, coalitionsAlong, sampledShapley } from '../../../main/engine/cascade/shapley-sampling.ts';
import { interconnectionSurplus, shapleyValues } from '../../../main/engine/cascade/surplus.ts';
import { randomUniform } from '../../../main/engine/math/random.ts';
import { expectClose } from '../../support/expect-close.ts';

/** Games of 1 to 7 blocks: any loss for any coalition, none for nobody. */
const games = fc.integer({ min: 1, max: 7 }).chain((n) =>
  fc.array(fc.double({ min: -1e6, max: 1e7, noNaN: true }), { minLength: 2 ** n - 1, maxLength: 2 ** n - 1 }).map((losses) => ({
    n,
    losses: Float64Array.of(0, ...losses),
  })),
);
const SCALE = 1e7;

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}

/** The mask of a subset after block i has become block order[i]. */
function renamed(subset: number, order: readonly number[]): number {
  return order.reduce((mask, place, i) => mask | (((subset >> i) & 1) << place), 0);
}

/** Shapley values of a game from sampled orders. */
function sampled(losses: Float64Array, n: number, orders: Int32Array): ReturnType<typeof sampledShapley> {
  const members = coalitionsAlong(orders, n);
  const along = Float64Array.from(orders, (_, row) => {
    let mask = 0;
    for (let i = 0; i < n; i += 1) mask |= (members[row * n + i] ?? 0) << i;
    return losses[mask] ?? NaN;
  });
  return sampledShapley(orders, along, n);
}

test('shares sum to the joint loss, exact and sampled', () => {
  fc.assert(
    fc.property(games, ({ n, losses }) => {
      const joint = losses[2 ** n - 1] ?? NaN;
      expectClose({ actual: sum(shapleyValues(losses, n)), expected: joint, abs: 1e-9 * SCALE });
      expectClose({ actual: sum(sampled(losses, n, antitheticOrders(n, 5, 7)).values), expected: joint, abs: 1e-9 * SCALE });
    }),
  );
});

test('two blocks that do the same to everybody answer for the same', () => {
  fc.assert(
    fc.property(games, ({ n, losses }) => {
      fc.pre(n >= 2);
      const swapped = losses.map((_, subset) => losses[renamed(subset, [1, 0, ...Array.from({ length: n - 2 }, (__, i) => i + 2)])] ?? NaN);
      const even = losses.map((loss, subset) => (loss + (swapped[subset] ?? NaN)) / 2);
      const shares = shapleyValues(even, n);
      expectClose({ actual: shares[0] ?? NaN, expected: shares[1] ?? NaN, abs: 1e-9 * SCALE });
    }),
  );
});

test('a block that adds nothing to anybody answers for nothing', () => {
  fc.assert(
    fc.property(games, ({ n, losses }) => {
      const idle = Float64Array.from({ length: 2 ** (n + 1) }, (_, subset) => losses[subset & (2 ** n - 1)] ?? NaN);
      expectClose({ actual: shapleyValues(idle, n + 1)[n] ?? NaN, expected: 0, abs: 1e-9 * SCALE });
      const { values } = sampled(idle, n + 1, antitheticOrders(n + 1, 4, 3));
      expectClose({ actual: values[n] ?? NaN, expected: 0, abs: 1e-9 * SCALE });
    }),
  );
});

test('blocks in another order have their shares in that order', () => {
  fc.assert(
    fc.property(games, fc.integer({ min: 0, max: 1000 }), ({ n, losses }, seed) => {
      const order = Array.from({ length: n }, (_, i) => i).sort((a, b) => randomUniform(seed, a) - randomUniform(seed, b));
      const other = new Float64Array(2 ** n);
      losses.forEach((loss, subset) => other.set([loss], renamed(subset, order)));
      const [straight, moved] = [shapleyValues(losses, n), shapleyValues(other, n)];
      order.forEach((place, i) => expectClose({ actual: moved[place] ?? NaN, expected: straight[i] ?? NaN, abs: 1e-9 * SCALE }));
    }),
  );
});

test('losses that only add up have no surplus, and everybody answers for its own', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 8 }), (own) => {
      const n = own.length;
      const losses = Float64Array.from({ length: 2 ** n }, (_, subset) =>
        own.reduce((t, usd, i) => t + (((subset >> i) & 1) === 1 ? usd : 0), 0),
      );
      expect(Math.abs(interconnectionSurplus(losses[2 ** n - 1] ?? NaN, Float64Array.from(own)).surplusUsd)).toBeLessThan(1e-6);
      shapleyValues(losses, n).forEach((share, i) => expectClose({ actual: share, expected: own[i] ?? NaN, abs: 1e-6 }));
    }),
  );
});

/** Losses that grow with the square of what is sold, as selling into one pool makes them, and jump where a limit is passed. */
function poolGame(n: number, seed: number): Float64Array {
  const size = Array.from({ length: n }, (_, i) => 1 + 9 * randomUniform(seed, i));
  return Float64Array.from({ length: 2 ** n }, (_, subset) => {
    const sold = size.reduce((total, each, i) => total + (((subset >> i) & 1) === 1 ? each : 0), 0);
    return sold * sold + (sold > 2 * n ? 20 * n : 0);
  });
}

test('sampled shares are within four standard errors of the exact ones', () => {
  for (let seed = 1; seed <= 20; seed += 1) {
    const n = 4 + (seed % 6);
    const losses = poolGame(n, seed);
    const exact = shapleyValues(losses, n);
    const { values, standardErrors } = sampled(losses, n, antitheticOrders(n, 64, seed));
    values.forEach((value, i) =>
      expect(Math.abs(value - (exact[i] ?? NaN)), `${seed} ${i}`).toBeLessThanOrEqual(4 * (standardErrors[i] ?? NaN) + 1e-9),
    );
  }
});

test('antithetic pairs err less than as many independent orders', () => {
  let [paired, independent] = [0, 0];
  for (let seed = 1; seed <= 40; seed += 1) {
    const n = 8;
    const losses = poolGame(n, seed);
    const exact = shapleyValues(losses, n);
    const error = (orders: Int32Array): number =>
      sampled(losses, n, orders).values.reduce((total, value, i) => total + (value - (exact[i] ?? NaN)) ** 2, 0);
    paired += error(antitheticOrders(n, 16, seed));
    // Every other row of twice as many pairs: orders that know nothing of each other.
    const all = antitheticOrders(n, 32, seed + 1000);
    independent += error(Int32Array.from({ length: 32 * n }, (_, at) => all[Math.floor(at / n) * 2 * n + (at % n)] ?? NaN));
  }
  expect(paired).toBeLessThan(0.7 * independent);
});

test('one pair has no standard error, and one block answers for everything', () => {
  expect([...sampled(Float64Array.of(0, 5), 1, antitheticOrders(1, 1, 1)).standardErrors]).toEqual([NaN]);
  expect([...sampled(Float64Array.of(0, 5), 1, antitheticOrders(1, 3, 1)).values]).toEqual([5]);
  expect([...shapleyValues(Float64Array.of(0, 5), 1)]).toEqual([5]);
});
