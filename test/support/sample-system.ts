import type { BookContents } from '../../main/domain/book.ts';
import type { ScenarioSet } from '../../main/domain/scenario.ts';
import type { CrowdAccount, Snapshot } from '../../main/domain/snapshot.ts';
import type { Venue } from '../../main/domain/venue.ts';
import { packBook, type PackResult } from '../../main/services/pack.ts';
import type { ScenarioRequest } from '../../main/services/scenarios.ts';
import { randomUniform } from '../../main/engine/math/random.ts';

/*
 * A small invented system with one of everything: a pool borrower with a staking loop, an isolated market with a vault share
 * that lends to it, a vault, an absorbed market, a perpetual and an options account, custody, and a crowd.
 */
const AS_OF = '2026-01-05T12:00:00Z';
const sourced = { source: 'invented for tests', asOf: '2026-01-01', notes: [] };

const venues: Venue[] = [
  {
    id: 'pool',
    name: 'Pool',
    mark: 'POL',
    parameters: {
      family: 'lendingPool',
      ...sourced,
      revision: '3.3',
      closeFactorFraction: 0.5,
      fullLiquidationHealthFactor: 0.95,
      smallPositionUsd: 2000,
      reserves: [
        { assetId: 'wstETH', loanToValueFraction: 0.78, liquidationThresholdFraction: 0.81, liquidationBonusFraction: 0.06, protocolFeeFraction: 0.1, isBorrowable: true, source: 'invented' },
        { assetId: 'WETH', loanToValueFraction: 0.8, liquidationThresholdFraction: 0.83, liquidationBonusFraction: 0.05, protocolFeeFraction: 0.1, isBorrowable: true, source: 'invented' },
      ],
      eModes: [
        {
          id: 'emode:1',
          label: 'ETH',
          loanToValueFraction: 0.9,
          liquidationThresholdFraction: 0.95,
          liquidationBonusFraction: 0.01,
          collateralAssetIds: ['wstETH', 'WETH'],
          borrowableAssetIds: ['WETH'],
          source: 'invented',
        },
      ],
    },
  },
  {
    id: 'isolated',
    name: 'Isolated',
    mark: 'ISO',
    parameters: {
      family: 'isolatedMarket',
      ...sourced,
      incentiveCursor: 0.3,
      incentiveMaximum: 1.15,
      markets: [
        { id: 'wsteth', collateralAssetId: 'wstETH', loanAssetId: 'USDC', liquidationLoanToValueFraction: 0.86, source: 'invented' },
        { id: 'share', collateralAssetId: 'VLT', loanAssetId: 'USDC', liquidationLoanToValueFraction: 0.77, source: 'invented' },
      ],
    },
  },
  {
    id: 'vaults',
    name: 'Vaults',
    mark: 'VAU',
    parameters: {
      family: 'vault',
      ...sourced,
      collateralTypes: [{ id: 'ETH-A', collateralAssetId: 'WETH', debtAssetId: 'DAI', liquidationRatio: 1.45, liquidationPenaltyFraction: 0.13, dustUsd: 5000, source: 'invented' }],
    },
  },
  {
    id: 'base',
    name: 'Base market',
    mark: 'BAS',
    parameters: {
      family: 'baseMarket',
      ...sourced,
      markets: [{ id: 'usdc', baseAssetId: 'USDC', collaterals: [{ assetId: 'WETH', borrowFactorFraction: 0.82, liquidateFactorFraction: 0.89, liquidationFactorFraction: 0.93 }], source: 'invented' }],
    },
  },
  {
    id: 'perps',
    name: 'Perpetuals',
    mark: 'PRP',
    parameters: {
      family: 'tieredPerpetual',
      ...sourced,
      collaterals: [{ assetId: 'USDC', haircutFraction: 0 }],
      liquidationFeeFraction: 0.01,
      takerFeeFraction: 0.0005,
      markets: [
        {
          underlyingId: 'ETH',
          tiers: [
            { floorUsd: 0, capUsd: 1_000_000, maintenanceRateFraction: 0.01, deductionUsd: 0, initialRateFraction: 0.02 },
            { floorUsd: 1_000_000, capUsd: null, maintenanceRateFraction: 0.02, deductionUsd: 10_000, initialRateFraction: 0.04 },
          ],
          source: 'invented',
        },
      ],
    },
  },
  {
    id: 'options',
    name: 'Options',
    mark: 'OPT',
    parameters: {
      family: 'standardOptions',
      ...sourced,
      option: { shortInitialFraction: 0.15, shortInitialFloorFraction: 0.1, shortMaintenanceFraction: 0.075 },
      future: [{ underlyingId: 'ETH', initialFraction: 0.02, maintenanceFraction: 0.01, slopePerCoin: 1e-6, source: 'invented' }],
      collaterals: [{ assetId: 'ETH', haircutFraction: 0 }],
      optionFeeFraction: 0.0003,
      optionFeeCapFraction: 0.125,
      futureFeeFraction: 0.0005,
      liquidationFeeFraction: 0.0075,
    },
  },
  { id: 'custody', name: 'Custody', mark: 'CST', parameters: { family: 'custody', ...sourced } },
];

