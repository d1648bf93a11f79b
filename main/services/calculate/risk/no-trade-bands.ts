import { z } from 'zod';
import { noTradeBands } from '../../../engine/hedge/no-trade-band.ts';
import { optionSide, type CaseOutput } from '../case-values.ts';

const input = z.object({
  spot: z.number().positive(),
  strike: z.number().positive(),
  annualVolatility: z.number().positive(),
  yearsToExpiry: z.number().positive(),
  rate: z.number(),
  proportionalCost: z.number().min(0),
  riskAversion: z.number().positive(),
  optionType: optionSide,
  longGamma: z.boolean(),
});

/** Bands around delta inside which hedging an option costs more than it helps. */
export function calculateNoTradeBands(raw: unknown): CaseOutput {
  const { annualVolatility, yearsToExpiry, rate, proportionalCost, riskAversion, optionType, longGamma, ...rest } = input.parse(raw);
  const bands = noTradeBands(
    {
      ...rest,
      isCall: optionType,
      years: yearsToExpiry,
      volatility: annualVolatility,
      ratePerYear: rate,
      costFraction: proportionalCost,
      riskAversion,
    },
    longGamma,
  );
  const { center: _, ...whalleyWilmott } = bands.whalleyWilmott;
  return {
    delta: bands.delta,
    gamma: bands.gamma,
    whalleyWilmott,
    H0: bands.baseHalfWidth,
    H1: bands.gammaHalfWidth,
    K: bands.varianceShift,
    zakamouline: bands.zakamouline === null ? null : { ...bands.zakamouline, modifiedDelta: bands.zakamouline.center },
  };
}
