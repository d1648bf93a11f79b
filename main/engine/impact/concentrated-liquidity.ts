/*
 * Liquidity L on a range of prices, where the pool behaves like a constant product of virtual reserves L/√p (base) and L√p (quote).
 * In floating point; the integers of the executed contract are in tick-pool/.
 */

/** Change of the pool's base between two prices of one range: L (1/√p₁ − 1/√p₀), above zero when the price falls. */
export function baseBetweenPrices(liquidity: number, priceFrom: number, priceTo: number): number {
  const [from, to] = [Math.sqrt(priceFrom), Math.sqrt(priceTo)];
  return (liquidity * (priceFrom - priceTo)) / ((from + to) * from * to);
}

/** Change of the pool's quote between two prices of one range: L (√p₁ − √p₀), below zero when the price falls. */
export function quoteBetweenPrices(liquidity: number, priceFrom: number, priceTo: number): number {
  return (liquidity * (priceTo - priceFrom)) / (Math.sqrt(priceFrom) + Math.sqrt(priceTo));
}
