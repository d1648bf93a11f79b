/*
 * Vaults of the Maker type: one collateral, closed whole when collateral / debt falls below the liquidation ratio.
 * Source: makerdao/dss, Vat and Dog.
 */

/** Health = collateral / (liquidation ratio × debt), Infinity without debt; unsafe strictly below 1. */
export function vaultHealth(collateralUsd: number, debtUsd: number, liquidationRatio: number): number {
  return debtUsd === 0 ? Infinity : collateralUsd / (liquidationRatio * debtUsd);
}

/** The liquidation ratio as a threshold on the scale of lending pools: 1 / ratio. */
export function vaultThreshold(liquidationRatio: number): number {
  return 1 / liquidationRatio;
}

/** What the auction of an unsafe vault has to raise, USD: debt × (1 + penalty). */
export function vaultAuctionTargetUsd(debtUsd: number, penaltyFraction: number): number {
  return debtUsd * (1 + penaltyFraction);
}
