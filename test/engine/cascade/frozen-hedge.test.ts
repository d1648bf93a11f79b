import { describe, expect, test } from 'vitest';
import type { BookContents } from '../../../main/domain/book.ts';
import type { CrowdAccount, Snapshot } from '../../../main/domain/snapshot.ts';
import { LEG_OUTCOME, LEG_OUTCOMES, legOutcome } from '../../../main/engine/cascade/policy/leg-outcome.ts';
import type { PolicyRules } from '../../../main/engine/cascade/policy/policy-rules.ts';
import { runCascade } from '../../../main/engine/cascade/run-cascade.ts';
import { makeCascadeWorkspace, type CascadeWorkspace } from '../../../main/engine/cascade/workspace.ts';
import { packBook, type PackResult } from '../../../main/services/pack.ts';
import { expectClose } from '../../support/expect-close.ts';
import { noPolicyRules } from '../../support/no-policy-rules.ts';
import { sampleContents } from '../../support/sample-system-book.ts';
import { sampleScenarioSet, sampleSnapshot } from '../../support/sample-system.ts';

/*
 * A hedge that looks perfect: 25 BTC long against 300 ETH short in one account, with 100,000 dollars of margin.
 *
 * The shock takes ETH from 2,000 to 1,800 and BTC from 60,000 to 57,600: −25 × 2,400 + 300 × 200 = 0. Then the crowd sells. 1,000 ETH
 * into a reserve of 9,000 take ETH to 1,800 × 0.9² = 1,458, and as many BTC as take BTC to 53,496: −25 × 4,104 + 300 × 342 = 0 again.
 *
 * A band of 8 % halts ETH (−10 %) for two rounds and not BTC (−4 %, then −7.1 %).
 */
const CASH_USD = 100_000;
const ETH_RESERVE = 9_000;
const BTC_RESERVE = 2_400;
/** (R / (R + q))² = 53,496 / 57,600. */
const BTC_SOLD = BTC_RESERVE * (1 / Math.sqrt(53_496 / 57_600) - 1);

const halt: PolicyRules = { ...noPolicyRules, bandFraction: 0.08, haltRounds: 2 };

/** The two halves of the hedge, each in the market of one coin. */
function perpetual(underlyingId: 'ETH' | 'BTC'): BookContents['instruments'][number] {
  return {
    kind: 'perpetual',
    id: `perps:${underlyingId}`,
    name: `${underlyingId} perpetual`,
    venueId: 'perps',
    underlyingId,
    settlement: 'linear',
    settlementAssetId: 'USDC',
    contractSize: '1',
    lotSize: '0.001',
  };
}

function borrower(assetId: string, quantity: number, debtUsd: number): CrowdAccount {
  return {
    id: assetId,
    venueId: 'pool',
    // Healthy before the shock by one to four per cent, and below one after it; whole at par, so that all of it is seized for the debt.
    collateral: [{ assetId, quantity, liquidationThresholdFraction: assetId === 'BTC' ? 0.97 : 0.91 }],
    debt: [{ assetId: 'USDC', quantity: debtUsd }],
    liquidationBonusFraction: 0,
  };
}

function packHedge(): PackResult {
  const sample = sampleContents();
  const snapshot = sampleSnapshot(0);
  const listed = snapshot.listings[0];
  if (listed === undefined) throw new Error('the sample lists nothing');
  const tier = { floorUsd: 0, capUsd: null, maintenanceRateFraction: 0.01, deductionUsd: 0, initialRateFraction: 0.02 };
  const venues = sample.venues.flatMap((venue): BookContents['venues'] => {
    const { parameters } = venue;
    if (parameters.family === 'tieredPerpetual') {
      const markets = ['ETH', 'BTC'].map((underlyingId) => ({ underlyingId, tiers: [tier], source: 'invented' }));
      return [{ ...venue, parameters: { ...parameters, liquidationFeeFraction: 0, markets } }];
    }
    return parameters.family === 'lendingPool' ? [{ ...venue, parameters: { ...parameters, closeFactorFraction: 1 } }] : [];
  });
  const position = (instrumentId: string, quantity: string, entryPrice: string | null): BookContents['positions'][number] => ({
    id: instrumentId,
    accountId: 'SPREAD',
    instrumentId,
    quantity,
    entryPrice,
    openedAt: null,
  });
  const contents: BookContents = {
    ...sample,
    venues,
    accounts: sample.accounts.filter(({ id }) => id === 'PERP-1').map((account) => ({ ...account, id: 'SPREAD' })),
    instruments: [...sample.instruments.filter(({ id }) => id === 'spot:USDC'), perpetual('ETH'), perpetual('BTC')],
    positions: [position('spot:USDC', String(CASH_USD), null), position('perps:BTC', '25', '60000'), position('perps:ETH', '-300', '2000')],
    pledges: [],
  };
  const quoted = (underlyingId: 'ETH' | 'BTC', price: number): Snapshot['listings'][number] => ({
    ...listed,
    instrument: perpetual(underlyingId),
    ...{ bid: price, ask: price, mark: price, underlyingPriceUsd: price },
  });
  const market = (assetId: string, reserveQuantity: number): Snapshot['depth'][number] => ({
    ...{ id: assetId, assetId, quoteAssetId: 'USD', reserveQuantity, feeFraction: 0, source: 'invented' },
  });
  const packed = packBook(
    contents,
    {
      ...snapshot,
      listings: [quoted('ETH', 2000), quoted('BTC', 60_000)],
      depth: [market('ETH', ETH_RESERVE), market('BTC', BTC_RESERVE)],
      crowd: [borrower('WETH', 1000, 1_800_000), borrower('BTC', BTC_SOLD, BTC_SOLD * 57_600)],
    },
    sampleScenarioSet(),
  );
  if (!packed.ok) throw new Error(packed.failure.message);
  return packed.value;
}

