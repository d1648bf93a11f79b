/*
 * Balances of a lending pool: what is stored is the scaled balance, amount / index, and the index grows with interest. Amounts in the
 * asset's smallest unit, indices and rates in ray.
 * Source: aave-dao/aave-v3-origin, ReserveLogic and TokenMath; npm @aave/core-v3, ScaledBalanceTokenBase.
 */
import { multiplyDivide, RAY, rayMul } from '../../../math/fixed-point.ts';
import type { Rounding } from '../../../math/fixed-point.ts';
import { binomialContractRay, compoundedInterestRay, linearInterestRay } from '../interest-exact.ts';
import type { PoolRevision } from './pool-revision.ts';

/** An index when it was last stored, and what it grows by since. */
export type StoredIndex = { readonly indexRay: bigint; readonly rateRay: bigint; readonly seconds: bigint };

/** Supply index now: simple interest since it was stored, rounded down, times the stored index, halves up. */
export function supplyIndexRay({ indexRay, rateRay, seconds }: StoredIndex): bigint {
  return rayMul(linearInterestRay(rateRay, seconds, 'down'), indexRay);
}

/** Debt index now: compounded interest since it was stored, times the stored index, halves up. */
export function debtIndexRay({ indexRay, rateRay, seconds }: StoredIndex, revision: PoolRevision): bigint {
  const growth = revision.compounding === 'taylor' ? compoundedInterestRay(rateRay, seconds) : binomialContractRay(rateRay, seconds);
  return rayMul(growth, indexRay);
}

/** What a supplier owns. */
export function supplyAmount(scaled: bigint, indexRay: bigint, revision: PoolRevision): bigint {
  return multiplyDivide(scaled, indexRay, RAY, against(revision, 'down'));
}

/** What a borrower owes. */
export function debtAmount(scaled: bigint, indexRay: bigint, revision: PoolRevision): bigint {
  return multiplyDivide(scaled, indexRay, RAY, against(revision, 'up'));
}

/** Scaled balance that a deposit adds. */
export function scaledSupplied(amount: bigint, indexRay: bigint, revision: PoolRevision): bigint {
  return multiplyDivide(amount, RAY, indexRay, against(revision, 'down'));
}

/** Scaled balance that a withdrawal, a seizure or a transfer takes. */
export function scaledWithdrawn(amount: bigint, indexRay: bigint, revision: PoolRevision): bigint {
  return multiplyDivide(amount, RAY, indexRay, against(revision, 'up'));
}

/** Scaled debt that a loan adds. */
export function scaledBorrowed(amount: bigint, indexRay: bigint, revision: PoolRevision): bigint {
  return multiplyDivide(amount, RAY, indexRay, against(revision, 'up'));
}

/** Scaled debt that a repayment takes. */
export function scaledRepaid(amount: bigint, indexRay: bigint, revision: PoolRevision): bigint {
  return multiplyDivide(amount, RAY, indexRay, against(revision, 'down'));
}

/** Worth of an owned amount, base units, rounded down. */
export function supplyBase(amount: bigint, priceBase: bigint, decimals: number): bigint {
  return (amount * priceBase) / 10n ** BigInt(decimals);
}

/** Worth of an owed amount, base units. */
export function debtBase(amount: bigint, priceBase: bigint, asset: { readonly decimals: number; readonly revision: PoolRevision }): bigint {
  return multiplyDivide(amount, priceBase, 10n ** BigInt(asset.decimals), asset.revision.isAgainstAccount ? 'up' : 'down');
}

function against(revision: PoolRevision, rounding: Rounding): Rounding {
  return revision.isAgainstAccount ? rounding : 'nearest';
}
