import { z } from 'zod';
import { instant } from './time.ts';

export const runId = z.string().min(1).max(64);

/** One piece of long work, kept so that it can be repeated: same inputs, engine and seed give the same result. */
export const run = z.object({
  id: runId,
  topic: z.enum(['analysis', 'hedge', 'import', 'report', 'demo']),
  startedAt: instant,
  finishedAt: instant.nullable(),
  status: z.enum(['running', 'finished', 'failed', 'cancelled']),
  inputsDigest: z.string(),
  engineVersion: z.string(),
  seed: z.number().int(),
  /** Result as JSON text of the topic's output schema; null while running or failed. */
  resultJson: z.string().nullable(),
});
export type Run = z.infer<typeof run>;