const plain = { issuer: null, chain: null, oracle: null, marketId: null };
const assets: BookContents['assets'] = [
  { id: 'BTC', name: 'Bitcoin', kind: 'base', backing: [], ...plain },
  { id: 'ETH', name: 'Ether', kind: 'base', backing: [], ...plain },
  { id: 'USDC', name: 'Dollar coin', kind: 'stable', backing: [], ...plain },
  { id: 'DAI', name: 'Dai', kind: 'stable', backing: [], ...plain },
  { id: 'WETH', name: 'Wrapped ether', kind: 'wrapper', backing: [{ assetId: 'ETH', quantityPerUnit: '1', source: 'one to one' }], ...plain },
  { id: 'stETH', name: 'Staked ether', kind: 'wrapper', backing: [{ assetId: 'ETH', quantityPerUnit: '1', source: 'one to one' }], ...plain },
  { id: 'wstETH', name: 'Wrapped staked ether', kind: 'wrapper', backing: [{ assetId: 'stETH', quantityPerUnit: '1.2', source: 'invented' }], ...plain },
  { id: 'LOAN-S', name: 'Lent against VLT', kind: 'debtClaim', backing: [{ assetId: 'USDC', quantityPerUnit: '1', source: 'one to one' }], ...plain, marketId: 'isolated/share' },
  {
    id: 'VLT',
    name: 'Vault share',
    kind: 'share',
    backing: [
      { assetId: 'wstETH', quantityPerUnit: '0.0002', source: 'invented' },
      { assetId: 'LOAN-S', quantityPerUnit: '0.3', source: 'invented' },
      { assetId: 'USDC', quantityPerUnit: '0.22', source: 'invented' },
    ],
    ...plain,
  },
];

const margin = { underlyingId: 'ETH', settlementAssetId: 'ETH', contractSize: '1', lotSize: '1' } as const;
const holding = (kind: 'spot' | 'supplied' | 'borrowed', assetId: string): BookContents['instruments'][number] => ({ kind, id: `${kind}:${assetId}`, name: `${kind} ${assetId}`, venueId: null, assetId });
const instruments: BookContents['instruments'] = [
  ...['USDC', 'ETH', 'VLT'].map((id) => holding('spot', id)),
  ...['wstETH', 'WETH', 'VLT'].map((id) => holding('supplied', id)),
  ...['USDC', 'WETH', 'DAI'].map((id) => holding('borrowed', id)),
  { kind: 'perpetual', id: 'perps:ETH', name: 'ETH perpetual', venueId: 'perps', ...margin, settlement: 'linear', settlementAssetId: 'USDC' },
  { kind: 'perpetual', id: 'options:ETH-PERP', name: 'ETH inverse perpetual', venueId: 'options', ...margin, settlement: 'inverse', contractSize: '10' },
  { kind: 'option', id: 'options:P1800', name: 'ETH put 1800', venueId: 'options', ...margin, settlement: 'inverse', expiry: '2026-02-27T08:00:00Z', optionType: 'put', strike: '1800' },
  { kind: 'option', id: 'options:C2600', name: 'ETH call 2600', venueId: 'options', ...margin, settlement: 'inverse', expiry: '2026-02-27T08:00:00Z', optionType: 'call', strike: '2600' },
];

const accountRows: readonly (readonly [string, string, string | null])[] = [
  ['POOL-1', 'pool', null],
  ['POOL-LOOP', 'pool', 'emode:1'],
  ['ISO-W', 'isolated', 'wsteth'],
  ['ISO-S', 'isolated', 'share'],
  ['VAULT-1', 'vaults', 'ETH-A'],
  ['BASE-1', 'base', 'usdc'],
  ['PERP-1', 'perps', null],
  ['OPT-1', 'options', null],
  ['CUSTODY', 'custody', null],
];

