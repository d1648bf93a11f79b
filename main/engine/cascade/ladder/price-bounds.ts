import type { Ladder } from './ladder.ts';

/** Room for rounding in a logarithm of prices: a borrower this close to falling is looked at. */
const MARGIN = 1e-9;

/** How much of their health prices can have taken from borrowers. */
export type PriceBounds = {
  /** ln(price / price at the packed market) by asset, of the running round and of the one before. */
  readonly logRatio: Float64Array;
  readonly lastLogRatio: Float64Array;
  /** By stretch: ln of the first health above which nobody can have fallen. */
  readonly neededLogHealth: Float64Array;
  /** Sum over the rounds of the most that a health can have lost in one, as a logarithm. */
  movement: number;
};

/** Bounds at the packed market. */
export function makePriceBounds(ladder: Ladder, assets: number): PriceBounds {
  return {
    logRatio: new Float64Array(assets),
    lastLogRatio: new Float64Array(assets),
    neededLogHealth: new Float64Array(ladder.stretchStart.length - 1),
    movement: 0,
  };
}

/** Back to the packed market. */
export function restartBounds(bounds: PriceBounds): void {
  bounds.logRatio.fill(0);
  bounds.movement = 0;
}

/**
 * Takes over the prices of a round. A health loses at most what the worst of its collaterals loses against the debt that has become dearest; once
 * something has become worthless there is no bound, and everyone is looked at from then on.
 */
export function followPrices(bounds: PriceBounds, ladder: Ladder, priceUsd: Float64Array): void {
  const { logRatio, lastLogRatio, neededLogHealth } = bounds;
  lastLogRatio.set(logRatio);
  for (let i = 0; i < ladder.pricedAssets.length; i += 1) {
    const asset = ladder.pricedAssets[i]!;
    logRatio[asset] = Math.log(priceUsd[asset]! / ladder.priceUsd[asset]!);
  }
  let mostLost = 0;
  for (let stretch = 0; stretch < neededLogHealth.length; stretch += 1) {
    let least = Infinity;
    let leastMove = Infinity;
    for (let k = ladder.pledgedStart[stretch]!; k < ladder.pledgedStart[stretch + 1]!; k += 1) {
      const asset = ladder.pledgedAsset[k]!;
      least = Math.min(least, logRatio[asset]!);
      leastMove = Math.min(leastMove, logRatio[asset]! - lastLogRatio[asset]!);
    }
    let most = -Infinity;
    let mostMove = -Infinity;
    for (let k = ladder.owedStart[stretch]!; k < ladder.owedStart[stretch + 1]!; k += 1) {
      const asset = ladder.owedAsset[k]!;
      most = Math.max(most, logRatio[asset]!);
      mostMove = Math.max(mostMove, logRatio[asset]! - lastLogRatio[asset]!);
    }
    neededLogHealth[stretch] = orNoBound(most - least + MARGIN);
    mostLost = Math.max(mostLost, orNoBound(mostMove - leastMove + MARGIN));
  }
  bounds.movement += mostLost;
}

/** Infinity for what cannot be told. */
function orNoBound(log: number): number {
  return Number.isNaN(log) ? Infinity : log;
}
