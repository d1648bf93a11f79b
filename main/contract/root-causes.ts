import { z } from 'zod';
import { finite, nonNegative } from '../domain/real.ts';

const moveKind = z.enum(['price', 'discount', 'loss']);

/** Part of a change of an account's excess that one move took, USD; `moveId` names a move of the same tree. */
const excessPart = z.object({ moveId: z.string(), excessUsd: finite });

/** One of the book's accounts that falls. `beforeUsd` + `shockUsd` + Σ parts + `restUsd` = `atFallUsd`, the excess in which it falls. */
export const causedFall = z.object({
  accountId: z.string(),
  round: z.number().int(),
  beforeUsd: finite,
  shockUsd: finite,
  parts: z.array(excessPart),
  restUsd: finite,
  atFallUsd: finite,
  /** One line that says it. */
  words: z.string(),
});

/** Share of a move: `moved` of all shares, with `otherMoved`, add up to the move. */
const moveShare = z.object({ sellerId: z.string(), moved: finite });

/** A move since the shock up to the start of a round: a price, or what a claim is worth of its backing (discount, loss). Relative. */
export const causedMove = z.object({
  id: z.string(),
  assetId: z.string(),
  kind: moveKind,
  beforeRound: z.number().int(),
  moved: finite,
  shares: z.array(moveShare),
  /** What no sale made. */
  otherMoved: finite,
  words: z.string(),
});

/** Who sold before a round, and why: an own account (its fall is in `falls`), or the crowd of a venue. */
export const causedSeller = z.object({
  id: z.string(),
  kind: z.enum(['account', 'crowdAtShock', 'crowdLater']),
  accountId: z.string().nullable(),
  venueId: z.string(),
  venueName: z.string(),
  beforeRound: z.number().int(),
  soldUsd: nonNegative,
  /** Crowd pushed below its requirement by earlier moves: their shares of the fall of what it sold, adding up to 1. Empty = the shock itself. */
  reasons: z.array(z.object({ moveId: z.string(), share: finite })),
  words: z.string(),
});

/** Why each account fell, back to the shock: falls rest on moves, moves on sellers, sellers on earlier moves or earlier falls. */
export const rootCauses = z.object({
  falls: z.array(causedFall),
  moves: z.array(causedMove),
  sellers: z.array(causedSeller),
});
export type RootCauses = z.infer<typeof rootCauses>;

const flowEnd = z.object({ kind: z.enum(['account', 'crowd', 'market', 'redemption', 'purchase', 'venue', 'lost']), id: z.string() });

/** Money of one round from a seller through markets to whom it is owed, USD at the round's prices. */
export const moneyFlow = z.object({ from: flowEnd, to: flowEnd, usd: nonNegative });
export type MoneyFlow = z.infer<typeof moneyFlow>;
export type FlowEnd = z.infer<typeof flowEnd>;
