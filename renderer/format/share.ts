import type { Amount } from './money.ts';
import { shown } from './money.ts';
import { fixed, NOT_APPLICABLE, signed, THIN_SPACE } from './number.ts';

/** A fraction in percent, one decimal, without its unit: `71.7`. */
export function percentFigure(fraction: Amount, decimals = 1): string {
  return shown(fraction, (value) => fixed(value * 100, decimals));
}

/** A probability in percent, as short as it can be told: `0`, `<0.1`, `0.4`, `22`. Zero is what is less than one in a million. */
export function chanceFigure(probability: number): string {
  if (probability < 1e-6) return '0';
  if (probability < 0.001) return '<0.1';
  return fixed(probability * 100, probability < 0.0995 ? 1 : 0);
}

/** A fraction in percent with its unit: `71.7 %`. */
export function percent(fraction: Amount, decimals = 1): string {
  return shown(fraction, (value) => `${fixed(value * 100, decimals)}${THIN_SPACE}%`);
}

/** A signed change of a fraction: `+12.9 %`. */
export function signedPercent(fraction: Amount, decimals = 1): string {
  return shown(fraction, (value) => `${signed(value * 100, decimals)}${THIN_SPACE}%`);
}

/** A dimensionless ratio: `2.31 ×`. */
export function ratio(amount: Amount): string {
  return shown(amount, (value) => `${fixed(value, 2)}${THIN_SPACE}×`);
}

/** Health factor, three decimals; without debt there is nothing to liquidate. */
export function healthFactor(amount: Amount): string {
  return shown(amount, (value) => (value === Infinity ? 'no debt' : fixed(value, 3)));
}

/** Distance of an account to liquidation in percent of the common axis, signed: `−13.9`, `+99.6` (a rise); null is `never`, no requirement is `–`. */
export function distance(move: number | null | undefined, hasRequirement = true): string {
  if (!hasRequirement) return NOT_APPLICABLE;
  return move === null || move === undefined ? 'never' : signed(move * 100, 1);
}

/** Distance with its unit, for sentences: `−13.9 %`. */
export function distanceWords(move: number | null | undefined, hasRequirement = true): string {
  const text = distance(move, hasRequirement);
  return /\d/.test(text) ? `${text}${THIN_SPACE}%` : text;
}

/** Buffer over one day's standard deviation: `2.4`; infinite is `never`. */
export function sigmaDays(amount: number | null | undefined): string {
  if (amount === null || amount === undefined) return NOT_APPLICABLE;
  return amount === Infinity ? 'never' : fixed(amount, 1);
}

/** `27.4 → 17.9`; equal texts are shown once. */
export function beforeAfter(before: string, after: string): string {
  return before === after ? before : `${before} → ${after}`;
}
