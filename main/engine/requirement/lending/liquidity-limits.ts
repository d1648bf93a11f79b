/*
 * Where selling stops helping: the loan-to-value above which a liquidation makes it worse, and the leverage above which a position
 * cannot be sold for its debt. Closed forms; how far prices move is in impact/.
 */
import { SQUARE_ROOT_AVERAGE, squareRootImpact } from '../../impact/volume-impact.ts';

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

/** Loan-to-value after a repayment x and the seizure of x (1 + bonus), and whether the step raised it. Null with nothing left. */
export type LiquidationStep = { readonly loanToValue: number | null; readonly isToxic: boolean };

/**
 * One liquidation of a position with a loan-to-value: (D − x) / (C − x (1 + i)). Whether it rises does not depend on x, only on
 * which side of the toxic line the loan-to-value lies; exactly on it nothing changes.
 */
export function liquidationStep(collateralUsd: number, loanToValue: number, repaidUsd: number, bonusFraction: number): LiquidationStep {
  const leftUsd = collateralUsd - repaidUsd * (1 + bonusFraction);
  return {
    loanToValue: leftUsd > 0 ? (loanToValue * collateralUsd - repaidUsd) / leftUsd : null,
    isToxic: loanToValue > toxicLoanToValue(bonusFraction),
  };
}

/**
 * Fall of the collateral's price, from where a position becomes liquidatable to where liquidating it turns toxic: 1 − LT (1 + i).
 *
 * @returns zero or below where every liquidation is toxic from the start
 */
export function fallBeforeToxic(thresholdFraction: number, bonusFraction: number): number {
  return 1 - toxicHealthFactor(thresholdFraction, bonusFraction);
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
  const impactFraction = squareRootImpact(impactCoefficient, dailyVolatility, quantity / dailyVolume);
  const assetsUsd = quantity * priceUsd;
  const equityUsd = assetsUsd - debtUsd;
  const impactAdjustedEquityUsd = equityUsd - SQUARE_ROOT_AVERAGE * impactFraction * assetsUsd;
  return {
    impactFraction,
    liquidationValueUsd: assetsUsd * (1 - SQUARE_ROOT_AVERAGE * impactFraction),
    equityUsd,
    impactAdjustedEquityUsd,
    leverage: equityUsd > 0 ? assetsUsd / equityUsd : null,
    criticalLeverage: impactFraction > 0 ? 3 / (2 * impactFraction) : null,
    isExitPossible: impactAdjustedEquityUsd > 0,
  };
}