function shocked(pack: PackResult, policy: PolicyRules): CascadeWorkspace {
  const work = makeCascadeWorkspace(pack.packed);
  const moves = Float64Array.from(pack.driverIds, (id) => (id === 'ETH' ? -0.1 : -0.04));
  runCascade(work, { moves, volatilityShift: 0 }, { depthThinningFraction: 0, maxRounds: 20, includeCrowd: true, policy });
  return work;
}

describe('a hedge that looks perfect', () => {
  const pack = packHedge();
  const { positions } = pack.packed;
  const shortEth = Array.from(positions.quantity).findIndex((quantity) => quantity === -300);
  const price = (work: CascadeWorkspace, id: string): number => work.state.priceUsd[pack.assetIds.indexOf(id)] ?? NaN;

  test('is perfect while both markets trade: shock and forced sales take nothing from it', () => {
    const work = shocked(pack, noPolicyRules);
    const { result } = work;
    expectClose({ actual: price(work, 'ETH'), expected: 1458, rel: 1e-12 });
    expectClose({ actual: price(work, 'BTC'), expected: 53_496, rel: 1e-12 });
    expectClose({ actual: result.shockedEquityUsd[0] ?? NaN, expected: CASH_USD, rel: 1e-12 });
    expectClose({ actual: result.equityUsd[0] ?? NaN, expected: CASH_USD, rel: 1e-12 });
    expect(result.fallenRound[0]).toBe(0);
  });

  test('is lost when the venue of one half freezes: what the frozen half would have gained is what the account loses', () => {
    const work = shocked(pack, halt);
    const { result } = work;
    // Round 1: only BTC is sold. The account has 100,000 − 25 × 6,504 + 300 × 200 = −2,600 and should be closed in round 2, but ETH is halted.
    // Round 3: ETH trades again. The account is closed at 1,800 in the round whose sales take ETH further down.
    expect([...result.borrowerFallenRound]).toEqual([3, 1]);
    expect(result.fallenRound[0]).toBe(3);
    expectClose({ actual: result.equityUsd[0] ?? NaN, expected: -2_600, rel: 1e-9 });
    // The crowd's 1,000 less the 300 that closing the short buys.
    expectClose({ actual: price(work, 'ETH'), expected: 1_800 * (9_000 / 9_700) ** 2, rel: 1e-12 });
    expectClose({ actual: CASH_USD - (result.equityUsd[0] ?? NaN), expected: 300 * (1_800 - 1_458), rel: 1e-9 });
    const leg = new Float64Array(LEG_OUTCOMES);
    legOutcome(work, shortEth, leg);
    expect([leg[LEG_OUTCOME.isHalted], leg[LEG_OUTCOME.isClosed]]).toEqual([1, 1]);
    expectClose({ actual: leg[LEG_OUTCOME.executedUsd] ?? NaN, expected: 300 * 200, rel: 1e-12 });
    expect(leg[LEG_OUTCOME.idealUsd]).toBeGreaterThan(leg[LEG_OUTCOME.executedUsd] ?? NaN);
  });

  test('makes bad debt out of none: 2,600 with the halt, nothing without it', () => {
    const [free, frozen] = [shocked(pack, noPolicyRules), shocked(pack, halt)];
    expectClose({ actual: free.result.badDebtUsd, expected: 0, abs: 1e-6 });
    expectClose({ actual: frozen.result.badDebtUsd, expected: 2_600, rel: 1e-6 });
  });
});
