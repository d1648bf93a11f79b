import { z } from 'zod';
import { baseMarket, isolatedMarket, lendingPool, vault } from './lending-rules.ts';
import { scenarioMargin, standardManager, standardOptions, tieredPerpetual } from './margin-rules.ts';
import { sourced } from './sourced.ts';

export const venueId = z.string().min(1).max(64);

/** Plain custody: no requirement, nothing is ever liquidated. */
export const custody = z.object({ family: z.literal('custody'), ...sourced });

export const venueParameters = z.discriminatedUnion('family', [
  lendingPool,
  isolatedMarket,
  vault,
  baseMarket,
  tieredPerpetual,
  standardOptions,
  scenarioMargin,
  standardManager,
  custody,
]);
export type VenueParameters = z.infer<typeof venueParameters>;
export type RequirementFamily = VenueParameters['family'];

/** Where positions are held and margined. `mark` is the three-letter sign shown beside its accounts. */
export const venue = z.object({
  id: venueId,
  name: z.string(),
  mark: z.string().length(3),
  parameters: venueParameters,
});
export type Venue = z.infer<typeof venue>;
