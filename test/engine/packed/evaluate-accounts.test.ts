import { expect, test } from 'vitest';
import { evaluateAccounts, makeAccountMeasures, type AccountMeasures } from '../../../main/engine/packed/evaluate-accounts.ts';
import { applyShock, copyState } from '../../../main/engine/packed/market-state.ts';
import { withQuantities } from '../../../main/engine/packed/packed-book.ts';
import { positionDeltaCoin, positionGreeks } from '../../../main/engine/packed/position-delta.ts';
import { UNIT_VALUES, valueUnit } from '../../../main/engine/packed/position-value.ts';
import { blackPrice } from '../../../main/engine/pricing/black.ts';
import { MS_PER_YEAR } from '../../../main/domain/time.ts';
import { packBook, type PackResult } from '../../../main/services/pack.ts';
import { sampleContents } from '../../support/sample-system-book.ts';
import { packSample, sampleScenarioSet, sampleSnapshot } from '../../support/sample-system.ts';

function measure(pack: PackResult, state = pack.packed.initial, packed = pack.packed): AccountMeasures {
  const out = makeAccountMeasures(packed.accounts.count);
  evaluateAccounts(packed, state, out);
  return out;
}

function at(pack: PackResult, accountId: string): number {
  return pack.accountIndex.get(accountId) ?? -1;
}

test('a pool account owes its debts and has its collateral at the threshold', () => {
  const pack = packSample(0);
  const a = at(pack, 'POOL-1');
  const measures = measure(pack);
  const wsteth = 1998 * 1.2;
  expect(measures.requirementUsd[a]).toBeCloseTo(2_100_000 + 500 * 2000, 6);
  expect(measures.resourcesUsd[a]).toBeCloseTo(2000 * wsteth * 0.81, 4);
  expect(measures.equityUsd[a]).toBeCloseTo(2000 * wsteth - 3_100_000, 4);
  expect(measures.initialRequirementUsd[a]).toBeCloseTo((3_100_000 * 0.81) / 0.78, 4);
});

test('an efficiency mode replaces the thresholds of its assets', () => {
  const pack = packSample(0);
  const a = at(pack, 'POOL-LOOP');
  expect(measure(pack).resourcesUsd[a]).toBeCloseTo(1000 * 1998 * 1.2 * 0.95, 4);
});

test('a perpetual account has its profit in equity and its tiered maintenance as requirement', () => {
  const pack = packSample(0);
  const a = at(pack, 'PERP-1');
  const measures = measure(pack);
  expect(measures.equityUsd[a]).toBeCloseTo(500_000 + 1200 * (2002 - 2050), 6);
  expect(measures.requirementUsd[a]).toBeCloseTo(1200 * 2002 * 0.02 - 10_000, 6);
});

test('a coin-margined options account adds coin, option marks and the inverse future, in dollars at the index', () => {
  const pack = packSample(0);
  const a = at(pack, 'OPT-1');
  const years = (Date.parse('2026-02-27T08:00:00Z') - Date.parse('2026-01-05T12:00:00Z')) / MS_PER_YEAR;
  const put = blackPrice(false, 2010, 1800, 0.72 * Math.sqrt(years), 1) / 2010;
  const call = blackPrice(true, 2010, 2600, 0.68 * Math.sqrt(years), 1) / 2010;
  const future = -20_000 * 10 * (1 / 2050 - 1 / 1999);
  const measures = measure(pack);
  expect(measures.equityUsd[a]).toBeCloseTo((300 - 900 * put - 500 * call + future) * 2000, 6);
  const options = 900 * (0.075 + put) + 500 * (0.075 + call);
  const size = 200_000 / 1999;
  // Position sizes are judged at the index, the future's notional at its mark.
  const perpetual = (0.01 + 1e-6 * (200_000 / (1999 / 2000) / 2000)) * size * (2000 / 1999) * (1999 / 2000);
  expect(measures.requirementUsd[a]).toBeCloseTo(options * 2000 + perpetual * 2000, -1);
});

test('custody requires nothing', () => {
  const pack = packSample(0);
  expect(measure(pack).requirementUsd[at(pack, 'CUSTODY')]).toBe(0);
});

