import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { interbankLeverage, valueInterbankSystem, type InterbankSystem } from '../../../main/engine/contagion/interbank-valuation.ts';
import { spectralRadius } from '../../../main/engine/math/spectral-radius.ts';
import { expectClose } from '../../support/expect-close.ts';

/** Banks with claims on each other, equity of their own and a shock, all above zero. */
const systems = fc.integer({ min: 2, max: 6 }).chain((n) =>
  fc.record({
    lent: fc.array(fc.oneof(fc.constant(0), fc.double({ min: 0.1, max: 20, noNaN: true })), { minLength: n * n, maxLength: n * n }),
    equity: fc.array(fc.double({ min: 1, max: 15, noNaN: true }), { minLength: n, maxLength: n }),
    shock: fc.array(fc.double({ min: 0, max: 12, noNaN: true }), { minLength: n, maxLength: n }),
  }),
);

type Drawn = { readonly lent: readonly number[]; readonly equity: readonly number[]; readonly shock: readonly number[] };

function system({ lent, equity, shock }: Drawn): InterbankSystem {
  const n = equity.length;
  const claims = Float64Array.from(lent, (amount, at) => (Math.floor(at / n) === at % n ? 0 : amount));
  const net = (i: number): number => equity.reduce((total, _, j) => total + (claims[i * n + j] ?? NaN) - (claims[j * n + i] ?? NaN), 0);
  return {
    claims,
    externalAssets: Float64Array.from(equity, (own, i) => own - net(i) + 1000),
    externalLiabilities: new Float64Array(n).fill(1000),
    shock: Float64Array.from(shock),
  };
}

describe('revaluation of claims between banks', () => {
  test('rests where every equity is its balance at the worth of its claims', () => {
    fc.assert(
      fc.property(systems, (drawn) => {
        const given = system(drawn);
        const n = drawn.equity.length;
        const { status, equity, equityBefore, equityAfterShock } = valueInterbankSystem(given, { kind: 'linear' });
        if (status === 'notConverged') return;
        for (let i = 0; i < n; i += 1) {
          let expected = equityAfterShock[i] ?? NaN;
          for (let j = 0; j < n; j += 1) {
            expected -= (given.claims[i * n + j] ?? NaN) * (1 - Math.max(0, Math.min(1, (equity[j] ?? NaN) / (equityBefore[j] ?? NaN))));
          }
          expectClose({ actual: equity[i] ?? NaN, expected, abs: 1e-9, inputs: drawn });
        }
      }),
    );
  });

  test('without a shock nothing changes, and a larger shock never leaves anybody better off', () => {
    fc.assert(
      fc.property(systems, fc.constantFrom('linear' as const, 'furfine' as const), (drawn, kind) => {
        const given = system(drawn);
        const calm = valueInterbankSystem({ ...given, shock: new Float64Array(drawn.equity.length) }, { kind });
        expect(Math.max(...calm.relativeLoss)).toBeLessThan(1e-9);
        const once = valueInterbankSystem(given, { kind });
        const twice = valueInterbankSystem({ ...given, shock: given.shock.map((loss) => 2 * loss) }, { kind });
        twice.equity.forEach((equity, i) => expect(equity).toBeLessThanOrEqual((once.equity[i] ?? NaN) + 1e-9));
        expect(once.lostEquityFraction).toBeLessThanOrEqual(1 + 1e-12);
      }),
    );
  });

  test('DebtRank is stable exactly while the spectral radius of leverage is below 1', () => {
    let stable = 0;
    let unstable = 0;
    fc.assert(
      fc.property(systems, fc.double({ min: 0.3, max: 1.7, noNaN: true }), (drawn, target) => {
        const n = drawn.equity.length;
        const own = Float64Array.from(drawn.equity);
        const asDrawn = spectralRadius(interbankLeverage(system(drawn).claims, own), n);
        fc.pre(asDrawn > 0.01 && Math.abs(target - 1) > 0.03);
        const lent = drawn.lent.map((amount) => (amount * target) / asDrawn);
        const given = system({ ...drawn, lent, shock: drawn.equity.map((equity) => equity * 1e-7) });
        const radius = spectralRadius(interbankLeverage(given.claims, own), n);
        const { relativeLoss } = valueInterbankSystem(given, { kind: 'linear' });
        const isLost = relativeLoss.some((loss) => loss >= 1);
        if (radius < 1) stable += 1;
        else unstable += 1;
        expect({ radius, isLost }).toEqual({ radius, isLost: radius > 1 });
      }),
      { numRuns: 200 },
    );
    expect(Math.min(stable, unstable)).toBeGreaterThan(20);
  });

  test('a recovery of 0 is Furfine, one of 1 leaves only the shock, and more of it never hurts', () => {
    fc.assert(
      fc.property(systems, fc.double({ min: 0, max: 1, noNaN: true }), (drawn, recoveryFraction) => {
        const given = system(drawn);
        const none = valueInterbankSystem(given, { kind: 'recovery', recoveryFraction: 0 });
        const some = valueInterbankSystem(given, { kind: 'recovery', recoveryFraction });
        const all = valueInterbankSystem(given, { kind: 'recovery', recoveryFraction: 1 });
        expect([...none.equity]).toEqual([...valueInterbankSystem(given, { kind: 'furfine' }).equity]);
        expect([...all.equity]).toEqual([...all.equityAfterShock]);
        some.equity.forEach((equity, i) => {
          expect(equity).toBeGreaterThanOrEqual((none.equity[i] ?? NaN) - 1e-9);
          expect(equity).toBeLessThanOrEqual((all.equity[i] ?? NaN) + 1e-9);
        });
      }),
    );
  });
});

test('a revaluation that needs more rounds than it is given says so', () => {
  const ring: InterbankSystem = {
    claims: Float64Array.of(0, 0.99, 0.99, 0),
    externalAssets: Float64Array.of(1, 1),
    externalLiabilities: new Float64Array(2),
    shock: Float64Array.of(1e-6, 0),
  };
  const short = valueInterbankSystem(ring, { kind: 'linear' }, 10);
  expect([short.status, short.rounds]).toEqual(['notConverged', 10]);
  expect(short.lastChange).toBeGreaterThan(0);
  expect(valueInterbankSystem(ring, { kind: 'linear' }).status).toBe('converged');
});

test('a bank without equity to begin with is worth nothing to its lenders under DebtRank, never NaN', () => {
  const empty: InterbankSystem = {
    claims: Float64Array.of(0, 5, 0, 0),
    externalAssets: Float64Array.of(10, 5),
    externalLiabilities: Float64Array.of(0, 0),
    shock: new Float64Array(2),
  };
  const { equity, relativeLoss } = valueInterbankSystem(empty, { kind: 'linear' });
  expect([[...equity], [...relativeLoss]]).toEqual([
    [10, 0],
    [5 / 15, 0],
  ]);
  expect([...interbankLeverage(empty.claims, Float64Array.of(15, 0))]).toEqual([0, 5 / 15, 0, 0]);
});
