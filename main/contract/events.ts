import { z } from 'zod';
import { failure } from '../domain/failure.ts';
import { runId } from '../domain/run.ts';

/** What the workstation announces. Events announce; they never steer. */
export const appEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('run.progress'), runId, topic: z.string(), phase: z.string(), done: z.number(), total: z.number() }),
  z.object({
    type: z.literal('run.finished'),
    runId,
    topic: z.string(),
    status: z.enum(['finished', 'failed', 'cancelled']),
    failure: failure.nullable(),
  }),
  /** The book or its market changed; anything derived from it is stale. */
  z.object({ type: z.literal('book.changed'), digest: z.string() }),
]);
export type AppEvent = z.infer<typeof appEvent>;
