import { succeed } from '../../domain/failure.ts';
import type { Result } from '../../domain/failure.ts';
import type { ScenarioTable } from '../scenarios.ts';
import { measurePlan, nothing, type Outcome } from './measures.ts';
import { runCascades, type Setting } from './setting.ts';

/** What every program of a setting begins from, whatever its budget: nothing of it depends on what is suggested. */
export type StartingPoint = {
  /** The book as it is, with the worth of every unit on each day. */
  readonly before: Outcome;
  /** The market's own cascades, with none of the book's accounts in them. */
  readonly market: { readonly retained: ScenarioTable; readonly days: ScenarioTable };
};

/** Runs the book as it is and the market without it, side by side. */
export async function startingPoint(setting: Setting): Promise<Result<StartingPoint>> {
  const quantities = new Float64Array(setting.pack.packed.positions.count);
  const [before, days, retained] = await Promise.all([
    measurePlan(setting, nothing, { withUnitValues: true }),
    runCascades(setting, { shocks: setting.shocks.days, quantities, withUnitValues: true }),
    runCascades(setting, { shocks: setting.shocks.retained, quantities, withUnitValues: true }),
  ]);
  if (!before.ok) return before;
  if (!retained.ok) return retained;
  return days.ok ? succeed({ before: before.value, market: { retained: retained.value, days: days.value } }) : days;
}
