import { z } from 'zod';
import { assumption } from '../domain/snapshot.ts';
import { finite, fraction, nonNegative } from '../domain/real.ts';
import { runId } from '../domain/run.ts';
import { cell } from './cell.ts';
import { procedure } from './procedure.ts';

/** How a failure is believed to pass on; every model is told, none is averaged away. */
export const failureModel = z.enum(['direct', 'eisenbergNoe', 'rogersVeraart', 'debtRank', 'threshold', 'thresholdRecovery', 'fireSale']);
export type FailureModel = z.infer<typeof failureModel>;

/** A figure under the milder and the severer end of what is not known of the system; a failure where a model did not come to rest. */
export const interval = z.object({ low: cell, high: cell });
export type Interval = z.infer<typeof interval>;

/** What the failure of one institution costs the book. Losses are above zero, USD. */
export const failureResult = z.object({
  runId,
  inputsDigest: z.string(),
  snapshotAsOf: z.string(),
  systemAsOf: z.string(),
  elapsedMs: nonNegative,
  /** Everything that can fail, with what it costs directly at the same recovery, largest first. */
  nodes: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      kind: z.enum(['venue', 'issuer', 'both']),
      directLossUsd: nonNegative,
      /** No balance sheet is published: brackets, or no entry at all. */
      isAssumed: z.boolean(),
      /** Nodes of the dependency graph that stand for it: its venues, itself as an issuer, its tokens. */
      graphIds: z.array(z.string()),
    }),
  ),
  nodeId: z.string(),
  nodeName: z.string(),
  recoveryFraction: fraction,
  equityUsd: finite,
  models: z.array(
    z.object({
      id: failureModel,
      name: z.string(),
      /** What it takes for granted, in a sentence. */
      belief: z.string(),
      lossUsd: interval,
      /** Beyond the direct loss at the model's own recovery: DebtRank and the threshold know none. */
      passedOnUsd: interval,
      /** Institutions that pay less than in full at the severe end, most hurt first. */
      hurt: z.array(z.object({ id: z.string(), name: z.string(), payFraction: fraction })),
    }),
  ),
  accounts: z.array(
    z.object({
      accountId: z.string(),
      venueName: z.string(),
      equityUsd: finite,
      lossUsd: z.record(failureModel, interval),
      /** Excess at the tokens' prices after the failure, severe end of the clearing; null in custody and at the failed venue. */
      excessUsd: cell.nullable(),
    }),
  ),
  /** Exposure to each driver, and what is left of it when the contracts at the failed venue are gone. USD, signed. */
  exposures: z.array(z.object({ assetId: z.string(), beforeUsd: finite, afterUsd: finite })),
  fireSale: z.object({
    /** Relative moves of each driver at the severe end: the failed one's sales, then everybody's deleveraging. */
    moves: z.array(z.object({ assetId: z.string(), bySales: finite, byDeleveraging: finite })),
    aggregateVulnerability: finite,
  }),
  /** Indirect contagion through common holdings: see `share`. */
  overlap: z.object({
    topEigenvalueUsd: cell,
    holders: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        isMine: z.boolean(),
        /** Part of the principal vector (length 1); null where no direction stands out. */
        share: finite.nullable(),
        /** What the holder loses when the crowd sells all it has, USD. */
        fromCrowdUsd: finite,
        /** What it loses when everybody sells along the principal vector: eigenvalue × share, USD. */
        indexUsd: finite.nullable(),
      }),
    ),
  }),
  /** How it reaches the book, step by step, and where the models disagree and why. */
  path: z.array(z.string()),
  disagreements: z.array(z.string()),
  /** Share of the book's direct claims whose debtor publishes a balance sheet. */
  publishedFraction: fraction,
  assumptions: z.array(assumption),
});
export type FailureResult = z.infer<typeof failureResult>;

export const contagionProcedures = {
  /** Lets one institution fail; without a node, the one that costs the book most directly. */
  'contagion.failure': procedure(
    'job',
    z.strictObject({ runId: runId.optional(), nodeId: z.string().max(96).optional(), recoveryFraction: fraction.default(0.5) }),
    failureResult,
  ),
};
