import type { ScenarioSet, Shock } from '../../domain/scenario.ts';
import { commonMove } from '../../engine/scenario/history-moves.ts';

/** A price keeps at least this share of itself, however large the move is made. */
const LEAST_LEFT = 0.001;

/** The same shock `factor` times as large: every relative move, never below −99.9 %, and the shift of implied volatility. */
export function largerMoves({ moves, volatilityShift }: Shock, factor: number): Shock {
  return {
    moves: Object.fromEntries(Object.entries(moves).map(([driver, move]) => [driver, Math.max(LEAST_LEFT - 1, move * factor)])),
    volatilityShift: volatilityShift * factor,
  };
}

/**
 * The days with every driver's moves in one order: the k-th worst day of each falls on the same day, which is the k-th worst of the common
 * move. Each driver keeps exactly its own moves; only their rank correlation becomes one. Implied volatility follows the common move as on
 * every day of the set. Ties keep the order of the days.
 */
export function movesAsOne(days: readonly Shock[], set: Pick<ScenarioSet, 'betas' | 'volatilityPerMove'>): Shock[] {
  const drivers = Object.keys(days[0]?.moves ?? {});
  const betas = Float64Array.from(drivers, (driver) => set.betas[driver] ?? 0);
  const along = (shock: Shock): number =>
    commonMove(
      betas,
      Float64Array.from(drivers, (driver) => shock.moves[driver] ?? 0),
    );
  const order = [...days.keys()].toSorted((a, b) => value(days[a], along) - value(days[b], along) || a - b);
  const sorted = new Map(drivers.map((driver) => [driver, days.map((shock) => shock.moves[driver] ?? 0).toSorted((a, b) => a - b)]));
  const out: Shock[] = [];
  order.forEach((day, rank) => {
    const moves = Object.fromEntries(drivers.map((driver) => [driver, sorted.get(driver)?.[rank] ?? 0]));
    out[day] = { moves, volatilityShift: Math.max(0, set.volatilityPerMove * along({ moves, volatilityShift: 0 })) };
  });
  return out;
}

function value(shock: Shock | undefined, along: (shock: Shock) => number): number {
  return shock === undefined ? 0 : along(shock);
}
