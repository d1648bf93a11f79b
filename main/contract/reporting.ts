import { z } from 'zod';
import { runId } from '../domain/run.ts';
import { instant } from '../domain/time.ts';
import { importSource } from './importing.ts';
import { procedure } from './procedure.ts';

export const reportFormat = z.enum(['pdf', 'html', 'xlsx', 'csv', 'json']);
export type ReportFormat = z.infer<typeof reportFormat>;

export const reportFile = z.object({ format: reportFormat, path: z.string(), bytes: z.number().int(), sha256: z.string() });

/** A part that a report has, or could have: its name, and in a few words how much of it or why not. */
export const reportPart = z.object({ name: z.string(), detail: z.string(), isIn: z.boolean() });
export type ReportPart = z.infer<typeof reportPart>;

/** What a report says of itself, and whether computing it again gave the same. */
export const reportVerdict = z.object({
  /** Name of the file, without its folder. */
  file: z.string(),
  format: z.enum(['json', 'html', 'pdf']),
  /** Whether every number and every byte came out the same; a PDF packed by another program may differ in its packing alone. */
  isReproduced: z.boolean(),
  /** The sentence for it. */
  statement: z.string(),
  /** The first difference: a figure where one differs, else a place in the file. */
  difference: z.object({ where: z.string(), inFile: z.string(), recomputed: z.string() }).nullable(),
  bookName: z.string(),
  asOf: instant,
  engineVersion: z.string(),
  seed: z.number().int(),
  /** SHA-256 of the record inside, as the first page has it. */
  recordDigest: z.string(),
  bookDigest: z.string(),
  /** What was computed again. */
  parts: z.array(reportPart),
  /** Whether the book that is open now is the one the report was made of; null when none is open. */
  isOpenBook: z.boolean().nullable(),
});
export type ReportVerdict = z.infer<typeof reportVerdict>;

export const reportingProcedures = {
  /** Writes the reports of the current analysis and suggestion into a folder. */
  'report.write': procedure(
    'job',
    z.strictObject({ runId: runId.optional(), folder: z.string().optional(), formats: z.array(reportFormat).min(1) }),
    z.object({ folder: z.string(), recordDigest: z.string(), files: z.array(reportFile) }),
  ),
  /** The report as far as everything in it is at hand: shown at once, while the preview is computed. Computes nothing. */
  'report.draft': procedure(
    'query',
    z.strictObject({}),
    z.object({
      html: z.string(),
      /** Names of the parts that are still to be computed. */
      pending: z.array(z.string()),
    }),
  ),
  /** The HTML report as text, for the preview; without the record that a written one carries. */
  'report.preview': procedure(
    'job',
    z.strictObject({ runId: runId.optional() }),
    z.object({ html: z.string(), recordDigest: z.string(), parts: z.array(reportPart) }),
  ),
  /** Computes a written report (PDF, HTML or JSON) again from what it carries and names the first difference. Needs no book. */
  'report.verify': procedure('job', z.strictObject({ runId: runId.optional(), source: importSource }), reportVerdict),
};
