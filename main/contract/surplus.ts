import { z } from 'zod';
import { accountId } from '../domain/account.ts';
import { finite, fraction, nonNegative } from '../domain/real.ts';
import { runId } from '../domain/run.ts';
import { cascadeAssumptions, shock } from '../domain/scenario.ts';
import { analysisInput } from './analysis.ts';
import { cell } from './cell.ts';
import { procedure } from './procedure.ts';

/** How a book is cut: `custom` by the groups given, everything else from the book itself. */
export const partitionBy = z.enum(['venue', 'strategy', 'collateral', 'account', 'custom']);
export type PartitionBy = z.infer<typeof partitionBy>;

/** A named group of accounts; accounts of no group become one block of their own. */
export const accountGroup = z.strictObject({ name: z.string().min(1).max(64), accountIds: z.array(accountId).min(1) });
export type AccountGroup = z.infer<typeof accountGroup>;

/** `withBlocks`: each block lives with the borrowers at its venues. `apart`: they are a block of their own, which shows what they add. */
export const crowdPlace = z.enum(['withBlocks', 'apart']);

/** One block of the book. Losses of the second round (forced selling) in USD, above zero; `expected shortfall` without any forced selling. */
export const surplusBlock = z.object({
  id: z.string(),
  name: z.string(),
  accountIds: z.array(z.string()),
  /** The crowd's borrowers that take part with it. */
  crowdAccounts: z.number().int(),
  /** What it loses when only it and its crowd react. */
  aloneUsd: finite,
  /** What falls on its accounts when everybody reacts. */
  borneUsd: finite,
  /** What it answers for: its Shapley share of the joint loss, and the standard error of that where it is sampled. */
  shapleyUsd: finite,
  standardErrorUsd: nonNegative.nullable(),
  fallenAlone: z.array(z.string()),
  fallenJointly: z.array(z.string()),
  /** On ordinary days: its own expected shortfall, and its Euler share of the book's. */
  expectedShortfallUsd: finite,
  eulerUsd: finite,
});
export type SurplusBlock = z.infer<typeof surplusBlock>;

/** Whether the whole is more than its parts, for one way to cut the book. */
export const partitionResult = z.object({
  runId,
  inputsDigest: z.string(),
  by: partitionBy,
  crowd: crowdPlace,
  shock,
  assumptions: cascadeAssumptions,
  blocks: z.array(surplusBlock),
  sumOfPartsUsd: finite,
  jointUsd: finite,
  surplusUsd: finite,
  /** joint / sum of the parts; a failure where the parts lose nothing. */
  ratio: cell,
  shapley: z.object({
    method: z.enum(['exact', 'sampled']),
    /** Cascades that were run, and orders that were drawn (0 where exact). */
    cascades: z.number().int(),
    orders: z.number().int(),
    seed: z.number().int(),
  }),
  /** Share of the cascades that came to rest within the round limit. */
  convergedFraction: fraction,
  /** Ordinary days, nobody forced to sell: the sum of the blocks' expected shortfalls over the book's. */
  calm: z.object({
    confidence: fraction,
    days: z.number().int(),
    sumOfPartsUsd: finite,
    expectedShortfallUsd: finite,
    diversificationRatio: cell,
  }),
  /** Pairs that lose most together beyond what each loses alone, largest first; at most five. */
  ties: z.array(z.object({ firstId: z.string(), secondId: z.string(), surplusUsd: finite })),
  verdict: z.enum(['coupled', 'separate', 'sheltered', 'calm']),
  /** One line, and what it means in two or three sentences. */
  headline: z.string(),
  sentences: z.array(z.string()),
});
export type PartitionResult = z.infer<typeof partitionResult>;

const partitionInput = analysisInput.extend({
  by: partitionBy.default('venue'),
  crowd: crowdPlace.default('withBlocks'),
  groups: z.array(accountGroup).max(64).optional(),
});

export const surplusProcedures = {
  /** The book cut into blocks: joint loss against the parts, Shapley shares, ordinary diversification. From memory when nothing has changed. */
  'surplus.partition': procedure('job', partitionInput, partitionResult),
};
