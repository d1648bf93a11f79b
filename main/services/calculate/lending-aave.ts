import { z } from 'zod';
import { percentDiv, percentMul, wadDiv } from '../../engine/math/fixed-point.ts';
import { compoundedInterestRay } from '../../engine/requirement/lending/interest-exact.ts';
import { healthFactor, lendingRates, linearInterestFactor } from '../../engine/requirement/lending/lending-pool.ts';
import { debtBase } from '../../engine/requirement/lending/lending-exact/pool-balance.ts';
import { liquidateExactly } from '../../engine/requirement/lending/lending-exact/pool-liquidation.ts';
import { POOL_REVISIONS } from '../../engine/requirement/lending/lending-exact/pool-revision.ts';
import { decimalOf, integer, real, scaled, unknownGroup } from './case-values.ts';
import type { CaseOutput } from './case-values.ts';

const percentInput = z.object({ value: integer, bps: integer });
const wadInput = z.object({ a: z.string(), b: z.string() });
const linearInput = z.object({ rate: real, years: real });
const rayInput = z.object({ rateRay: integer, seconds: integer });
const rateInput = z.object({ utilisation: real, optimal: real, base: real, slope1: real, slope2: real, reserveFactor: real });
const liquidationInput = z.object({
  collateralPriceUsd: real,
  collateral: integer,
  collateralDecimals: z.number().int(),
  debtPriceUsd: real,
  debt: integer,
  debtDecimals: z.number().int(),
  liquidationThreshold: real,
  bonusBps: integer,
  protocolFeeBps: integer,
  healthFactor: real,
  debtToCover: z.union([z.literal('max').transform(() => null), integer]),
});

/** The pool contract's arithmetic, interest, rate curve and liquidation. */
export function calculateAaveContract(raw: unknown, group: string): CaseOutput {
  switch (group) {
    case 'percentMul': {
      const { value, bps } = percentInput.parse(raw);
      return { result: percentMul(value, bps).toString() };
    }
    case 'percentDiv': {
      const { value, bps } = percentInput.parse(raw);
      return { result: percentDiv(value, bps).toString() };
    }
    case 'wadDiv': {
      const { a, b } = wadInput.parse(raw);
      return { result: decimalOf(wadDiv(scaled(a, 18), scaled(b, 18)), 18) };
    }
    case 'linearInterest': {
      const { rate, years } = linearInput.parse(raw);
      return { factor: linearInterestFactor(rate, years) };
    }
    case 'compoundInterest_contract': {
      const { rateRay, seconds } = rayInput.parse(raw);
      return { factorRay: compoundedInterestRay(rateRay, seconds).toString() };
    }
    case 'rateStrategy': {
      const { utilisation, optimal, base, slope1, slope2, reserveFactor } = rateInput.parse(raw);
      const rates = lendingRates(utilisation, { base, slopeBelow: slope1, slopeAbove: slope2, optimalUtilisation: optimal, reserveFactor });
      return { variableBorrowRate: rates.borrowPerYear, liquidityRate: rates.supplyPerYear };
    }
    case 'liquidation':
      return liquidation(liquidationInput.parse(raw));
    default:
      return unknownGroup(group);
  }
}

function liquidation(input: z.output<typeof liquidationInput>): CaseOutput {
  const revision = POOL_REVISIONS['3.7'];
  const debtPriceBase = scaled(input.debtPriceUsd, 8);
  const outcome = liquidateExactly(
    {
      ...input,
      collateralPriceBase: scaled(input.collateralPriceUsd, 8),
      debtPriceBase,
      healthFactorWad: scaled(input.healthFactor, 18),
      accountDebtBase: debtBase(input.debt, debtPriceBase, { decimals: input.debtDecimals, revision }),
    },
    revision,
  );
  const answer = {
    maxLiquidatableDebt: outcome.maxLiquidatableDebt.toString(),
    closeFactor: outcome.isWhole ? 1 : 0.5,
    debtRepaid: outcome.debtRepaid.toString(),
    collateralToLiquidator: outcome.collateralToLiquidator.toString(),
    protocolFee: outcome.protocolFee.toString(),
    revertsMustNotLeaveDust: outcome.revertsMustNotLeaveDust,
  };
  if (outcome.revertsMustNotLeaveDust) return answer;
  const collateralUsd = (Number(outcome.collateralLeft) / 10 ** input.collateralDecimals) * input.collateralPriceUsd;
  const after = healthFactor(
    collateralUsd * input.liquidationThreshold,
    (Number(outcome.debtLeft) / 10 ** input.debtDecimals) * input.debtPriceUsd,
  );
  return {
    ...answer,
    hfAfter: Number.isFinite(after) ? after : null,
    badDebt: (outcome.collateralLeft === 0n ? outcome.debtLeft : 0n).toString(),
  };
}
