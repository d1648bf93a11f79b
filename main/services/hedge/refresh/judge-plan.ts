import { succeed, type Result } from '../../../domain/failure.ts';
import { leastExcessUsd, worstFallUsd } from '../../../engine/hedge/table-figures.ts';
import { runRetained } from '../latency/run-retained.ts';
import { measurePlan, type Outcome, type Plan } from '../measures.ts';
import type { Setting } from '../setting.ts';
import { overdraftsOf } from './covered-plan.ts';

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

/** Runs days, reference and retained scenarios of a plan. */
export async function judgePlan(setting: Setting, plan: Plan): Promise<Result<Judged>> {
  const { packed, accountIds } = setting.pack;
  const [outcome, retained] = await Promise.all([measurePlan(setting, plan, { withUnitValues: true }), runRetained(setting, plan)]);
  if (!outcome.ok) return outcome;
  if (!retained.ok) return retained;
  const worstUsd = worstFallUsd(retained.value);
  const falls = accountIds.filter((_, account) => Number.isFinite(worstUsd[account]));
  const rows = overdraftsOf(packed, plan).map(({ row }) => row);
  const overdrawn = [...new Set(rows.map((row) => accountIds[packed.positions.account[row] ?? -1] ?? ''))];
  return succeed({ plan, outcome: outcome.value, falls, overdrawn, worstExcessUsd: leastExcessUsd(retained.value) });
}
