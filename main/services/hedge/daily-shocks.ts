import type { ScenarioSet, Shock } from '../../domain/scenario.ts';
import type { Snapshot } from '../../domain/snapshot.ts';

/** A day of history as a shock of the market now. */
export type DailyShock = { readonly day: string; readonly shock: Shock };

export function dailyShocks(snapshot: Snapshot, set: ScenarioSet): readonly DailyShock[] {
  const drivers = Object.keys(set.betas);
  const rows = snapshot.history.slice(-(set.historyDays + 1));
  const out: DailyShock[] = [];
  const variance: Record<string, number> = {};
  const moves: Record<string, number>[] = [];
  for (let t = 1; t < rows.length; t++) moves.push(Object.fromEntries(drivers.map((d) => [d, (rows[t]!.closeUsd[d] ?? NaN) / (rows[t - 1]!.closeUsd[d] ?? NaN) - 1])));
  const vols: Record<string, number>[] = [];
  for (const m of moves) {
    for (const d of drivers) variance[d] = variance[d] === undefined ? m[d]! ** 2 : 0.94 * variance[d] + 0.06 * m[d]! ** 2;
    vols.push(Object.fromEntries(drivers.map((d) => [d, Math.sqrt(variance[d]!)])));
  }
  const last = vols.at(-1) ?? {};
  moves.forEach((m, t) => {
    const prior = vols[Math.max(0, t - 1)]!;
    const scaled = Object.fromEntries(drivers.map((d) => [d, Math.max(-0.9, set.isVolatilityScaled && t > 20 ? (m[d]! * last[d]!) / prior[d]! : m[d]!)]));
    const common = drivers.reduce((sum, d) => sum + scaled[d]! / set.betas[d]!, 0) / drivers.length;
    out.push({ day: rows[t + 1]!.day, shock: { moves: scaled, volatilityShift: set.volatilityPerMove * common } });
  });
  return out;
}
