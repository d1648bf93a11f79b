import type { BookContents } from '../../main/domain/book.ts';
import { randomUniform } from '../../main/engine/math/random.ts';
import type { PackedBook, PackedLending } from '../../main/engine/packed/packed-book.ts';
import { packBook } from '../../main/services/pack.ts';
import { sampleScenarioSet, sampleSnapshot } from './sample-system.ts';

const AS_OF = '2026-01-05T12:00:00Z';
const VOLATILE = 14;
const ASSETS = 20;
const THRESHOLD = 0.8;
const BONUS = 0.06;

const empty = emptyBook();

/** How a crowd is drawn. `depthFactor` widens every market. */
export type CrowdShape = { readonly borrowers: number; readonly depthFactor: number; readonly seed?: number };

/**
 * A crowd over 20 assets of which 14 have a price that moves: one to three collaterals and one or two debts per borrower, sizes over three
 * orders of magnitude, health factors from 1.02 up. Every asset that moves has one dollar market, as deep as a share of what is pledged.
 */
export function largeCrowd(shape: CrowdShape): PackedBook {
  const lending = drawLending(shape);
  const pledged = new Float64Array(ASSETS);
  lending.collateralQuantity.forEach((quantity, row) => {
    const asset = lending.collateralAsset[row] ?? 0;
    pledged[asset] = (pledged[asset] ?? 0) + quantity;
  });
  const reserveQuantity = Float64Array.from(empty.depth.asset, (asset) => (pledged[asset] ?? 0) * shape.depthFactor);
  return {
    ...empty,
    id: `crowd-${shape.borrowers}-${shape.depthFactor}-${shape.seed ?? 0}`,
    lending,
    depth: { ...empty.depth, reserveQuantity },
  };
}

/** A fall of everything that moves, some more than others. */
export function crowdShock(book: PackedBook, fall: number): { moves: Float64Array; volatilityShift: number } {
  return { moves: Float64Array.from(book.drivers, (_, d) => -fall * (0.7 + (0.6 * d) / VOLATILE)), volatilityShift: 0 };
}

function drawLending({ borrowers, seed = 0 }: CrowdShape): PackedLending {
  const collateral: { asset: number; quantity: number }[] = [];
  const debt: { asset: number; quantity: number }[] = [];
  const collateralStart = new Int32Array(borrowers + 1);
  const debtStart = new Int32Array(borrowers + 1);
  for (let i = 0; i < borrowers; i += 1) {
    const draw = (index: number): number => randomUniform(101 + seed, i, index);
    const pledgedAssets = distinct(1 + Math.floor(3 * draw(0) ** 2), (k) => Math.floor(VOLATILE * draw(1 + k)));
    const owedAssets = distinct(draw(5) < 0.2 ? 2 : 1, (k) =>
      draw(6 + k) < 0.85 ? VOLATILE + Math.floor((ASSETS - VOLATILE) * draw(8 + k)) : Math.floor(VOLATILE * draw(8 + k)),
    );
    const sizeUsd = 10 ** (3 + 3 * draw(10));
    const health = 1.02 + 1.5 * draw(11);
    for (const asset of pledgedAssets) collateral.push({ asset, quantity: sizeUsd / pledgedAssets.length / priceOf(asset) });
    for (const asset of owedAssets) debt.push({ asset, quantity: (sizeUsd * THRESHOLD) / health / owedAssets.length / priceOf(asset) });
    collateralStart[i + 1] = collateral.length;
    debtStart[i + 1] = debt.length;
  }
  const each = (value: number): Float64Array => new Float64Array(borrowers).fill(value);
  return {
    ...empty.lending,
    count: borrowers,
    ownCount: 0,
    account: new Int32Array(borrowers).fill(-1),
    venue: new Int32Array(borrowers),
    closeFactorFraction: each(0.5),
    fullLiquidationHealthFactor: each(0.95),
    smallPositionUsd: each(2000),
    smallestLeftoverUsd: each(0),
    auctionType: new Int32Array(borrowers).fill(-1),
    auctionVenue: new Int32Array(borrowers).fill(-1),
    closesWhole: new Uint8Array(borrowers),
    market: new Int32Array(borrowers).fill(-1),
    collateralStart,
    collateralAsset: Int32Array.from(collateral, (row) => row.asset),
    collateralQuantity: Float64Array.from(collateral, (row) => row.quantity),
    collateralThreshold: new Float64Array(collateral.length).fill(THRESHOLD),
    collateralBonus: new Float64Array(collateral.length).fill(BONUS),
    collateralPosition: new Int32Array(collateral.length).fill(-1),
    debtStart,
    debtAsset: Int32Array.from(debt, (row) => row.asset),
    debtQuantity: Float64Array.from(debt, (row) => row.quantity),
    debtPosition: new Int32Array(debt.length).fill(-1),
    debtTarget: Int32Array.from(debt, (row) => (row.asset < VOLATILE ? row.asset : -1)),
  };
}

function distinct(count: number, draw: (k: number) => number): number[] {
  return [...new Set(Array.from({ length: count }, (_, k) => draw(k)))];
}

function priceOf(asset: number): number {
  return asset < VOLATILE ? 3 * (asset + 1) ** 3 : 1;
}

function emptyBook(): PackedBook {
  const name = (asset: number): string => `asset-${String(asset).padStart(2, '0')}`;
  const all = Array.from({ length: ASSETS }, (_, asset) => asset);
  const moving = all.slice(0, VOLATILE);
  const contents: BookContents = {
    name: 'crowd',
    venues: [],
    accounts: [],
    assets: all.map((asset) => ({
      id: name(asset),
      name: name(asset),
      kind: asset < VOLATILE ? ('base' as const) : ('stable' as const),
      backing: [],
      issuer: null,
      chain: null,
      oracle: null,
      marketId: null,
    })),
    instruments: [],
    positions: [],
    pledges: [],
  };
  const packed = packBook(
    contents,
    {
      ...sampleSnapshot(0),
      quotes: all.map((asset) => ({ assetId: name(asset), priceUsd: priceOf(asset), source: 'invented', asOf: AS_OF, intervalMs: null })),
      listings: [],
      depth: moving.map((asset) => ({
        id: name(asset),
        assetId: name(asset),
        quoteAssetId: 'USD',
        reserveQuantity: 1,
        feeFraction: 0,
        source: 'invented',
      })),
    },
    {
      ...sampleScenarioSet(),
      betas: Object.fromEntries(moving.map((asset) => [name(asset), 1])),
      reference: { ...sampleScenarioSet().reference, moves: {} },
    },
  );
  if (!packed.ok) throw new Error(packed.failure.message);
  return packed.value.packed;
}
