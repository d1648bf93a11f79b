/*
 * Liquidation in a lending pool in the contracts' own integers.
 * Source: aave-dao/aave-v3-origin and npm @aave/core-v3, LiquidationLogic.
 */
import { FULL_BPS, multiplyDivide, percentMul, WAD } from '../../../math/fixed-point.ts';
import { accountState } from './pool-account.ts';
import type { AccountState, PoolLine } from './pool-account.ts';
import { debtAmount, debtBase, scaledRepaid, scaledWithdrawn, supplyAmount, supplyBase } from './pool-balance.ts';
import type { PoolRevision } from './pool-revision.ts';

/** At or below this health factor the whole debt of a reserve may be repaid. */
const FULL_LIQUIDATION_WAD = (WAD * 95n) / 100n;

/** One collateral, one debt, and what the liquidator offers. Amounts in the assets' own smallest units. */
export type PoolLiquidation = {
  readonly collateral: bigint;
  readonly collateralDecimals: number;
  readonly collateralPriceBase: bigint;
  readonly debt: bigint;
  readonly debtDecimals: number;
  readonly debtPriceBase: bigint;
  /** 10,500 = bonus of 5 %. */
  readonly bonusBps: bigint;
  /** Share of the bonus part that the protocol keeps. */
  readonly protocolFeeBps: bigint;
  /** Of the whole account, below one. */
  readonly healthFactorWad: bigint;
  /** Debt of the whole account in all its reserves. */
  readonly accountDebtBase: bigint;
  /** Offered repayment; null = as much as is allowed. */
  readonly debtToCover: bigint | null;
};

/** What the contract would do. Amounts in the assets' own smallest units. */
export type PoolLiquidationOutcome = {
  readonly maxLiquidatableDebt: bigint;
  /** All of the reserve's debt may be repaid. */
  readonly isWhole: boolean;
  readonly debtRepaid: bigint;
  readonly collateralToLiquidator: bigint;
  readonly protocolFee: bigint;
  /** The contract refuses to leave too small a rest of both sides. */
  readonly revertsMustNotLeaveDust: boolean;
  readonly collateralLeft: bigint;
  readonly debtLeft: bigint;
};

/** Amounts of one liquidation call; the caller has checked that the health factor is below one. */
export function liquidateExactly(call: PoolLiquidation, revision: PoolRevision): PoolLiquidationOutcome {
  const { isWhole, maxLiquidatableDebt } = largestRepayment(call, revision);
  const cover = call.debtToCover === null || call.debtToCover > maxLiquidatableDebt ? maxLiquidatableDebt : call.debtToCover;
  const { seized, repaid } = seize(call, cover, revision);
  const bonusPart = seized - multiplyDivide(seized, FULL_BPS, call.bonusBps, revision.rounding.withoutBonus);
  const protocolFee = multiplyDivide(bonusPart, call.protocolFeeBps, FULL_BPS, revision.rounding.fee);
  const collateralLeft = call.collateral - seized;
  const debtLeft = call.debt - repaid;
  const smallest = revision.smallestLeftoverBase;
  const leavesDust =
    collateralLeft > 0n &&
    debtLeft > 0n &&
    (supplyBase(collateralLeft, call.collateralPriceBase, call.collateralDecimals) < smallest ||
      debtBase(debtLeft, call.debtPriceBase, { decimals: call.debtDecimals, revision }) < smallest);
  return {
    maxLiquidatableDebt,
    isWhole,
    debtRepaid: repaid,
    collateralToLiquidator: seized - protocolFee,
    protocolFee,
    revertsMustNotLeaveDust: leavesDust,
    collateralLeft,
    debtLeft,
  };
}

/**
 * Most that one call may repay. Above the full-liquidation line it is half: of the reserve's debt, or, where the half is that of the
 * account and neither side is small, the worth of half of all debt if the reserve's debt is more than that.
 */
function largestRepayment(call: PoolLiquidation, revision: PoolRevision): { isWhole: boolean; maxLiquidatableDebt: bigint } {
  const whole = { isWhole: true, maxLiquidatableDebt: call.debt };
  if (call.healthFactorWad <= FULL_LIQUIDATION_WAD) return whole;
  if (revision.halfOf === 'reserveDebt') return { isWhole: false, maxLiquidatableDebt: percentMul(call.debt, FULL_BPS / 2n) };
  const collateralBase = supplyBase(call.collateral, call.collateralPriceBase, call.collateralDecimals);
  const owedBase = debtBase(call.debt, call.debtPriceBase, { decimals: call.debtDecimals, revision });
  const halfBase = percentMul(call.accountDebtBase, FULL_BPS / 2n);
  if (collateralBase < revision.smallPositionBase || owedBase < revision.smallPositionBase || owedBase <= halfBase) return whole;
  return { isWhole: false, maxLiquidatableDebt: (halfBase * 10n ** BigInt(call.debtDecimals)) / call.debtPriceBase };
}

