import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clearNetwork, NO_DEFAULT_COSTS, type Clearing, type ClearingNetwork } from '../../../main/engine/contagion/clearing.ts';
import { expectClose } from '../../support/expect-close.ts';

const networks = fc.integer({ min: 1, max: 7 }).chain((n) =>
  fc.record({
    owed: fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 30 })), { minLength: n * n, maxLength: n * n }),
    external: fc.array(fc.integer({ min: 0, max: 25 }), { minLength: n, maxLength: n }),
  }),
);

function network({ owed, external }: { owed: readonly number[]; external: readonly number[] }): ClearingNetwork {
  const n = external.length;
  return {
    liabilities: Float64Array.from(owed, (amount, at) => (Math.floor(at / n) === at % n ? 0 : amount)),
    externalAssets: Float64Array.from(external),
  };
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}

function rowSum(matrix: Float64Array, row: number, n: number): number {
  return sum(matrix.subarray(row * n, (row + 1) * n));
}

/** The plain way: everybody pays what was there last time, started at full payment; from above it falls to the greatest clearing vector. */
function paymentsFromAbove({ liabilities, externalAssets }: ClearingNetwork, passes: number): number[] {
  const n = externalAssets.length;
  const owed = Array.from({ length: n }, (_, i) => rowSum(liabilities, i, n));
  let paid = owed;
  for (let pass = 0; pass < passes; pass += 1) {
    const before = paid;
    paid = owed.map((due, i) => {
      const got = before.reduce(
        (total, from, j) => total + (due === 0 || owed[j] === 0 ? 0 : (from * (liabilities[j * n + i] ?? NaN)) / (owed[j] ?? NaN)),
        0,
      );
      return Math.min(due, (externalAssets[i] ?? NaN) + got);
    });
  }
  return paid;
}

describe('clearing', () => {
  test('is the greatest fixed point: paying from above falls to it', () => {
    fc.assert(
      fc.property(networks, (drawn) => {
        const given = network(drawn);
        const { payments } = clearNetwork(given);
        paymentsFromAbove(given, 4000).forEach((expected, i) =>
          expectClose({ actual: payments[i] ?? NaN, expected, rel: 1e-3, abs: 1e-2, inputs: drawn }),
        );
      }),
      { numRuns: 150 },
    );
  });

  test('every payment is what is owed or all there is, so that what is paid is what is received', () => {
    fc.assert(
      fc.property(networks, (drawn) => {
        const given = network(drawn);
        const n = drawn.external.length;
        const { status, payments, received, equity, defaultRound, totalShortfall } = clearNetwork(given);
        expect(status).toBe('converged');
        expectClose({ actual: sum(received), expected: sum(payments), rel: 1e-12, abs: 1e-9 });
        for (let i = 0; i < n; i += 1) {
          const owed = rowSum(given.liabilities, i, n);
          const all = (given.externalAssets[i] ?? NaN) + (received[i] ?? NaN);
          expectClose({ actual: payments[i] ?? NaN, expected: defaultRound[i] === 0 ? owed : all, rel: 1e-9, abs: 1e-9, inputs: drawn });
          expectClose({ actual: equity[i] ?? NaN, expected: all - owed, rel: 1e-12, abs: 1e-9 });
          if (defaultRound[i] === 0) expect(all).toBeGreaterThanOrEqual(owed * (1 - 1e-9));
        }
        expectClose({ actual: totalShortfall, expected: sum(given.liabilities) - sum(payments), rel: 1e-9, abs: 1e-9 });
      }),
    );
  });

  test('more external assets never lower a payment, and costs of default never raise one', () => {
    const fractions = fc.record({
      externalFraction: fc.double({ min: 0, max: 1, noNaN: true }),
      receivedFraction: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(networks, fractions, fc.nat(100), (drawn, costs, at) => {
        const given = network(drawn);
        const free = clearNetwork(given);
        const costly = clearNetwork(given, costs);
        const richer = clearNetwork(
          { ...given, externalAssets: given.externalAssets.map((each, i) => each + (i === at % drawn.external.length ? 3 : 0)) },
          costs,
        );
        expect([costly.status, richer.status]).toEqual(['converged', 'converged']);
        costly.payments.forEach((paid, i) => {
          expect(paid).toBeLessThanOrEqual((free.payments[i] ?? NaN) + 1e-9);
          expect(richer.payments[i]).toBeGreaterThanOrEqual(paid - 1e-9);
        });
      }),
    );
  });

  test('scales with the currency', () => {
    fc.assert(
      fc.property(networks, (drawn) => {
        const given = network(drawn);
        const larger: ClearingNetwork = {
          liabilities: given.liabilities.map((x) => 1024 * x),
          externalAssets: given.externalAssets.map((x) => 1024 * x),
        };
        expect([...clearNetwork(larger).payments]).toEqual([...clearNetwork(given).payments].map((paid) => 1024 * paid));
      }),
    );
  });
});

describe('edges of clearing', () => {
  const ring = (external: readonly number[]): ClearingNetwork => ({
    liabilities: Float64Array.of(0, 10, 0, 0, 0, 10, 10, 0, 0),
    externalAssets: Float64Array.from(external),
  });
  const pays = (given: ClearingNetwork, costs = NO_DEFAULT_COSTS): Clearing => clearNetwork(given, costs);

  test('a ring without external assets has many clearing vectors; the greatest is payment in full', () => {
    expect([...pays(ring([0, 0, 0])).payments]).toEqual([10, 10, 10]);
    expect([...pays(ring([0, 0, 0]), { externalFraction: 0.5, receivedFraction: 0.5 }).payments]).toEqual([10, 10, 10]);
  });

  test('whoever can exactly pay does not default, also where thirds are rounded', () => {
    const thirds = { liabilities: Float64Array.of(0, 0, 0.1, 0.1, 0, 0.2, 0, 0, 0), externalAssets: Float64Array.of(0, 0.3, 0) };
    expect([...pays(thirds, { externalFraction: 0.5, receivedFraction: 0.5 }).defaultRound]).toEqual([0, 0, 0]);
  });

  test('costs of default make the payment jump at the boundary', () => {
    const just = (external: number): Clearing =>
      pays(
        { liabilities: Float64Array.of(0, 10, 0, 0), externalAssets: Float64Array.of(external, 0) },
        { externalFraction: 0.5, receivedFraction: 1 },
      );
    expect([just(10).payments[0], just(9.999).payments[0]]).toEqual([10, 4.9995]);
  });

  test('failures come in rounds along a chain, and nobody is a network too', () => {
    const chain = { liabilities: Float64Array.of(0, 10, 0, 0, 0, 9, 0, 0, 0), externalAssets: Float64Array.of(4, 0, 0) };
    expect(pays(chain)).toMatchObject({ defaultRound: Int32Array.of(1, 2, 0), rounds: 2, totalShortfall: 11 });
    expect(pays({ liabilities: new Float64Array(0), externalAssets: new Float64Array(0) })).toMatchObject({ rounds: 0, totalShortfall: 0 });
  });
});
