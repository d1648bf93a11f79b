import { Decimal } from 'decimal.js';
import { z } from 'zod';

/**
 * A quantity as the user typed it: plain decimal text, no exponent, no grouping, at most 60 characters. The book stores
 * this text; only packing turns it into a float64.
 */
export const decimalText = z
  .string()
  .max(60)
  .regex(/^-?(0|[1-9]\d*)(\.\d+)?$/, 'not a plain decimal number');
export type DecimalText = z.infer<typeof decimalText>;

const Exact = Decimal.clone({ precision: 120, toExpNeg: -200, toExpPos: 200 });

/** Exact sum of two decimal texts, without trailing zeros. */
export function addDecimal(a: DecimalText, b: DecimalText): DecimalText {
  return new Exact(a).plus(b).toFixed();
}

/** Exact negation. */
export function negateDecimal(a: DecimalText): DecimalText {
  return new Exact(a).negated().toFixed();
}

/** Exact product, without trailing zeros. */
export function multiplyDecimal(a: DecimalText, b: DecimalText): DecimalText {
  return new Exact(a).times(b).toFixed();
}

/** Places kept where a quotient or product does not end: far below a unit of any chain. */
const placesKept = 18;

/** Quotient, rounded half up to 18 places; b must not be zero. */
export function divideDecimal(a: DecimalText, b: DecimalText): DecimalText {
  return new Exact(a).dividedBy(b).toDecimalPlaces(placesKept, Exact.ROUND_HALF_UP).toFixed();
}

/** Rounded half up to 18 places, so that a product of long factors still fits its column. */
export function shortened(a: DecimalText): DecimalText {
  return new Exact(a).toDecimalPlaces(placesKept, Exact.ROUND_HALF_UP).toFixed();
}

/** The price as decimal text with six significant digits, rounded to the side that pays no more (buying) or takes no less (selling). */
export function priceText(price: number, rounding: 'down' | 'up'): DecimalText {
  return new Exact(price).toSignificantDigits(6, rounding === 'down' ? Exact.ROUND_DOWN : Exact.ROUND_UP).toFixed();
}

/** Whether the quantity is a whole number of lots; lot > 0. */
export function isWholeLots(quantity: DecimalText, lot: DecimalText): boolean {
  return new Exact(quantity).modulo(lot).isZero();
}

/** -1, 0 or 1 as a is below, equal to or above b. */
export function compareDecimal(a: DecimalText, b: DecimalText): -1 | 0 | 1 {
  return new Exact(a).comparedTo(b) as -1 | 0 | 1;
}

/** The nearest multiple of the lot towards zero, as decimal text; lot > 0. */
export function roundToLot(quantity: number, lot: DecimalText): DecimalText {
  const exactLot = new Exact(lot);
  return new Exact(quantity).dividedBy(exactLot).trunc().times(exactLot).toFixed();
}

/** The shortest decimal text that reads back as this number; for a finite one. */
export function decimalOf(value: number): DecimalText {
  return new Exact(value).toFixed();
}

/** Nearest float64 of a decimal text. */
export function decimalToNumber(text: DecimalText): number {
  return Number(text);
}
