/** Value of a holding, USD: quantity × price, negative for a debt. */
export function spotValueUsd(quantity: number, priceUsd: number): number {
  return quantity * priceUsd;
}

/**
 * Profit of a dollar-settled future or perpetual, USD: coins × (mark − entry). Long > 0.
 *
 * @param quantityCoin signed size in coins
 */
export function linearProfitUsd(quantityCoin: number, entryPrice: number, markPrice: number): number {
  return quantityCoin * (markPrice - entryPrice);
}

/** Notional of a dollar-settled future, USD, >= 0. */
export function linearNotionalUsd(quantityCoin: number, markPrice: number): number {
  return Math.abs(quantityCoin) * markPrice;
}

/**
 * Delta of a holding of a claim, in coins of the driver: quantity × claim price × elasticity / driver price. A wrapper that
 * moves one for one with its driver has elasticity 1; cash has 0.
 */
export function claimDeltaCoin(quantity: number, claimPriceUsd: number, driverPriceUsd: number, elasticity: number): number {
  return elasticity === 0 ? 0 : (quantity * claimPriceUsd * elasticity) / driverPriceUsd;
}