const positionRows: readonly (readonly [string, string, string])[] = [
  ['POOL-1', 'supplied:wstETH', '2000'],
  ['POOL-1', 'borrowed:USDC', '-2100000'],
  ['POOL-1', 'borrowed:WETH', '-500'],
  ['POOL-LOOP', 'supplied:wstETH', '1000'],
  ['POOL-LOOP', 'borrowed:WETH', '-1090'],
  ['ISO-W', 'supplied:wstETH', '800'],
  ['ISO-W', 'borrowed:USDC', '-1150000'],
  ['ISO-S', 'supplied:VLT', '2000000'],
  ['ISO-S', 'borrowed:USDC', '-1380000'],
  ['VAULT-1', 'supplied:WETH', '700'],
  ['VAULT-1', 'borrowed:DAI', '-800000'],
  ['BASE-1', 'supplied:WETH', '400'],
  ['BASE-1', 'borrowed:USDC', '-560000'],
  ['PERP-1', 'spot:USDC', '500000'],
  ['PERP-1', 'perps:ETH', '1200'],
  ['OPT-1', 'spot:ETH', '300'],
  ['OPT-1', 'options:P1800', '-900'],
  ['OPT-1', 'options:C2600', '-500'],
  ['OPT-1', 'options:ETH-PERP', '-20000'],
  ['CUSTODY', 'spot:USDC', '1000000'],
  ['CUSTODY', 'spot:VLT', '100000'],
];

/** The book of the sample system. */
export function sampleContents(): BookContents {
  return {
    name: 'Sample system',
    venues,
    accounts: accountRows.map(([id, venueId, marketId]) => ({ id, venueId, name: id, kind: 'cross' as const, parentId: null, marketId, settlementAssetId: null })),
    assets,
    instruments,
    positions: positionRows.map(([accountId, instrumentId, quantity], i) => ({ id: `p${i}`, accountId, instrumentId, quantity, entryPrice: instrumentId.includes('perp') || instrumentId.includes('PERP') ? '2050' : null, openedAt: null })),
    pledges: [{ id: 'pledge/1', accountId: 'POOL-1', assetId: 'wstETH', quantity: '2000', pledgeeVenueId: 'pool', obligation: 'USDC and WETH borrowed', isReusable: true }],
  };
}

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
  const listing = (id: string, mark: number, underlyingPriceUsd: number, impliedVolatility: number | null): Snapshot['listings'][number] => {
    const instrument = instruments.find((each) => each.id === id);
    if (instrument === undefined) throw new Error(`no instrument ${id}`);
    return { instrument, bid: mark * 0.99, ask: mark * 1.01, mark, underlyingPriceUsd, impliedVolatility, openInterest: null, volume24h: null, asOf: AS_OF };
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
      listing('perps:ETH', 2002, 2000, null),
      listing('options:ETH-PERP', 1999, 2000, null),
      listing('options:P1800', 0.03, 2010, 0.72),
      listing('options:C2600', 0.01, 2010, 0.68),
    ],
    depth: [
      { id: 'ETH/USD', assetId: 'ETH', quoteAssetId: 'USD', reserveQuantity: 60_000, feeFraction: 0, source: 'invented' },
      { id: 'stETH/ETH', assetId: 'stETH', quoteAssetId: 'ETH', reserveQuantity: 90_000, feeFraction: 0.0004, source: 'invented' },
      { id: 'VLT/USDC', assetId: 'VLT', quoteAssetId: 'USDC', reserveQuantity: 40_000_000, feeFraction: 0, source: 'invented' },
    ],
    funding: [],
    reserves: [{ venueId: 'isolated', marketId: 'share', assetId: 'USDC', borrowRatePerYear: 0.08, supplyRatePerYear: 0.06, utilisationFraction: 0.9, source: 'invented' }],
    crowd: crowd(crowdAccounts),
    history: Array.from({ length: 81 }, (_, i) => ({
      day: new Date(Date.UTC(2025, 9, 17 + i)).toISOString().slice(0, 10),
      closeUsd: { BTC: 60_000 * Math.exp(0.08 * (randomUniform(5, i, 0) - 0.5)), ETH: 2000 * Math.exp(0.12 * (randomUniform(5, i, 1) - 0.5)) },
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
