import { ASSET_KIND, type PackedBook } from '../../engine/packed/packed-book.ts';
import type { BreachFactors } from '../../engine/scenario/account-breach.ts';
import type { HistoryMoves } from '../../engine/scenario/history-moves.ts';
import type { AnalysisInputs } from '../analysis/engine-run.ts';
import type { PackResult } from '../pack.ts';

/**
 * Daily volatility of a basis, for want of a recorded history: a claim against what backs it, and a stable against the dollar. Stated
 * so that coins of one group move as one but not as the same; a tenth or less of what their driver moves in a day.
 */
export const CLAIM_BASIS = 0.003;
/** The same of a stable. */
export const STABLE_BASIS = 0.001;

/** The factors by name, and for the engine. */
export type NamedFactors = {
  readonly factors: BreachFactors;
  readonly named: readonly { readonly id: string; readonly dailyVolatility: number; readonly source: string }[];
};

/**
 * Reduces the prices to independent factors: each base asset, and the basis of each claim with a market of its own and of each stable.
 * Wrapped and staked coins load on their driver through what backs them, so that a group moves together.
 */
export function breachFactors({ scenarioSet, snapshot }: AnalysisInputs, pack: PackResult, history: HistoryMoves): NamedFactors {
  const basisAssets = basisAssetsOf(pack.packed);
  const drivers = pack.driverIds.length;
  const count = drivers + basisAssets.length;
  const covariance = new Float64Array(count * count);
  for (let i = 0; i < drivers; i += 1) {
    for (let j = 0; j < drivers; j += 1) covariance[i * count + j] = history.covariance[i * drivers + j] ?? 0;
  }
  const isStable = (asset: number): boolean => pack.packed.assets.kind[asset] === ASSET_KIND.stable;
  const basis = basisAssets.map((asset) => ({
    id: basisName(pack, asset),
    dailyVolatility: isStable(asset) ? STABLE_BASIS : CLAIM_BASIS,
    source: 'stated; independent of the drivers',
  }));
  basis.forEach(({ dailyVolatility }, i) => {
    covariance[(drivers + i) * count + drivers + i] = dailyVolatility * dailyVolatility;
  });
  return {
    factors: {
      basisAssets: Int32Array.from(basisAssets),
      covariance,
      betas: Float64Array.from(pack.driverIds, (id) => scenarioSet.betas[id] ?? 0),
      volatilityPerMove: scenarioSet.volatilityPerMove,
    },
    named: [
      ...pack.driverIds.map((id, d) => ({
        id,
        dailyVolatility: history.dailyVolatility[d] ?? 0,
        source: `daily closes of ${snapshot.name}, decay 0.94`,
      })),
      ...basis,
    ],
  };
}

/** Claims sold in a market of their own and stables, as far as own positions stand on them directly or through their claims. */
export function basisAssetsOf({ assets, positions }: PackedBook): number[] {
  const isUsed = new Uint8Array(assets.count);
  positions.asset.forEach((asset, p) => {
    if (positions.quantity[p] !== 0) isUsed[asset] = 1;
  });
  for (const claim of assets.claimOrder.toReversed()) {
    if (isUsed[claim] === 0) continue;
    for (let e = assets.backing.start[claim] ?? 0; e < (assets.backing.start[claim + 1] ?? 0); e += 1)
      isUsed[assets.backing.target[e] ?? 0] = 1;
  }
  return Array.from(assets.kind, (_, asset) => asset).filter((asset) => {
    const kind = assets.kind[asset];
    const hasMarket = (assets.pool[asset] ?? -1) >= 0 && (kind === ASSET_KIND.wrapper || kind === ASSET_KIND.share);
    return isUsed[asset] === 1 && (kind === ASSET_KIND.stable || hasMarket);
  });
}

/** 'stETH / ETH' for a claim by what backs most of it, 'USDC / USD' for a stable. */
export function basisName({ assetIds, packed }: PackResult, asset: number): string {
  const { backing } = packed.assets;
  let most = -1;
  let against = 'USD';
  for (let e = backing.start[asset] ?? 0; e < (backing.start[asset + 1] ?? 0); e += 1) {
    const target = backing.target[e] ?? 0;
    const worth = (backing.weight[e] ?? 0) * (packed.initial.priceUsd[target] ?? 0);
    if (worth <= most) continue;
    most = worth;
    against = assetIds[target] ?? '';
  }
  const start = backing.start[asset] ?? 0;
  const isMixed = (backing.start[asset + 1] ?? 0) - start > 1;
  return `${assetIds[asset] ?? ''} / ${isMixed ? 'backing' : against}`;
}