/** Collateral taken for a repayment, with the bonus; all of it and the smaller repayment when there is not enough. */
function seize(call: PoolLiquidation, cover: bigint, { rounding }: PoolRevision): { seized: bigint; repaid: bigint } {
  const perDebt = call.debtPriceBase * 10n ** BigInt(call.collateralDecimals);
  const perCollateral = call.collateralPriceBase * 10n ** BigInt(call.debtDecimals);
  const wanted = multiplyDivide((cover * perDebt) / perCollateral, call.bonusBps, FULL_BPS, rounding.seized);
  if (wanted <= call.collateral) return { seized: wanted, repaid: cover };
  const worth = multiplyDivide(call.collateral, perCollateral, perDebt, rounding.worth);
  return { seized: call.collateral, repaid: multiplyDivide(worth, FULL_BPS, call.bonusBps, rounding.repaid) };
}

/** What a liquidation of an account does, or why it is refused. */
export type AccountLiquidation =
  | { readonly status: 'healthy' | 'notCollateral' | 'notBorrowed' | 'leavesDust' | 'burnsNothing' }
  | {
      readonly status: 'done';
      readonly debtRepaid: bigint;
      readonly collateralToLiquidator: bigint;
      /** What the protocol gets, in scaled units of the collateral. */
      readonly protocolFeeScaled: bigint;
      /** The account afterwards. */
      readonly lines: readonly PoolLine[];
      /** Debt of each line that no collateral is left for; written off or still owed, as the revision has it. */
      readonly badDebt: readonly bigint[];
    };

/** Which collateral is taken for which debt, by line, and what is offered; null = as much as is allowed. */
export type LiquidationOrder = { readonly collateral: number; readonly debt: number; readonly debtToCover: bigint | null };

/** A liquidation call on an account, from its scaled balances to those it leaves. */
export function liquidateAccount(lines: readonly PoolLine[], order: LiquidationOrder, revision: PoolRevision): AccountLiquidation {
  const before = accountState(lines, revision);
  const from = lines[order.collateral]!;
  const owed = lines[order.debt]!;
  if (before.healthFactorWad === null || before.healthFactorWad >= WAD) return { status: 'healthy' };
  if (!from.isCollateral) return { status: 'notCollateral' };
  if (owed.scaledDebt === 0n) return { status: 'notBorrowed' };
  const call: PoolLiquidation = {
    collateral: supplyAmount(from.scaledSupply, from.supplyIndexRay, revision),
    collateralDecimals: from.decimals,
    collateralPriceBase: from.priceBase,
    debt: debtAmount(owed.scaledDebt, owed.debtIndexRay, revision),
    debtDecimals: owed.decimals,
    debtPriceBase: owed.priceBase,
    bonusBps: from.bonusBps,
    protocolFeeBps: from.protocolFeeBps,
    healthFactorWad: before.healthFactorWad,
    accountDebtBase: before.debtBase,
    debtToCover: order.debtToCover,
  };
  const outcome = liquidateExactly(call, revision);
  if (outcome.revertsMustNotLeaveDust) return { status: 'leavesDust' };
  return settle(lines, order, { before, outcome, revision, collateral: call.collateral });
}

type Settling = {
  readonly before: AccountState;
  readonly outcome: PoolLiquidationOutcome;
  readonly revision: PoolRevision;
  readonly collateral: bigint;
};

/** Balances after the call. Shares are rounded on their own, so the fee takes at most what the seizure left. */
function settle(
  lines: readonly PoolLine[],
  order: LiquidationOrder,
  { before, outcome, revision, collateral }: Settling,
): AccountLiquidation {
  const from = lines[order.collateral]!;
  const seized = outcome.collateralToLiquidator + outcome.protocolFee;
  const scaledLeft = from.scaledSupply - scaledWithdrawn(outcome.collateralToLiquidator, from.supplyIndexRay, revision);
  const feeWanted = scaledWithdrawn(outcome.protocolFee, from.supplyIndexRay, revision);
  const protocolFeeScaled = feeWanted > scaledLeft ? scaledLeft : feeWanted;
  const isAllTaken = before.collateralBase === supplyBase(seized, from.priceBase, from.decimals);
  const isWrittenOff = revision.writesOffBadDebt && isAllTaken;
  const scaledPaid = scaledRepaid(outcome.debtRepaid, lines[order.debt]!.debtIndexRay, revision);
  if (scaledLeft === from.scaledSupply || (scaledPaid === 0n && !isWrittenOff)) return { status: 'burnsNothing' };
  const badDebt = lines.map((line, k) => {
    if (!isAllTaken) return 0n;
    return k === order.debt ? outcome.debtLeft : debtAmount(line.scaledDebt, line.debtIndexRay, revision);
  });
  const after = lines.map((line, k): PoolLine => {
    const isTaken = k === order.collateral;
    return {
      ...line,
      scaledSupply: isTaken ? scaledLeft - protocolFeeScaled : line.scaledSupply,
      isCollateral: line.isCollateral && !(isTaken && seized === collateral),
      scaledDebt: isWrittenOff ? 0n : line.scaledDebt - (k === order.debt ? scaledPaid : 0n),
    };
  });
  const { debtRepaid, collateralToLiquidator } = outcome;
  return { status: 'done', debtRepaid, collateralToLiquidator, protocolFeeScaled, lines: after, badDebt };
}
