import { z } from 'zod';
import { assumption } from '../domain/snapshot.ts';
import { finite, fraction, nonNegative } from '../domain/real.ts';
import { runId } from '../domain/run.ts';
import { procedure } from './procedure.ts';

/** What it costs that collateral is kept in many places, and the least that moving it takes. USD; requirements and needs above zero. */
export const transfersResult = z.object({
  runId,
  inputsDigest: z.string(),
  snapshotAsOf: z.string(),
  termsAsOf: z.string(),
  elapsedMs: nonNegative,
  horizonHours: nonNegative,
  bufferFraction: fraction,
  solver: z.string(),
  /** Worst loss over one set of scenarios account by account, against the same for all margin accounts as one; loans count alike in both. */
  requirement: z.object({
    siloedUsd: nonNegative,
    unifiedUsd: nonNegative,
    rows: z.array(
      z.object({
        accountId: z.string(),
        venueName: z.string(),
        /** By the venue's own rules today. */
        ruleUsd: nonNegative,
        /** By the scan; a loan's own requirement where it cannot net. */
        aloneUsd: nonNegative,
        canNet: z.boolean(),
        /** Why it cannot, or by what it does. */
        reason: z.string(),
      }),
    ),
  }),
  /** Cash missing at the reference shock: no transfer at all, all collateral in one place, and the plan. */
  funding: z.object({
    siloedUsd: nonNegative,
    unifiedUsd: nonNegative,
    feasibleUsd: nonNegative,
    /** Missing in one place while it lies in another: before and after the plan. */
    strandedUsd: nonNegative,
    strandedAfterUsd: nonNegative,
  }),
  transfers: z.array(
    z.object({
      id: z.string(),
      fromAccountId: z.string(),
      toAccountId: z.string(),
      assetId: z.string(),
      /** The form in which it arrives. */
      intoAssetId: z.string(),
      use: z.enum(['topUp', 'repay']),
      /** Units that leave, and their value now. */
      quantity: nonNegative,
      valueUsd: nonNegative,
      costUsd: nonNegative,
      minutes: nonNegative,
      /** How much dearer the plan is without this route, a dollar missing counted as a dollar. */
      worthUsd: nonNegative,
    }),
  ),
  costUsd: nonNegative,
  accounts: z.array(
    z.object({
      accountId: z.string(),
      venueName: z.string(),
      bufferUsd: nonNegative,
      /** At the reference shock jointly, positions intact: before, as planned at the same prices, and after a new cascade. */
      excessBeforeUsd: finite,
      excessPlannedUsd: finite,
      excessAfterUsd: finite,
      shortUsd: nonNegative,
      /** Move of the common axis that liquidates it, everybody reacting; null = none. */
      jointMoveBefore: finite.nullable(),
      jointMoveAfter: finite.nullable(),
      /** What one dollar more of need costs in the plan. */
      needPrice: nonNegative,
    }),
  ),
  limits: z.array(
    z.object({ venueId: z.string(), venueName: z.string(), limitUsd: nonNegative, usedUsd: nonNegative, pricePerUsd: nonNegative }),
  ),
  /** Ways that exist but are slower than the horizon. */
  lateRoutes: z.number().int(),
  /** What one place would cost: the worst single failure as it is, and with all margin accounts at one venue. */
  unification: z.object({
    hubName: z.string(),
    recoveryFraction: fraction,
    rows: z.array(
      z.object({ model: z.string(), worstBefore: z.string(), beforeUsd: nonNegative, worstAfter: z.string(), afterUsd: nonNegative }),
    ),
  }),
  statement: z.array(z.string()),
  assumptions: z.array(assumption),
});
export type TransfersResult = z.infer<typeof transfersResult>;

export const transfersProcedures = {
  /** Plans the least-cost transfers of collateral within a horizon so that no account is below its buffer at the reference shock. */
  'transfers.plan': procedure(
    'job',
    z.strictObject({
      runId: runId.optional(),
      horizonHours: z
        .number()
        .min(0)
        .max(24 * 365)
        .default(24),
      bufferFraction: fraction.default(0.05),
      recoveryFraction: fraction.default(0.5),
    }),
    transfersResult,
  ),
};
