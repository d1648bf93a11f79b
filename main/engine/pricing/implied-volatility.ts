import { millsRatio, normalCdf, normalPdf } from '../math/normal.ts';
import { logRatio } from './black.ts';

/** The volatility that gives a price, or why there is none. `bound` is the price limit that was passed, undiscounted. */
export type ImpliedVolatility =
  | { readonly status: 'ok'; readonly volatility: number; readonly iterations: number }
  | { readonly status: 'belowIntrinsic' | 'aboveBound'; readonly price: number; readonly bound: number }
  | { readonly status: 'invalid'; readonly argument: string }
  | { readonly status: 'notConverged'; readonly volatility: number; readonly lastChange: number };

const MAX_ITERATIONS = 64;
/** Relative step after which the next Newton step would be below rounding. */
const CONVERGED = 1e-12;
/** Above this deviation the complement of a price in (0, 1) has underflowed. */
const LARGEST_DEVIATION = 80;

/**
 * Volatility at which {@link blackPrice} returns `price`. The time value is inverted on the logarithm of the out-of-the-money price
 * (below the inflection point √(2|ln F/K|)) or of its distance from the upper bound (above it), where Newton's steps
 * converge from far out of the money to huge volatilities; steps leaving the bracket are replaced by bisection.
 * A price equal to intrinsic has volatility 0.
 *
 * Source of the branch choice: P. Jäckel, "Let's be rational", Wilmott (2015).
 */
export function impliedVolatility(
  isCall: boolean,
  forward: number,
  strike: number,
  years: number,
  price: number,
  discount: number,
): ImpliedVolatility {
  const problem = firstInvalid(forward, strike, years, price, discount);
  if (problem !== null) return { status: 'invalid', argument: problem };
  const undiscounted = price / discount;
  const intrinsic = Math.max(isCall ? forward - strike : strike - forward, 0);
  if (undiscounted < intrinsic) return { status: 'belowIntrinsic', price: undiscounted, bound: intrinsic };
  const bound = isCall ? forward : strike;
  if (undiscounted >= bound) return { status: 'aboveBound', price: undiscounted, bound };
  const value = undiscounted - intrinsic;
  if (value === 0) return { status: 'ok', volatility: 0, iterations: 0 };
  const found = deviationOf(value, Math.min(forward, strike), Math.max(forward, strike));
  const volatility = found.deviation / Math.sqrt(years);
  if (!found.hasConverged) return { status: 'notConverged', volatility, lastChange: found.lastChange };
  return { status: 'ok', volatility, iterations: found.iterations };
}

function firstInvalid(forward: number, strike: number, years: number, price: number, discount: number): string | null {
  if (!(forward > 0 && forward < Infinity)) return 'forward';
  if (!(strike > 0 && strike < Infinity)) return 'strike';
  if (!(years > 0 && years < Infinity)) return 'years';
  if (!(price >= 0 && price < Infinity)) return 'price';
  if (!(discount > 0 && discount < Infinity)) return 'discount';
  return null;
}

type Deviation = { readonly deviation: number; readonly hasConverged: boolean; readonly lastChange: number; readonly iterations: number };

/** Deviation at which the out-of-the-money option on (smaller, larger) is worth `value`, 0 < value < smaller. */
function deviationOf(value: number, smaller: number, larger: number): Deviation {
  const x = logRatio(smaller, larger);
  const inflection = Math.sqrt(-2 * x);
  const isLower = x < 0 && value <= smaller * scaledValue(x, inflection);
  const target = isLower ? Math.log(value / smaller) : Math.log((smaller - value) / smaller);
  let lower = isLower ? 0 : inflection;
  let upper = isLower ? inflection : LARGEST_DEVIATION;
  let deviation = isLower ? Math.min(inflection, -x / Math.sqrt(-2 * target)) : firstUpper(value / smaller, inflection);
  let change = upper - lower;
  for (let iteration = 1; iteration <= MAX_ITERATIONS; iteration += 1) {
    const d1 = x / deviation + 0.5 * deviation;
    const density = normalPdf(d1);
    const now = isLower ? scaledValue(x, deviation) : scaledComplement(x, deviation);
    const error = isLower ? Math.log(now) - target : target - Math.log(now);
    if (error > 0) upper = deviation;
    else lower = deviation;
    let next = deviation - newtonStep(error, isLower, now, density);
    if (!(next >= lower && next <= upper)) next = 0.5 * (lower + upper);
    change = Math.abs(next - deviation);
    deviation = next;
    if (error === 0 || change <= CONVERGED * deviation) return { deviation, hasConverged: true, lastChange: change, iterations: iteration };
  }
  return { deviation, hasConverged: change <= 100 * CONVERGED * deviation, lastChange: change, iterations: MAX_ITERATIONS };
}

/**
 * Step of Newton's method. In the lower branch it is taken on 1/ln(value), which is nearly linear in the squared deviation
 * far out of the money; in the upper one on the logarithm of the complement.
 */
function newtonStep(error: number, isLower: boolean, now: number, density: number): number {
  if (!isLower) return (error * now) / density;
  const logarithm = Math.log(now);
  return ((error * logarithm) / (logarithm - error)) * (now / density);
}

/** First value above the inflection point: exact at the money, otherwise not below the inflection point. */
function firstUpper(valueOverBound: number, inflection: number): number {
  return Math.max(2.5 * valueOverBound, inflection) + (valueOverBound > 0.9 ? 1 : 0);
}

/** Out-of-the-money value over the smaller of forward and strike, x = ln(smaller/larger) <= 0. */
function scaledValue(x: number, deviation: number): number {
  const d1 = x / deviation + 0.5 * deviation;
  const d2 = x / deviation - 0.5 * deviation;
  if (d1 < 0) return normalPdf(d1) * (millsRatio(-d1) - millsRatio(-d2));
  return normalCdf(d1) - Math.exp(-x) * normalCdf(d2);
}

/** One minus {@link scaledValue}, as a sum of positive terms. */
function scaledComplement(x: number, deviation: number): number {
  return normalCdf(-x / deviation - 0.5 * deviation) + Math.exp(-x) * normalCdf(x / deviation - 0.5 * deviation);
}
