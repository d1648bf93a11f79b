import type { Shock } from '../../../main/domain/scenario.ts';
import { signed, THIN_SPACE } from '../../format/number.ts';

/** The figures of a shock as they are typed: percent per driver and points of volatility. */
export type ShockDraft = { readonly moves: Readonly<Record<string, string>>; readonly volatility: string };

/** A shock as text fields; every driver has one, also those that do not move. */
export function draftOf(shock: Shock, drivers: readonly string[]): ShockDraft {
  const text = (share: number) => String(Number((share * 100).toFixed(4)));
  return {
    moves: Object.fromEntries(drivers.map((driver) => [driver, text(shock.moves[driver] ?? 0)])),
    volatility: text(shock.volatilityShift),
  };
}

/** Percent typed as a figure: either minus, a decimal point, an optional sign of percent. Null = not understood. */
export function parsePercent(text: string): number | null {
  const plain = text.trim().replace('\u2212', '-').replace(/\s*%$/, '');
  return /^[+-]?\d{1,4}(\.\d+)?$/.test(plain) ? Number(plain) / 100 : null;
}

/** The shock that the fields say, or the field that is not understood with what is allowed there. */
export function readDraft(draft: ShockDraft): { readonly shock: Shock } | { readonly field: string; readonly reason: string } {
  const moves: Record<string, number> = {};
  for (const [driver, text] of Object.entries(draft.moves)) {
    const move = parsePercent(text);
    if (move === null || move < -0.999) return { field: driver, reason: `${driver}: a percentage above −99.9, such as −18` };
    moves[driver] = move;
  }
  const volatilityShift = parsePercent(draft.volatility);
  if (volatilityShift === null) return { field: 'volatility', reason: 'Volatility: points, such as +35' };
  return { shock: { moves, volatilityShift } };
}

/** A multiple of a shock, its volatility with it; a price keeps at least a thousandth of itself. */
export function scaledShock(shock: Shock, scale: number): Shock {
  return {
    moves: Object.fromEntries(Object.entries(shock.moves).map(([driver, move]) => [driver, Math.max(-0.999, move * scale)])),
    volatilityShift: shock.volatilityShift * scale,
  };
}

/** Size of a shock as a multiple of another by the driver that moves most in it, 0 … 2. */
export function scaleOf(shock: Shock, unit: Shock): number {
  const [lead] = Object.entries(unit.moves).toSorted(([, a], [, b]) => Math.abs(b) - Math.abs(a));
  if (lead === undefined || lead[1] === 0) return 0;
  return Math.min(2, Math.max(0, (shock.moves[lead[0]] ?? 0) / lead[1]));
}

/** Chips of a shock: `ETH −18 %`, `vol +35 pt`. */
export function shockChips(shock: Shock): readonly string[] {
  const decimals = (share: number) => (Math.abs(share * 100 - Math.round(share * 100)) < 0.005 ? 0 : 1);
  return [
    ...Object.entries(shock.moves).map(([driver, move]) => `${driver} ${signed(move * 100, decimals(move))}${THIN_SPACE}%`),
    `vol ${signed(shock.volatilityShift * 100, decimals(shock.volatilityShift))}${THIN_SPACE}pt`,
  ];
}
