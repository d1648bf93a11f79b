import { z } from 'zod';
import { averageOfSale, largestSaleByAverage, largestSaleBySpot, spotAfterSale } from '../../engine/impact/constant-product.ts';
import { healthFactor, liquidationAmounts } from '../../engine/requirement/lending/lending-pool.ts';
import { impactAdjusted, isToxic, toxicHealthFactor, toxicLoanToValue } from '../../engine/requirement/lending/liquidity-limits.ts';
import { unknownGroup } from './case-values.ts';
import type { CaseOutput } from './case-values.ts';

const number = z.number();
const impactInput = z.object({
  quantityUnits: number,
  priceUsd: number,
  dailyVolumeUnits: number,
  dailyVolatility: number,
  impactCoefficient: number,
  debtUsd: number,
});
const coverageInput = z.object({ poolReserveAsset: number, maxDiscount: number, liquidatableQuantity: number });
const saleInput = z.object({ poolReserveAsset: number, sellQuantity: number });
const toxicInput = z.object({
  collateralUsd: number,
  debtUsd: number,
  liquidationBonus: number,
  closeFactor: number,
  liquidationThreshold: number,
});

/** Limits of liquidity: impact of the own position, what a pool takes, and when a liquidation makes things worse. */
export function calculateLiquidityLimits(raw: unknown, group: string): CaseOutput {
  switch (group) {
    case 'impact': {
      const { quantityUnits: quantity, dailyVolumeUnits: dailyVolume, ...others } = impactInput.parse(raw);
      const { impactFraction, isExitPossible, ...rest } = impactAdjusted({ quantity, dailyVolume, ...others });
      return { ...rest, impact: impactFraction, exitPossible: isExitPossible };
    }
    case 'coverage': {
      const { poolReserveAsset, maxDiscount, liquidatableQuantity } = coverageInput.parse(raw);
      const maxQuantitySpot = largestSaleBySpot(poolReserveAsset, maxDiscount);
      const maxQuantityAverage = largestSaleByAverage(poolReserveAsset, maxDiscount);
      const covered = (quantity: number): number | null => (liquidatableQuantity === 0 ? null : quantity / liquidatableQuantity);
      return { maxQuantitySpot, maxQuantityAverage, coverageSpot: covered(maxQuantitySpot), coverageAverage: covered(maxQuantityAverage) };
    }
    case 'sale': {
      const { poolReserveAsset, sellQuantity } = saleInput.parse(raw);
      return { spotRatio: spotAfterSale(poolReserveAsset, sellQuantity), averageRatio: averageOfSale(poolReserveAsset, sellQuantity) };
    }
    case 'toxic':
      return toxic(toxicInput.parse(raw));
    default:
      return unknownGroup(group);
  }
}

function toxic(input: z.output<typeof toxicInput>): CaseOutput {
  const { collateralUsd, debtUsd, liquidationBonus, closeFactor, liquidationThreshold } = input;
  const { repaidUsd, seizedUsd } = liquidationAmounts(collateralUsd, debtUsd, closeFactor, liquidationBonus);
  const left = collateralUsd - seizedUsd;
  const health = healthFactor(liquidationThreshold * collateralUsd, debtUsd);
  return {
    toxicLtv: toxicLoanToValue(liquidationBonus),
    toxicHealthFactor: toxicHealthFactor(liquidationThreshold, liquidationBonus),
    ltv: debtUsd / collateralUsd,
    healthFactor: Number.isFinite(health) ? health : null,
    isToxic: isToxic(collateralUsd, debtUsd, liquidationBonus),
    repay: repaidUsd,
    ltvAfter: left > 0 ? (debtUsd - repaidUsd) / left : null,
  };
}
