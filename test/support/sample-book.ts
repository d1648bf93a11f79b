import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createBook } from '../../main/book/book-file.ts';
import type { BookSeed } from '../../main/book/file/create.ts';
import type { OpenBook } from '../../main/book/open-book.ts';
import type { Asset } from '../../main/domain/asset.ts';
import type { BookContents } from '../../main/domain/book.ts';
import type { Instrument } from '../../main/domain/instrument.ts';
import type { Position } from '../../main/domain/position.ts';
import type { ScenarioSet } from '../../main/domain/scenario.ts';
import type { Snapshot } from '../../main/domain/snapshot.ts';
import type { Venue } from '../../main/domain/venue.ts';

const asOf = '2026-02-05';
const instant = '2026-02-05T21:29:00Z';
const source = 'invented for the tests';
const sourced = { source, asOf, notes: [] };

const venues: Venue[] = [
  {
    id: 'aave',
    name: 'Aave v3 Ethereum',
    mark: 'AAV',
    parameters: {
      family: 'lendingPool',
      ...sourced,
      revision: '3.3',
      closeFactorFraction: 0.5,
      fullLiquidationHealthFactor: 0.95,
      smallPositionUsd: 2000,
      smallestLeftoverUsd: 1000,
      otherRevisions: [],
      changes: [],
      reserves: [
        { ...reserve('wstETH', [0.785, 0.81, 0.06]), isBorrowable: false },
        { ...reserve('ETH', [0.805, 0.83, 0.05]), isBorrowable: true },
        { ...reserve('USDC', [0.75, 0.78, 0.045]), isBorrowable: true },
      ],
      eModes: [],
    },
  },
  {
    id: 'binance',
    name: 'Binance USDⓈ-M',
    mark: 'BIN',
    parameters: {
      family: 'tieredPerpetual',
      ...sourced,
      collaterals: [{ assetId: 'USDC', haircutFraction: 0 }],
      liquidationFeeFraction: 0.0125,
      takerFeeFraction: 0.0005,
      markets: [
        {
          underlyingId: 'ETH',
          source,
          tiers: [
            { floorUsd: 0, capUsd: 300_000, maintenanceRateFraction: 0.005, deductionUsd: 0, initialRateFraction: 0.01 },
            { floorUsd: 300_000, capUsd: null, maintenanceRateFraction: 0.01, deductionUsd: 1500, initialRateFraction: 0.02 },
          ],
        },
      ],
    },
  },
  { id: 'custody', name: 'Cold storage', mark: 'CUS', parameters: { family: 'custody', ...sourced } },
];

const assets: Asset[] = [
  plainAsset('BTC', 'Bitcoin', 'base'),
  plainAsset('ETH', 'Ether', 'base'),
  plainAsset('USDC', 'USD Coin', 'stable'),
  { ...plainAsset('wstETH', 'Wrapped staked ether', 'wrapper'), backing: [{ assetId: 'ETH', quantityPerUnit: '1.22', source }] },
];

const instruments: Instrument[] = [
  { kind: 'supplied', id: 'aave-wstETH-supplied', name: 'wstETH supplied', venueId: 'aave', assetId: 'wstETH' },
  { kind: 'borrowed', id: 'aave-USDC-borrowed', name: 'USDC borrowed', venueId: 'aave', assetId: 'USDC' },
  { kind: 'spot', id: 'ETH-spot', name: 'ETH', venueId: null, assetId: 'ETH' },
  { kind: 'spot', id: 'USDC-spot', name: 'USDC', venueId: null, assetId: 'USDC' },
  {
    kind: 'perpetual',
    id: 'binance-ETHUSDC',
    name: 'ETH perpetual',
    venueId: 'binance',
    underlyingId: 'ETH',
    settlement: 'linear',
    settlementAssetId: 'USDC',
    contractSize: '1',
    lotSize: '0.001',
  },
];

const positions: Position[] = [
  samplePosition('P-1', 'AAV-1 aave-wstETH-supplied', '1250.5'),
  samplePosition('P-2', 'AAV-1 aave-USDC-borrowed', '-1400000'),
  { ...samplePosition('P-3', 'BIN-1 binance-ETHUSDC', '-400.250'), entryPrice: '2310.55', openedAt: '2026-01-12T09:30:00Z' },
  samplePosition('P-4', 'BIN-1 USDC-spot', '250000.00'),
  samplePosition('P-5', 'CUS-1 ETH-spot', '120.000000000000000001'),
  samplePosition('P-6', 'CUS-1 USDC-spot', '75000'),
];

/** A small desk: a lending pool, a perpetual venue and custody, with a position of each common kind. All invented. */
export const sampleContents: BookContents = {
  name: 'Sample desk',
  venues,
  accounts: [
    { id: 'AAV-1', venueId: 'aave', name: 'Staking', kind: 'cross', parentId: null, marketId: null, settlementAssetId: null },
    { id: 'BIN-1', venueId: 'binance', name: 'Perpetuals', kind: 'cross', parentId: null, marketId: null, settlementAssetId: 'USDC' },
    { id: 'CUS-1', venueId: 'custody', name: 'Vault', kind: 'cross', parentId: null, marketId: null, settlementAssetId: null },
  ],
  assets,
  instruments,
  positions,
  pledges: [
    {
      id: 'L-1',
      accountId: 'AAV-1',
      assetId: 'wstETH',
      quantity: '1250.5',
      pledgeeVenueId: 'aave',
      obligation: 'USDC borrowed',
      isReusable: false,
    },
  ],
};

