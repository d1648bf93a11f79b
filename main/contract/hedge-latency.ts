import { z } from 'zod';
import { finite, nonNegative } from '../domain/real.ts';

/** When a leg is there, and what it is worth for its cost and its time. */
export const legLatency = z.object({
  /** Time by which it has surely arrived, the slow end; 0 = at once. */
  minutes: nonNegative,
  /** In which scenarios that is soon enough. */
  text: z.string(),
  /** Expected shortfall it takes off per USD of its cost, and per hour until it arrives, USD; null where it costs nothing or is there at once. */
  reductionPerUsd: finite.nullable(),
  reductionPerHourUsd: finite.nullable(),
});
export type LegLatency = z.infer<typeof legLatency>;
