import { z } from 'zod';
import { procedure } from './procedure.ts';

/** What this process is. */
export const appInfo = z.object({
  version: z.string(),
  engineVersion: z.string(),
  host: z.enum(['electron', 'browser', 'cli', 'test']),
  node: z.string(),
  workers: z.number().int(),
  bookPath: z.string().nullable(),
});

export const appProcedures = {
  'app.info': procedure('query', z.strictObject({}), appInfo),
};
