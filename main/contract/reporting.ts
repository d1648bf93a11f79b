import { z } from 'zod';
import { runId } from '../domain/run.ts';
import { procedure } from './procedure.ts';

export const reportFormat = z.enum(['pdf', 'html', 'xlsx', 'csv', 'json']);
export type ReportFormat = z.infer<typeof reportFormat>;

export const reportFile = z.object({ format: reportFormat, path: z.string(), bytes: z.number().int(), sha256: z.string() });

export const reportingProcedures = {
  /** Writes the reports of the current analysis and suggestion into a folder. */
  'report.write': procedure(
    'job',
    z.strictObject({ runId: runId.optional(), folder: z.string().optional(), formats: z.array(reportFormat).min(1) }),
    z.object({ folder: z.string(), files: z.array(reportFile) }),
  ),
  /** The HTML report as text, for the preview. */
  'report.preview': procedure('job', z.strictObject({ runId: runId.optional() }), z.object({ html: z.string() })),
};
