import { succeed } from '../../domain/failure.ts';
import type { Result } from '../../domain/failure.ts';
import type { Setting } from './setting.ts';

/** Moves tried, from the nearest outward: every 2 % down to −60 %. */
const moves = Float64Array.from({ length: 30 }, (_, step) => -0.02 * (step + 1));

/**
 * Move of the common axis at which each own account falls when all accounts and the crowd react, with the given quantities.
 *
 * @returns by own account; NaN = never within 60 %
 */
export async function jointMoves(setting: Setting, quantities: Float64Array): Promise<Result<Float64Array>> {
  const { packed, driverIds } = setting.pack;
  const { set } = setting.book;
  setting.pool.share(packed.id, packed);
  const direction = Float64Array.from(driverIds, (driver) => set.betas[driver] ?? 0);
  const rules = { ...set.cascade, activeVenues: null };
  const found = await setting.pool.run(
    { name: 'distances', inputs: [{ packedId: packed.id, quantities, axis: { direction, volatilityPerMove: set.volatilityPerMove }, moves, rules }] },
    setting.context.signal,
  );
  if (!found.ok) return found;
  return succeed(found.value[0] ?? new Float64Array(packed.accounts.count).fill(Number.NaN));
}
