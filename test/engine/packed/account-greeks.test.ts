import fc from 'fast-check';
import { expect, test } from 'vitest';
import { driverLoadings, fillGreeks, makeAccountGreeks, type AccountGreeks } from '../../../main/engine/packed/greeks/account-greeks.ts';
import { assetsMovedBy, makeDependencyIndex } from '../../../main/engine/packed/greeks/dependency-index.ts';
import { evaluateAccounts, makeAccountMeasures, type AccountMeasures } from '../../../main/engine/packed/evaluate-accounts.ts';
import { applyShock, copyState } from '../../../main/engine/packed/market-state.ts';
import { withQuantities, type MarketState, type PackedBook } from '../../../main/engine/packed/packed-book.ts';
import { tickDriver, type LiveBook } from '../../../main/engine/packed/greeks/tick-accounts.ts';
import { expectClose } from '../../support/expect-close.ts';
import { packSample } from '../../support/sample-system.ts';

const pack = packSample(0);
const { packed } = pack;
const drivers = packed.drivers.length;
const accounts = packed.accounts.count;

function measuresAt(state: MarketState, book: PackedBook = packed): AccountMeasures {
  const out = makeAccountMeasures(book.accounts.count);
  evaluateAccounts(book, state, out);
  return out;
}

function greeksAt(state: MarketState, book: PackedBook = packed): AccountGreeks {
  const out = makeAccountGreeks(book.accounts.count, drivers);
  fillGreeks(book, state, driverLoadings(book, state), out);
  return out;
}

/** The market after the given moves, and a further log move of one driver. */
function marketAt(
  moves: readonly number[],
  volatilityShift = 0,
  further: { readonly driver: number; readonly logMove: number } | null = null,
): MarketState {
  const state = copyState(packed.initial);
  const all = moves.map((move, d) => (d === further?.driver ? (1 + move) * Math.exp(further.logMove) - 1 : move));
  applyShock(packed, Float64Array.from(all), volatilityShift, state);
  return state;
}

const shocks = fc.record({
  moves: fc.array(fc.double({ min: -0.4, max: 0.6, noNaN: true }), { minLength: drivers, maxLength: drivers }),
  volatilityShift: fc.double({ min: 0, max: 0.5, noNaN: true }),
});

test('slopes of equity and excess are their central differences in every market, to a millionth', () => {
  fc.assert(
    fc.property(shocks, ({ moves, volatilityShift }) => {
      const state = marketAt(moves, volatilityShift);
      const greeks = greeksAt(state);
      const { grossUsd } = measuresAt(state);
      const h = 1e-4;
      for (let d = 0; d < drivers; d += 1) {
        const up = measuresAt(marketAt(moves, volatilityShift, { driver: d, logMove: h }));
        const down = measuresAt(marketAt(moves, volatilityShift, { driver: d, logMove: -h }));
        for (let a = 0; a < accounts; a += 1) {
          const abs = 1e-6 * (grossUsd[a] ?? 0);
          const at = a * drivers + d;
          const inputs = { account: pack.accountIds[a], driver: pack.driverIds[d], moves };
          expectClose({
            actual: ((up.excessUsd[a] ?? 0) - (down.excessUsd[a] ?? 0)) / (2 * h),
            expected: greeks.excessSlopeUsd[at] ?? NaN,
            rel: 1e-6,
            abs,
            inputs,
          });
          expectClose({
            actual: ((up.equityUsd[a] ?? 0) - (down.equityUsd[a] ?? 0)) / (2 * h),
            expected: greeks.equitySlopeUsd[at] ?? NaN,
            rel: 1e-6,
            abs,
            inputs,
          });
        }
      }
    }),
    { numRuns: 40 },
  );
});

test('second slopes are the central differences of the first', () => {
  fc.assert(
    fc.property(shocks, ({ moves, volatilityShift }) => {
      const state = marketAt(moves, volatilityShift);
      const greeks = greeksAt(state);
      const { grossUsd } = measuresAt(state);
      const h = 1e-4;
      for (let d = 0; d < drivers; d += 1) {
        const up = greeksAt(marketAt(moves, volatilityShift, { driver: d, logMove: h }));
        const down = greeksAt(marketAt(moves, volatilityShift, { driver: d, logMove: -h }));
        for (let at = d; at < greeks.excessBendUsd.length; at += drivers) {
          const abs = 1e-6 * (grossUsd[Math.floor(at / drivers)] ?? 0);
          expectClose({
            actual: ((up.excessSlopeUsd[at] ?? 0) - (down.excessSlopeUsd[at] ?? 0)) / (2 * h),
            expected: greeks.excessBendUsd[at] ?? NaN,
            rel: 1e-6,
            abs,
            inputs: { at, moves },
          });
          expectClose({
            actual: ((up.equitySlopeUsd[at] ?? 0) - (down.equitySlopeUsd[at] ?? 0)) / (2 * h),
            expected: greeks.equityBendUsd[at] ?? NaN,
            rel: 1e-6,
            abs,
            inputs: { at, moves },
          });
        }
      }
    }),
    { numRuns: 20 },
  );
});

