import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lendingGreeks, type LendingHoldings } from '../../../main/engine/requirement/greeks/lending-greeks.ts';
import { scenarioGreeks, type ScenarioMargin } from '../../../main/engine/requirement/greeks/scenario-greeks.ts';
import { TIERED_GREEK, TIERED_GREEKS, tieredGreeks } from '../../../main/engine/requirement/greeks/tiered-greeks.ts';
import { packTiers, tieredMaintenance } from '../../../main/engine/requirement/tiered-perpetual.ts';
import { expectClose } from '../../support/expect-close.ts';

/** `expectClose` by position: these laws are many. */
function close(actual: number, expected: number, bounds: { readonly rel: number; readonly abs: number }): void {
  expectClose({ actual, expected, ...bounds });
}

const real = (min: number, max: number): fc.Arbitrary<number> => fc.double({ min, max, noNaN: true });

const asset = fc.record({ collateralUsd: real(0, 1e6), threshold: real(0, 1), debtUsd: real(1, 1e6) });
const holdings: fc.Arbitrary<LendingHoldings> = fc.array(asset, { minLength: 1, maxLength: 5 }).map((rows) => ({
  collateralUsd: Float64Array.from(rows, (row) => row.collateralUsd),
  thresholds: Float64Array.from(rows, (row) => row.threshold),
  debtUsd: Float64Array.from(rows, (row) => row.debtUsd),
}));

/** The account after asset k has moved by a log move. */
function moved(account: LendingHoldings, k: number, move: number): LendingHoldings {
  const scaled = (column: Float64Array): Float64Array => column.map((value, i) => (i === k ? value * Math.exp(move) : value));
  return { ...account, collateralUsd: scaled(account.collateralUsd), debtUsd: scaled(account.debtUsd) };
}

test('slopes of a lending account are its central differences', () => {
  fc.assert(
    fc.property(holdings, (account) => {
      const greeks = lendingGreeks(account);
      const gross = greeks.thresholdSlopeUsd.reduce((sum, value, k) => sum + value + (account.debtUsd[k] ?? 0), 1);
      const h = 1e-4;
      for (let k = 0; k < account.debtUsd.length; k += 1) {
        const up = lendingGreeks(moved(account, k, h));
        const down = lendingGreeks(moved(account, k, -h));
        const slope = (pick: (each: typeof up) => number): number => (pick(up) - pick(down)) / (2 * h);
        close(
          slope((each) => each.excessUsd),
          greeks.excessSlopeUsd[k] ?? NaN,
          { rel: 1e-6, abs: 1e-7 * gross },
        );
        close(
          slope((each) => each.requirementUsd),
          greeks.requirementSlopeUsd[k] ?? NaN,
          { rel: 1e-6, abs: 1e-7 * gross },
        );
        for (let j = 0; j < account.debtUsd.length; j += 1) {
          const bend = slope((each) => each.healthSlope?.[j] ?? NaN);
          const exact = greeks.healthCurvature?.[j * account.debtUsd.length + k] ?? NaN;
          close(bend, exact, { rel: 1e-6, abs: 1e-6 * Math.max(1, greeks.healthFactor) });
        }
      }
    }),
  );
});

test('what a lending account keeps back and its excess add up to its equity, and so do their slopes to the net value', () => {
  fc.assert(
    fc.property(holdings, (account) => {
      const greeks = lendingGreeks(account);
      close(greeks.requirementUsd + greeks.excessUsd, greeks.equityUsd, { rel: 1e-12, abs: 1e-6 });
      // Euler: money is homogeneous of degree one in prices, so the slopes in log price add up to the level.
      const sum = greeks.excessSlopeUsd.reduce((total, each) => total + each, 0);
      close(sum, greeks.excessUsd, { rel: 1e-12, abs: 1e-6 });
      // A health factor does not change when every price doubles.
      const health = greeks.healthSlope?.reduce((total, each) => total + each, 0) ?? NaN;
      close(health, 0, { rel: 0, abs: 1e-9 * Math.max(1, greeks.healthFactor) });
    }),
  );
});

