import { LEAST_RECORDED_SHARE, type RecordKnots } from './market-records.ts';

/**
 * Beyond its last level a book is taken to be this many times as thin as where its record is thinnest. An assumption against the seller: the
 * bids of 2025-10-10 thinned by 1.45 from their fourth to their fifth per cent, 119 to 82 M USD (resources/demo/README.md), and go on doing so.
 */
export const STEEPER_BEYOND = 1.5;

/**
 * Knots of an order book's recorded levels. Beyond the last one the book is taken for a constant product whose price begins to fall
 * `STEEPER_BEYOND` times as fast as on the steepest recorded stretch. Purchases are the mirror image, a rise by 1 / (1 − f) for every
 * fall by f: nothing is read from the asks.
 *
 * @param fallFraction of each level, ascending, inside 0 … 1
 * @param quantity sold until there, ascending, above zero
 */
export function depthCurveKnots(fallFraction: readonly number[], quantity: readonly number[]): RecordKnots {
  const recordedTo = quantity[quantity.length - 1]!;
  const sales = knotsFrom(
    quantity,
    fallFraction.map((fall) => 1 / Math.sqrt(1 - fall)),
    1 / Math.sqrt(LEAST_RECORDED_SHARE),
  );
  const purchases = knotsFrom(
    quantity,
    fallFraction.map((fall) => Math.sqrt(1 - fall)),
    Math.sqrt(LEAST_RECORDED_SHARE),
  );
  return {
    sold: [...purchases.map(({ at }) => -at).toReversed(), 0, ...sales.map(({ at }) => at)],
    value: [...purchases.map(({ value }) => value).toReversed(), 1, ...sales.map(({ value }) => value)],
    recordedFrom: -recordedTo,
    recordedTo,
  };
}

/** Levels on one side of v = 1, and where the stretch beyond the last of them reaches its end. */
function knotsFrom(quantity: readonly number[], values: readonly number[], end: number): { readonly at: number; readonly value: number }[] {
  let steepest = 0;
  let [at, value] = [0, 1];
  const knots = quantity.map((next, level) => {
    // Relative to v at the beginning of the stretch: how fast ln p falls there.
    steepest = Math.max(steepest, Math.abs(values[level]! - value) / (next - at) / value);
    [at, value] = [next, values[level]!];
    return { at, value };
  });
  return [...knots, { at: at + Math.abs(end - value) / (STEEPER_BEYOND * steepest * value), value: end }];
}