/** A scenario set around a fall of 18 %. */
export const sampleScenarioSet: ScenarioSet = {
  id: 'standard',
  name: 'Standard',
  reference: { moves: { BTC: -0.14, ETH: -0.18 }, volatilityShift: 0.25 },
  betas: { BTC: 0.78, ETH: 1 },
  spotMoves: [-0.3, -0.2, -0.1, 0, 0.1, 0.2],
  volatilityShifts: [-0.1, 0, 0.25, 0.5],
  cascade: { depthThinningFraction: 0.5, maxRounds: 100, includeCrowd: true },
  confidence: 0.975,
  historyDays: 365,
  isVolatilityScaled: true,
  volatilityPerMove: -1.2,
  watchUseFraction: 0.7,
  dangerUseFraction: 0.9,
  gasUsd: 5,
  source,
};

/** A market for the sample desk at one instant. */
export const sampleSnapshot: Snapshot = {
  id: 'sample-market',
  name: 'Sample market',
  asOf: instant,
  source,
  quotes: [quote('BTC', 64_000), quote('ETH', 1850), quote('USDC', 1), quote('wstETH', 2240)],
  listings: [],
  depth: [{ id: 'ETH-USD', assetId: 'ETH', quoteAssetId: 'USD', reserveQuantity: 60_000, feeFraction: 0.0005, source }],
  funding: [{ instrumentId: 'binance-ETHUSDC', rateFraction: -0.0001, asOf: instant }],
  reserves: [],
  crowd: [
    {
      id: 'crowd-1',
      venueId: 'aave',
      collateral: [{ assetId: 'ETH', quantity: 5000, liquidationThresholdFraction: 0.83 }],
      debt: [{ assetId: 'USDC', quantity: 6_500_000 }],
      liquidationBonusFraction: 0.05,
    },
  ],
  history: [
    { day: '2026-02-03', closeUsd: { BTC: 73_000, ETH: 2180 } },
    { day: '2026-02-04', closeUsd: { BTC: 71_000, ETH: 2100 } },
  ],
  dayBefore: [{ assetId: 'ETH', priceUsd: 2105, source }],
  assumptions: [],
};

/** Everything of the sample desk, as a new book is seeded with it. */
export const sampleSeed: BookSeed = {
  contents: sampleContents,
  notes: [{ id: 'N-1', subjectKind: 'account', subjectId: 'AAV-1', text: 'Unwinds in March', writtenAt: instant }],
  scenarioSets: [sampleScenarioSet],
  activeScenarioSetId: sampleScenarioSet.id,
  snapshot: sampleSnapshot,
};

/** A real book file in a folder of its own; `dispose` closes the book and removes the folder. */
export type SampleBook = { readonly book: OpenBook; readonly path: string; readonly folder: string; readonly dispose: () => void };

/** Builds the sample book, or a book of another seed, in a new temporary folder. Steps are stamped with a clock that counts seconds. */
export function createSampleBook(seed: BookSeed = sampleSeed): SampleBook {
  const folder = createFolder();
  const path = join(folder, 'sample.interlock');
  const created = createBook(path, seed, { now: countingClock() });
  if (!created.ok) throw new Error(created.failure.message);
  const book = created.value;
  const dispose = (): void => {
    book.close();
    rmSync(folder, { recursive: true, force: true });
  };
  return { book, path, folder, dispose };
}

/** A new temporary folder. */
export function createFolder(): string {
  return mkdtempSync(join(tmpdir(), 'interlock-test-'));
}

/** A clock that is one second later each time it is read. */
export function countingClock(): () => string {
  let seconds = 0;
  return () => {
    seconds += 1;
    return new Date(Date.UTC(2026, 1, 5, 21, 29, seconds)).toISOString();
  };
}

/** A position without entry price or opening time; `place` is its account and its instrument, 'CUS-1 ETH-spot'. */
export function samplePosition(id: string, place: string, quantity: string): Position {
  const [accountId = '', instrumentId = ''] = place.split(' ');
  return { id, accountId, instrumentId, quantity, entryPrice: null, openedAt: null };
}

function plainAsset(id: string, name: string, kind: Asset['kind']): Asset {
  return { id, name, kind, issuer: null, chain: null, oracle: null, backing: [], marketId: null };
}

function quote(assetId: string, priceUsd: number): Snapshot['quotes'][number] {
  return { assetId, priceUsd, source, asOf: instant, intervalMs: 60_000 };
}

function reserve(assetId: string, terms: readonly [number, number, number]) {
  const [loanToValueFraction, liquidationThresholdFraction, liquidationBonusFraction] = terms;
  return {
    assetId,
    loanToValueFraction,
    liquidationThresholdFraction,
    liquidationBonusFraction,
    protocolFeeFraction: 0.1,
    debtCeilingUsd: 0,
    isBorrowableInIsolation: false,
    isSiloed: false,
    rate: null,
    source,
  };
}