test('without debt there is no health factor to move', () => {
  const greeks = lendingGreeks({ collateralUsd: Float64Array.of(100), thresholds: Float64Array.of(0.8), debtUsd: Float64Array.of(0) });
  expect(greeks.healthFactor).toBe(Infinity);
  expect(greeks.healthSlope).toBeNull();
  expect(greeks.healthCurvature).toBeNull();
});

const CAPS = Float64Array.of(8192, 65536, Infinity);
const RATES = Float64Array.of(1 / 128, 1 / 64, 1 / 32);
const TIERS = packTiers(CAPS, RATES, RATES);

function tieredAt(quantity: number, mark: number): Float64Array {
  const out = new Float64Array(TIERED_GREEKS);
  tieredGreeks(quantity, mark, TIERS, 0, 3, out);
  return out;
}

test('the slope of a tiered margin is its central difference between caps, for longs and shorts', () => {
  fc.assert(
    fc.property(real(-100, 100), real(1, 5000), (quantity, mark) => {
      const notional = Math.abs(quantity) * mark;
      fc.pre(notional > 1 && [8192, 65536].every((cap) => Math.abs(notional / cap - 1) > 1e-3));
      const h = 1e-5;
      const margin = (move: number): number => tieredMaintenance(notional * Math.exp(move), TIERS, 0, 3);
      const slope = tieredAt(quantity, mark)[TIERED_GREEK.marginSlopeUsd] ?? NaN;
      close((margin(h) - margin(-h)) / (2 * h), slope, { rel: 1e-6, abs: 1e-6 });
    }),
  );
});

test('exactly at a cap the lower tier holds, its slope is one end of an interval, and the next tier is no move away', () => {
  const out = tieredAt(4, 2048);
  expect(out[TIERED_GREEK.tier]).toBe(0);
  expect(out[TIERED_GREEK.marginSlopeUsd]).toBe(64);
  expect(out[TIERED_GREEK.marginSlopeRightUsd]).toBe(128);
  expect(out[TIERED_GREEK.logMoveToHigher]).toBe(0);
});

test('the distance to a tier is where the slope changes', () => {
  fc.assert(
    fc.property(real(0.1, 100), real(1, 5000), (quantity, mark) => {
      const out = tieredAt(quantity, mark);
      const higher = out[TIERED_GREEK.logMoveToHigher] ?? NaN;
      fc.pre(!Number.isNaN(higher) && higher > 1e-9);
      const tierAfter = (move: number): number => tieredAt(quantity, mark * Math.exp(move))[TIERED_GREEK.tier] ?? NaN;
      expect(tierAfter(higher * (1 - 1e-9) - 1e-12)).toBe(out[TIERED_GREEK.tier]);
      expect(tierAfter(higher + 1e-9)).toBe((out[TIERED_GREEK.tier] ?? NaN) + 1);
    }),
  );
});

test('without a position there is no margin, no slope and no next tier', () => {
  expect([...tieredAt(0, 2048)]).toEqual([0, 0, 0, 0, NaN, NaN, 0]);
});

const margins: fc.Arbitrary<ScenarioMargin> = fc
  .record({ n: fc.integer({ min: 1, max: 4 }), scenarios: fc.integer({ min: 1, max: 8 }) })
  .chain(({ n, scenarios }) => {
    const columns = (min: number, max: number, length: number): fc.Arbitrary<Float64Array> =>
      fc
        .array(fc.integer({ min: min * 8, max: max * 8 }), { minLength: length, maxLength: length })
        .map((row) => Float64Array.from(row, (each) => each / 8));
    return fc.record({
      scenarios: fc.constant(scenarios),
      lossRows: columns(-200, 200, n * scenarios),
      quantities: columns(-20, 20, n),
      addOnPerUnit: columns(0, 5, n),
      cashUsd: real(0, 1e4),
      unitValueUsd: columns(0, 500, n),
    });
  });

