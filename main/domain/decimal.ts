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
