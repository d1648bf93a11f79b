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

/**
 * Share of an unsafe vault's debt that goes to auction: as much as the room allows, the whole where the rest would be smaller
 * than dust, and nothing where the room or the part itself is.
 *
 * @param roomUsd what auctions may still have to raise, penalty included; Infinity without a limit
 * @param dustUsd smallest vault
 * @returns 0 … 1
 * Source: makerdao/dss, Dog.bark; vault-exact.ts has the contract's integers.
 */
export function auctionShare(debtUsd: number, penaltyFraction: number, roomUsd: number, dustUsd: number): number {
  if (!(roomUsd > 0) || roomUsd < dustUsd) return 0;
  const allowedUsd = roomUsd / (1 + penaltyFraction);
  if (allowedUsd >= debtUsd || debtUsd - allowedUsd < dustUsd) return 1;
  return allowedUsd < dustUsd ? 0 : allowedUsd / debtUsd;
}

/** What the auction of an unsafe vault has to raise, USD: debt × (1 + penalty). */
export function vaultAuctionTargetUsd(debtUsd: number, penaltyFraction: number): number {
  return debtUsd * (1 + penaltyFraction);
}
