import { z } from 'zod';
import { failure } from '../domain/failure.ts';
import { extended } from '../domain/real.ts';

/** A number or the named reason why there is none. */
export const cell = z.union([extended, failure]);
export type Cell = z.infer<typeof cell>;

export const accountState = z.enum(['safe', 'watch', 'danger', 'none']);
export type AccountState = z.infer<typeof accountState>;
