/*
 * Compound III: one base asset borrowed against several collaterals. There is no close factor: an underwater account is absorbed whole.
 * Source: compound-finance/comet, Comet.sol.
 */

/** Collateral of one account, one entry per asset. `factors` is the borrow, liquidate or liquidation factor as asked. */
export function factoredCollateralUsd(collateralUsd: Float64Array, factors: Float64Array): number {
  let total = 0;
  for (let i = 0; i < collateralUsd.length; i += 1) total += collateralUsd[i]! * factors[i]!;
  return total;
}

/** Liquidatable when Σ collateral × liquidate factor is strictly less than the debt. */
export function isAbsorbable(liquidateValueUsd: number, debtUsd: number): boolean {
  return liquidateValueUsd < debtUsd;
}

/** May borrow more while Σ collateral × borrow factor covers the debt. */
export function isBorrowCollateralised(borrowValueUsd: number, debtUsd: number): boolean {
  return borrowValueUsd >= debtUsd;
}

/** Balance after absorption and what the protocol's reserves lose, USD. */
export type Absorption = { readonly balanceUsd: number; readonly reservesLossUsd: number };

/**
 * Absorption: all collateral is seized and credited at its liquidation factor against the debt. What is left over stays as
 * a positive base balance; what is missing is taken from the reserves and the account ends at zero.
 *
 * @param creditedUsd Σ collateral × liquidation factor
 */
export function absorb(creditedUsd: number, debtUsd: number): Absorption {
  const left = creditedUsd - debtUsd;
  return { balanceUsd: Math.max(0, left), reservesLossUsd: Math.max(0, -left) };
}

/** One side's interest curve: per year, with its own kink. */
export type BaseCurve = { readonly base: number; readonly slopeLow: number; readonly slopeHigh: number; readonly kink: number };

/** Rate per year at a utilisation: base + low slope up to the kink, high slope beyond it. */
export function baseMarketRate(utilisation: number, curve: BaseCurve): number {
  const { base, slopeLow, slopeHigh, kink } = curve;
  return base + slopeLow * Math.min(utilisation, kink) + slopeHigh * Math.max(0, utilisation - kink);
}
