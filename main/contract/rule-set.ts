import { z } from 'zod';
import { accountId } from '../domain/account.ts';
import { extended, finite } from '../domain/real.ts';
import { runId } from '../domain/run.ts';
import { day } from '../domain/time.ts';
import { cell } from './cell.ts';
import { procedure } from './procedure.ts';

/** A rule of the account's venue with another value. `key` is one of `editable`, e.g. 'threshold:wstETH'. */
export const ruleEdit = z.strictObject({ key: z.string().max(96), value: finite });
export type RuleEdit = z.infer<typeof ruleEdit>;

/** Something the rules say about the account's own positions. A blocking one means that the venue would not take them like this. */
export const ruleFinding = z.object({
  kind: z.enum([
    'notListed',
    'notBorrowable',
    'notInMode',
    'unknownMarket',
    'isolated',
    'notBorrowableInIsolation',
    'debtCeiling',
    'siloed',
    'zeroLoanToValue',
    'notOffered',
    'nothingGained',
  ]),
  isBlocking: z.boolean(),
  text: z.string(),
});
export type RuleFinding = z.infer<typeof ruleFinding>;

/** What the account would measure under the rules. USD; the same scale as the account's own figures. */
export const ruleMeasures = z.object({
  resourcesUsd: cell,
  requirementUsd: cell,
  excessUsd: cell,
  /** null for margin accounts. */
  healthFactor: cell.nullable(),
  /** What may still be borrowed before the loan-to-values (or borrow factors) bind; below zero nothing can be opened. null for margin accounts. */
  availableBorrowUsd: cell.nullable(),
  /** Along the common axis, nobody selling and with everybody reacting; null = never. */
  aloneMove: finite.nullable(),
  jointMove: finite.nullable(),
  byDriver: z.array(z.object({ driver: z.string(), downMove: finite.nullable(), upMove: finite.nullable() })),
  /** Days after which interest alone liquidates it at today's rates: Infinity = never; null for margin accounts. */
  interestDays: cell.nullable(),
  /** Change of the excess in 30 days when borrowing costs a point a year more; null for margin accounts. */
  ratePointUsd: cell.nullable(),
});
export type RuleMeasures = z.infer<typeof ruleMeasures>;

/** The same positions under one set of rules. */
export const ruleSetRow = z.object({
  id: z.string(),
  kind: z.enum(['inForce', 'revision', 'efficiencyMode', 'change', 'venue', 'edited']),
  title: z.string(),
  /** At most four words: 'in force', 'announced for 2026-09-16', 'not eligible'. */
  status: z.string(),
  /** One sentence: what differs, or why the positions do not fit. */
  why: z.string(),
  /** null where the positions do not fit the rules. */
  measures: ruleMeasures.nullable(),
  findings: z.array(ruleFinding),
  source: z.string(),
  asOf: day,
  /** What the public source does not settle. */
  notes: z.array(z.string()),
});
export type RuleSetRow = z.infer<typeof ruleSetRow>;

/** A rule that can be tried with another value. */
export const editableRule = z.object({
  key: z.string(),
  label: z.string(),
  value: finite,
  unit: z.enum(['fraction', 'ratio', 'usd']),
});
export type EditableRule = z.infer<typeof editableRule>;

/** One account under the rules in force and under others. */
export const ruleSetComparison = z.object({
  accountId: z.string(),
  venueName: z.string(),
  snapshotAsOf: z.string(),
  rows: z.array(ruleSetRow),
  editable: z.array(editableRule),
  elapsedMs: extended,
});
export type RuleSetComparison = z.infer<typeof ruleSetComparison>;

export const ruleSetProcedures = {
  /** Compares the rules for one account; 'invalidValue' names an edited rule that is unknown or out of range. Keeps nothing in the book. */
  'ruleSet.compare': procedure(
    'job',
    z.strictObject({ runId: runId.optional(), accountId, edits: z.array(ruleEdit).max(12).default([]) }),
    ruleSetComparison,
  ),
};
