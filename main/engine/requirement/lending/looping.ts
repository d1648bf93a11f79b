/*
 * Looping: borrowing against collateral to buy more of the same collateral, per unit of own money. All figures are shares of that
 * equity, at the price at which the loop was built.
 */
import { healthFactor } from './lending-pool.ts';

/** Collateral and debt of a looped position per unit of equity. */
export type LoopedPosition = { readonly exposure: number; readonly debt: number };

/**
 * A position after n loops at a loan-to-value l: exposure 1 + l + … + lⁿ, debt that less one. Summed, so that l = 1 needs no limit.
 *
 * @param loops whole, >= 0
 */
export function loopedPosition(loanToValue: number, loops: number): LoopedPosition {
  let exposure = 1;
  let debt = 0;
  for (let i = 0; i < loops; i += 1) {
    debt = loanToValue * exposure;
    exposure = 1 + debt;
  }
  return { exposure, debt };
}

/** The same with endless loops: 1 / (1 − l) and l / (1 − l); Infinity at or above l = 1, where the series has no sum. */
export function endlesslyLooped(loanToValue: number): LoopedPosition {
  if (loanToValue >= 1) return { exposure: Infinity, debt: Infinity };
  return { exposure: 1 / (1 - loanToValue), debt: loanToValue / (1 - loanToValue) };
}

/** Where a leveraged position stands against its liquidation threshold. */
export type LeveragedPosition = {
  /** Debt over collateral: 1 − 1 / leverage. */
  readonly loanToValue: number;
  /** Infinity without debt. */
  readonly healthFactor: number;
  /** Fall of the collateral's price that makes it liquidatable; below zero when it already is. */
  readonly fallToLiquidation: number;
};

/**
 * Distance of a position of a given leverage (collateral over equity): 1 − loan-to-value / threshold.
 *
 * @param leverage >= 1
 */
export function leveragedPosition(leverage: number, thresholdFraction: number): LeveragedPosition {
  const loanToValue = 1 - 1 / leverage;
  return {
    loanToValue,
    healthFactor: healthFactor(thresholdFraction, loanToValue),
    fallToLiquidation: 1 - loanToValue / thresholdFraction,
  };
}

/** Yearly return on the equity of a leveraged position: leverage × yield − (leverage − 1) × borrow rate. */
export function leveragedCarry(leverage: number, yieldPerYear: number, borrowRatePerYear: number): number {
  return leverage * yieldPerYear - (leverage - 1) * borrowRatePerYear;
}
