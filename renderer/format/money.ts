import type { Failure } from '../../main/domain/failure.ts';
import { failureMark, isFailure } from './failure.ts';
import { fixed, NOT_APPLICABLE, signed, THIN_SPACE } from './number.ts';

/** A number, the named reason why there is none, or null where it does not apply. */
export type Amount = number | Failure | null | undefined;

/** Applies `show` to a number; failures become their mark and null becomes a dash. */
export function shown(amount: Amount, show: (value: number) => string): string {
  if (amount === null || amount === undefined) return NOT_APPLICABLE;
  return isFailure(amount) ? failureMark(amount) : show(amount);
}

/** USD in millions, two decimals, for summaries: `89.52`. The unit stands in the head. */
export function millions(amountUsd: Amount): string {
  return shown(amountUsd, (value) => fixed(value / 1e6, 2));
}

/** USD in thousands, one decimal, for the grid: `18,420.0`. */
export function thousands(amountUsd: Amount): string {
  return shown(amountUsd, (value) => fixed(value / 1e3, 1));
}

/** Change in USD millions with its sign: `−11.37`. */
export function changeMillions(amountUsd: Amount): string {
  return shown(amountUsd, (value) => signed(value / 1e6, 2));
}

/** Full units, for tooltips: `18,420,000.00 USD`. */
export function fullUsd(amountUsd: Amount): string {
  return shown(amountUsd, (value) => `${fixed(value, 2)} USD`);
}

/** With the scale that suits its size, for sentences: `41.8 k USD`, `4.24 M USD`. */
export function moneyWords(amountUsd: Amount): string {
  return shown(amountUsd, (value) => `${scaled(value)} USD`);
}

/** As `moneyWords` without the currency: `41.8 k`, `4.24 M`. */
export function moneyShort(amountUsd: Amount): string {
  return shown(amountUsd, scaled);
}

function scaled(value: number): string {
  const size = Math.abs(value);
  if (size >= 1e6) return `${fixed(value / 1e6, 2)}${THIN_SPACE}M`;
  if (size >= 1e3) return `${fixed(value / 1e3, 1)}${THIN_SPACE}k`;
  return fixed(value, size === 0 || size >= 10 ? 0 : 2);
}

/** A price in its own unit: coins with five decimals; dollars with two from 100 up and four below. */
export function price(amount: Amount, unit: string): string {
  return shown(amount, (value) => {
    if (unit !== 'USD') return fixed(value, 5);
    return fixed(value, value === 0 || Math.abs(value) >= 100 ? 2 : 4);
  });
}
