import { expect, test } from 'vitest';
import { decayCost } from '../../../main/engine/hedge/carry-cost.ts';
import { POSITION_KIND } from '../../../main/engine/packed/packed-book.ts';
import { positionGreeks } from '../../../main/engine/packed/position-delta.ts';
import { stateVolatility, UNIT_VALUE, UNIT_VALUES, valueUnit } from '../../../main/engine/packed/position-value.ts';
import { packBook } from '../../../main/services/pack.ts';
import { optionVenueContents } from '../../support/option-venue-book.ts';
import { sampleScenarioSet, sampleSnapshot } from '../../support/sample-system.ts';

const result = packBook(optionVenueContents(), sampleSnapshot(0), sampleScenarioSet());
if (!result.ok) throw new Error(result.failure.message);
const { packed } = result.value;
const { positions, initial } = packed;
const options = [...positions.kind.keys()].filter(
  (row) => (positions.kind[row] ?? 0) >= POSITION_KIND.linearOption && positions.isUnpriced[row] === 0,
);

function unitUsd(row: number): number {
  const unit = new Float64Array(UNIT_VALUES);
  valueUnit(packed, row, initial, unit);
  return unit[UNIT_VALUE.valueUsd] ?? Number.NaN;
}

test('the book has options to hold, and days are left of them', () => {
  expect(options.length).toBeGreaterThan(3);
  for (const row of options) expect(positions.years[row]).toBeGreaterThan(2 / 365);
});

test('an option that is held while nothing moves loses its decay: theta for a short time, all its time value beyond its expiry', () => {
  for (const row of options) {
    const greeks = { deltaCoin: 0, gammaUsdPerPercent: 0, vegaUsdPerPoint: 0, thetaUsdPerDay: 0 };
    positionGreeks(packed, row, initial, greeks);
    const short = 1 / 24;
    expect(decayCost(packed, row, 1, short, 0) / (-greeks.thetaUsdPerDay * short)).toBeCloseTo(1, 2);
    const spot = initial.priceUsd[positions.asset[row] ?? 0] ?? 0;
    const forward = spot * (positions.forwardRatio[row] ?? 1);
    const strike = positions.strikeUsd[row] ?? 0;
    const paid = Math.max(0, positions.isCall[row] === 1 ? forward - strike : strike - forward) * (positions.contractSize[row] ?? 1);
    const scale = positions.kind[row] === POSITION_KIND.linearOption ? 1 : 1 / (positions.forwardRatio[row] ?? 1);
    expect(decayCost(packed, row, 1, 3650, 0)).toBeCloseTo(unitUsd(row) - paid * scale, 6);
  }
});

test('prices that move as implied pay for the decay; wilder ones leave nothing to count for a holder, and cost a writer', () => {
  for (const row of options) {
    const implied = stateVolatility(packed, row, initial);
    expect(decayCost(packed, row, 1, 7, implied)).toBeCloseTo(0, 9);
    expect(decayCost(packed, row, -1, 7, implied)).toBeCloseTo(0, 9);
    expect(decayCost(packed, row, 1, 7, 1.2 * implied)).toBe(0);
    expect(decayCost(packed, row, -1, 7, 1.2 * implied)).toBeCloseTo(0.44 * decayCost(packed, row, 1, 7, 0), 9);
    expect(decayCost(packed, row, 1, 7, 0.5 * implied)).toBeCloseTo(0.75 * decayCost(packed, row, 1, 7, 0), 9);
  }
});
