/*
 * Liquidation in a lending pool in the contract's own integers, for checks against the chain. Prices have eight decimals.
 * Source: aave-dao/aave-v3-origin, LiquidationLogic and GenericLogic.
 */
import { FULL_BPS, multiplyDivideUp, percentMul, wadDiv } from '../math/fixed-point.ts';

/** One dollar in the pool's base currency. */
export const BASE_UNIT = 10n ** 8n;
const FULL_LIQUIDATION_HEALTH_FACTOR = 0.95;
const SMALL_POSITION_BASE = 2_000n * BASE_UNIT;
const SMALLEST_LEFTOVER_BASE = 1_000n * BASE_UNIT;

/** One collateral, one debt, and what the liquidator offers. */
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
  readonly healthFactor: number;
  /** Offered repayment; null = as much as is allowed. */
  readonly debtToCover: bigint | null;
};

/** What the contract would do. Amounts in the assets' own smallest units. */
export type PoolLiquidationOutcome = {
  readonly maxLiquidatableDebt: bigint;
  readonly closeFactorBps: bigint;
  readonly debtRepaid: bigint;
  readonly collateralToLiquidator: bigint;
  readonly protocolFee: bigint;
  /** The contract refuses to leave a rest below 1,000 dollars on both sides. */
  readonly revertsMustNotLeaveDust: boolean;
  readonly collateralLeft: bigint;
  readonly debtLeft: bigint;
  /** Debt left when no collateral is. */
  readonly badDebt: bigint;
};

/** Amounts of one liquidation call; the caller has checked that the health factor is below one. */
export function liquidateExactly(call: PoolLiquidation): PoolLiquidationOutcome {
  const collateralUnit = 10n ** BigInt(call.collateralDecimals);
  const debtUnit = 10n ** BigInt(call.debtDecimals);
  const collateralBase = (call.collateral * call.collateralPriceBase) / collateralUnit;
  const debtBase = (call.debt * call.debtPriceBase) / debtUnit;
  const isWhole =
    call.healthFactor <= FULL_LIQUIDATION_HEALTH_FACTOR || collateralBase < SMALL_POSITION_BASE || debtBase < SMALL_POSITION_BASE;
  const closeFactorBps = isWhole ? FULL_BPS : FULL_BPS / 2n;
  const maxLiquidatableDebt = (call.debt * closeFactorBps) / FULL_BPS;
  const cover = call.debtToCover === null || call.debtToCover > maxLiquidatableDebt ? maxLiquidatableDebt : call.debtToCover;
  const { seized, repaid } = seize(call, cover, collateralUnit * call.debtPriceBase, debtUnit * call.collateralPriceBase);
  const bonusPart = seized - (seized * FULL_BPS) / call.bonusBps;
  const protocolFee = multiplyDivideUp(bonusPart, call.protocolFeeBps, FULL_BPS);
  const collateralLeft = call.collateral - seized;
  const debtLeft = call.debt - repaid;
  const collateralLeftBase = (collateralLeft * call.collateralPriceBase) / collateralUnit;
  const debtLeftBase = (debtLeft * call.debtPriceBase) / debtUnit;
  const leavesBoth = collateralLeft > 0n && debtLeft > 0n;
  return {
    maxLiquidatableDebt,
    closeFactorBps,
    debtRepaid: repaid,
    collateralToLiquidator: seized - protocolFee,
    protocolFee,
    revertsMustNotLeaveDust: leavesBoth && (collateralLeftBase < SMALLEST_LEFTOVER_BASE || debtLeftBase < SMALLEST_LEFTOVER_BASE),
    collateralLeft,
    debtLeft,
    badDebt: collateralLeft === 0n ? debtLeft : 0n,
  };
}

/** Collateral taken for a repayment, with the bonus; all of it and the smaller repayment when there is not enough. */
function seize(
  call: PoolLiquidation,
  cover: bigint,
  collateralPerDebt: bigint,
  debtPerCollateral: bigint,
): { seized: bigint; repaid: bigint } {
  const wanted = (((cover * collateralPerDebt) / debtPerCollateral) * call.bonusBps) / FULL_BPS;
  if (wanted <= call.collateral) return { seized: wanted, repaid: cover };
  const worth = multiplyDivideUp(call.collateral, debtPerCollateral, collateralPerDebt);
  return { seized: call.collateral, repaid: percentDivUp(worth, call.bonusBps) };
}

function percentDivUp(value: bigint, bps: bigint): bigint {
  return multiplyDivideUp(value, FULL_BPS, bps);
}

/** A supplied or borrowed reserve of an account, value in base units. */
export type ReserveBalance = {
  readonly suppliedBase: bigint;
  readonly borrowedBase: bigint;
  readonly isCollateral: boolean;
  readonly loanToValueBps: bigint;
  readonly thresholdBps: bigint;
};

/** Account totals as the pool reports them, base units. */
export type PoolTotals = {
  readonly suppliedBase: bigint;
  readonly collateralBase: bigint;
  readonly debtBase: bigint;
  /** Σ collateral × loan-to-value, base units × bps. */
  readonly borrowableBaseBps: bigint;
  /** Σ collateral × threshold, base units × bps. */
  readonly thresholdBaseBps: bigint;
};

/** Sums over an account's reserves. A supply that is not used as collateral counts in the supply only. */
export function poolTotals(reserves: readonly ReserveBalance[]): PoolTotals {
  let suppliedBase = 0n;
  let collateralBase = 0n;
  let debtBase = 0n;
  let borrowableBaseBps = 0n;
  let thresholdBaseBps = 0n;
  for (const reserve of reserves) {
    suppliedBase += reserve.suppliedBase;
    debtBase += reserve.borrowedBase;
    if (!reserve.isCollateral) continue;
    collateralBase += reserve.suppliedBase;
    borrowableBaseBps += reserve.suppliedBase * reserve.loanToValueBps;
    thresholdBaseBps += reserve.suppliedBase * reserve.thresholdBps;
  }
  return { suppliedBase, collateralBase, debtBase, borrowableBaseBps, thresholdBaseBps };
}

/**
 * Health factor, wad, halves up; null without debt.
 *
 * @param collateral and debt in the same unit
 * @param thresholdBps liquidation threshold of the whole collateral
 */
export function healthFactorWad(collateral: bigint, debt: bigint, thresholdBps: bigint): bigint | null {
  return debt === 0n ? null : wadDiv(collateral * thresholdBps, debt * FULL_BPS);
}

/** What may still be borrowed: collateral × loan-to-value − debt, not below 0. */
export function availableToBorrow(collateral: bigint, debt: bigint, loanToValueBps: bigint): bigint {
  const available = percentMul(collateral, loanToValueBps) - debt;
  return available > 0n ? available : 0n;
}
