/*
 * A pool that keeps the product of its two reserves: x y = k. R is the reserve of what is sold, q the quantity sold without its fee.
 * Every function is homogeneous in the units of the reserve, so that shares of the reserve may be given instead.
 */

/**
 * What a sale brings: R_out q' / (R + q') with q' = q (1 − fee); the fee is taken from what comes in and stays in the pool.
 *
 * @param feeFraction 0.003 is 0.3 %
 * @returns in units of the other reserve
 */
export function constantProductOut(reserveIn: number, reserveOut: number, quantity: number, feeFraction: number): number {
  const sold = quantity * (1 - feeFraction);
  return (reserveOut * sold) / (reserveIn + sold);
}

/** A sale into a constant-product pool: prices are units of the other reserve per unit sold. */
export type ConstantProductSale = {
  readonly amountOut: number;
  readonly averagePrice: number;
  readonly spotBefore: number;
  /** With the fee left in the pool. */
  readonly spotAfter: number;
  /** 1 − average / spot before, fee included, without the cancellation of that difference. */
  readonly slippageFraction: number;
};

/** Amount and prices of a sale; at quantity 0 the average is the limit (1 − fee) × spot. */
export function sellConstantProduct(reserveIn: number, reserveOut: number, quantity: number, feeFraction: number): ConstantProductSale {
  const sold = quantity * (1 - feeFraction);
  const amountOut = constantProductOut(reserveIn, reserveOut, quantity, feeFraction);
  return {
    amountOut,
    averagePrice: ((1 - feeFraction) * reserveOut) / (reserveIn + sold),
    spotBefore: reserveOut / reserveIn,
    spotAfter: (reserveOut - amountOut) / (reserveIn + quantity),
    slippageFraction: (feeFraction * reserveIn + sold) / (reserveIn + sold),
  };
}

/**
 * What a sale brings in whole units, as the pair contract of the 0.3 % kind pays it: 997 q R_out / (1000 R + 997 q), rounded down.
 *
 * Source: Uniswap v2 white paper, section 3.2.1.
 */
export function constantProductOutExactly(reserveIn: bigint, reserveOut: bigint, quantity: bigint): bigint {
  const sold = quantity * 997n;
  return (sold * reserveOut) / (reserveIn * 1000n + sold);
}

/** Largest sale that leaves the price within a discount: R (1/√(1 − i) − 1). */
export function largestSaleBySpot(reserve: number, discountFraction: number): number {
  return reserve * (1 / Math.sqrt(1 - discountFraction) - 1);
}

/** Largest sale whose average price is within a discount: R i / (1 − i). */
export function largestSaleByAverage(reserve: number, discountFraction: number): number {
  return (reserve * discountFraction) / (1 - discountFraction);
}

/** Price after a sale over the price before it: (R / (R + q))². */
export function spotAfterSale(reserve: number, quantity: number): number {
  return averageOfSale(reserve, quantity) ** 2;
}

/** Average price of a sale over the price before it: R / (R + q). */
export function averageOfSale(reserve: number, quantity: number): number {
  return reserve / (reserve + quantity);
}
