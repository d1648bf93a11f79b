import { z } from 'zod';
import { policy } from '../domain/policy.ts';
import { finite, fraction, nonNegative } from '../domain/real.ts';
import { cascadeAssumptions, shock } from '../domain/scenario.ts';
import { assumption } from '../domain/snapshot.ts';
import { analysisInput } from './analysis.ts';
import { cell } from './cell.ts';
import { procedure } from './procedure.ts';

/** What a halt costs the book when the move it answered reverses after so many rounds. USD, signed: below zero it paid to wait. */
export const falseHalt = z.object({
  reversesAfterRound: z.number().int(),
  lossWithoutUsd: finite,
  lossWithUsd: finite,
  /** Loss without − loss with the policy: forced sales that never happen. */
  sparedUsd: finite,
  /** Gains of own contracts at the shocked prices that could not be taken in halted markets and are gone with the move. */
  forgoneUsd: nonNegative,
  /** forgone − spared. */
  costUsd: finite,
  /** Equity of own accounts that could not leave its venue meanwhile. */
  lockedUsd: nonNegative,
});

/** Who bears what beyond the shock itself, USD. fund + counterparties + users = the bad debt. */
export const bearers = z.object({
  /** What the slip took from liquidators beyond their bonus; 0 while they earn. */
  liquidatorsUsd: nonNegative,
  fundUsd: nonNegative,
  counterpartiesUsd: nonNegative,
  usersUsd: nonNegative,
  /** What forced sales and auto-deleveraging took from the book: its second-round loss. */
  mineUsd: finite,
});

/** One shock under one policy. Losses of the book above zero, USD. */
export const policyOutcome = z.object({
  policy,
  lossUsd: finite,
  secondRoundLossUsd: finite,
  badDebtUsd: nonNegative,
  /** Against no policy at the same shock; below zero it helped. */
  lossChangeUsd: finite,
  badDebtChangeUsd: finite,
  rounds: z.number().int(),
  hasConverged: z.boolean(),
  fallen: z.array(z.object({ accountId: z.string(), round: z.number().int() })),
  bearers,
  /** Earned by liquidators of loans, signed. */
  liquidatorsEarnUsd: finite,
  /** Change that auto-deleveraging made in the book, signed. */
  deleveragedUsd: finite,
  /** Rounds in which a market was halted, added over markets; and how often somebody below its requirement had to wait. */
  haltedRounds: z.number().int(),
  heldBack: z.number().int(),
  falseHalt,
  /** What the policy did, in one sentence. */
  sentence: z.string(),
});
export type PolicyOutcome = z.infer<typeof policyOutcome>;

/** One shock with and without policies; the first outcome is without any. */
export const policyComparison = z.object({
  runId: z.string(),
  shock,
  assumptions: cascadeAssumptions,
  outcomes: z.array(policyOutcome).min(1),
  stated: z.array(assumption),
});
export type PolicyComparison = z.infer<typeof policyComparison>;

/** One way to lose a hedge. `isHappening`: in the shock as computed; otherwise a stated what-if. Kept: gain left if only this happened. */
export const hedgeThreat = z.object({
  kind: z.enum(['liquidated', 'deleveraged', 'frozen', 'depegged']),
  isHappening: z.boolean(),
  keptUsd: finite,
  because: z.string(),
});

/** One derivative leg that gains in the shock. Gains signed, USD. */
export const hedgeLeg = z.object({
  legId: z.string(),
  name: z.string(),
  accountId: z.string(),
  venueName: z.string(),
  underlying: z.string(),
  lines: z.number().int(),
  /** Left alone to the end; as executed; 0 when lost. */
  idealUsd: finite,
  executedUsd: finite,
  /** Share of the counterparties ahead of it in the queue for auto-deleveraging; a failure where the venue does not deleverage it. */
  aheadShare: cell,
  /** Days of the history on which the leg gains, and on how many of them it is kept whole; their ratio. */
  gainDays: z.number().int(),
  keptDays: z.number().int(),
  survivalFraction: cell,
  /** Why it was lost on the other days. */
  liquidatedDays: z.number().int(),
  deleveragedDays: z.number().int(),
  /** Exposure the leg offsets at the final prices, and the book's net exposure to the underlying once it is gone; USD, signed. */
  hedgedUsd: finite,
  nakedUsd: finite,
  threats: z.array(hedgeThreat),
  fate: z.enum(['kept', 'liquidated', 'deleveraged']),
  /** The fate and its reason in words. */
  sentence: z.string(),
});
export type HedgeLeg = z.infer<typeof hedgeLeg>;

/** Whether the book's hedges are still there when they are needed. Profits of the book signed, USD. */
export const hedgeSurvival = z.object({
  runId: z.string(),
  shock,
  assumptions: cascadeAssumptions,
  legs: z.array(hedgeLeg),
  /** Profit or loss of the book with every hedge left alone, as executed, and with every hedge lost. */
  bookIdealUsd: finite,
  bookExecutedUsd: finite,
  bookLostUsd: finite,
  /** Days of the history that were run. */
  days: z.number().int(),
  depegFraction: fraction,
  stated: z.array(assumption),
});
export type HedgeSurvival = z.infer<typeof hedgeSurvival>;

export const policyProcedures = {
  /** The same shock with and without each policy. Without a list: the standard ones. */
  'policy.compare': procedure(
    'job',
    analysisInput.extend({ policies: z.array(policy).max(12).optional(), reversesAfterRound: z.number().int().min(1).max(50).optional() }),
    policyComparison,
  ),
  /** What becomes of each derivative leg that gains in the shock. */
  'policy.survival': procedure(
    'job',
    analysisInput.extend({ deleveraging: z.enum(['queue', 'proRata']).optional(), depegFraction: fraction.optional() }),
    hedgeSurvival,
  ),
};
