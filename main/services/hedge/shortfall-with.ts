import { succeed } from '../../domain/failure.ts';
import type { Result } from '../../domain/failure.ts';
import { lossesWithout, quantitiesAfter } from '../../engine/hedge/packed-candidate.ts';
import { lossesAgainst } from '../../engine/hedge/table-figures.ts';
import { tailRisk } from '../../engine/risk/expected-shortfall.ts';
import type { Outcome, Plan } from './measures.ts';
import { runCascades, type Setting } from './setting.ts';

/** Days that are run again: the tail and what may come into it. Multiple of the tail's number of days. */
const tailDaysMultiple = 5;

/**
 * Expected shortfall of a plan with other amounts, by the full cascade. Only the days that can be in the tail are run again; all others stay
 * below it, with the legs at the prices of the plan's own cascade. USD, >= 0 = loss.
 *
 * @param measured the plan and its outcome, with the worth of every unit on each day
 * @param amounts of the plan's candidates, in their order
 */
export async function shortfallWith(
  setting: Setting,
  measured: { readonly plan: Plan; readonly outcome: Outcome },
  amounts: Float64Array,
): Promise<Result<number>> {
  const { plan, outcome } = measured;
  const total = outcome.lossesUsd.length;
  const wanted = Math.min(total, Math.ceil(total * (1 - setting.confidence) * tailDaysMultiple) + 10);
  const taken = { candidates: plan.candidates, amounts: amounts.map((amount, index) => (plan.amounts[index] ?? 0) - amount) };
  const losses = lossesWithout(outcome.days, outcome.lossesUsd, taken);
  const picked = [...new Set([...worst(outcome.lossesUsd, wanted), ...worst(losses, wanted)])].sort((a, b) => a - b);
  const quantities = quantitiesAfter(setting.pack.packed, plan.candidates, amounts);
  const shocks = picked.flatMap((day) => setting.shocks.days.slice(day, day + 1));
  const table = await runCascades(setting, { shocks, quantities });
  if (!table.ok) return table;
  lossesAgainst(setting.equityBeforeUsd, table.value).forEach((loss, at) => {
    losses[picked[at] ?? -1] = loss;
  });
  return succeed(tailRisk(losses, null, setting.confidence).expectedShortfall);
}

function worst(losses: Float64Array, count: number): readonly number[] {
  return [...losses.keys()].sort((a, b) => (losses[b] ?? 0) - (losses[a] ?? 0) || a - b).slice(0, count);
}
