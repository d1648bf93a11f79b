import { evaluateAccounts, makeAccountMeasures } from '../../../engine/packed/evaluate-accounts.ts';
import { FAMILY, withQuantities } from '../../../engine/packed/packed-book.ts';
import type { FallTable } from '../../../engine/hedge/table-figures.ts';
import { hedgeAssumptions } from '../assumptions.ts';
import type { Candidate } from '../proposals/candidates.ts';
import type { Setting } from '../setting.ts';

/**
 * How wide the no-trade band of each account's legs is, as a part of its usual width: the account's distance to its requirement in the
 * retained scenario that is worst for it over the comfort it is meant to keep, 0 … 1. At the requirement the band is closed, so that a leg is
 * mended before the account is liquidated; an account that keeps its comfort has the whole band.
 *
 * @param retained cascades of the retained scenarios with the given quantities
 */
export function bandFractions({ pack: { packed } }: Setting, quantities: Float64Array, retained: FallTable): Float64Array {
  const measures = makeAccountMeasures(packed.accounts.count);
  evaluateAccounts(withQuantities(packed, quantities), packed.initial, measures);
  return Float64Array.from({ length: packed.accounts.count }, (_, account) => {
    const comfortUsd = hedgeAssumptions.comfortShareOfRequirement * (measures.requirementUsd[account] ?? 0);
    if (packed.accounts.family[account] === FAMILY.custody || !(comfortUsd > 0)) return 1;
    let worstUsd = Number.POSITIVE_INFINITY;
    for (let s = 0; s < retained.scenarios; s += 1)
      worstUsd = Math.min(worstUsd, retained.intactExcessUsd[s * retained.accounts + account] ?? 0);
    return Math.max(0, Math.min(1, worstUsd / comfortUsd));
  });
}

/** The narrowest band of the accounts that a leg acts on, and whose it is. */
export function narrowestBand(
  { pack }: Setting,
  fractions: Float64Array,
  { changes }: Candidate,
): { readonly fraction: number; readonly accountId: string } {
  let narrowest = -1;
  for (const { row } of changes) {
    const account = pack.packed.positions.account[row] ?? -1;
    if (narrowest < 0 || (fractions[account] ?? 1) < (fractions[narrowest] ?? 1)) narrowest = account;
  }
  return { fraction: fractions[narrowest] ?? 1, accountId: pack.accountIds[narrowest] ?? '' };
}
