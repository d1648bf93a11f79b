/**
 * Collateral that might leave, by lot. A gate is what pays several lots out at one rate: a venue with its daily limit.
 * Fractions in [0, 1]; hours and USD at or above 0.
 */
export type RunOffLots = {
  readonly valueUsd: Float64Array;
  /** Share that the debts of its account leave free. */
  readonly freeFraction: Float64Array;
  /** Share that lies idle where it is kept: what a pool or vault has lent out cannot be had. */
  readonly idleFraction: Float64Array;
  /** Hours from leaving the gate to being a coin or a dollar: processing and the queue of the issuer; Infinity = never. */
  readonly delayHours: Float64Array;
  readonly gate: Int32Array;
};

/**
 * Share of collateral that can be withdrawn within some hours. What of a lot may leave (value × free × idle) has to have passed its gate
 * `delay` before the end; a gate pays out at a constant rate from the start, and lots with the least time go first, which gets the most
 * out (earliest deadline). NaN where there is no collateral. Nothing is assumed to be repaid or lent meanwhile.
 *
 * run-off(h) = Σ over gates of F_n / Σ value, F_k = min(F_{k−1} + a_k, rate × max(0, h − delay_k)), lots by delay, longest first.
 *
 * @param ratePerHourUsd by gate
 * Source: ours; earliest-deadline order as in C. L. Liu and J. W. Layland, "Scheduling algorithms for multiprogramming" (1973).
 */
export function runOff(lots: RunOffLots, ratePerHourUsd: Float64Array, hours: number): number {
  const { valueUsd, freeFraction, idleFraction, delayHours, gate } = lots;
  const order = Array.from(valueUsd.keys()).sort((left, right) => delayHours[right]! - delayHours[left]! || left - right);
  const passedUsd = new Float64Array(ratePerHourUsd.length);
  let totalUsd = 0;
  for (const lot of order) {
    totalUsd += valueUsd[lot]!;
    const leftHours = hours - delayHours[lot]!;
    const mayLeaveUsd = valueUsd[lot]! * freeFraction[lot]! * idleFraction[lot]!;
    // A share that is not known stays: doubt goes against the holder.
    if (!(leftHours >= 0 && mayLeaveUsd > 0)) continue;
    const at = gate[lot]!;
    passedUsd[at] = Math.max(passedUsd[at]!, Math.min(passedUsd[at]! + mayLeaveUsd, ratePerHourUsd[at]! * leftHours));
  }
  if (!(totalUsd > 0)) return NaN;
  let withdrawnUsd = 0;
  for (const usd of passedUsd) withdrawnUsd += usd;
  return Math.min(1, withdrawnUsd / totalUsd);
}
