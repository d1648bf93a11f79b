import type { ScenarioSet, Shock } from '../../../domain/scenario.ts';

/** The scenarios of a hedging problem. */
export type HedgeShocks = {
  /** Scenarios in which no account may fall: the reference shock first, then the grid within it. */
  readonly retained: readonly Shock[];
  /** How soon each of them may come, minutes from now; Infinity = not before everything has arrived. */
  readonly earliestMinutes: Float64Array;
  /** Days of the loss distribution, each a move of one day. */
  readonly days: readonly Shock[];
  readonly dayNames: readonly string[];
};

const tolerance = 1e-9;

/**
 * The reference shock, its mirror images, and every point of the set's grid that is no farther out: each driver moves at most as far as in the
 * reference, up or down, and volatility rises at most as much. All drivers together along the common axis, and each alone.
 */
export function retainedShocks(set: ScenarioSet): readonly Shock[] {
  const drivers = Object.keys(set.betas);
  const directions = [set.betas, ...drivers.map((driver) => ({ [driver]: 1 }))];
  const shocks: Shock[] = [set.reference, ...rises(set.reference)];
  const seen = new Set<string>(shocks.map((shock) => nameOf(shock, drivers)));
  for (const direction of directions) {
    for (const move of set.spotMoves) {
      for (const volatilityShift of set.volatilityShifts) {
        const moves = Object.fromEntries(drivers.map((driver) => [driver, (direction[driver] ?? 0) * move]));
        const shock: Shock = { moves, volatilityShift };
        if (!isWithin(shock, set.reference) || seen.has(nameOf(shock, drivers))) continue;
        seen.add(nameOf(shock, drivers));
        shocks.push(shock);
      }
    }
  }
  return shocks;
}

/** How far the market is taken to rise, in multiples of the reference shock. */
export const riseMultiples = [1, 1.5] as const;

/**
 * The reference the other way, and half as far again: hedges that gain in a fall lose in a rise, and a suggestion must not
 * trade one fall for another. Volatility stays as it is.
 */
function rises(reference: Shock): readonly Shock[] {
  return riseMultiples.map((multiple) => ({
    moves: Object.fromEntries(Object.entries(reference.moves).map(([driver, move]) => [driver, -multiple * move])),
    volatilityShift: 0,
  }));
}

/** Whether a shock goes no farther than the reference for any driver and for volatility. */
export function isWithin(shock: Shock, reference: Shock): boolean {
  const isNear = Object.entries(shock.moves).every(([driver, move]) => Math.abs(move) <= Math.abs(reference.moves[driver] ?? 0) + 1e-4);
  return isNear && shock.volatilityShift <= Math.max(0, reference.volatilityShift) + tolerance;
}

function nameOf(shock: Shock, drivers: readonly string[]): string {
  return [...drivers.map((driver) => (shock.moves[driver] ?? 0).toFixed(6)), shock.volatilityShift.toFixed(6)].join('|');
}
