import { z } from 'zod';
import { assetId } from './asset.ts';
import { fraction, nonNegative } from './real.ts';
import { day } from './time.ts';
import { venueId } from './venue.ts';

/** A figure that is known to lie between two; both the same where it is published. */
export const bracket = z.object({ low: nonNegative, high: nonNegative }).refine(({ low, high }) => low <= high, 'low is above high');
export type Bracket = z.infer<typeof bracket>;

/** Where a figure comes from, and whether it is an assumption instead of a published one. */
const stated = { source: z.string(), isAssumed: z.boolean() };

/** Somebody whose failure can cost the book: a venue, an issuer of tokens, or both. Capital includes insurance. USD. */
export const institution = z.object({
  id: z.string().min(1),
  name: z.string().min(1),
  venueIds: z.array(venueId),
  /** Issuers as assets name them. */
  issuers: z.array(z.string()),
  obligationsUsd: bracket,
  capitalUsd: bracket.refine(({ low }) => low > 0, 'capital must be above zero'),
  /** Share of its obligations that is held in each coin, which a failure may bring to market. */
  coinShares: z.record(assetId, fraction),
  ...stated,
});
export type Institution = z.infer<typeof institution>;

/** The institutions around a book and what they own of each other. */
export const financialSystem = z.object({
  asOf: day,
  notes: z.array(z.string()),
  saleOnFailureFraction: z.object({ low: fraction, high: fraction, source: z.string() }),
  institutions: z.array(institution),
  claims: z.array(z.object({ creditorId: z.string(), debtorId: z.string(), amountUsd: bracket, ...stated })),
});
export type FinancialSystem = z.infer<typeof financialSystem>;

/** How fast and how much leaves and enters a venue. */
const venueTransfers = z.object({
  withdrawMinutes: bracket,
  depositMinutes: bracket,
  withdrawFeeUsd: nonNegative,
  dailyLimitUsd: bracket,
  source: z.string(),
});
export type VenueTransfers = z.infer<typeof venueTransfers>;

/** How long an issuer takes to give back what is behind its token, from the request, hours. */
const issuerExit = z.object({ issuer: z.string(), redeemHours: bracket, source: z.string() });

/** How soon coins have been recorded to move: entry i of a list is the shortest time for a move of i + 1 per cent, never less than for a smaller one. */
export const recordedMoves = z.object({
  asOf: day,
  source: z.string(),
  assets: z.array(z.object({ assetId, fallMinutes: z.array(nonNegative), riseMinutes: z.array(nonNegative) })).min(1),
});
export type RecordedMoves = z.infer<typeof recordedMoves>;

/**
 * What moving collateral between venues and out of tokens takes; `unknown` stands for a venue without an entry. And, where it is known, how
 * soon it may be needed.
 */
export const transferTerms = z.object({
  asOf: day,
  notes: z.array(z.string()),
  swap: z.object({ minutes: bracket, costFraction: fraction, source: z.string() }),
  venues: z.array(venueTransfers.extend({ venueId })),
  unknown: venueTransfers,
  issuers: z.array(issuerExit),
  moves: recordedMoves.optional(),
});
export type TransferTerms = z.infer<typeof transferTerms>;
