import { z } from 'zod';
import { fireSaleRound } from '../../engine/contagion/vulnerable-banks.ts';
import { thresholdCascade } from '../../engine/contagion/threshold-liquidation.ts';
import { unknownGroup, type CaseOutput } from './case-values.ts';

const holders = z.object({
  assets: z.array(z.number()),
  debtToEquity: z.array(z.number()),
  weights: z.array(z.array(z.number())),
  priceImpact: z.array(z.number()),
  shock: z.array(z.number()),
});

const market = z.object({
  price0: z.number(),
  shock: z.number(),
  positions: z.array(z.object({ size: z.number(), liqPrice: z.number() })),
  impact: z.enum(['linear', 'exponential', 'exp']),
  k: z.number(),
});

/** Fire sales of leveraged holders (group glt) and threshold liquidations in one market (group liquidation-cascade). */
export function calculateContagionFireSales(raw: unknown, group: string): CaseOutput {
  if (group === 'glt') return holdersRound(holders.parse(raw));
  if (group === 'liquidation-cascade') return marketCascade(market.parse(raw));
  return unknownGroup(group);
}

function holdersRound(input: z.output<typeof holders>): CaseOutput {
  const round = fireSaleRound({
    assetsValue: Float64Array.from(input.assets),
    debtToEquity: Float64Array.from(input.debtToEquity),
    weights: Float64Array.from(input.weights.flat()),
    priceImpact: Float64Array.from(input.priceImpact),
    shock: Float64Array.from(input.shock),
  });
  return {
    bank_return_round1: [...round.returnBeforeSales],
    net_purchases_by_bank: [...round.purchasesByHolder],
    net_purchases_by_asset: [...round.purchasesByAsset],
    price_return_round2: [...round.priceReturn],
    bank_return_round2: [...round.returnFromSales],
    aggregate_vulnerability: round.aggregateVulnerability,
    systemicness: [...round.systemicness],
    indirect_vulnerability: [...round.indirectVulnerability],
    direct_vulnerability: [...round.directVulnerability],
    direct_AV: round.directAggregate,
  };
}

function marketCascade(input: z.output<typeof market>): CaseOutput {
  const result = thresholdCascade({
    startPrice: input.price0,
    shockFraction: input.shock,
    sizes: Float64Array.from(input.positions, (position) => position.size),
    liquidationPrices: Float64Array.from(input.positions, (position) => position.liqPrice),
    law: input.impact === 'linear' ? 'linear' : 'exponential',
    impactPerUnit: input.k,
  });
  return {
    finalPrice: result.finalPrice,
    liquidated: [...result.liquidated].flatMap((isLiquidated, index) => (isLiquidated === 1 ? [index] : [])),
    volume: result.volume,
    rounds: result.rounds,
    amplification: Number.isNaN(result.amplification) ? null : result.amplification,
  };
}
