import { z } from 'zod';
import { finite, fraction, nonNegative } from '../domain/real.ts';
import { runId } from '../domain/run.ts';
import { instant } from '../domain/time.ts';
import { hedgeMeasures } from './hedge.ts';
import { procedure } from './procedure.ts';

/**
 * No-trade band of the book's delta to one driver, around the delta of the fresh legs. Coins of the driver; deviation = standing less fresh,
 * signed. Gamma in coins per USD, risk aversion per USD, cost as a share of what is traded, volatility a year.
 */
export const refreshBand = z.object({
  driverId: z.string(),
  rule: z.enum(['zakamouline', 'whalleyWilmott']),
  deviationCoin: finite,
  /** What the delta may deviate by untraded, and what it could by each formula; null = the formula does not hold at such costs. */
  halfWidthCoin: nonNegative,
  whalleyWilmottCoin: nonNegative,
  zakamoulineCoin: nonNegative.nullable(),
  /** Account whose requirement makes it narrower than that. */
  narrowedBy: z.string().nullable(),
  gammaCoinPerUsd: finite,
  costFraction: nonNegative,
  riskAversionPerUsd: nonNegative,
  volatility: nonNegative,
});
export type RefreshBand = z.infer<typeof refreshBand>;

/** What became of one leg. Quantities in units of the leg; null = the leg is not part of that suggestion. */
export const refreshedLeg = z.object({
  id: z.string(),
  title: z.string(),
  accountId: z.string(),
  change: z.enum(['same', 'more', 'less', 'new', 'dropped', 'impossible']),
  standingQuantity: z.string().nullable(),
  freshQuantity: z.string().nullable(),
  /** What changing this leg alone takes off the expected shortfall, and costs. USD. */
  gainUsd: finite,
  costUsd: nonNegative,
  /** What it should be now: as it stands inside its band, the band's edge for a contract outside it, the fresh amount otherwise. */
  actQuantity: z.string().nullable(),
  /** Width of its no-trade band as a part of the usual one: narrower the nearer an account it acts on is to its requirement. */
  bandFraction: fraction,
  /** The band of the delta that a contract is traded in; null = judged by whether changing it alone pays for its cost. */
  band: refreshBand.nullable(),
  /** How much of that band its change takes up, 1 = at the edge; null where it stands as it is, or the band is closed. */
  bandUse: nonNegative.nullable(),
  /** Whether leaving it as it stands is right: nobody falls for it, and what it is judged by is inside its band. */
  isWithinBand: z.boolean(),
  why: z.string(),
});

export const hedgeRefresh = z.object({
  runId,
  /** When the standing suggestion was made, and how old it is. */
  madeAt: instant,
  ageSeconds: nonNegative,
  /** What has changed in market and book since, in words; empty = nothing. */
  changes: z.array(z.string()),
  statement: z.string(),
  /** Whether the standing legs can stay as they are. */
  isStandingEnough: z.boolean(),
  /** The standing legs and the fresh ones on the book and market as they are now. */
  standing: hedgeMeasures,
  standingFalls: z.array(z.string()),
  fresh: hedgeMeasures,
  freshFalls: z.array(z.string()),
  legs: z.array(refreshedLeg),
  /** The legs in the amounts that they should have now. */
  acted: hedgeMeasures,
  actedFalls: z.array(z.string()),
  /** Why legs inside their no-trade bands change as well; null where they stay. */
  whyBands: z.string().nullable(),
  /** Time of the programs alone, and of everything with its cascades. ms. */
  programMs: nonNegative,
  totalMs: nonNegative,
});
export type HedgeRefresh = z.infer<typeof hedgeRefresh>;

export const hedgeRefreshProcedures = {
  /** The last suggestion against the one that would be made now: which legs changed, why, and whether anything need be done. */
  'hedge.refresh': procedure('job', z.strictObject({ runId: runId.optional() }), hedgeRefresh),
};