test('vega, threshold and interest slopes are what a small change of each does', () => {
  const state = marketAt([-0.1, 0.05], 0.1);
  const greeks = greeksAt(state);
  const h = 1e-5;
  const vega = (sign: number): AccountMeasures => measuresAt(marketAt([-0.1, 0.05], 0.1 + sign * h));
  const [up, down, now] = [vega(1), vega(-1), measuresAt(state)];
  const thresholds = {
    ...packed,
    positions: {
      ...packed.positions,
      collateralFraction: packed.positions.collateralFraction.map((each, p) =>
        each > 0 && packed.positions.kind[p] === 0 ? each + 0.01 : each,
      ),
    },
  };
  const owed = withQuantities(
    packed,
    packed.positions.quantity.map((each, p) => (packed.positions.kind[p] === 1 ? each * 1.01 : each)),
  );
  const raised = measuresAt(state, thresholds);
  const charged = measuresAt(state, owed);
  for (let a = 0; a < accounts; a += 1) {
    const abs = 1e-6 * (now.grossUsd[a] ?? 0);
    expectClose({
      actual: ((up.excessUsd[a] ?? 0) - (down.excessUsd[a] ?? 0)) / (2 * h),
      expected: greeks.excessVegaUsd[a] ?? NaN,
      rel: 1e-6,
      abs,
    });
    expectClose({
      actual: ((raised.excessUsd[a] ?? 0) - (now.excessUsd[a] ?? 0)) / 0.01,
      expected: greeks.thresholdSlopeUsd[a] ?? NaN,
      rel: 1e-6,
      abs,
    });
    expectClose({
      actual: ((charged.excessUsd[a] ?? 0) - (now.excessUsd[a] ?? 0)) / 0.01,
      expected: greeks.interestSlopeUsd[a] ?? NaN,
      rel: 1e-6,
      abs,
    });
  }
  expect(greeks.excessVegaUsd.some((each) => each !== 0)).toBe(true);
});

test('the Greeks of the positions one by one add up to those of their account', () => {
  const whole = greeksAt(packed.initial);
  const sum = makeAccountGreeks(accounts, drivers);
  for (let p = 0; p < packed.positions.count; p += 1) {
    const alone = new Float64Array(packed.positions.count);
    alone[p] = packed.positions.quantity[p] ?? 0;
    const part = greeksAt(packed.initial, withQuantities(packed, alone));
    for (const name of [
      'equitySlopeUsd',
      'excessSlopeUsd',
      'excessBendUsd',
      'excessVegaUsd',
      'thresholdSlopeUsd',
      'interestSlopeUsd',
    ] as const) {
      part[name].forEach((value, i) => (sum[name][i] = (sum[name][i] ?? 0) + value));
    }
  }
  for (const name of [
    'equitySlopeUsd',
    'excessSlopeUsd',
    'excessBendUsd',
    'excessVegaUsd',
    'thresholdSlopeUsd',
    'interestSlopeUsd',
  ] as const) {
    whole[name].forEach((value, i) =>
      expectClose({ actual: sum[name][i] ?? NaN, expected: value, rel: 1e-12, abs: 1e-6, inputs: { name, i } }),
    );
  }
});

test('an excess that owes and holds coins only is the sum of its slopes in them (Euler)', () => {
  const loop = pack.accountIndex.get('POOL-LOOP') ?? -1;
  const { excessUsd } = measuresAt(packed.initial);
  const slopes = greeksAt(packed.initial).excessSlopeUsd.subarray(loop * drivers, (loop + 1) * drivers);
  expectClose({ actual: slopes.reduce((sum, each) => sum + each, 0), expected: excessUsd[loop] ?? NaN, rel: 1e-12 });
});

/** A live book whose figures are those of the packed market. */
function live(): LiveBook {
  const state = copyState(packed.initial);
  return { packed, index: makeDependencyIndex(packed), state, measures: measuresAt(state), greeks: greeksAt(state) };
}

test('after ticks of any drivers the kept figures are to the bit those of a full evaluation', () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ driver: fc.integer({ min: 0, max: drivers - 1 }), factor: fc.double({ min: 0.5, max: 1.5, noNaN: true }) }), {
        minLength: 1,
        maxLength: 6,
      }),
      (ticks) => {
        const book = live();
        for (const { driver, factor } of ticks)
          tickDriver(book, driver, (packed.initial.priceUsd[packed.drivers[driver] ?? 0] ?? 0) * factor);
        expect(book.measures).toEqual(measuresAt(book.state));
        expect(book.greeks).toEqual(greeksAt(book.state));
      },
    ),
    { numRuns: 30 },
  );
});

test('a tick measures the accounts that depend on its driver, through claims too, and no other', () => {
  const eth = pack.driverIds.indexOf('ETH');
  const btc = pack.driverIds.indexOf('BTC');
  const { start, account } = makeDependencyIndex(packed);
  const touchedBy = (d: number): readonly (string | undefined)[] =>
    Array.from(account.subarray(start[d], start[d + 1]), (a) => pack.accountIds[a]);
  expect(touchedBy(eth)).toEqual(expect.arrayContaining(['POOL-1', 'VAULT-1', 'CUSTODY', 'ISO-S']));
  const book = live();
  for (const column of Object.values(book.measures)) column.fill(NaN);
  const count = tickDriver(book, btc, 50_000);
  expect(count).toBe(touchedBy(btc).length);
  packed.accounts.family.forEach((_, a) => {
    const isTouched = touchedBy(btc).includes(pack.accountIds[a]);
    expect(Number.isNaN(book.measures.excessUsd[a])).toBe(!isTouched);
  });
});

test('what stands on a driver is found however deep and in whatever order the claims are listed', () => {
  const backing = { start: Int32Array.of(0, 1, 2, 2, 2), target: Int32Array.of(1, 2), weight: Float64Array.of(1, 1) };
  const chain = { ...packed, assets: { ...packed.assets, count: 4, backing } };
  expect([...assetsMovedBy(chain, 2)]).toEqual([1, 1, 1, 0]);
  expect([...assetsMovedBy(chain, 3)]).toEqual([0, 0, 0, 1]);
});
