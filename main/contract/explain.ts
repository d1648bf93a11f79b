import { z } from 'zod';
import { procedure } from './procedure.ts';
import { cell } from './cell.ts';

/** Which number is asked about: a metric of the catalogue and what it belongs to. */
export const explainInput = z.strictObject({ metric: z.string(), subjectId: z.string().optional() });

export const explanation = z.object({
  title: z.string(),
  subject: z.string(),
  value: cell,
  unit: z.string(),
  definition: z.string(),
  formula: z.string(),
  /** The formula with this number's own values. */
  worked: z.string(),
  inputs: z.array(z.object({ name: z.string(), value: z.string(), source: z.string() })),
  /** Sign, horizon, coverage, and what it is not. */
  notes: z.array(z.string()),
});
export type Explanation = z.infer<typeof explanation>;

export const explainProcedures = {
  'explain.number': procedure('query', explainInput, explanation),
};
