import type { Cell } from '../../contract/cell.ts';
import { figure, percent } from '../analysis/words.ts';

/** What stands where a number does not exist because the question does not arise. */
export const NONE = 'none';

/** Whole dollars, or a failure's reason in words: '2,740,000 USD'. */
export function usdText(amount: Cell | null | undefined): string {
  return cellText(amount, (value) => `${figure(value, Math.abs(value) < 100 ? 2 : 0)} USD`);
}

/** A per cent with two places: '−30.40 %'. */
export function percentText(fraction: Cell | null | undefined): string {
  return cellText(fraction, (value) => percent(value, 2));
}

/** A plain number with as many places as its size can carry. */
export function numberText(amount: Cell | null | undefined): string {
  return cellText(amount, (value) => figure(value, Math.abs(value) >= 1000 ? 0 : Math.abs(value) >= 1 ? 3 : 5));
}

/** Applies `show` to a finite number; infinity, absence and failures become words. */
function cellText(amount: Cell | null | undefined, show: (value: number) => string): string {
  if (amount === null || amount === undefined) return NONE;
  if (typeof amount !== 'number') return amount.message;
  if (amount === Infinity) return '∞';
  return amount === -Infinity ? '−∞' : show(amount);
}

/** Decimal text with its thousands apart: '3850000.5' is '3,850,000.5'. */
export function quantityText(quantity: string): string {
  const [whole = '', part] = quantity.split('.');
  return `${whole.replace('-', '−').replace(/\B(?=(\d{3})+(?!\d))/g, ',')}${part === undefined ? '' : `.${part}`}`;
}

/** A moment to the minute: '2026-02-05 21:29 UTC'. */
export function momentText(instant: string): string {
  return `${instant.slice(0, 10)} ${instant.slice(11, 16)} UTC`;
}

/** The number of a cell; null for a failure or where there is none. */
export function numberOf(amount: Cell | null | undefined): number | null {
  return typeof amount === 'number' ? amount : null;
}

/** A cell that a screen shows as 'none' is asked about all the same: a named failure says why there is no number. */
export function orReason(amount: Cell | null | undefined, message: string): Cell {
  return amount ?? { reason: 'unsupported', message };
}
