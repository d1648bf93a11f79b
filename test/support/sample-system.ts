import { randomUniform } from '../../main/engine/math/random.ts';
import type { ScenarioSet } from '../../main/domain/scenario.ts';
import type { CrowdAccount, Snapshot } from '../../main/domain/snapshot.ts';
import { packBook, type PackResult } from '../../main/services/pack.ts';
import type { ScenarioRequest } from '../../main/services/scenarios.ts';
import { sampleContents, sampleInstruments } from './sample-system-book.ts';

const AS_OF = '2026-01-05T12:00:00Z';

/** Borrowers of the sample crowd: staked ether against dollars and ether, health factors from 1.02 up. */
function crowd(count: number): CrowdAccount[] {
  return Array.from({ length: count }, (_, i) => {
    const size = 20 + 400 * randomUniform(11, i, 0);
    const health = 1.02 + 0.9 * randomUniform(11, i, 1);
    const ethShare = randomUniform(11, i, 2) < 0.3 ? 1 : 0;
    const owedUsd = (size * 1998 * 0.8) / health;
    return {
      id: `crowd-${i}`,
      venueId: 'pool',
      collateral: [{ assetId: 'stETH', quantity: size, liquidationThresholdFraction: 0.8 }],
      debt: [ethShare === 1 ? { assetId: 'WETH', quantity: owedUsd / 2000 } : { assetId: 'USDC', quantity: owedUsd }],
      liquidationBonusFraction: 0.06,
    };
  });
}

/** The market of the sample system with a crowd of the given size. */
export function sampleSnapshot(crowdAccounts = 120): Snapshot {
  const listing = (id: string, quote: { mark: number; forward: number; volatility: number | null }): Snapshot['listings'][number] => {
    const instrument = sampleInstruments.find((each) => each.id === id);
    if (instrument === undefined) throw new Error(`no instrument ${id}`);
    const { mark, forward, volatility } = quote;
    return {
      instrument,
      bid: mark * 0.99,
      ask: mark * 1.01,
      mark,
      underlyingPriceUsd: forward,
      impliedVolatility: volatility,
      openInterest: null,
      volume24h: null,
      asOf: AS_OF,
    };
  };
  return {
    id: 'sample',
    name: 'Sample market',
    asOf: AS_OF,
    source: 'invented for tests',
    quotes: [
      { assetId: 'BTC', priceUsd: 60_000, source: 'index', asOf: AS_OF, intervalMs: 60_000 },
      { assetId: 'ETH', priceUsd: 2000, source: 'index', asOf: AS_OF, intervalMs: 60_000 },
      { assetId: 'USDC', priceUsd: 1, source: 'par', asOf: AS_OF, intervalMs: null },
      { assetId: 'DAI', priceUsd: 1, source: 'par', asOf: AS_OF, intervalMs: null },
      { assetId: 'stETH', priceUsd: 1998, source: 'pool', asOf: '2026-01-05T09:00:00Z', intervalMs: 3_600_000 },
    ],
    listings: [
      listing('perps:ETH', { mark: 2002, forward: 2000, volatility: null }),
      listing('options:ETH-PERP', { mark: 1999, forward: 2000, volatility: null }),
      listing('options:P1800', { mark: 0.03, forward: 2010, volatility: 0.72 }),
      listing('options:C2600', { mark: 0.01, forward: 2010, volatility: 0.68 }),
    ],
    depth: [
      { id: 'ETH/USD', assetId: 'ETH', quoteAssetId: 'USD', reserveQuantity: 60_000, feeFraction: 0, source: 'invented' },
      { id: 'stETH/ETH', assetId: 'stETH', quoteAssetId: 'ETH', reserveQuantity: 90_000, feeFraction: 0.0004, source: 'invented' },
      { id: 'VLT/USDC', assetId: 'VLT', quoteAssetId: 'USDC', reserveQuantity: 40_000_000, feeFraction: 0, source: 'invented' },
    ],
    funding: [],
    reserves: [
      {
        venueId: 'isolated',
        marketId: 'share',
        assetId: 'USDC',
        borrowRatePerYear: 0.08,
        supplyRatePerYear: 0.06,
        utilisationFraction: 0.9,
        source: 'invented',
      },
    ],
    crowd: crowd(crowdAccounts),
    history: Array.from({ length: 81 }, (_, i) => ({
      day: new Date(Date.UTC(2025, 9, 17 + i)).toISOString().slice(0, 10),
      closeUsd: {
        BTC: 60_000 * Math.exp(0.08 * (randomUniform(5, i, 0) - 0.5)),
        ETH: 2000 * Math.exp(0.12 * (randomUniform(5, i, 1) - 0.5)),
      },
    })),
    dayBefore: [{ assetId: 'ETH', priceUsd: 2100, source: 'invented' }],
    assumptions: [{ id: 'sample', text: 'Everything', value: 'invented', source: 'tests' }],
  };
}

/** The scenario set of the sample system. */
export function sampleScenarioSet(): ScenarioSet {
  return {
    id: 'sample',
    name: 'Sample set',
    reference: { moves: { ETH: -0.2, BTC: -0.15 }, volatilityShift: 0.3 },
    betas: { ETH: 1, BTC: 0.75 },
    spotMoves: [-0.3, -0.2, -0.1, 0, 0.1, 0.3],
    volatilityShifts: [-0.1, 0, 0.3],
    cascade: { depthThinningFraction: 0.5, maxRounds: 60, includeCrowd: true },
    confidence: 0.975,
    historyDays: 60,
    isVolatilityScaled: true,
    volatilityPerMove: -1,
    watchUseFraction: 0.7,
    dangerUseFraction: 0.85,
    gasUsd: 20,
    source: 'invented for tests',
  };
}

/** The sample system packed. */
export function packSample(crowdAccounts = 120): PackResult {
  const packed = packBook(sampleContents(), sampleSnapshot(crowdAccounts), sampleScenarioSet());
  if (!packed.ok) throw new Error(packed.failure.message);
  return packed.value;
}

/** A request of n shocks along the common axis, from −40 % to +20 %. */
export function sampleRequest(scenarios: number): ScenarioRequest {
  const { packed, driverIds } = packSample();
  const shocks = Array.from({ length: scenarios }, (_, i) => {
    const move = -0.4 + (0.6 * i) / scenarios;
    return { moves: { ETH: move, BTC: 0.75 * move }, volatilityShift: Math.max(0, -move) };
  });
  return { packed, driverIds, shocks, assumptions: sampleScenarioSet().cascade };
}
