import { z } from 'zod';
import { finite, fraction, nonNegative } from '../domain/real.ts';

/**
 * What is taken to go wrong with hedges on a day among the worst: a venue halts and the gains there cannot be taken out, a venue closes gaining
 * futures against bankrupt positions, a stablecoin that gains are paid in is worth less. Probabilities given such a day, by venue or coin.
 */
export const hedgeSurvivalWish = z.strictObject({
  /** Hedges are taken to be there whatever happens. */
  isOff: z.boolean().optional(),
  frozenFraction: z.number().min(0).max(0.2).optional(),
  deleveragedFraction: z.number().min(0).max(0.2).optional(),
  depeggedFraction: z.number().min(0).max(0.2).optional(),
  /** Part of its worth that a depegged coin loses. */
  depegFraction: fraction.optional(),
});
export type HedgeSurvivalWish = z.infer<typeof hedgeSurvivalWish>;

/**
 * What is taken to go wrong where the caller says nothing: given a day among the worst tenth, a venue halts once in fifty, closes gaining
 * futures once in twenty, a coin loses its peg once in a hundred, and then a tenth of its worth (USDe stood at 0.65 on Binance on 2025-10-10).
 * Assumed; no venue publishes such frequencies.
 */
export const usualSurvival = {
  stressedFraction: 0.1,
  frozenFraction: 0.02,
  deleveragedFraction: 0.05,
  depeggedFraction: 0.01,
  depegFraction: 0.1,
} as const;

/** How much of a leg's gain on the worst days is left in one way of losing it. */
export const legLoss = z.object({
  kind: z.enum(['frozen', 'deleveraged', 'depegged']),
  /** Venue or coin it happens to. */
  subject: z.string(),
  keptFraction: fraction,
});

/** Whether a leg is there when it is needed: part of its gain on the worst days that is kept, over all states by their weights. */
export const legSurvival = z.object({ keptFraction: fraction, losses: z.array(legLoss), text: z.string() });
export type LegSurvival = z.infer<typeof legSurvival>;

/** An account that the legs keep alive, and that would fall in one state all the same. */
export const stateFall = z.object({
  accountId: z.string(),
  kind: legLoss.shape.kind,
  /** Venue or coin it happens to. */
  subject: z.string(),
  /** What it then lacks at worst, in a retained scenario. USD. */
  shortUsd: nonNegative,
  text: z.string(),
});
export type StateFall = z.infer<typeof stateFall>;

/** The same for the book: what the program weighed beside the days as they were. USD. */
export const suggestionSurvival = z.object({
  /** Scenarios in which some hedge is lost, beside the days. */
  scenarios: z.number().int(),
  /** Expected shortfall with the legs, as the program sees it: were every hedge there on every day, and with the lost ones counted. */
  idealUsd: finite,
  countedUsd: finite,
  stated: z.array(z.string()),
  /** Absent from suggestions of former versions. */
  falls: z.array(stateFall).optional(),
});
export type SuggestionSurvival = z.infer<typeof suggestionSurvival>;
