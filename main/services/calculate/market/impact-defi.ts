import { z } from 'zod';
import { sizeCollateralAction } from '../../../engine/hedge/collateral-action.ts';
import { baseBetweenPrices, quoteBetweenPrices } from '../../../engine/impact/concentrated-liquidity.ts';
import {
  averageOfSale,
  constantProductOut,
  constantProductOutExactly,
  largestSaleBySpot,
  sellConstantProduct,
} from '../../../engine/impact/constant-product.ts';
import { linearImpact, linearImpactCost, SQUARE_ROOT_AVERAGE, squareRootImpact } from '../../../engine/impact/volume-impact.ts';
import {
  fallBeforeToxic,
  liquidationStep,
  toxicHealthFactor,
  toxicLoanToValue,
} from '../../../engine/requirement/lending/liquidity-limits.ts';
import { endlesslyLooped, leveragedCarry, leveragedPosition, loopedPosition } from '../../../engine/requirement/lending/looping.ts';
import { integer, unknownGroup } from '../case-values.ts';
import type { CaseFunction, CaseOutput } from '../case-values.ts';

const amount = z.number().nonnegative();
const positive = z.number().positive();
const fraction = z.number().min(0).max(1);
const positiveInteger = integer.refine((value) => value > 0n, 'above zero');

const saleInput = z.object({ reserveIn: positive, reserveOut: positive, amountIn: amount, fee: fraction });
const pairInput = z.object({ amountIn: positiveInteger, reserveIn: positiveInteger, reserveOut: positiveInteger });
const depthInput = z.object({ reserveBaseUsd: positive, reserveQuoteUsd: positive, priceDrop: z.number().min(0).lt(1) });
const rangeInput = z.object({ L: amount, p0: positive, p1: positive });
const rootInput = z.object({ Y: amount, sigmaDaily: amount, size: amount, adv: positive });
const linearInput = z.object({ lambda_: amount, size: amount });
const loopInput = z.object({ ltv: fraction });
const loopsInput = z.object({ ltv: fraction, loops: z.number().int().nonnegative().max(100_000) });
const leverageInput = z.object({ leverage: z.number().min(1), liquidationThreshold: positive });
const carryInput = z.object({ leverage: z.number().min(1), collateralYield: z.number(), borrowRate: z.number() });
const spiralInput = z.object({ incentive: amount, ltv: amount, collateral: positive, repaid: amount });
const conditionInput = z.object({ liquidationThreshold: positive, incentive: amount });
const repayInput = z.object({
  collateralUsd: positive,
  debtUsd: amount,
  liquidationThreshold: positive,
  incentive: amount,
  targetHF: positive,
});

