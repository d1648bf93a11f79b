import { z } from 'zod';
import { failure } from '../domain/failure.ts';
import { fraction } from '../domain/real.ts';
import { runId } from '../domain/run.ts';
import { procedure } from './procedure.ts';

/** Layouts that can be read. `auto` sniffs. */
export const importFormat = z.enum([
  'auto',
  'interlock-csv',
  'interlock-xlsx',
  'interlock-json',
  'deribit-transactions',
  'binance-trades',
  'binance-positions',
  'hyperliquid-trades',
]);
export type ImportFormat = z.infer<typeof importFormat>;

/** Answers to what a file leaves open; asked, never guessed. `leaveOut` rejects the rows it concerns. */
export const importAnswers = z.strictObject({
  decimalSign: z.enum(['dot', 'comma', 'leaveOut']).optional(),
  dateOrder: z.enum(['dayFirst', 'monthFirst', 'leaveOut']).optional(),
  /** Account that rows without one belong to (venue exports carry none). */
  accountId: z.string().optional(),
});
export type ImportAnswers = z.infer<typeof importAnswers>;

/** A file on the host's disk, or its bytes in base64 (browser). */
export const importSource = z.union([
  z.strictObject({ path: z.string() }),
  z.strictObject({ name: z.string(), base64: z.string().max(90_000_000) }),
]);

export const importRowState = z.enum(['new', 'changed', 'unchanged', 'asked', 'rejected']);

/** One row of the file as it was read and as the book will hold it. */
export const importRow = z.object({
  line: z.number().int(),
  state: importRowState,
  /** Raw cells in file order. */
  cells: z.array(z.string()),
  /** Column whose cell is asked about or rejected. */
  column: z.string().nullable(),
  reason: z.string().nullable(),
  /** What it becomes. */
  accountId: z.string().nullable(),
  instrumentId: z.string().nullable(),
  quantity: z.string().nullable(),
});

/** A question the file leaves open, with each answer shown already applied to sample cells. */
export const importQuestion = z.object({
  id: z.enum(['decimalSign', 'dateOrder', 'accountId']),
  text: z.string(),
  lines: z.array(z.number().int()),
  choices: z.array(
    z.object({ value: z.string(), label: z.string(), examples: z.array(z.object({ raw: z.string(), parsed: z.string() })) }),
  ),
});

/** What an import would do. Nothing has been written. Counts add up to `rows`. */
export const importPreview = z.object({
  previewId: z.string(),
  fileName: z.string(),
  format: importFormat,
  /** In words: 'Deribit transaction log, 2025 headers'. */
  layout: z.string(),
  encoding: z.string(),
  columns: z.array(z.string()),
  headerDigest: z.string(),
  rows: z.number().int(),
  counts: z.object({
    new: z.number().int(),
    changed: z.number().int(),
    unchanged: z.number().int(),
    asked: z.number().int(),
    rejected: z.number().int(),
  }),
  /** First 20 rows and every problem, at most 2,000. */
  sample: z.array(importRow),
  questions: z.array(importQuestion),
  /** Problems of the file as a whole (not of one row). */
  failures: z.array(failure),
  /** Positions the book will hold of the accounts touched, after the import. */
  positionsAfter: z.number().int(),
  pricedRows: z.number().int(),
  pricedValueFraction: fraction,
  canCommit: z.boolean(),
});
export type ImportPreview = z.infer<typeof importPreview>;

export const importResult = z.object({
  runId,
  rowsWritten: z.number().int(),
  rowsRejected: z.number().int(),
  positions: z.number().int(),
  /** 'n of m rows, x % of gross value priced'. */
  summary: z.string(),
});

export const importingProcedures = {
  'import.preview': procedure(
    'job',
    z.strictObject({ runId: runId.optional(), source: importSource, format: importFormat, answers: importAnswers }),
    importPreview,
  ),
  /** Writes the file of a preview as one undoable step; with `previewId` of a preview whose questions are answered. */
  'import.commit': procedure('job', z.strictObject({ runId: runId.optional(), previewId: z.string() }), importResult),
};
