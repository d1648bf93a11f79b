import type { BookContents } from '../../main/domain/book.ts';
import { randomUniform } from '../../main/engine/math/random.ts';
import type { CrowdAccount, Snapshot } from '../../main/domain/snapshot.ts';
import { packBook, type PackResult } from '../../main/services/pack.ts';
import type { NaiveSystem } from '../oracle/naive-cascade.ts';
import { sampleScenarioSet, sampleSnapshot } from './sample-system.ts';

const plain = { issuer: null, chain: null, oracle: null, marketId: null };
const assets: BookContents['assets'] = [
  { id: 'wstETH', name: 'wstETH', kind: 'wrapper', backing: [{ assetId: 'stETH', quantityPerUnit: '1.2', source: 'invented' }], ...plain },
  { id: 'USDC', name: 'USDC', kind: 'stable', backing: [], ...plain },
  { id: 'stETH', name: 'stETH', kind: 'wrapper', backing: [{ assetId: 'ETH', quantityPerUnit: '1', source: 'invented' }], ...plain },
  { id: 'BTC', name: 'BTC', kind: 'base', backing: [], ...plain },
  { id: 'WETH', name: 'WETH', kind: 'wrapper', backing: [{ assetId: 'ETH', quantityPerUnit: '1', source: 'invented' }], ...plain },
  { id: 'ETH', name: 'ETH', kind: 'base', backing: [], ...plain },
];
const prices: Record<string, number> = { ETH: 2000, BTC: 60_000, USDC: 1, stETH: 2000, wstETH: 2400, WETH: 2000 };
const collateralIds = ['stETH', 'wstETH', 'WETH', 'BTC', 'USDC'];
const debtIds = ['USDC', 'WETH', 'BTC'];

/** A random system of borrowers in both forms: plain objects for the oracle and packed for the kernel. */
export type RandomSystem = { readonly naive: NaiveSystem; readonly pack: PackResult };

/** What a law may change about a random system. */
export type RandomOptions = { readonly borrowers?: readonly CrowdAccount[]; readonly depthFactor?: number; readonly closeFactor?: number };

/** The random system of a number: same number, same system. */
export function randomSystem(number: number, options: RandomOptions = {}): RandomSystem {
  let draws = 0;
  const next = (low: number, high: number): number => {
    draws += 1;
    return low + (high - low) * randomUniform(41, number, draws);
  };
  const closeFactor = options.closeFactor ?? next(0.2, 1);
  const fullLine = next(0.8, 1);
  const depth = next(0.2, 5) * (options.depthFactor ?? 1);
  const moves = { ETH: -next(0, 0.35), BTC: -next(-0.1, 0.3) };
  const thinning = next(0, 0.8);
  const drawn = Array.from({ length: 2 + Math.floor(next(0, 28)) }, (_, i) => randomBorrower(i, next));
  const borrowers = options.borrowers ?? drawn;
  const pools: Snapshot['depth'] = [
    { id: 'ETH', assetId: 'ETH', quoteAssetId: 'USD', reserveQuantity: 4000 * depth, feeFraction: 0, source: 'invented' },
    { id: 'BTC', assetId: 'BTC', quoteAssetId: 'USD', reserveQuantity: 150 * depth, feeFraction: 0.001, source: 'invented' },
    { id: 'stETH', assetId: 'stETH', quoteAssetId: 'ETH', reserveQuantity: 6000 * depth, feeFraction: 0.0004, source: 'invented' },
  ];
  const naive: NaiveSystem = {
    assets: assets.map(({ id, kind, backing }) => ({
      id,
      isStable: kind === 'stable',
      backing: backing.map((row) => ({ id: row.assetId, quantity: Number(row.quantityPerUnit) })),
    })),
    saleOrder: ['wstETH', 'stETH', 'WETH', 'ETH', 'BTC', 'USDC'],
    priceUsd: prices,
    pools,
    borrowers,
    closeFactor,
    fullLine,
    smallUsd: 2000,
    moves,
    thinning,
    maxRounds: 40,
  };
  return { naive, pack: packSystem(naive) };
}

function randomBorrower(i: number, next: (low: number, high: number) => number): CrowdAccount {
  const pick = (ids: readonly string[]): string => ids[Math.min(ids.length - 1, Math.floor(next(0, ids.length)))] ?? 'USDC';
  const collateral = [...new Set([pick(collateralIds), ...(next(0, 1) < 0.4 ? [pick(collateralIds)] : [])])].map((assetId) => ({
    assetId,
    quantity: next(10_000, 2_000_000) / (prices[assetId] ?? 1),
    liquidationThresholdFraction: next(0.7, 0.9),
  }));
  const weighted = collateral.reduce((sum, row) => sum + row.quantity * (prices[row.assetId] ?? 0) * row.liquidationThresholdFraction, 0);
  const owedIds = [...new Set([pick(debtIds), ...(next(0, 1) < 0.3 ? [pick(debtIds)] : [])])];
  const owed = weighted / next(0.98, 1.6) / owedIds.length;
  return {
    id: `b${i}`,
    venueId: 'pool',
    collateral,
    debt: owedIds.map((assetId) => ({ assetId, quantity: owed / (prices[assetId] ?? 1) })),
    liquidationBonusFraction: next(0, 0.12),
  };
}

/** Packs a naive system: a book without positions, its borrowers as the crowd. */
export function packSystem(system: NaiveSystem): PackResult {
  const contents: BookContents = {
    name: 'random',
    venues: [
      {
        id: 'pool',
        name: 'Pool',
        mark: 'POL',
        parameters: {
          family: 'lendingPool',
          source: 'invented',
          asOf: '2026-01-01',
          notes: [],
          revision: '3.3',
          closeFactorFraction: system.closeFactor,
          fullLiquidationHealthFactor: system.fullLine,
          smallPositionUsd: system.smallUsd,
          smallestLeftoverUsd: 0,
          otherRevisions: [],
          reserves: [],
          eModes: [],
          changes: [],
        },
      },
    ],
    accounts: [],
    assets,
    instruments: [],
    positions: [],
    pledges: [],
  };
  const quotes = sampleSnapshot(0).quotes.filter((quote) => quote.assetId !== 'stETH');
  const packed = packBook(
    contents,
    { ...sampleSnapshot(0), quotes, crowd: [...system.borrowers], depth: [...system.pools] },
    sampleScenarioSet(),
  );
  if (!packed.ok) throw new Error(packed.failure.message);
  return packed.value;
}
