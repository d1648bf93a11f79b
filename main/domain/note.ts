import { z } from 'zod';
import { instant } from './time.ts';

/** A free text on any noun of the book. */
export const note = z.object({
  id: z.string().min(1).max(96),
  subjectKind: z.enum(['book', 'venue', 'account', 'asset', 'instrument', 'position', 'snapshot', 'run']),
  subjectId: z.string(),
  text: z.string().max(4000),
  writtenAt: instant,
});
export type Note = z.infer<typeof note>;
