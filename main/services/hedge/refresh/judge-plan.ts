import { succeed, type Result } from '../../../domain/failure.ts';
import { quantitiesAfter } from '../../../engine/hedge/packed-candidate.ts';
import { POSITION_KIND } from '../../../engine/packed/packed-book.ts';
import { leastExcessUsd, worstFallUsd } from '../../../engine/hedge/table-figures.ts';
import { runRetained } from '../latency/run-retained.ts';
import { measurePlan, type Outcome, type Plan } from '../measures.ts';
import type { Setting } from '../setting.ts';

/** A plan on the book and market as they are now. */
export type Judged = {
  readonly plan: Plan;
  readonly outcome: Outcome;
  /** Accounts that fall in some retained scenario. */
  readonly falls: readonly string[];
  /** Accounts that pay with more than they hold, or repay more than they owe. */
  readonly overdrawn: readonly string[];
  /** Least that each account has above its requirement in any retained scenario. USD. */
  readonly worstExcessUsd: Float64Array;
};

/** What may be missing by rounding to lots, and by gas. USD. */
const LEAST_USD = 100;

/** Runs days, reference and retained scenarios of a plan. */
export async function judgePlan(setting: Setting, plan: Plan): Promise<Result<Judged>> {
  const quantities = quantitiesAfter(setting.pack.packed, plan.candidates, plan.amounts);
  const [outcome, retained] = await Promise.all([measurePlan(setting, plan, { withUnitValues: true }), runRetained(setting, plan)]);
  if (!outcome.ok) return outcome;
  if (!retained.ok) return retained;
  const worstUsd = worstFallUsd(retained.value);
  const falls = setting.pack.accountIds.filter((_, account) => Number.isFinite(worstUsd[account]));
  const overdrawn = overdrawnBy(setting, quantities, plan);
  return succeed({ plan, outcome: outcome.value, falls, overdrawn, worstExcessUsd: leastExcessUsd(retained.value) });
}

/** Accounts with a holding that the plan draws on, or a debt that it repays, beyond what there is. A trade settles in its own account, whose excess judges it. */
function overdrawnBy({ pack: { packed, accountIds } }: Setting, quantities: Float64Array, { candidates, amounts }: Plan): string[] {
  const { positions, initial } = packed;
  const isOverdrawn = (row: number): boolean => {
    const kind = positions.kind[row] ?? POSITION_KIND.holding;
    if (kind > POSITION_KIND.debt) return false;
    const sign = kind === POSITION_KIND.debt ? -1 : 1;
    const least = Math.min(0, sign * (positions.quantity[row] ?? 0));
    return (sign * (quantities[row] ?? 0) - least) * (initial.priceUsd[positions.asset[row] ?? -1] ?? 0) < -LEAST_USD;
  };
  const moved = candidates.flatMap(({ kind, changes }, index) => (kind === 'trade' || !((amounts[index] ?? 0) > 0) ? [] : changes));
  const rows = new Set(moved.map(({ row }) => row).filter(isOverdrawn));
  return [...new Set([...rows].map((row) => accountIds[positions.account[row] ?? -1] ?? ''))];
}
