import { z } from 'zod';
import { assetId } from './asset.ts';
import { cascadeAxes } from './cascade-axes.ts';
import { finite, fraction, nonNegative } from './real.ts';

/** A set of moves of the drivers. A driver that is not named does not move. */
export const shock = z.object({
  /** Relative price move by base asset: −0.18 = falls by 18 %. */
  moves: z.record(assetId, z.number().min(-0.999)),
  /** Added to every implied volatility, in vol points as a fraction: 0.35 = +35 points. */
  volatilityShift: finite,
});
export type Shock = z.infer<typeof shock>;

/** What the cascade assumes besides the shock. */
export const cascadeAssumptions = z.object({
  /** Share of the recorded depth that has gone. */
  depthThinningFraction: fraction,
  maxRounds: z.number().int().min(1).max(500),
  includeCrowd: z.boolean(),
  /** How many times as large every borrower around the book is taken; 1 where left out. */
  crowdSizeFactor: z.number().gt(0).max(100).optional(),
  /** How far the drivers that a shock leaves still follow the others along the common axis, 0 … 1; 0 where left out. */
  correlation: fraction.optional(),
  ...cascadeAxes.shape,
});
export type CascadeAssumptions = z.infer<typeof cascadeAssumptions>;

/** A named set of scenarios: a reference shock, a grid of spot and volatility moves, and days of history. */
export const scenarioSet = z.object({
  id: z.string(),
  name: z.string(),
  reference: shock,
  /** Move of each driver per unit of the common axis ("all drivers"), e.g. ETH 1, BTC 0.78. */
  betas: z.record(assetId, finite),
  spotMoves: z.array(finite).min(1),
  volatilityShifts: z.array(finite).min(1),
  cascade: cascadeAssumptions,
  /** Confidence of the expected shortfall, e.g. 0.975. */
  confidence: z.number().min(0.5).max(0.9999),
  /** Number of daily moves before the snapshot used as the one-day distribution. */
  historyDays: z.number().int().min(20),
  /** Whether each day's move is scaled from its own volatility to the snapshot's. */
  isVolatilityScaled: z.boolean(),
  /** Change of implied volatility per unit of the common move, e.g. −1.2: a fall of 10 % adds 12 points. */
  volatilityPerMove: finite,
  /** Account use above which it is watched and in danger. */
  watchUseFraction: fraction,
  dangerUseFraction: fraction,
  /** Cost per on-chain action, USD. */
  gasUsd: nonNegative,
  source: z.string(),
});
export type ScenarioSet = z.infer<typeof scenarioSet>;
