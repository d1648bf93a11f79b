import { SQUARE_ROOT_AVERAGE, squareRootImpact } from '../impact/volume-impact.ts';

/** Something to be sold whole: coins by driver, and the market they go into. Quantities ≥ 0; volume and volatility of a day. */
export type Exit = {
  readonly quantity: Float64Array;
  readonly priceUsd: Float64Array;
  readonly dailyVolume: Float64Array;
  readonly dailyVolatility: Float64Array;
  /** Y of the square-root law, dimensionless, about 1. */
  readonly coefficient: number;
  /** What the leverage is counted on, ≥ the value of what is sold, and what is left of it after debts. */
  readonly assetsUsd: number;
  readonly equityUsd: number;
};

/** What selling everything costs. Null where the quotient does not exist. */
export type ExitCost = {
  /** Peak impact averaged over the assets by value: I of 3 / (2 I). */
  readonly impactFraction: number;
  readonly costUsd: number;
  readonly impactAdjustedEquityUsd: number;
  readonly leverage: number | null;
  readonly criticalLeverage: number | null;
  readonly isExitPossible: boolean;
};

/**
 * Cost of selling several coins, each along the square-root law of its own market: Σ ⅔ I_k Q_k p_k with I_k = Y σ_k √(Q_k / V_k). With
 * I = Σ I_k Q_k p_k / A selling everything pays the debts exactly while A / E < 3 / (2 I), the critical leverage. One coin that is all
 * there is gives `impactAdjusted`. NaN where a coin to be sold has no volume or volatility.
 *
 * Source of the law: J.-P. Bouchaud, "Price impact" (2010); the critical leverage is its algebra and our own.
 */
export function exitCost({ quantity, priceUsd, dailyVolume, dailyVolatility, coefficient, assetsUsd, equityUsd }: Exit): ExitCost {
  let weighted = 0;
  for (let k = 0; k < quantity.length; k += 1) {
    if (quantity[k] === 0) continue;
    weighted += squareRootImpact(coefficient, dailyVolatility[k]!, quantity[k]! / dailyVolume[k]!) * quantity[k]! * priceUsd[k]!;
  }
  const impactFraction = weighted === 0 ? 0 : weighted / assetsUsd;
  const costUsd = SQUARE_ROOT_AVERAGE * weighted;
  const impactAdjustedEquityUsd = equityUsd - costUsd;
  return {
    impactFraction,
    costUsd,
    impactAdjustedEquityUsd,
    leverage: equityUsd > 0 ? assetsUsd / equityUsd : null,
    criticalLeverage: impactFraction > 0 ? 3 / (2 * impactFraction) : null,
    isExitPossible: impactAdjustedEquityUsd > 0,
  };
}
