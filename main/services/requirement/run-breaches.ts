import { succeed, type Result } from '../../domain/failure.ts';
import type { CascadeRules } from '../../engine/cascade/cascade-types.ts';
import { FAMILY } from '../../engine/packed/packed-book.ts';
import type { AccountBreach, BreachFactors } from '../../engine/scenario/account-breach.ts';
import type { EngineWork } from '../analysis/engine-jobs.ts';

/**
 * The nearest breach of every account with a requirement; null in custody.
 *
 * @param rules also look where it falls when everybody reacts; null = alone only
 */
export async function runBreaches(
  { pack, pool, context }: Omit<EngineWork, 'inputs'>,
  factors: BreachFactors,
  rules: CascadeRules | null,
): Promise<Result<(AccountBreach | null)[]>> {
  pool.share(pack.packed.id, pack.packed);
  const judged = Array.from(pack.accountIds.keys()).filter((account) => pack.packed.accounts.family[account] !== FAMILY.custody);
  const inputs = judged.map((account) => ({ packedId: pack.packed.id, quantities: null, account, factors, rules }));
  const found = await pool.run({ name: 'breach', inputs }, context.signal, (done, total) =>
    context.progress('Searching the nearest breach of each account', done, total),
  );
  if (!found.ok) return found;
  return succeed(pack.accountIds.map((_, account) => found.value[judged.indexOf(account)] ?? null));
}
