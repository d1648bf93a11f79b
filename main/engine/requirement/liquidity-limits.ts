/*
 * Where selling stops helping: the loan-to-value above which a liquidation makes it worse, the leverage above which a position
 * cannot be sold for its debt, and the quantity a pool takes within a discount. Closed forms.
 */

/**
 * Loan-to-value above which each liquidation raises the loan-to-value: 1 / (1 + bonus). At exactly this value it stays unchanged.
 *
 * Source: the derivative of (D − x) / (C − x (1 + i)) by x is positive iff D (1 + i) > C.
 */
export function toxicLoanToValue(bonusFraction: number): number {
  return 1 / (1 + bonusFraction);
}

/** The same line as a health factor: threshold × (1 + bonus); below it a liquidation lowers the health factor. */
export function toxicHealthFactor(thresholdFraction: number, bonusFraction: number): number {
  return thresholdFraction * (1 + bonusFraction);
}

/** Whether a liquidation makes the position worse: debt × (1 + bonus) > collateral, strictly. */
export function isToxic(collateralUsd: number, debtUsd: number, bonusFraction: number): boolean {
  return debtUsd * (1 + bonusFraction) > collateralUsd;
}

/** A position sold into a market whose impact follows the square root of the share of a day's volume. */
export type SoldPosition = {
  readonly quantity: number;
  readonly priceUsd: number;
  readonly debtUsd: number;
  readonly dailyVolume: number;
  readonly dailyVolatility: number;
  /** Dimensionless, about 1. */
  readonly impactCoefficient: number;
};

/** What is left of a position after its own impact. Null where the quotient does not exist. */
export type ImpactAdjusted = {
  readonly impactFraction: number;
  readonly liquidationValueUsd: number;
  readonly equityUsd: number;
  readonly impactAdjustedEquityUsd: number;
  readonly leverage: number | null;
  /** Assets over equity above which selling everything does not cover the debt: 3 / (2 I). */
  readonly criticalLeverage: number | null;
  readonly isExitPossible: boolean;
};

/**
 * Impact I = Y σ √(Q/V); sold piece by piece the average price is lower by 2I/3, so the position yields A (1 − 2I/3).
 *
 * Source of the square-root law: e.g. J.-P. Bouchaud, "Price impact" (2010); the critical leverage is its algebra.
 */
export function impactAdjusted(position: SoldPosition): ImpactAdjusted {
  const { quantity, priceUsd, debtUsd, dailyVolume, dailyVolatility, impactCoefficient } = position;
  const impactFraction = impactCoefficient * dailyVolatility * Math.sqrt(quantity / dailyVolume);
  const assetsUsd = quantity * priceUsd;
  const equityUsd = assetsUsd - debtUsd;
  const impactAdjustedEquityUsd = equityUsd - (2 / 3) * impactFraction * assetsUsd;
  return {
    impactFraction,
    liquidationValueUsd: assetsUsd * (1 - (2 * impactFraction) / 3),
    equityUsd,
    impactAdjustedEquityUsd,
    leverage: equityUsd > 0 ? assetsUsd / equityUsd : null,
    criticalLeverage: impactFraction > 0 ? 3 / (2 * impactFraction) : null,
    isExitPossible: impactAdjustedEquityUsd > 0,
  };
}

/** Largest sale into a constant-product pool that leaves its price within a discount: R (1/√(1 − i) − 1). */
export function largestSaleBySpot(reserve: number, discountFraction: number): number {
  return reserve * (1 / Math.sqrt(1 - discountFraction) - 1);
}

/** Largest sale into a constant-product pool whose average price is within a discount: R i / (1 − i). */
export function largestSaleByAverage(reserve: number, discountFraction: number): number {
  return (reserve * discountFraction) / (1 - discountFraction);
}

/** Price of a constant-product pool after a sale over the price before it: (R / (R + q))². */
export function spotAfterSale(reserve: number, quantity: number): number {
  return averageOfSale(reserve, quantity) ** 2;
}

/** Average price of a sale into a constant-product pool over the price before it: R / (R + q). */
export function averageOfSale(reserve: number, quantity: number): number {
  return reserve / (reserve + quantity);
}
