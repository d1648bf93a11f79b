import { succeed, type Result } from '../../domain/failure.ts';
import type { Pool } from '../../pool/pool-types.ts';
import { failureJob, lossOf, type FailureDesk } from '../contagion/run-failure.ts';
import { MODEL_WORDS } from '../contagion/failure-words.ts';
import type { RunContext } from '../scenarios.ts';
import { canNet } from './transfer-routes.ts';

/** What one place would cost: the worst failure of a venue as the book stands, and with all margin accounts at one of them. */
export type Unification = {
  readonly hubName: string;
  readonly recoveryFraction: number;
  readonly rows: readonly {
    readonly model: string;
    readonly worstBefore: string;
    readonly beforeUsd: number;
    readonly worstAfter: string;
    readonly afterUsd: number;
  }[];
};

const MODELS = ['eisenbergNoe', 'debtRank'] as const;

/** Lets each venue of a margin account fail, before and after all of them are at the venue where most of their equity is. */
export async function runUnification(
  desk: FailureDesk,
  recoveryFraction: number,
  { pool, context }: { readonly pool: Pool; readonly context: RunContext },
): Promise<Result<Unification>> {
  const { pack, around } = desk;
  const { venue } = pack.packed.accounts;
  const margin = pack.accountIds.flatMap((_, a) => (canNet(pack, a) ? [a] : []));
  const places = [...new Set(margin.map((a) => venue[a] ?? 0))];
  const institutions = [...new Set(places.map((at) => around.ties.venueInstitution[at] ?? -1))].filter((at) => at >= 0);
  if (institutions.length === 0) return succeed({ hubName: '', recoveryFraction, rows: [] });
  const ask = async (book: FailureDesk): Promise<Result<number[]>> => {
    pool.share(book.pack.packed.id, book.pack.packed);
    const inputs = MODELS.flatMap((model) =>
      institutions.map((failed) => ({ ...failureJob(book, { end: 'severe', model, failed, recoveryFraction }), sales: null })),
    );
    const done = await pool.run({ name: 'failure', inputs }, context.signal);
    return done.ok ? succeed(done.value.map(lossOf)) : done;
  };
  const before = await ask(desk);
  if (!before.ok) return before;
  // Equity at a venue shows in what its failure takes: the hub is where that is most.
  const directMost = institutions[worst(before.value.slice(0, institutions.length))] ?? 0;
  const hub = places.find((at) => around.ties.venueInstitution[at] === directMost) ?? 0;
  const moved = venue.map((at, a) => (canNet(pack, a) ? hub : at));
  const packed = { ...pack.packed, id: `${pack.packed.id}:unified`, accounts: { ...pack.packed.accounts, venue: moved } };
  const after = await ask({ ...desk, pack: { ...pack, packed } });
  if (!after.ok) return after;
  const rows = MODELS.map((model, m) => {
    const part = (losses: readonly number[]): number[] => losses.slice(m * institutions.length, (m + 1) * institutions.length);
    const named = (losses: readonly number[]): string => around.institutions[institutions[worst(losses)] ?? 0]?.name ?? '';
    const [then, later] = [part(before.value), part(after.value)];
    return {
      model: MODEL_WORDS[model].name,
      worstBefore: named(then),
      beforeUsd: Math.max(0, ...then),
      worstAfter: named(later),
      afterUsd: Math.max(0, ...later),
    };
  });
  return succeed({ hubName: desk.inputs.contents.venues[hub]?.name ?? '', recoveryFraction, rows });
}

function worst(losses: readonly number[]): number {
  return losses.indexOf(Math.max(...losses));
}
