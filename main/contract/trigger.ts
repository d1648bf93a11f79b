import { z } from 'zod';
import { accountId } from '../domain/account.ts';
import { extended, finite, fraction, nonNegative } from '../domain/real.ts';
import { runId } from '../domain/run.ts';
import { drawn } from './forecast.ts';
import { procedure } from './procedure.ts';

/** What the best order is chosen by: least expected cost; least chance of liquidation; least cost with a chance of at most alpha. */
export const triggerObjective = z.enum(['cost', 'safety', 'target']);
export type TriggerObjective = z.infer<typeof triggerObjective>;

/** How an order is carried out. Money in USD. */
export const orderTerms = z.object({
  /** What repays: the collateral that is sold, or cash. */
  from: z.enum(['collateral', 'cash']).default('collateral'),
  /** Cash set aside for it; only with `cash`. */
  cashUsd: nonNegative.default(0),
  /** From the moment that sets it off to the first attempt. */
  latencyMinutes: z.number().min(1).max(1440).default(30),
  /** Chance that an attempt does not come through. */
  missFraction: z.number().min(0).max(0.95).default(0.2),
  /** Of what is repaid. */
  keeperFeeFraction: z.number().min(0).max(0.2).default(0.003),
  /** Per execution; the scenario set's without it. */
  gasUsd: nonNegative.optional(),
  /** An attempt that would sell worse than this reverts. */
  slippageCapFraction: z.number().min(0).max(0.5).default(0.02),
});

/** One order of the grid: repay below health `trigger` up to health `target`. Expected figures over all paths, USD. */
export const triggerCell = z.object({
  trigger: nonNegative,
  target: nonNegative,
  /** Order costs and liquidation losses together. */
  expectedCostUsd: drawn,
  orderCostUsd: nonNegative,
  liquidationLossUsd: nonNegative,
  liquidationProbability: drawn,
  /** Mean executions of a path; share of the paths on which it is set off. */
  executions: nonNegative,
  firedFraction: fraction,
});
export type TriggerCell = z.infer<typeof triggerCell>;

/** What became of the account in a recorded window, at the lowest prices of every bar: without an order, and with the best one. */
export const triggerWindow = z.object({
  windowId: z.string(),
  windowName: z.string(),
  isLiquidatedWithout: z.boolean(),
  isLiquidatedWith: z.boolean(),
  executions: z.number().int(),
  costWithoutUsd: nonNegative,
  costWithUsd: nonNegative,
});
export type TriggerWindow = z.infer<typeof triggerWindow>;

/** Why an order may not execute, and how often that was so per path with the best one; null where the simulation cannot know. */
export const triggerDoubt = z.object({ id: z.string(), text: z.string(), perPath: nonNegative.nullable() });

export const triggerResult = z.object({
  runId,
  inputsDigest: z.string(),
  bookName: z.string(),
  asOf: z.string(),
  accountId: z.string(),
  venueName: z.string(),
  /** Health factor now, and the assets that an order sells and repays. */
  healthFactor: nonNegative,
  soldAssetId: z.string(),
  repaidAssetId: z.string(),
  days: nonNegative,
  lookMinutes: nonNegative,
  draws: z.number().int(),
  seed: z.number().int(),
  alpha: fraction,
  objective: triggerObjective,
  terms: orderTerms.required(),
  triggers: z.array(finite),
  targets: z.array(finite),
  /** Every order with a target above its trigger, by trigger and then target. */
  cells: z.array(triggerCell),
  /** Without any order. */
  none: triggerCell.pick({ expectedCostUsd: true, liquidationLossUsd: true, liquidationProbability: true }),
  /** The best by each objective; null for `target` where no order lowers the chance to alpha. */
  best: z.object({ cost: triggerCell, safety: triggerCell, target: triggerCell.nullable() }),
  /** Orders than which none is both cheaper and safer, cheapest first. */
  frontier: z.array(triggerCell),
  /** Whether the best by the objective asked for costs less than no order, beyond the simulation error. */
  isWorthIt: z.boolean(),
  /** The best order by the objective asked for along the recorded windows, keeper and latency as asked. */
  windows: z.array(triggerWindow),
  headline: z.string(),
  doubts: z.array(triggerDoubt),
  assumptions: z.array(z.string()),
  elapsedMs: extended,
});
export type TriggerResult = z.infer<typeof triggerResult>;

export const triggerProcedures = {
  /** The best order "repay below health X up to Y" for a borrowing account, by simulation. From memory when nothing has changed. */
  'trigger.optimise': procedure(
    'job',
    z.strictObject({
      runId: runId.optional(),
      scenarioSetId: z.string().optional(),
      /** The borrower nearest to liquidation without it. */
      accountId: accountId.optional(),
      objective: triggerObjective.default('target'),
      alpha: z.number().min(0.0001).max(0.5).default(0.01),
      draws: z.number().int().min(100).max(20_000).default(2000),
      seed: z.number().int().min(0).max(1_000_000_000).default(7),
      terms: orderTerms.prefault({}),
    }),
    triggerResult,
  ),
};
