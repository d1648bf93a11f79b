import { z } from 'zod';
import { account } from './account.ts';
import { asset } from './asset.ts';
import { instrument } from './instrument.ts';
import { pledge } from './pledge.ts';
import { position } from './position.ts';
import { venue } from './venue.ts';

/** Everything in a book that valuation needs, read in one consistent look. */
export const bookContents = z.object({
  name: z.string(),
  venues: z.array(venue),
  accounts: z.array(account),
  assets: z.array(asset),
  instruments: z.array(instrument),
  positions: z.array(position),
  pledges: z.array(pledge),
});
export type BookContents = z.infer<typeof bookContents>;
