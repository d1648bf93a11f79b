/*
 * Isolated lending markets of the Morpho type: one collateral, one loan asset, one liquidation loan-to-value (LLTV), no close factor.
 * Source: morpho-org/morpho-blue, ConstantsLib and the liquidate function's rules.
 */

/**
 * Liquidation incentive factor: min(maximum, 1 / (1 − cursor × (1 − LLTV))); the liquidator receives repaid × factor.
 *
 * @param liquidationLoanToValue fraction
 * @param cursor 0.3 on Morpho Blue
 * @param maximum 1.15 on Morpho Blue
 */
export function incentiveFactor(liquidationLoanToValue: number, cursor: number, maximum: number): number {
  return Math.min(maximum, 1 / (1 - cursor * (1 - liquidationLoanToValue)));
}

/** Health = collateral × LLTV / debt, Infinity without debt; liquidatable below 1 (at exactly 1 the position is healthy). */
export function isolatedHealth(collateralUsd: number, liquidationLoanToValue: number, debtUsd: number): number {
  return debtUsd === 0 ? Infinity : (collateralUsd * liquidationLoanToValue) / debtUsd;
}
