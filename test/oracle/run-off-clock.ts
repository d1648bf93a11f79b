import type { RunOffLots } from '../../main/engine/collateral/run-off.ts';

/** Share withdrawn by the end, by walking a clock: in every step each gate pays the lot that has the least time left. */
export function walkRunOff(lots: RunOffLots, ratePerHourUsd: Float64Array, hours: number, steps: number): number {
  const left = lots.valueUsd.map((usd, lot) => usd * (lots.freeFraction[lot] ?? 0) * (lots.idleFraction[lot] ?? 0));
  const step = hours / steps;
  let withdrawnUsd = 0;
  for (let at = 0; at < steps; at += 1) {
    const nowHours = (at + 1) * step;
    for (const [gate, rate] of ratePerHourUsd.entries()) {
      let paysUsd = rate * step;
      const waiting = [...left.keys()]
        .filter((lot) => lots.gate[lot] === gate && nowHours <= hours - (lots.delayHours[lot] ?? Infinity) + 1e-9)
        .sort((a, b) => (lots.delayHours[b] ?? 0) - (lots.delayHours[a] ?? 0));
      for (const lot of waiting) {
        const usd = Math.min(paysUsd, left[lot] ?? 0);
        left[lot] = (left[lot] ?? 0) - usd;
        paysUsd -= usd;
        withdrawnUsd += usd;
      }
    }
  }
  return withdrawnUsd / lots.valueUsd.reduce((sum, usd) => sum + usd, 0);
}
