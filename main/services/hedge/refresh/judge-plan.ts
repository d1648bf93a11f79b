import { succeed, type Result } from '../../../domain/failure.ts';
import { quantitiesAfter } from '../../../engine/hedge/packed-candidate.ts';
import { POSITION_KIND, type PackedBook } from '../../../engine/packed/packed-book.ts';
import { leastExcessUsd, worstFallUsd } from '../../../engine/hedge/table-figures.ts';
import { measurePlan, type Outcome, type Plan } from '../measures.ts';
import { runCascades, type Setting } from '../setting.ts';

/** A plan on the book and market as they are now. */
export type Judged = {
  readonly plan: Plan;
  readonly outcome: Outcome;
  /** Accounts that fall in some retained scenario. */
  readonly falls: readonly string[];
  /** Whether no holding is drawn on, and no debt repaid, beyond what there is. */
  readonly isCovered: boolean;
  /** Least that each account has above its requirement in any retained scenario. USD. */
  readonly worstExcessUsd: Float64Array;
};

/** What may be missing from a purse by rounding. USD. */
const LEAST_USD = 1;

/** Runs days, reference and retained scenarios of a plan. */
export async function judgePlan(setting: Setting, plan: Plan): Promise<Result<Judged>> {
  const quantities = quantitiesAfter(setting.pack.packed, plan.candidates, plan.amounts);
  const [outcome, retained] = await Promise.all([
    measurePlan(setting, plan, { withUnitValues: true }),
    runCascades(setting, { shocks: setting.shocks.retained, quantities }),
  ]);
  if (!outcome.ok) return outcome;
  if (!retained.ok) return retained;
  const worstUsd = worstFallUsd(retained.value);
  const falls = setting.pack.accountIds.filter((_, account) => Number.isFinite(worstUsd[account]));
  const isCovered = isCoveredBy(setting.pack.packed, quantities);
  return succeed({ plan, outcome: outcome.value, falls, isCovered, worstExcessUsd: leastExcessUsd(retained.value) });
}

function isCoveredBy({ positions, initial }: PackedBook, quantities: Float64Array): boolean {
  return quantities.every((after, row) => {
    const kind = positions.kind[row] ?? POSITION_KIND.holding;
    if (kind > POSITION_KIND.debt) return true;
    const sign = kind === POSITION_KIND.debt ? -1 : 1;
    const least = Math.min(0, sign * (positions.quantity[row] ?? 0));
    return (sign * after - least) * (initial.priceUsd[positions.asset[row] ?? -1] ?? 0) >= -LEAST_USD;
  });
}
