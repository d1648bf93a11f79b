/*
 * Tiered perpetuals (Binance USDⓈ-M, Hyperliquid). A schedule is packed as rows of four numbers:
 * [capUsd (Infinity = none), maintenanceRate, deductionUsd, initialRate], by ascending cap. The notional belongs to the
 * first tier whose cap it does not exceed; beyond the last cap the last tier holds.
 */

/** Numbers per packed tier row. */
export const TIER_COLUMNS = 4;

/** Row (relative to `from`) of the tier that contains the notional; the last one for a NaN or beyond the last cap. */
export function tierOf(notionalUsd: number, tiers: Float64Array, from: number, count: number): number {
  for (let row = 0; row < count - 1; row += 1) {
    if (notionalUsd <= tiers[(from + row) * TIER_COLUMNS]!) return row;
  }
  return count - 1;
}

/**
 * Maintenance margin of a position under a tiered schedule: rate × notional − deduction, for the tier that contains the notional.
 * Continuous and convex in the notional when each deduction is the one of {@link tierDeductions}.
 *
 * @param notionalUsd |quantity| × mark price, >= 0
 * @param tiers packed rows
 * @param from first row of the schedule
 * @param count rows of the schedule, >= 1
 * @returns USD, >= 0; NaN for a NaN notional
 * Source: the venue's page named with its parameters, read on their as-of date.
 */
export function tieredMaintenance(notionalUsd: number, tiers: Float64Array, from: number, count: number): number {
  const at = (from + tierOf(notionalUsd, tiers, from, count)) * TIER_COLUMNS;
  return Math.max(0, notionalUsd * tiers[at + 1]! - tiers[at + 2]!);
}

/**
 * Initial margin: whole notional × the initial rate of the tier that contains it (1 / maximum leverage there); it jumps up at a cap.
 *
 * @returns USD, >= 0; NaN for a NaN notional
 */
export function tieredInitial(notionalUsd: number, tiers: Float64Array, from: number, count: number): number {
  return notionalUsd * tiers[(from + tierOf(notionalUsd, tiers, from, count)) * TIER_COLUMNS + 3]!;
}

/**
 * Deductions that make the maintenance margin continuous: dₙ = dₙ₋₁ + floorₙ (rateₙ − rateₙ₋₁), d₀ = 0.
 *
 * @param floorsUsd lower ends of the tiers, ascending
 * @param rates maintenance rate of each tier
 */
export function tierDeductions(floorsUsd: Float64Array, rates: Float64Array): Float64Array {
  const deductions = new Float64Array(floorsUsd.length);
  for (let row = 1; row < deductions.length; row += 1) {
    deductions[row] = deductions[row - 1]! + floorsUsd[row]! * (rates[row]! - rates[row - 1]!);
  }
  return deductions;
}

/**
 * Packed rows of a schedule given by the upper ends of its tiers, with the deductions of {@link tierDeductions}.
 *
 * @param capsUsd ascending; the last may be Infinity
 */
export function packTiers(capsUsd: Float64Array, maintenanceRates: Float64Array, initialRates: Float64Array): Float64Array {
  const floors = new Float64Array(capsUsd.length);
  floors.set(capsUsd.subarray(0, Math.max(0, capsUsd.length - 1)), 1);
  const deductions = tierDeductions(floors, maintenanceRates);
  const packed = new Float64Array(capsUsd.length * TIER_COLUMNS);
  for (let row = 0; row < capsUsd.length; row += 1) {
    packed[row * TIER_COLUMNS] = capsUsd[row]!;
    packed[row * TIER_COLUMNS + 1] = maintenanceRates[row]!;
    packed[row * TIER_COLUMNS + 2] = deductions[row]!;
    packed[row * TIER_COLUMNS + 3] = initialRates[row]!;
  }
  return packed;
}

/** A position in a margin pool: what decides its liquidation price. */
export type PerpetualPosition = {
  /** Signed coins, long > 0. */
  readonly quantityCoin: number;
  readonly entryPrice: number;
  /** Isolated: its margin. Cross: wallet balance of the pool. USD. */
  readonly balanceUsd: number;
  /** Cross: unrealised profit of the pool's other positions less their maintenance margin, USD; 0 when isolated. */
  readonly otherExcessUsd: number;
};

/** Where a position is liquidated, with the tier (row of its schedule) that holds there. */
export type TieredLiquidation = { readonly price: number; readonly tier: number };

/**
 * Mark price at which balance + profit + other excess equals the maintenance margin, other markets unchanged:
 * P = (balance + other + deduction − q entry) / (|q| rate − q), in the tier that holds at P itself, not today's.
 * If several tiers answer (a schedule with jumps), the price nearest above for a short or below for a long's entry wins:
 * the one met first.
 *
 * @returns null when no positive price liquidates it, as for a long with more margin than notional, or without a position
 */
export function tieredLiquidationPrice(
  position: PerpetualPosition,
  tiers: Float64Array,
  from: number,
  count: number,
): TieredLiquidation | null {
  const { quantityCoin, entryPrice, balanceUsd, otherExcessUsd } = position;
  const size = Math.abs(quantityCoin);
  let best: TieredLiquidation | null = null;
  for (let row = 0; row < count; row += 1) {
    const at = (from + row) * TIER_COLUMNS;
    const slope = size * tiers[at + 1]! - quantityCoin;
    const price = (balanceUsd + otherExcessUsd + tiers[at + 2]! - quantityCoin * entryPrice) / slope;
    if (!(price > 0 && price < Infinity) || tierOf(size * price, tiers, from, count) !== row) continue;
    const isNearer = best === null || (quantityCoin > 0 ? price > best.price : price < best.price);
    if (isNearer) best = { price, tier: row };
  }
  return best;
}

/** Maintenance rate of Hyperliquid's tiers: half the initial rate at maximum leverage, 1 / (2 × leverage). */
export function maintenanceRateFromLeverage(maximumLeverage: number): number {
  return 1 / (2 * maximumLeverage);
}