test('quantities can be replaced without packing again, with the same numbers as packing the changed book', () => {
  const pack = packSample(0);
  const p = pack.positionIndex.get('p1') ?? -1;
  const quantities = Float64Array.from(pack.packed.positions.quantity);
  quantities[p] = -1_500_000;
  const contents = sampleContents();
  const changed = {
    ...contents,
    positions: contents.positions.map((position) => (position.id === 'p1' ? { ...position, quantity: '-1500000' } : position)),
  };
  const again = packBook(changed, sampleSnapshot(0), sampleScenarioSet());
  if (!again.ok) throw new Error(again.failure.message);
  expect(measure(pack, pack.packed.initial, withQuantities(pack.packed, quantities))).toEqual(measure(again.value));
});

test('delta, gamma and vega are the slopes of the value', () => {
  const pack = packSample(0);
  const { packed } = pack;
  const eth = pack.driverIds.indexOf('ETH');
  const unit = new Float64Array(UNIT_VALUES);
  const state = copyState(packed.initial);
  const valueAt = (p: number, move: number, shift: number): number => {
    const moves = Float64Array.from(pack.driverIds, (_, d) => (d === eth ? move : 0));
    applyShock(packed, moves, shift, state);
    valueUnit(packed, p, state, unit);
    return unit[0] ?? NaN;
  };
  for (const id of ['p14', 'p16', 'p17', 'p18']) {
    const p = pack.positionIndex.get(id) ?? -1;
    const greeks = { deltaCoin: 0, gammaUsdPerPercent: 0, vegaUsdPerPoint: 0, thetaUsdPerDay: 0 };
    positionGreeks(packed, p, packed.initial, greeks);
    const step = 1e-4;
    const slope = (valueAt(p, step, 0) - valueAt(p, -step, 0)) / (2 * step * 2000);
    expect(positionDeltaCoin(packed, p, packed.initial)).toBeCloseTo(slope, 6);
    const bend = (valueAt(p, 1e-3, 0) - 2 * valueAt(p, 0, 0) + valueAt(p, -1e-3, 0)) / 1e-6;
    expect(greeks.gammaUsdPerPercent).toBeCloseTo(bend * 0.01, 2);
    expect(greeks.vegaUsdPerPoint).toBeCloseTo((valueAt(p, 0, 1e-5) - valueAt(p, 0, -1e-5)) / 2e-5 / 100, 6);
  }
});

test('a volatility shift below what is left stops at one per cent', () => {
  const pack = packSample(0);
  const p = pack.positionIndex.get('p16') ?? -1;
  const unit = new Float64Array(UNIT_VALUES);
  const state = copyState(pack.packed.initial);
  state.volatilityShift = -5;
  valueUnit(pack.packed, p, state, unit);
  expect(unit[0]).toBeGreaterThanOrEqual(0);
  expect(unit[0]).toBeLessThan(1e-6);
});

test('a dollar-settled short option requires under standard margin what the coin-settled one does, at a forward that is spot', () => {
  const contents = sampleContents();
  const linear = contents.instruments.flatMap((each) =>
    each.kind === 'option' ? [{ ...each, id: `${each.id}-USDC`, settlement: 'linear' as const, settlementAssetId: 'USDC' }] : [],
  );
  const snapshot = sampleSnapshot(0);
  const flat = { ...snapshot, listings: snapshot.listings.map((each) => ({ ...each, underlyingPriceUsd: 2000, mark: 2000 })) };
  const twice = packBook(
    {
      ...contents,
      instruments: [...contents.instruments, ...linear],
      positions: contents.positions.filter((each) => !each.instrumentId.endsWith('PERP')),
    },
    {
      ...flat,
      listings: [
        ...flat.listings,
        ...flat.listings.flatMap((each) =>
          linear.filter((one) => one.id === `${each.instrument.id}-USDC`).map((instrument) => ({ ...each, instrument })),
        ),
      ],
    },
    sampleScenarioSet(),
    {
      extraPositions: linear.map((each) => ({
        accountId: 'OPT-1',
        instrumentId: each.id,
        quantity: each.id.includes('P1800') ? '-900' : '-500',
      })),
    },
  );
  if (!twice.ok) throw new Error(twice.failure.message);
  const a = at(twice.value, 'OPT-1');
  const { packed } = twice.value;
  const both = measure(twice.value);
  const coinOnly = Float64Array.from(packed.positions.quantity, (quantity, p) =>
    (twice.value.positionIds[p] ?? '').startsWith('extra') ? 0 : quantity,
  );
  const coin = measure(twice.value, packed.initial, withQuantities(packed, coinOnly));
  expect(both.requirementUsd[a]).toBeCloseTo(2 * (coin.requirementUsd[a] ?? NaN), 4);
  expect(both.initialRequirementUsd[a]).toBeCloseTo(2 * (coin.initialRequirementUsd[a] ?? NaN), 4);
});
