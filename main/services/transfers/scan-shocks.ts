import type { Shock } from '../../domain/scenario.ts';

/** Parts of the reference move tried up and down, and of its volatility shift. */
const MOVES = [-1, -0.5, 0, 0.5, 1];
const SHIFTS = [-0.5, 0, 1];
/** Beyond this many drivers they are moved together: every driver on its own would be more than a thousand scenarios. */
const MOST_DRIVERS = 3;

/** The scenarios of the scan: each driver up and down by the size of its reference move, against each other, times volatility. */
export function scanShocks(reference: Shock, driverIds: readonly string[]): Shock[] {
  const size = (id: string): number => Math.abs(reference.moves[id] ?? 0);
  let moves: Record<string, number>[] = [{}];
  if (driverIds.length > MOST_DRIVERS) {
    moves = MOVES.map((part) => Object.fromEntries(driverIds.map((id) => [id, part * size(id)])));
  } else {
    for (const id of driverIds) moves = moves.flatMap((sofar) => MOVES.map((part) => ({ ...sofar, [id]: part * size(id) })));
  }
  return moves.flatMap((each) => SHIFTS.map((part) => ({ moves: each, volatilityShift: part * Math.abs(reference.volatilityShift) })));
}
