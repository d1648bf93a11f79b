import { z } from 'zod';
import { run, runId } from '../domain/run.ts';
import { procedure } from './procedure.ts';

export const runProcedures = {
  'run.list': procedure('query', z.strictObject({ limit: z.number().int().min(1).max(1000) }), z.array(run.omit({ resultJson: true }))),
  'run.cancel': procedure('command', z.strictObject({ runId }), z.object({ wasRunning: z.boolean() })),
};
