/*
 * Lending pool (Aave v3) in floating point, for requirements and the cascade. The contract's own integer arithmetic is in
 * lending-pool-exact.ts.
 */

/** When a pool lets a liquidator repay how much. */
export type CloseFactorRules = {
  readonly closeFactorFraction: number;
  /** At or below this health factor the whole debt may be repaid. */
  readonly fullLiquidationHealthFactor: number;
  /** Positions with less collateral or less debt are closed whole, USD; 0 = no such rule. */
  readonly smallPositionUsd: number;
};

/**
 * Health factor = Σ collateralᵢ × thresholdᵢ / debt.
 *
 * @param thresholdValueUsd Σ collateralᵢ × thresholdᵢ, USD
 * @param debtUsd >= 0
 * @returns Infinity without debt; liquidatable strictly below 1
 */
export function healthFactor(thresholdValueUsd: number, debtUsd: number): number {
  return debtUsd === 0 ? Infinity : thresholdValueUsd / debtUsd;
}

/**
 * Liquidation threshold of mixed collateral: the average weighted by value.
 *
 * @returns 0 without collateral
 */
export function averageThreshold(collateralUsd: Float64Array, thresholds: Float64Array): number {
  let value = 0;
  let weighted = 0;
  for (let i = 0; i < collateralUsd.length; i += 1) {
    value += collateralUsd[i]!;
    weighted += collateralUsd[i]! * thresholds[i]!;
  }
  return value === 0 ? 0 : weighted / value;
}

/**
 * Σ collateral × threshold in an efficiency mode: assets of the mode take the mode's threshold, the others keep their own.
 *
 * @param isInMode 1 where the mode takes the asset as collateral, else 0; all 0 outside any mode
 */
export function thresholdValueInMode(
  collateralUsd: Float64Array,
  thresholds: Float64Array,
  isInMode: Uint8Array,
  modeThreshold: number,
): number {
  let total = 0;
  for (let i = 0; i < collateralUsd.length; i += 1) {
    total += collateralUsd[i]! * (isInMode[i]! === 1 ? modeThreshold : thresholds[i]!);
  }
  return total;
}

/**
 * Largest share of the debt one liquidation may repay: 0 while the position is healthy, 1 at or below the full-liquidation
 * line or for a small position, the pool's close factor between.
 *
 * @param healthFactorNow NaN counts as liquidatable in full
 */
export function closeFactorFraction(healthFactorNow: number, collateralUsd: number, debtUsd: number, rules: CloseFactorRules): number {
  if (healthFactorNow >= 1) return 0;
  if (!(healthFactorNow > rules.fullLiquidationHealthFactor)) return 1;
  if (collateralUsd < rules.smallPositionUsd || debtUsd < rules.smallPositionUsd) return 1;
  return rules.closeFactorFraction;
}

/**
 * Largest share of the debt, at most `wanted`, whose repayment leaves either nothing or enough on both sides: since revision
 * 3.3 the pool refuses a liquidation that leaves debt and collateral of which one is smaller than the limit.
 *
 * @param wanted share of the debt, 0 … 1; a share of one or one that takes all collateral leaves nothing and stays
 * @param leftoverUsd 0 = no such rule
 * Source: aave-dao/aave-v3-origin, LiquidationLogic, MIN_LEFTOVER_BASE.
 */
export function shareLeavingEnough(
  wanted: number,
  collateralUsd: number,
  debtUsd: number,
  bonusFraction: number,
  leftoverUsd: number,
): number {
  const perShareUsd = debtUsd * (1 + bonusFraction);
  if (leftoverUsd === 0 || wanted >= 1 || wanted * perShareUsd >= collateralUsd) return wanted;
  return Math.max(0, Math.min(wanted, 1 - leftoverUsd / debtUsd, (collateralUsd - leftoverUsd) / perShareUsd));
}

/** Repaid debt, seized collateral and debt that nothing is left to pay, USD. */
export type LiquidationAmounts = { readonly repaidUsd: number; readonly seizedUsd: number; readonly badDebtUsd: number };

/**
 * One liquidation at the largest allowed size: repays closeFactor × debt and takes repaid × (1 + bonus) of collateral; if that
 * is more than there is, takes everything and repays collateral / (1 + bonus), and the rest of the debt is bad.
 */
export function liquidationAmounts(collateralUsd: number, debtUsd: number, closeFactor: number, bonusFraction: number): LiquidationAmounts {
  const wantedUsd = closeFactor * debtUsd;
  const seizedUsd = wantedUsd * (1 + bonusFraction);
  if (seizedUsd < collateralUsd) return { repaidUsd: wantedUsd, seizedUsd, badDebtUsd: 0 };
  const repaidUsd = Math.min(wantedUsd, collateralUsd / (1 + bonusFraction));
  return { repaidUsd, seizedUsd: collateralUsd, badDebtUsd: debtUsd - repaidUsd };
}

/** Interest curve with one kink. Rates per year; utilisation and reserve factor as fractions. */
export type KinkedRate = {
  readonly base: number;
  readonly slopeBelow: number;
  readonly slopeAbove: number;
  readonly optimalUtilisation: number;
  readonly reserveFactor: number;
};

/**
 * Variable borrow rate: base + slope1 × u/u* up to the optimal utilisation, then base + slope1 + slope2 × (u − u*)/(1 − u*);
 * the suppliers get rate × u × (1 − reserve factor).
 */
export function lendingRates(utilisation: number, curve: KinkedRate): { readonly borrowPerYear: number; readonly supplyPerYear: number } {
  const { base, slopeBelow, slopeAbove, optimalUtilisation, reserveFactor } = curve;
  const borrowPerYear =
    utilisation <= optimalUtilisation
      ? base + (optimalUtilisation === 0 ? 0 : (slopeBelow * utilisation) / optimalUtilisation)
      : base + slopeBelow + (slopeAbove * (utilisation - optimalUtilisation)) / (1 - optimalUtilisation);
  return { borrowPerYear, supplyPerYear: borrowPerYear * utilisation * (1 - reserveFactor) };
}

/** Growth of a balance at simple interest over a time in years. */
export function linearInterestFactor(ratePerYear: number, years: number): number {
  return 1 + ratePerYear * years;
}
