import { z } from 'zod';
import { fail, succeed, type Failure, type Result } from '../domain/failure.ts';
import { snapshot, type Snapshot } from '../domain/snapshot.ts';

const snapshotFile = z.strictObject({ format: z.literal('interlock-snapshot'), version: z.literal(1), snapshot });

/** Whether parsed JSON says that it is a snapshot in Interlock's own form. */
export function isSnapshotFile(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'format' in value && value.format === 'interlock-snapshot';
}

/** Checks a parsed snapshot file: `{"format": "interlock-snapshot", "version": 1, "snapshot": {…}}`. */
export function readSnapshotFile(file: string, value: unknown): Result<Snapshot> {
  const parsed = snapshotFile.safeParse(value);
  if (!parsed.success) return fail('invalidFile', `${file} is not a snapshot: ${z.prettifyError(parsed.error)}`, { where: { file } });
  const problem = snapshotProblem(parsed.data.snapshot);
  return problem
    ? { ok: false, failure: { ...problem, message: `${file}: ${problem.message}`, where: { file } } }
    : succeed(parsed.data.snapshot);
}

/** What a schema cannot say: nothing twice, days in order, nothing quoted after the snapshot by more than a day. */
function snapshotProblem(checked: Snapshot): Failure | null {
  const twice =
    repeated(checked.quotes.map((quote) => quote.assetId)) ??
    repeated(checked.listings.map((listing) => listing.instrument.id)) ??
    repeated(checked.depth.map((pool) => pool.id)) ??
    repeated(checked.crowd.map((account) => account.id)) ??
    repeated(checked.history.map((row) => row.day));
  if (twice !== undefined) return { reason: 'invalidFile', message: `${twice} is there twice` };
  const late = checked.quotes.find((quote) => Date.parse(quote.asOf) > Date.parse(checked.asOf) + 86_400_000);
  if (late)
    return { reason: 'invalidFile', message: `the quote of ${late.assetId} is of ${late.asOf}, after the snapshot of ${checked.asOf}` };
  const isOrdered = checked.history.every((row, index) => index === 0 || (checked.history[index - 1]?.day ?? '') < row.day);
  return isOrdered ? null : { reason: 'invalidFile', message: 'the days of the history are out of order' };
}

function repeated(ids: readonly string[]): string | undefined {
  const seen = new Set<string>();
  return ids.find((id) => seen.size === seen.add(id).size);
}
