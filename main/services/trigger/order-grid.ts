import type { TriggerCell, TriggerResult } from '../../contract/trigger.ts';
import type { Drawn } from '../../contract/forecast.ts';
import { wilson } from '../../engine/forecast/order-statistics.ts';
import { ORDER_STAT, ORDER_STATS } from '../../engine/trigger/run-order.ts';

const Z95 = 1.959963984540054;
/** Room above 1 beyond which no trigger is tried. */
const MOST_ROOM = 0.6;
const TRIGGERS = 12;
const TARGETS = 12;
/** Targets go to so many times today's room. */
const TARGET_REACH = 2;

/** X and Y of every order, and the axes they lie on. */
export type OrderGrid = Pick<TriggerResult, 'triggers' | 'targets'> & {
  readonly orders: readonly { readonly trigger: number; readonly target: number }[];
};

/** Triggers from just above 1 to today's health factor, targets to twice as much room; only targets above the trigger. */
export function orderGrid(healthFactor: number): OrderGrid {
  const room = Math.min(healthFactor - 1, MOST_ROOM);
  const axis = (count: number, reach: number): number[] => [
    ...new Set(Array.from({ length: count }, (_, i) => Math.round(1e4 * (1 + (reach * room * (i + 1)) / count)) / 1e4)),
  ];
  const triggers = axis(TRIGGERS, 1).filter((each) => each > 1);
  const targets = axis(TARGETS, TARGET_REACH);
  const orders = triggers.flatMap((trigger) => targets.filter((target) => target > trigger).map((target) => ({ trigger, target })));
  return { triggers, targets, orders };
}

/** Expected figures of one order from the sums of its statistics. */
export function cellOf(order: { readonly trigger: number; readonly target: number }, sums: Float64Array, draws: number): TriggerCell {
  const mean = (stat: keyof typeof ORDER_STAT): number => (sums[ORDER_STAT[stat]] ?? NaN) / draws;
  const cost = mean('costUsd');
  const error = Z95 * Math.sqrt(Math.max(0, mean('squaredCost') - cost * cost) / draws);
  const liquidated: Drawn = wilson(sums[ORDER_STAT.liquidated] ?? 0, draws);
  return {
    ...order,
    expectedCostUsd: { value: cost, from: Math.max(0, cost - error), to: cost + error },
    orderCostUsd: mean('orderCostUsd'),
    liquidationLossUsd: mean('liquidationCostUsd'),
    liquidationProbability: liquidated,
    executions: mean('executions'),
    firedFraction: mean('fired'),
  };
}

/** The statistics of one order out of the whole. */
export function statsAt(stats: Float64Array, order: number): Float64Array {
  return stats.subarray(order * ORDER_STATS, (order + 1) * ORDER_STATS);
}

/** The best order by each objective. Ties go to the lower trigger, then to the lower target: act later and do less. */
export function bestOrders(cells: readonly TriggerCell[], alpha: number): TriggerResult['best'] | null {
  const least = (from: readonly TriggerCell[], by: (cell: TriggerCell) => readonly number[]): TriggerCell | undefined =>
    from.toSorted((left, right) => by(left).reduce((sign, value, i) => sign || value - (by(right)[i] ?? 0), 0))[0];
  const cost = least(cells, (cell) => [cell.expectedCostUsd.value]);
  const safety = least(cells, (cell) => [cell.liquidationProbability.value, cell.expectedCostUsd.value]);
  if (cost === undefined || safety === undefined) return null;
  const safe = cells.filter((cell) => cell.liquidationProbability.value <= alpha);
  return { cost, safety, target: least(safe, (cell) => [cell.expectedCostUsd.value]) ?? null };
}

/** Orders than which none is both cheaper and safer, cheapest first. */
export function frontierOf(cells: readonly TriggerCell[]): TriggerCell[] {
  const byCost = cells.toSorted((l, r) => l.expectedCostUsd.value - r.expectedCostUsd.value);
  let least = Infinity;
  return byCost.filter(({ liquidationProbability: { value } }) => {
    if (value >= least) return false;
    least = value;
    return true;
  });
}
