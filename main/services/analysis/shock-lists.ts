import { fail, succeed, type Result } from '../../domain/failure.ts';
import type { ScenarioSet, Shock } from '../../domain/scenario.ts';
import { commonMove, historyMoves, type HistoryMoves } from '../../engine/scenario/history-moves.ts';
import type { AnalysisInputs } from './engine-run.ts';

/** Moves of the excess curves: −50 % … +50 %, every 2.5 %. */
export const CURVE_MOVES = Array.from({ length: 41 }, (_, i) => (i - 20) / 40);
/** Shock of a move along the common axis: drivers by their betas; volatility rises with a fall and never falls with a rise. */
export function axisShock(set: ScenarioSet, driverIds: readonly string[], move: number): Shock {
  return {
    moves: Object.fromEntries(driverIds.map((id) => [id, Math.max(-0.99, (set.betas[id] ?? 0) * move)])),
    volatilityShift: Math.max(0, set.volatilityPerMove * move),
  };
}

/** The shocks of the grids, '*' first, then each driver; rows by volatility shift, columns by move. */
export function gridShocks({ scenarioSet }: AnalysisInputs, driverIds: readonly string[]): { underlying: string; shocks: Shock[] }[] {
  return ['*', ...driverIds].map((underlying) => ({
    underlying,
    shocks: scenarioSet.volatilityShifts.flatMap((volatilityShift) =>
      scenarioSet.spotMoves.map((move) => ({
        moves: underlying === '*' ? axisShock(scenarioSet, driverIds, move).moves : { [underlying]: move },
        volatilityShift,
      })),
    ),
  }));
}

/** Last daily moves of the drivers; every driver needs a close on every day used. */
export function readHistory(inputs: AnalysisInputs, driverIds: readonly string[]): Result<{ moves: HistoryMoves; days: string[] }> {
  const { scenarioSet } = inputs;
  const read = readCloses(inputs, driverIds);
  if (!read.ok) return read;
  const { closes, days } = read.value;
  const moves = historyMoves(closes, driverIds.length, scenarioSet.isVolatilityScaled, scenarioSet.historyDays);
  return succeed({ moves, days: days.slice(days.length - moves.days) });
}

/** Daily closes of the drivers, day × driver, on the days that have one of each, oldest first; at least 21 days. */
export function readCloses(
  { snapshot }: Pick<AnalysisInputs, 'snapshot'>,
  driverIds: readonly string[],
): Result<{ readonly closes: Float64Array; readonly days: string[] }> {
  const rows = snapshot.history
    .filter((row) => driverIds.every((id) => (row.closeUsd[id] ?? 0) > 0))
    .toSorted((left, right) => (left.day < right.day ? -1 : 1));
  if (rows.length < 21) {
    return fail(
      'missingPrice',
      `snapshot ${snapshot.id} has ${rows.length} days with closes of ${driverIds.join(' and ')}; at least 21 are needed for the distribution`,
      { remedy: 'Import daily prices.' },
    );
  }
  return succeed({
    closes: Float64Array.from(rows.flatMap((row) => driverIds.map((id) => row.closeUsd[id] ?? NaN))),
    days: rows.map((row) => row.day),
  });
}

/** One shock per day kept of the history; volatility rises with the common part of a fall. */
export function historyShocks(
  { moves, days }: { readonly moves: HistoryMoves; readonly days: readonly string[] },
  set: ScenarioSet,
  driverIds: readonly string[],
): Shock[] {
  const betas = Float64Array.from(driverIds, (id) => set.betas[id] ?? 0);
  return days.map((_, day) => {
    const today = moves.moves.subarray(day * driverIds.length, (day + 1) * driverIds.length);
    return {
      moves: Object.fromEntries(driverIds.map((id, d) => [id, today[d] ?? 0])),
      volatilityShift: Math.max(0, set.volatilityPerMove * commonMove(betas, today)),
    };
  });
}
