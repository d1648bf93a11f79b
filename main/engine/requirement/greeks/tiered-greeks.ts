import { TIER_COLUMNS, tieredMaintenance, tierOf } from '../tiered-perpetual.ts';

/** Places of what `tieredGreeks` fills. USD, and log moves of the mark. */
export const TIERED_GREEK = {
  marginUsd: 0,
  /** ∂margin/∂z to the left of here, z = ln mark: the tier that holds at a cap is the lower one. */
  marginSlopeUsd: 1,
  /** ∂excess/∂z to the left of here: signed notional − margin slope. */
  excessSlopeUsd: 2,
  /** ∂margin/∂z to the right of here; differs from the left only exactly at a cap. */
  marginSlopeRightUsd: 3,
  /** ln(cap / notional) to the next higher tier, 0 at the cap; NaN where there is none. */
  logMoveToHigher: 4,
  /** ln(floor / notional) to the next lower tier; NaN in the first. */
  logMoveToLower: 5,
  tier: 6,
} as const;
export const TIERED_GREEKS = 7;

/**
 * Requirement Greeks of a linear position under a tiered schedule, for longs and shorts alike. In log price a linear margin bends:
 * its second slope equals the first (N × rate), as does that of the excess. Between caps the margin is linear in the mark, so the
 * second-order object of a schedule is the distance to the next tier, not a gamma.
 *
 * @param quantityCoin signed coins
 * @param mark price of one coin, USD, > 0
 * @param tiers packed rows
 * @param from first row of the schedule
 * @param count rows, >= 1
 * @param out of TIERED_GREEKS places
 */
export function tieredGreeks(
  quantityCoin: number,
  mark: number,
  tiers: Float64Array,
  from: number,
  count: number,
  out: Float64Array,
): void {
  const notional = Math.abs(quantityCoin) * mark;
  const tier = tierOf(notional, tiers, from, count);
  const at = (from + tier) * TIER_COLUMNS;
  const slope = notional * tiers[at + 1]!;
  const isLast = tier === count - 1;
  const isAtCap = !isLast && notional === tiers[at]!;
  out[TIERED_GREEK.marginUsd] = tieredMaintenance(notional, tiers, from, count);
  out[TIERED_GREEK.marginSlopeUsd] = slope;
  out[TIERED_GREEK.excessSlopeUsd] = quantityCoin * mark - slope;
  out[TIERED_GREEK.marginSlopeRightUsd] = isAtCap ? notional * tiers[at + TIER_COLUMNS + 1]! : slope;
  out[TIERED_GREEK.logMoveToHigher] = notional === 0 || isLast ? NaN : Math.log(tiers[at]! / notional);
  out[TIERED_GREEK.logMoveToLower] = notional === 0 || tier === 0 ? NaN : Math.log(tiers[at - TIER_COLUMNS]! / notional);
  out[TIERED_GREEK.tier] = tier;
}
