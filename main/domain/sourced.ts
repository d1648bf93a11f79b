import { z } from 'zod';
import { day } from './time.ts';

/** The ledger a venue runs on, and who posts the prices it judges accounts by. null = its own books, or not recorded: `source` says which. */
export const restsOn = z.object({ chain: z.string().nullable(), oracle: z.string().nullable(), source: z.string() });

/** Where parameters come from, on which day they held, and what the source leaves open: shown to the user. */
export const sourced = { source: z.string(), asOf: day, notes: z.array(z.string()), restsOn: restsOn.optional() };
