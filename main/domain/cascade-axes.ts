import { z } from 'zod';
import { assetId } from './asset.ts';
import { finite, fraction, nonNegative } from './real.ts';

const positive = z.number().positive();
const roundCount = z.number().int().min(0).max(500);
const seed = z.number().int().nonnegative().default(7);

/**
 * How far a forced sale moves the price of its market. R is the market's constant-product reserve after thinning; Q is what the cascade
 * has sold there so far. Every law depends on Q alone, so one sale in two parts moves the price as far as in one.
 */
export const impactLaw = z.discriminatedUnion('law', [
  /** p' = p (R / (R + q))². */
  z.object({ law: z.literal('constantProduct') }),
  /** p' = p exp(−q / D), D = `depthShare` × R. At a half it begins as steeply as the constant product. */
  z.object({ law: z.literal('exponential'), depthShare: positive.default(0.5) }),
  /** p = p₀ (1 − Y σ √(Q / V)): `coefficient` Y, σ of a day as a fraction, and the volume of a day V as a multiple of R. */
  z.object({
    law: z.literal('squareRoot'),
    coefficient: positive.default(1),
    dailyVolatility: positive.default(0.04),
    dailyVolumePerReserve: positive.default(2),
  }),
  /** Along each market's own record: an order book's levels, or a pool's ticks. The constant product where a market has none. */
  z.object({ law: z.literal('recorded') }),
]);
export type ImpactLaw = z.infer<typeof impactLaw>;

/** When a price feed posts: on a move of `deviationFraction` since its last post or after `heartbeatRounds`, as the market stood `lagRounds` ago. */
export const oracleRule = z.object({
  heartbeatRounds: z.number().int().min(1).max(500).default(25),
  deviationFraction: fraction.default(0.005),
  lagRounds: roundCount.default(0),
});
export type OracleRule = z.infer<typeof oracleRule>;

/** Rounds between falling below the requirement and being liquidated. Random ones are drawn by (seed, borrower). */
export const latencyRule = z.discriminatedUnion('distribution', [
  z.object({ distribution: z.literal('fixed'), rounds: roundCount }),
  /** P(d) = p (1 − p)^d with mean `meanRounds` = (1 − p) / p. */
  z.object({ distribution: z.literal('geometric'), meanRounds: nonNegative.max(500), seed }),
  /** exp(ln `medianRounds` + `sigma` z), rounded to whole rounds. */
  z.object({ distribution: z.literal('lognormal'), medianRounds: positive.max(500), sigma: nonNegative.max(3), seed }),
]);
export type LatencyRule = z.infer<typeof latencyRule>;

/**
 * Depth that thins as the cascade moves a market: × max(`leastShare`, exp(−`sensitivity` v)), v = √Σ(log move of a round)² since the shock. What the
 * shock itself has taken away is the thinning of the depth.
 *
 * The defaults are fitted by least squares to ln(ask depth within 1 %) of Binance BTCUSDT perpetuals, minute by minute on 2025-10-10, against
 * the volatility of the last hour in the same sense: 1,380 minutes, slope −49.6, R² 0.61, residual σ 0.38 (bids, unseen for 18 minutes: −51.0,
 * R² 0.40). Valid up to v = 0.049, the largest that day, where 10 % is left; beyond it that share is kept. The smallest recorded depth, 8 M USD
 * of 220 M, is below the fit. It starts from calm depth: applied to a depth recorded in a crisis it thins twice.
 */
export const depthResponse = z.object({
  sensitivity: nonNegative.max(1000).default(49.6),
  leastShare: z.number().positive().max(1).default(0.1),
});
export type DepthResponse = z.infer<typeof depthResponse>;

/** The rules of a cascade beyond its plain ones. A rule that is absent is off, which is how every figure without it was made. */
export const cascadeAxes = z.object({
  /** Absent: the constant product. */
  impact: impactLaw.optional(),
  /** Absent: everybody is judged at the market's price in every round. */
  oracle: oracleRule.optional(),
  /** Absent: in the round in which the account is below its requirement. */
  latency: latencyRule.optional(),
  /** Share of what was sold into a market that is bought back from it each round, 0 … 1. Absent: none. */
  recoveryPerRound: fraction.optional(),
  /** Keepers liquidate only at a profit after impact, fees and this cost per liquidation, USD. Absent: always. */
  keeperGasUsd: nonNegative.optional(),
  /** Absent: what is left of the depth does not answer to the cascade's own moves. */
  depthResponse: depthResponse.optional(),
  /** A move of `from` made by sales moves `to` by beta times as much, in logs. Absent: nothing else moves. */
  crossImpact: z.array(z.object({ from: assetId, to: assetId, beta: finite.min(-2).max(2) })).optional(),
});
export type CascadeAxes = z.infer<typeof cascadeAxes>;
