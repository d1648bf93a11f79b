import { z } from 'zod';
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

export const marketProcedures = {
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