const groups: Readonly<Record<string, (raw: unknown) => CaseOutput>> = {
  'cp-amm': sale,
  'uniswap-v2-literal': (raw) => {
    const { amountIn, reserveIn, reserveOut } = pairInput.parse(raw);
    return { amountOut: constantProductOutExactly(reserveIn, reserveOut, amountIn).toString() };
  },
  'cp-depth': (raw) => {
    const { reserveQuoteUsd, priceDrop } = depthInput.parse(raw);
    const share = largestSaleBySpot(1, priceDrop);
    return { baseSoldAsFractionOfReserve: share, quoteOutUsd: constantProductOut(1, reserveQuoteUsd, share, 0) };
  },
  'v3-const-liquidity': (raw) => {
    const { L, p0, p1 } = rangeInput.parse(raw);
    return { dBase: baseBetweenPrices(L, p0, p1), dQuote: quoteBetweenPrices(L, p0, p1) };
  },
  'sqrt-impact': (raw) => {
    const { Y, sigmaDaily, size, adv } = rootInput.parse(raw);
    const peakImpact = squareRootImpact(Y, sigmaDaily, size / adv);
    const avgCostFraction = SQUARE_ROOT_AVERAGE * peakImpact;
    return { peakImpact, avgCostFraction, costQuote: avgCostFraction * size };
  },
  'kyle-linear': (raw) => {
    const { lambda_, size } = linearInput.parse(raw);
    return { impact: linearImpact(lambda_, size), cost: linearImpactCost(lambda_, size) };
  },
  looping: (raw) => {
    const { exposure, debt } = endlesslyLooped(loopInput.parse(raw).ltv);
    return { maxLeverageInfinite: orNull(exposure), maxDebtPerEquity: orNull(debt) };
  },
  'looping-n': (raw) => {
    const { ltv, loops } = loopsInput.parse(raw);
    return { ...loopedPosition(ltv, loops) };
  },
  'looping-liquidation': (raw) => {
    const { leverage, liquidationThreshold } = leverageInput.parse(raw);
    const { loanToValue, healthFactor, fallToLiquidation } = leveragedPosition(leverage, liquidationThreshold);
    return { debtToCollateral: loanToValue, healthFactor: orNull(healthFactor), priceDropToLiquidation: fallToLiquidation };
  },
  'looping-carry': (raw) => {
    const { leverage, collateralYield, borrowRate } = carryInput.parse(raw);
    return { netAprOnEquity: leveragedCarry(leverage, collateralYield, borrowRate) };
  },
  'toxic-spiral': (raw) => {
    const { incentive, ltv, collateral, repaid } = spiralInput.parse(raw);
    const step = liquidationStep(collateral, ltv, repaid, incentive);
    return { frontierLTV: toxicLoanToValue(incentive), ltvAfter: step.loanToValue, toxic: step.isToxic };
  },
  'toxic-condition': (raw) => {
    const { liquidationThreshold, incentive } = conditionInput.parse(raw);
    const product = toxicHealthFactor(liquidationThreshold, incentive);
    return {
      product,
      liquidationAlwaysImprovesAtThreshold: product < 1,
      bufferPriceDropBeforeToxic: fallBeforeToxic(liquidationThreshold, incentive),
    };
  },
  'repay-to-target-hf': repayToTarget,
};

/** Impact of sales on pools and markets, and what looping and liquidating do to a loan. */
export const calculateImpactDefi: CaseFunction = (raw, group) =>
  Object.hasOwn(groups, group) ? (groups[group]?.(raw) ?? unknownGroup(group)) : unknownGroup(group);

function sale(raw: unknown): CaseOutput {
  const { reserveIn, reserveOut, amountIn, fee } = saleInput.parse(raw);
  const sold = sellConstantProduct(reserveIn, reserveOut, amountIn, fee);
  return {
    amountOut: sold.amountOut,
    execPrice: sold.averagePrice,
    spotBefore: sold.spotBefore,
    spotAfter: sold.spotAfter,
    slippage_vs_spot: sold.slippageFraction,
    impact_no_fee_closed_form: fee === 0 ? 1 - averageOfSale(reserveIn, amountIn) : null,
  };
}

/** The liquidator's incentive is what selling costs: the repayment takes (1 + incentive) of collateral. */
function repayToTarget(raw: unknown): CaseOutput {
  const { collateralUsd, debtUsd, liquidationThreshold, incentive, targetHF } = repayInput.parse(raw);
  const state = { collateral: [{ token: 'collateral', valueUsd: collateralUsd, thresholdFraction: liquidationThreshold }], debtUsd };
  const sized = sizeCollateralAction(state, { type: 'deleverage', token: 'collateral', slipFraction: incentive }, targetHF);
  if (sized.status === 'unreachable') return { error: 'unreachable: each repayment lowers the health factor' };
  if (sized.status === 'exceedsAvailable') return { error: 'exceeds-available: it takes more than the debt or the collateral' };
  const left = sized.after.collateral[0]?.valueUsd ?? 0;
  return { repay: sized.amountUsd, seized: collateralUsd - left, hfAfter: orNull(sized.healthFactor) };
}

function orNull(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
