import { z } from 'zod';
import { decimalText } from '../domain/decimal.ts';
import { finite, nonNegative } from '../domain/real.ts';
import { runId } from '../domain/run.ts';
import { instant } from '../domain/time.ts';
import { analysisResult } from './analysis.ts';
import { cell } from './cell.ts';
import { procedure } from './procedure.ts';

/** One change of a hypothetical book. Quantities are signed: long above zero, debt and short below. */
export const whatIfEdit = z.discriminatedUnion('kind', [
  /** Buys or sells a contract, paid for by the account's settlement coin at ask or bid unless a price is given. */
  z.strictObject({
    kind: z.literal('trade'),
    accountId: z.string(),
    instrumentId: z.string(),
    quantity: decimalText,
    price: decimalText.optional(),
  }),
  /** Puts a row at a quantity, nothing being paid: a deposit, a withdrawal or a correction. Zero removes it. */
  z.strictObject({ kind: z.literal('setPosition'), accountId: z.string(), instrumentId: z.string(), quantity: decimalText }),
  /** Moves the price of a base asset and of everything that rests on it alone; implied volatilities stay. */
  z.strictObject({ kind: z.literal('movePrice'), assetId: z.string(), move: z.number().gt(-1).max(10) }),
  /** Adds or subtracts every position of another book file, row by row. */
  z.strictObject({ kind: z.literal('bookFile'), path: z.string().min(1), sign: z.union([z.literal(1), z.literal(-1)]) }),
  /** Carries out legs of the last suggestion at bid, ask or rate. */
  z.strictObject({ kind: z.literal('legs'), legIds: z.array(z.string()).min(1).max(200) }),
]);
export type WhatIfEdit = z.infer<typeof whatIfEdit>;

/** A hypothetical book: what it started from and what was changed. */
export const whatIf = z.object({
  id: z.string(),
  name: z.string(),
  base: z.enum(['live', 'blank']),
  /** Whether the live book or its market has changed since. */
  isOutdated: z.boolean(),
  snapshotAsOf: instant,
  /** `legIds`: the legs of a suggestion that the edit carries out. */
  edits: z.array(z.object({ id: z.string(), title: z.string(), detail: z.string(), legIds: z.array(z.string()) })),
});
export type WhatIf = z.infer<typeof whatIf>;

export const whatIfAccount = z.object({
  accountId: z.string(),
  equityUsd: finite,
  requirementUsd: nonNegative,
  /** null in custody, where nothing is required. */
  excessUsd: finite.nullable(),
  useFraction: finite.nullable(),
});

/** The book valued as it stands, without cascades: what an edit changes at once. */
export const whatIfQuick = z.object({
  equityUsd: finite,
  requirementUsd: nonNegative,
  useFraction: finite.nullable(),
  accounts: z.array(whatIfAccount),
});
export type WhatIfQuick = z.infer<typeof whatIfQuick>;

/** One column of the comparison; all columns by the same scenarios and seed. */
export const whatIfColumn = z.object({
  /** 'live' or the id of a hypothetical book. */
  id: z.string(),
  name: z.string(),
  equityUsd: finite,
  requirementUsd: nonNegative,
  useFraction: finite.nullable(),
  nearestAccountId: z.string().nullable(),
  nearestJointMove: finite.nullable(),
  expectedShortfallUsd: finite,
  anyLiquidationFraction: finite,
  fallenAtReference: z.array(z.string()),
  leverageIndex: cell,
  /** Half spread, fee and gas of the way from the live book; a named failure where a quote is missing. */
  costUsd: cell,
});
export type WhatIfColumn = z.infer<typeof whatIfColumn>;

const id = z.string();

/** Hypothetical books live beside the open one until it is closed; none of this is ever written to a book file. */
export const whatIfProcedures = {
  'whatIf.list': procedure('query', z.strictObject({}), z.array(whatIf)),
  'whatIf.start': procedure('command', z.strictObject({ base: z.enum(['live', 'blank']), name: z.string().min(1).max(80) }), whatIf),
  /** Applies one edit, or refuses it by name; answers with the new state and its values without cascades. */
  'whatIf.edit': procedure('command', z.strictObject({ id, edit: whatIfEdit }), z.object({ whatIf, quick: whatIfQuick })),
  /** Takes back the last edit. */
  'whatIf.undo': procedure('command', z.strictObject({ id }), z.object({ whatIf, quick: whatIfQuick })),
  'whatIf.discard': procedure('command', z.strictObject({ id }), z.array(whatIf)),
  'whatIf.quick': procedure('query', z.strictObject({ id }), whatIfQuick),
  /** The analysis of the live book, of the hypothetical one. */
  'whatIf.analyse': procedure('job', z.strictObject({ runId: runId.optional(), id }), analysisResult),
  'whatIf.compare': procedure('job', z.strictObject({ runId: runId.optional(), ids: z.array(id).min(1).max(4) }), z.array(whatIfColumn)),
};
