import { succeed, type Result } from '../../../domain/failure.ts';
import { latencyOf, quantitiesBy } from '../../../engine/hedge/packed-candidate.ts';
import type { FallTable } from '../../../engine/hedge/table-figures.ts';
import type { Plan } from '../measures.ts';
import { runCascades, type Setting } from '../setting.ts';

/**
 * Full cascades of the retained scenarios after a plan, each with what has arrived by then: scenarios before which the same legs have arrived
 * run together, and every scenario once.
 */
export async function runRetained(setting: Setting, plan: Plan): Promise<Result<FallTable>> {
  const { packed } = setting.pack;
  const { retained, earliestMinutes } = setting.shocks;
  const accounts = packed.accounts.count;
  const fallenRound = new Int32Array(retained.length * accounts);
  const intactExcessUsd = new Float64Array(retained.length * accounts);
  const tiers = tiersOf(plan, earliestMinutes);
  const tables = await Promise.all(
    tiers.map(({ scenarios, minutes }) => {
      const shocks = scenarios.flatMap((s) => retained.slice(s, s + 1));
      return runCascades(setting, { shocks, quantities: quantitiesBy(packed, plan, minutes) });
    }),
  );
  for (const [tier, table] of tables.entries()) {
    if (!table.ok) return table;
    (tiers[tier]?.scenarios ?? []).forEach((s, at) => {
      const own = at * accounts;
      fallenRound.set(table.value.fallenRound.subarray(own, own + accounts), s * accounts);
      intactExcessUsd.set(table.value.intactExcessUsd.subarray(own, own + accounts), s * accounts);
    });
  }
  return succeed({ scenarios: retained.length, accounts, fallenRound, intactExcessUsd });
}

/** Scenarios by how many of the plan's latencies they leave time for, soonest first. */
function tiersOf(
  { candidates, amounts }: Plan,
  earliestMinutes: Float64Array,
): readonly { readonly scenarios: readonly number[]; readonly minutes: number }[] {
  const latencies = new Set(candidates.filter((_, index) => (amounts[index] ?? 0) !== 0).map((candidate) => latencyOf(candidate)));
  const tierOf = (minutes: number): number => [...latencies].filter((latency) => latency <= minutes).length;
  const tiers = new Map<number, { readonly scenarios: number[]; readonly minutes: number }>();
  earliestMinutes.forEach((minutes, s) => {
    const tier = tiers.get(tierOf(minutes)) ?? { scenarios: [], minutes };
    tier.scenarios.push(s);
    tiers.set(tierOf(minutes), tier);
  });
  return [...tiers.values()];
}
