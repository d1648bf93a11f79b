import { succeed } from '../../domain/failure.ts';
import type { Result } from '../../domain/failure.ts';
import { cascadeRules } from '../scenarios.ts';
import type { Setting } from './setting.ts';

/** Moves tried, from the nearest outward, the same as the analysis tries: every 2 % to −94 % and to +60 %, then every 10 % to +200 %. */
const downMoves = Float64Array.from({ length: 47 }, (_, step) => -(step + 1) / 50);
const upMoves = Float64Array.from({ length: 44 }, (_, step) => (step < 30 ? (step + 1) / 50 : 0.6 + (step - 29) / 10));

/**
 * Move of the common axis at which each own account falls when all accounts and the crowd react, with the given quantities:
 * the fall unless there is none or the rise is nearer.
 *
 * @returns by own account; NaN = never
 */
export async function jointMoves(setting: Setting, quantities: Float64Array): Promise<Result<Float64Array>> {
  const { packed, driverIds } = setting.pack;
  const { set } = setting.book;
  setting.pool.share(packed.id, packed);
  const axis = { direction: Float64Array.from(driverIds, (driver) => set.betas[driver] ?? 0), volatilityPerMove: set.volatilityPerMove };
  const search = { packedId: packed.id, quantities, axis, rules: cascadeRules(set.cascade, { packed, driverIds }) };
  const found = await setting.pool.run(
    {
      name: 'distances',
      inputs: [
        { ...search, moves: downMoves },
        { ...search, moves: upMoves },
      ],
    },
    setting.context.signal,
  );
  if (!found.ok) return found;
  const [down, up] = found.value;
  return succeed(
    Float64Array.from({ length: packed.accounts.count }, (_, account) => {
      const fall = down?.[account] ?? Number.NaN;
      const rise = up?.[account] ?? Number.NaN;
      return Number.isNaN(fall) || Math.abs(rise) < Math.abs(fall) ? rise : fall;
    }),
  );
}
