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

export const marketProcedures = {
  /** The option chain of the active snapshot, expiry by expiry: how well it agrees with itself. */
  'market.smiles': procedure('query', z.strictObject({}), z.array(expirySmile)),
  'market.snapshots': procedure('query', z.strictObject({}), z.array(snapshotSummary)),
  'market.snapshot': procedure('query', z.strictObject({ id: snapshotId.optional() }), snapshot),
  'market.activate': procedure('command', z.strictObject({ id: snapshotId }), snapshotSummary),
  /** An option chain, price bars, or a snapshot in Interlock's own JSON; recognised by its header. */
  'market.import': procedure(
    'command',
    z.strictObject({ source: importSource }),
    z.object({
      snapshotId,
      kind: z.enum(['optionChain', 'priceBars', 'snapshot', 'venue']),
      rows: z.number().int(),
      rejected: z.array(z.object({ line: z.number().int(), column: z.string(), reason: z.string() })),
      summary: z.string(),
    }),
  ),
};
