/*
 * Worth and health of an account in a lending pool, in the contracts' own integers. Base units are dollars with eight decimals.
 * Source: aave-dao/aave-v3-origin and npm @aave/core-v3, GenericLogic.
 */
import { FULL_BPS, percentMul, wadDiv } from '../../../math/fixed-point.ts';
import { debtAmount, debtBase, supplyAmount, supplyBase } from './pool-balance.ts';
import type { PoolRevision } from './pool-revision.ts';

/** What an asset counts for as collateral; a bonus of 10,500 = 5 %. */
export type CollateralTerms = { readonly loanToValueBps: bigint; readonly thresholdBps: bigint; readonly bonusBps: bigint };

/** An account's balances of one reserve, with the reserve as it is now. */
export type PoolLine = CollateralTerms & {
  readonly decimals: number;
  readonly priceBase: bigint;
  readonly supplyIndexRay: bigint;
  readonly debtIndexRay: bigint;
  /** Share of the bonus that the protocol keeps. */
  readonly protocolFeeBps: bigint;
  readonly scaledSupply: bigint;
  readonly scaledDebt: bigint;
  readonly isCollateral: boolean;
};

/** Sums over an account's reserves. */
export type PoolTotals = {
  /** Every supply, used as collateral or not, base units. */
  readonly suppliedBase: bigint;
  readonly collateralBase: bigint;
  readonly debtBase: bigint;
  /** Σ collateral × loan-to-value, base units × bps. */
  readonly borrowableBaseBps: bigint;
  /** Σ collateral × threshold, base units × bps. */
  readonly thresholdBaseBps: bigint;
};

/** What the pool says of an account. */
export type AccountState = {
  readonly collateralBase: bigint;
  readonly debtBase: bigint;
  /** What may still be borrowed. */
  readonly availableBase: bigint;
  /** Averages by value, cut to a whole basis point; 0 without collateral. */
  readonly thresholdBps: bigint;
  readonly loanToValueBps: bigint;
  /** Liquidated strictly below 10^18; null without debt. */
  readonly healthFactorWad: bigint | null;
};

/** A supplied or borrowed reserve of an account, value in base units. */
export type ReserveBalance = {
  readonly suppliedBase: bigint;
  readonly borrowedBase: bigint;
  readonly isCollateral: boolean;
  readonly loanToValueBps: bigint;
  readonly thresholdBps: bigint;
};

/** Terms of an asset in an account: those of its efficiency mode where the mode takes the asset as collateral (null = it does not). */
export function termsInMode(own: CollateralTerms, mode: CollateralTerms | null, revision: PoolRevision): CollateralTerms {
  if (mode === null) return own;
  return revision.keepsZeroLoanToValue && own.loanToValueBps === 0n ? { ...mode, loanToValueBps: 0n } : mode;
}

/** Worth and health of the account at the prices and indices of its lines. */
export function accountState(lines: readonly PoolLine[], revision: PoolRevision): AccountState {
  const totals = poolTotals(lines.map((line) => balanceOf(line, revision)));
  const { collateralBase, debtBase: owedBase } = totals;
  const average = (weighted: bigint): bigint => (collateralBase === 0n ? 0n : weighted / collateralBase);
  const loanToValueBps = average(totals.borrowableBaseBps);
  return {
    collateralBase,
    debtBase: owedBase,
    availableBase: revision.isAgainstAccount
      ? atLeastZero((collateralBase * loanToValueBps) / FULL_BPS - owedBase)
      : availableToBorrow(collateralBase, owedBase, loanToValueBps),
    thresholdBps: average(totals.thresholdBaseBps),
    loanToValueBps,
    healthFactorWad: poolHealthWad(totals, revision),
  };
}

/** Values of one line, base units. */
export function balanceOf(line: PoolLine, revision: PoolRevision): ReserveBalance {
  const { priceBase, decimals } = line;
  return {
    suppliedBase: supplyBase(supplyAmount(line.scaledSupply, line.supplyIndexRay, revision), priceBase, decimals),
    borrowedBase: debtBase(debtAmount(line.scaledDebt, line.debtIndexRay, revision), priceBase, { decimals, revision }),
    isCollateral: line.isCollateral,
    loanToValueBps: line.loanToValueBps,
    thresholdBps: line.thresholdBps,
  };
}

/** Health factor of an account's totals, wad, rounded as the revision does; null without debt. */
export function poolHealthWad(
  totals: Pick<PoolTotals, 'collateralBase' | 'debtBase' | 'thresholdBaseBps'>,
  revision: PoolRevision,
): bigint | null {
  const { collateralBase, debtBase: owedBase, thresholdBaseBps } = totals;
  if (owedBase === 0n) return null;
  if (revision.isHealthFromSum) return wadDiv(thresholdBaseBps, owedBase) / FULL_BPS;
  const averageBps = collateralBase === 0n ? 0n : thresholdBaseBps / collateralBase;
  return wadDiv(percentMul(collateralBase, averageBps), owedBase);
}

/** Sums over an account's reserves. A supply that is not used as collateral counts in the supply only. */
export function poolTotals(reserves: readonly ReserveBalance[]): PoolTotals {
  let suppliedBase = 0n;
  let collateralBase = 0n;
  let owedBase = 0n;
  let borrowableBaseBps = 0n;
  let thresholdBaseBps = 0n;
  for (const reserve of reserves) {
    suppliedBase += reserve.suppliedBase;
    owedBase += reserve.borrowedBase;
    if (!reserve.isCollateral) continue;
    collateralBase += reserve.suppliedBase;
    borrowableBaseBps += reserve.suppliedBase * reserve.loanToValueBps;
    thresholdBaseBps += reserve.suppliedBase * reserve.thresholdBps;
  }
  return { suppliedBase, collateralBase, debtBase: owedBase, borrowableBaseBps, thresholdBaseBps };
}

/**
 * Health factor of one threshold as the interface library computes it, wad, halves up; null without debt.
 *
 * @param collateral and debt in the same unit
 * @param thresholdBps liquidation threshold of the whole collateral
 */
export function healthFactorWad(collateral: bigint, debt: bigint, thresholdBps: bigint): bigint | null {
  return debt === 0n ? null : wadDiv(collateral * thresholdBps, debt * FULL_BPS);
}

/** What may still be borrowed: collateral × loan-to-value, halves up, − debt, not below 0. */
export function availableToBorrow(collateral: bigint, debt: bigint, loanToValueBps: bigint): bigint {
  return atLeastZero(percentMul(collateral, loanToValueBps) - debt);
}

function atLeastZero(value: bigint): bigint {
  return value > 0n ? value : 0n;
}
