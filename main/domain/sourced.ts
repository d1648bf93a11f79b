import { z } from 'zod';
import { day } from './time.ts';

/** Where parameters come from, on which day they held, and what the source leaves open: shown to the user. */
export const sourced = { source: z.string(), asOf: day, notes: z.array(z.string()) };