/** The margin with position j changed. */
function traded(margin: ScenarioMargin, j: number, change: number): ScenarioMargin {
  return { ...margin, quantities: margin.quantities.map((x, i) => (i === j ? x + change : x)) };
}

test('one-sided differences of a worst scenario lie on the ends of its interval', () => {
  fc.assert(
    fc.property(margins, (margin) => {
      const greeks = scenarioGreeks(margin);
      const h = 2 ** -20;
      margin.quantities.forEach((_, j) => {
        const right = (scenarioGreeks(traded(margin, j, h)).requirementUsd - greeks.requirementUsd) / h;
        const left = (greeks.requirementUsd - scenarioGreeks(traded(margin, j, -h)).requirementUsd) / h;
        close(right, greeks.requirementSlopeHighUsd[j] ?? NaN, { rel: 1e-6, abs: 1e-4 });
        close(left, greeks.requirementSlopeLowUsd[j] ?? NaN, { rel: 1e-6, abs: 1e-4 });
      });
    }),
  );
});

test('the active scenario holds up to its distance and another is worse just beyond', () => {
  fc.assert(
    fc.property(margins, (margin) => {
      const greeks = scenarioGreeks(margin);
      const n = margin.quantities.length;
      const lossOf = (s: number, j: number, change: number): number =>
        Array.from(
          { length: n },
          (_, i) => (margin.lossRows[s * n + i] ?? 0) * ((margin.quantities[i] ?? 0) + (i === j ? change : 0)),
        ).reduce((a, b) => a + b, 0);
      const worst = (j: number, change: number): number =>
        Math.max(...Array.from({ length: margin.scenarios }, (_, s) => lossOf(s, j, change)));
      greeks.distances.forEach(({ up, down }, j) => {
        for (const [distance, sign] of [
          [up, 1],
          [down, -1],
        ] as const) {
          const until = Number.isNaN(distance) ? 1e6 : distance;
          close(lossOf(greeks.activeScenario, j, sign * until), worst(j, sign * until), { rel: 1e-9, abs: 1e-6 });
          if (!Number.isNaN(distance)) {
            const beyond = sign * (distance + 1);
            expect(worst(j, beyond)).toBeGreaterThan(lossOf(greeks.activeScenario, j, beyond));
          }
        }
      });
    }),
  );
});

test('the worst loss is the sum of its slopes times the positions, and doubling the positions doubles it and every distance', () => {
  fc.assert(
    fc.property(margins, (margin) => {
      const greeks = scenarioGreeks(margin);
      const twice = scenarioGreeks({ ...margin, quantities: margin.quantities.map((x) => 2 * x), cashUsd: 2 * margin.cashUsd });
      close(greeks.eulerSumUsd, Math.max(...greeks.scenarioLossUsd), { rel: 1e-12, abs: 1e-9 });
      expect(twice.activeScenario).toBe(greeks.activeScenario);
      close(twice.requirementUsd, 2 * greeks.requirementUsd, { rel: 1e-12, abs: 1e-9 });
      twice.distances.forEach((each, j) => {
        const before = greeks.distances[j];
        if (before !== undefined && !Number.isNaN(before.up)) close(each.up, 2 * before.up, { rel: 1e-12, abs: 1e-9 });
      });
    }),
  );
});

test('losses that differ by rounding only are a tie', () => {
  const margin: ScenarioMargin = {
    scenarios: 2,
    lossRows: Float64Array.of(0.1, 0.2, 0.3, 0),
    quantities: Float64Array.of(1, 1),
    addOnPerUnit: new Float64Array(2),
    cashUsd: 0,
    unitValueUsd: new Float64Array(2),
  };
  expect(0.1 + 0.2).not.toBe(0.3);
  expect(scenarioGreeks(margin).activeSet).toEqual([0, 1]);
});
