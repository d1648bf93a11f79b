import { z } from 'zod';
import { rayMul } from '../../engine/math/fixed-point.ts';
import { binomialInterestRay, linearInterestRay, yearlyYieldRay } from '../../engine/requirement/lending/interest-exact.ts';
import { availableToBorrow, healthFactorWad, poolTotals } from '../../engine/requirement/lending/lending-exact/pool-account.ts';
import type { ReserveBalance } from '../../engine/requirement/lending/lending-exact/pool-account.ts';
import { decimalOf, integer, scaled, unknownGroup } from './case-values.ts';
import type { CaseOutput } from './case-values.ts';

const healthInput = z.object({ collateral: z.string(), borrow: z.string(), liquidationThresholdBps: integer });
const rayInput = z.object({ rateRay: integer, seconds: integer });
const availableInput = z.object({ collateral: integer, borrow: integer, ltvBps: integer });
const balanceInput = z.object({ principal: integer, indexRay: integer, rateRay: integer, seconds: integer });
const incomeInput = z.object({ indexRay: integer, rateRay: integer, seconds: integer });
const yieldInput = z.object({ rateRay: integer });

/** The interface library's arithmetic: health, interest, balances; and account summaries. */
export function calculateAaveMath(raw: unknown, group: string): CaseOutput {
  switch (group) {
    case 'math-utils-hf': {
      const { collateral, borrow, liquidationThresholdBps } = healthInput.parse(raw);
      return { hf: healthText(healthFactorWad(scaled(collateral, 18), scaled(borrow, 18), liquidationThresholdBps)) };
    }
    case 'math-utils-avail': {
      const { collateral, borrow, ltvBps } = availableInput.parse(raw);
      return { available: availableToBorrow(collateral, borrow, ltvBps).toString() };
    }
    case 'math-utils-compound': {
      const { rateRay, seconds } = rayInput.parse(raw);
      return { factorRay: binomialInterestRay(rateRay, seconds).toString() };
    }
    case 'math-utils-linear': {
      const { rateRay, seconds } = rayInput.parse(raw);
      return { factorRay: linearInterestRay(rateRay, seconds, 'nearest').toString() };
    }
    case 'math-utils-compoundBal': {
      const { principal, indexRay, rateRay, seconds } = balanceInput.parse(raw);
      return { balance: rayMul(principal, rayMul(binomialInterestRay(rateRay, seconds), indexRay)).toString() };
    }
    case 'math-utils-reserveIncome': {
      const { indexRay, rateRay, seconds } = incomeInput.parse(raw);
      return { incomeRay: rayMul(linearInterestRay(rateRay, seconds, 'nearest'), indexRay).toString() };
    }
    case 'math-utils-rate':
      return { apyFactorRay: yearlyYieldRay(yieldInput.parse(raw).rateRay).toString() };
    case 'math-utils-summary':
      return summary(summaryInput.parse(raw));
    default:
      return unknownGroup(group);
  }
}

/** The library writes −1 where there is no debt. */
function healthText(wad: bigint | null): string {
  return wad === null ? '-1' : decimalOf(wad, PLACES);
}

/** Places of dollar amounts in an account summary. */
const PLACES = 18;
const modeInput = z.object({ ltv: integer, lt: integer }).nullable();
const summaryInput = z.object({
  eMode: z.number().int(),
  secondsSinceUpdate: integer,
  indices: z.object({
    liquidityIndex: z.number(),
    variableBorrowIndex: z.number(),
    liquidityRate: z.number(),
    variableBorrowRate: z.number(),
  }),
  reserves: z.array(
    z.object({ asset: z.string(), decimals: z.number().int(), priceUsd: z.number(), ltvBps: integer, ltBps: integer, eMode1: modeInput }),
  ),
  user: z.array(z.object({ asset: z.string(), scaledSupply: integer, scaledDebt: integer, asCollateral: z.boolean() })),
});

function summary(input: z.output<typeof summaryInput>): CaseOutput {
  const { indices, secondsSinceUpdate } = input;
  const supplyIndex = rayMul(
    linearInterestRay(scaled(indices.liquidityRate, 27), secondsSinceUpdate, 'nearest'),
    scaled(indices.liquidityIndex, 27),
  );
  const debtIndex = rayMul(
    binomialInterestRay(scaled(indices.variableBorrowRate, 27), secondsSinceUpdate),
    scaled(indices.variableBorrowIndex, 27),
  );
  const balances = input.user.flatMap((line): ReserveBalance[] => {
    const reserve = input.reserves.find((each) => each.asset === line.asset);
    if (reserve === undefined) return [];
    const value = (amount: bigint): bigint => (amount * scaled(reserve.priceUsd, PLACES)) / 10n ** BigInt(reserve.decimals);
    const mode = input.eMode === 0 ? null : reserve.eMode1;
    return [
      {
        suppliedBase: value(rayMul(line.scaledSupply, supplyIndex)),
        borrowedBase: value(rayMul(line.scaledDebt, debtIndex)),
        isCollateral: line.asCollateral,
        loanToValueBps: mode?.ltv ?? reserve.ltvBps,
        thresholdBps: mode?.lt ?? reserve.ltBps,
      },
    ];
  });
  const totals = poolTotals(balances);
  const share = (weighted: bigint): string =>
    totals.collateralBase === 0n ? '0' : decimalOf((weighted * 10n ** 14n) / totals.collateralBase, PLACES);
  const available = totals.borrowableBaseBps / 10_000n - totals.debtBase;
  return {
    totalCollateralUSD: decimalOf(totals.collateralBase, PLACES),
    totalBorrowsUSD: decimalOf(totals.debtBase, PLACES),
    availableBorrowsUSD: decimalOf(available > 0n ? available : 0n, PLACES),
    currentLoanToValue: share(totals.borrowableBaseBps),
    currentLiquidationThreshold: share(totals.thresholdBaseBps),
    healthFactor: healthText(healthFactorWad(totals.thresholdBaseBps, totals.debtBase, 1n)),
    netWorthUSD: decimalOf(totals.suppliedBase - totals.debtBase, PLACES),
    totalLiquidityUSD: decimalOf(totals.suppliedBase, PLACES),
  };
}
