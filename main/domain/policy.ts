import { z } from 'zod';
import { fraction, nonNegative } from './real.ts';
import { venueId } from './venue.ts';

const rounds = z.number().int().min(1).max(100);

/** A market halts for some rounds once a round (the shock is round 0) has moved its own price by more than the band. */
export const priceBandHalt = z.strictObject({
  bandFraction: z.number().positive().max(1),
  haltRounds: rounds,
  /** Share of the depth at the start that comes back in each round of the halt: 0 = a halt is waiting and nothing else. */
  refillFraction: fraction,
});

/** At most a share of the collateral that a lending venue holds leaves it by liquidation in a window (after ERC-7265). */
export const outflowLimit = z.strictObject({
  thresholdFraction: fraction,
  /** Outflow that is never limited, USD. */
  minimumUsd: nonNegative,
  windowRounds: rounds,
  /** `revert` refuses what is too much until the window ends; `delay` lets nothing out for the cooldown. */
  effect: z.enum(['revert', 'delay']),
  cooldownRounds: rounds,
});

/** Who pays bad debt, in order: the venue's fund, then profitable counterparties where the venue deleverages, then its users. */
export const lossOrder = z.strictObject({
  /** Fund of every venue that is not named, and of those that are, USD. */
  fundUsd: nonNegative,
  fundByVenueUsd: z.record(venueId, nonNegative),
  /** `queue` closes by profit share × leverage, `proRata` the same share of every profitable position. */
  deleveraging: z.enum(['none', 'queue', 'proRata']),
});

/** What venues and markets do to stop a cascade; null = no such rule. With nothing set the cascade is as without policies. */
export const policy = z.strictObject({
  id: z.string().min(1).max(64),
  name: z.string().min(1).max(96),
  priceBand: priceBandHalt.nullable(),
  outflowLimit: outflowLimit.nullable(),
  /** No liquidation above the loan-to-value 1 / (1 + bonus), where it would leave the borrower worse off. */
  pausesToxic: z.boolean(),
  lossOrder: lossOrder.nullable(),
});
export type Policy = z.infer<typeof policy>;

/** Today's rules: nothing acts. */
export const noPolicy: Policy = { id: 'none', name: 'No policy', priceBand: null, outflowLimit: null, pausesToxic: false, lossOrder: null };
