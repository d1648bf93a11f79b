import { describe, expect, it } from 'vitest';
import type { Venue } from '../../main/domain/venue.ts';
import { readVenues, readVenueText } from '../../main/market/venue-file.ts';
import { must, resourcesFolder } from '../importing/import-desk.ts';

const venues = must(readVenues(`${resourcesFolder}/venues`));
type Parameters<Family extends Venue['parameters']['family']> = Extract<Venue['parameters'], { family: Family }>;

/** A shipped venue of a family with its parameters changed, read back as a file. */
function changed<Family extends Venue['parameters']['family']>(
  family: Family,
  change: (parameters: Parameters<Family>) => unknown,
): unknown {
  const venue = venues.find((candidate) => candidate.parameters.family === family);
  if (!venue) throw new Error(`no ${family}`);
  const parameters = change(structuredClone(venue.parameters) as Parameters<Family>);
  const read = readVenueText('x.json', JSON.stringify({ ...venue, parameters }));
  return read.ok ? 'accepted' : read.failure.message;
}
/** Replaces the first row of a list. */
const firstRow = <Row>(rows: readonly Row[], change: Partial<Row>): Row[] =>
  rows.map((row, index) => (index === 0 ? { ...row, ...change } : row));

describe('venue parameters', () => {
  it('that ship are sound, one file per venue, every family present', () => {
    expect(venues.length).toBeGreaterThanOrEqual(8);
    expect(new Set(venues.map((venue) => venue.parameters.family)).size).toBe(9);
    for (const venue of venues) expect(venue.parameters.source).not.toBe('');
  });

  it.each<[string, unknown, string]>([
    [
      'a threshold below the loan-to-value',
      changed('lendingPool', (p) => ({ ...p, reserves: firstRow(p.reserves, { liquidationThresholdFraction: 0.1 }) })),
      'is below the loan-to-value',
    ],
    [
      'a bonus beyond the collateral',
      changed('lendingPool', (p) => ({ ...p, reserves: firstRow(p.reserves, { liquidationBonusFraction: 0.5 }) })),
      'pays out more than the collateral',
    ],
    ['a reserve listed twice', changed('lendingPool', (p) => ({ ...p, reserves: [...p.reserves, ...p.reserves] })), 'is listed twice'],
    [
      'a loan-to-value of one',
      changed('isolatedMarket', (p) => ({ ...p, markets: firstRow(p.markets, { liquidationLoanToValueFraction: 1 }) })),
      'leaves nothing to the lender',
    ],
    ['an incentive below one', changed('isolatedMarket', (p) => ({ ...p, incentiveMaximum: 0.9 })), 'is below 1'],
    [
      'a penalty beyond the ratio',
      changed('vault', (p) => ({ ...p, collateralTypes: firstRow(p.collateralTypes, { liquidationPenaltyFraction: 0.9 }) })),
      'exceeds what the ratio',
    ],
    [
      'a liquidate factor below the borrow factor',
      changed('baseMarket', (p) => ({
        ...p,
        markets: p.markets.map((market) => ({ ...market, collaterals: firstRow(market.collaterals, { liquidateFactorFraction: 0.01 }) })),
      })),
      'is below the borrow factor',
    ],
    [
      'a maintenance rate above the initial',
      changed('standardOptions', (p) => ({ ...p, future: firstRow(p.future, { maintenanceFraction: 0.5 }) })),
      'is above the initial rate',
    ],
    [
      'tiers that do not start at 0',
      changed('tieredPerpetual', (p) => ({ ...p, markets: p.markets.map((m) => ({ ...m, tiers: firstRow(m.tiers, { floorUsd: 5 }) })) })),
      'tier 1 starts at 5',
    ],
    [
      'tiers with a gap',
      changed('tieredPerpetual', (p) => ({ ...p, markets: p.markets.map((m) => ({ ...m, tiers: firstRow(m.tiers, { capUsd: 17 }) })) })),
      'the one below ends at 17',
    ],
    [
      'margin that jumps at a tier',
      changed('tieredPerpetual', (p) => ({
        ...p,
        markets: p.markets.map((m) => ({
          ...m,
          tiers: m.tiers.map((tier, index) => (index === 1 ? { ...tier, deductionUsd: tier.deductionUsd + 1 } : tier)),
        })),
      })),
      'the margin jumps',
    ],
    [
      'a rate that falls',
      changed('tieredPerpetual', (p) => ({
        ...p,
        markets: p.markets.map((m) => ({ ...m, tiers: firstRow(m.tiers, { maintenanceRateFraction: 0.4, initialRateFraction: 0.5 }) })),
      })),
      'the maintenance rate falls',
    ],
    [
      'no open last tier',
      changed('tieredPerpetual', (p) => ({
        ...p,
        markets: p.markets.map((m) => ({ ...m, tiers: m.tiers.slice(0, 1).map((tier) => ({ ...tier, capUsd: 100 })) })),
      })),
      'must have no upper end',
    ],
    [
      'coin converted beyond the move',
      changed('scenarioMargin', (p) => ({
        ...p,
        markets: p.markets.map((m) => ({ ...m, scenarios: firstRow(m.scenarios, { conversionMove: 0.9 }) })),
      })),
      'converted at a move of 0.9',
    ],
    [
      'a skew that is not described',
      changed('scenarioMargin', (p) => ({
        ...p,
        markets: p.markets.map((m) => ({ ...m, skew: null, scenarios: firstRow(m.scenarios, { volatility: 'linearSkew' }) })),
      })),
      'no skew parameters',
    ],
    [
      'scenarios that move one way',
      changed('scenarioMargin', (p) => ({
        ...p,
        markets: p.markets.map((m) => ({ ...m, scenarios: m.scenarios.filter((each) => each.spotMove <= 0) })),
      })),
      'move the price one way only',
    ],
    [
      'a scenario listed twice',
      changed('scenarioMargin', (p) => ({ ...p, markets: p.markets.map((m) => ({ ...m, scenarios: [...m.scenarios, ...m.scenarios] })) })),
      'is listed twice',
    ],
    [
      'a maintenance factor above the initial',
      changed('scenarioMargin', (p) => ({ ...p, markets: firstRow(p.markets, { lossFactor: { maintenance: 2, initial: 1 } }) })),
      'loss factor: maintenance 2 is above initial 1',
    ],
    [
      'a coin that offsets an unknown market',
      changed('scenarioMargin', (p) => ({ ...p, collaterals: firstRow(p.collaterals, { offsetsUnderlyingId: 'SOL' }) })),
      'offsets SOL, for which there is no market',
    ],
    [
      'a standard manager that maintains at more than it opens',
      changed('standardManager', (p) => ({
        ...p,
        markets: firstRow(p.markets, { perpetual: { maintenanceFraction: 0.2, initialFraction: 0.1 } }),
      })),
      'perpetual: maintenance 0.2 is above initial 0.1',
    ],
    [
      'a floor above its rate',
      changed('standardManager', (p) => ({
        ...p,
        markets: p.markets.map((m) => ({ ...m, option: { ...m.option, initialFloorFraction: 0.9 } })),
      })),
      'the initial floor 0.9 is above',
    ],
    [
      'a collateral that counts more when opening',
      changed('standardManager', (p) => ({ ...p, collaterals: firstRow(p.collaterals, { maintenanceHaircutFraction: 0.5 }) })),
      'haircut: maintenance 0.5 is above initial 0',
    ],
    ['a fraction above one', changed('lendingPool', (p) => ({ ...p, closeFactorFraction: 2 })), 'closeFactorFraction'],
  ])('with %s are refused', (_, message, expected) => {
    expect(message).toContain(expected);
  });

  it('that are not JSON, or lie in no folder, are named failures', () => {
    expect(readVenueText('x.json', '{')).toMatchObject({
      ok: false,
      failure: { reason: 'invalidFile', message: expect.stringContaining('x.json is not JSON') as string },
    });
    expect(readVenues('/nowhere/at/all')).toMatchObject({ ok: false, failure: { reason: 'storage' } });
  });
});
