import type { Drawn, DrawnQuantile, ForecastHorizon } from '../../contract/forecast.ts';
import type { ForecastTable } from '../../engine/forecast/forecast-chunk.ts';
import { ascending, quantileOf, shareBelowZero, type Estimated } from '../../engine/forecast/order-statistics.ts';
import type { ScenarioTable } from '../scenarios.ts';

/** Levels at which distributions are told. */
export const LEVELS = [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99] as const;

/** One column of a draw × account table. */
export function columnOf(table: Float64Array, account: number, accounts: number): Float64Array {
  return Float64Array.from({ length: table.length / accounts }, (_, draw) => table[draw * accounts + account] ?? NaN);
}

/** What is told of one account at one horizon from its ends and its lowest points. `a` counts among the accounts of the table, `own` among all of the book. */
export function accountHorizon(
  hours: number,
  { ends, reactions }: { readonly ends: ForecastTable; readonly reactions: ScenarioTable },
  place: { readonly a: number; readonly accounts: number; readonly own: number; readonly alpha: number },
): ForecastHorizon {
  const { a, accounts, own } = place;
  const excess = columnOf(ends.endExcessUsd, a, accounts);
  const coupling = couplingOf(reactions, own);
  const least = columnOf(ends.leastExcessUsd, a, accounts);
  const joint = least.map((each, draw) => Math.min(each, (excess[draw] ?? NaN) + (coupling[draw] ?? NaN)));
  return {
    hours,
    requirementUsd: quantilesOf(columnOf(ends.endRequirementUsd, a, accounts)),
    excessUsd: quantilesOf(excess),
    ...chances(ends, place),
    jointProbability: shareBelowZero(ascending(joint)),
    couplingUsd: quantileOf(ascending(coupling), 0.5).value,
  };
}

/** What the reactions of everybody add to the excess of an account in every draw: at the end of the cascade less right after the move. */
export function couplingOf({ intactExcessUsd, shockedExcessUsd, accounts }: ScenarioTable, own: number): Float64Array {
  return columnOf(intactExcessUsd, own, accounts).map((each, draw) => each - (shockedExcessUsd[draw * accounts + own] ?? NaN));
}

type Chances = Pick<ForecastHorizon, 'callProbability' | 'liquidationProbability' | 'headroomUsd' | 'survivalHeadroomUsd'>;

/** Chances of falling at the end and on the way, and the cash that lowers each to the one taken. */
export function chances(
  ends: ForecastTable,
  { a, accounts, alpha }: { readonly a: number; readonly accounts: number; readonly alpha: number },
): Chances {
  const excess = ascending(columnOf(ends.endExcessUsd, a, accounts));
  const least = ascending(columnOf(ends.leastExcessUsd, a, accounts));
  return {
    callProbability: shareBelowZero(excess),
    liquidationProbability: shareBelowZero(least),
    headroomUsd: headroomOf(excess, alpha),
    survivalHeadroomUsd: headroomOf(least, alpha),
  };
}

/** The smallest cash, counted whole, after which at most a share `alpha` of the draws lie below zero: minus their quantile, at least 0. */
export function headroomOf(sorted: Float64Array, alpha: number): Drawn {
  const { value, from, to }: Estimated = quantileOf(sorted, alpha);
  const missing = (quantile: number): number => Math.max(0, -quantile);
  return { value: missing(value), from: missing(to), to: missing(from) };
}

function quantilesOf(values: Float64Array): DrawnQuantile[] {
  const sorted = ascending(values);
  return LEVELS.map((level) => ({ level, ...quantileOf(sorted, level) }));
}
