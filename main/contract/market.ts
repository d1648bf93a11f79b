import { z } from 'zod';
import { assetId } from '../domain/asset.ts';
import { nonNegative } from '../domain/real.ts';
import { snapshot, snapshotId } from '../domain/snapshot.ts';
import { instant } from '../domain/time.ts';
import { importSource } from './importing.ts';
import { procedure } from './procedure.ts';

export const snapshotSummary = z.object({
  id: snapshotId,
  name: z.string(),
  asOf: instant,
  source: z.string(),
  listings: z.number().int(),
  quotes: z.number().int(),
  crowd: z.number().int(),
  isActive: z.boolean(),
});

/** The smile of one expiry against the quotes it was fitted to. */
export const expirySmile = z.object({
  underlyingId: assetId,
  expiry: instant,
  forwardUsd: nonNegative,
  /** At the forward, per √year. */
  volatility: nonNegative,
  /** Options with a bid or an ask, and how many of them the smile prices within it. */
  quoted: z.number().int(),
  met: z.number().int(),
  /** Quotes that no price without arbitrage can meet: against themselves, put or call, their neighbours, or the expiry before. */
  conflicts: z.array(z.object({ strike: nonNegative, kind: z.enum(['crossed', 'parity', 'butterfly', 'calendar']) })),
  /** Neighbouring strikes between which the interpolation implies a negative probability. */
  gaps: z.array(z.tuple([nonNegative, nonNegative])),
});
export type ExpirySmileReport = z.infer<typeof expirySmile>;

/** How a synthetic crowd is drawn; what is left out is fitted to the recorded borrowers. */
export const crowdShape = z.strictObject({
  borrowers: z.number().int().min(1).max(100_000),
  /** Collateral, lognormal: median in USD, σ of the logarithm. */
  medianUsd: z.number().positive().optional(),
  sizeSigma: nonNegative.max(5).optional(),
  /** Health − 1, lognormal: the health at the median, σ of the logarithm. */
  medianHealth: z.number().gt(1).max(100).optional(),
  healthSigma: nonNegative.max(5).optional(),
  seed: z.number().int().nonnegative().optional(),
});
export type CrowdShape = z.input<typeof crowdShape>;

/** The crowd that was drawn, with the distributions it was drawn from and how many recorded borrowers they fit. */
export const syntheticCrowd = crowdShape.required().extend({ snapshotId, fittedTo: z.number().int(), summary: z.string() });
export type SyntheticCrowd = z.infer<typeof syntheticCrowd>;

export const marketProcedures = {
  /** The option chain of the active snapshot, expiry by expiry: how well it agrees with itself. */
  'market.smiles': procedure('query', z.strictObject({}), z.array(expirySmile)),
  'market.snapshots': procedure('query', z.strictObject({}), z.array(snapshotSummary)),
  'market.snapshot': procedure('query', z.strictObject({ id: snapshotId.optional() }), snapshot),
  'market.activate': procedure('command', z.strictObject({ id: snapshotId }), snapshotSummary),
  /** Surrounds the book with borrowers drawn from a stated distribution: a snapshot of its own, which becomes the active one. */
  'market.syntheticCrowd': procedure('command', crowdShape, syntheticCrowd),
  /** An option chain, price bars, a list of borrowers, or a snapshot in Interlock's own JSON; recognised by its header. */
  'market.import': procedure(
    'command',
    z.strictObject({ source: importSource }),
    z.object({
      snapshotId,
      kind: z.enum(['optionChain', 'priceBars', 'crowd', 'snapshot', 'venue']),
      rows: z.number().int(),
      rejected: z.array(z.object({ line: z.number().int(), column: z.string(), reason: z.string() })),
      summary: z.string(),
    }),
  ),
};
