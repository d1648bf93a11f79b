import { normalCdf } from '../math/normal.ts';

/** A likelihood ratio and the chance of one as large when the model is right. */
export type LikelihoodRatio = { readonly statistic: number; readonly pValue: number };

/** Days on which the outcome lay below the forecast quantile, judged three ways. */
export type CoverageTest = {
  readonly count: number;
  readonly hits: number;
  /** Whether there are as many as said (proportion of failures). */
  readonly unconditional: LikelihoodRatio;
  /** Whether a hit says something of the next day. */
  readonly independence: LikelihoodRatio;
  /** Both at once. */
  readonly conditional: LikelihoodRatio;
};

/**
 * Tests of a series of hits (1) and misses (0) against the share that should be hits.
 *
 * LR_pof = −2 ln[(1 − p)^(n−x) p^x / ((1 − x/n)^(n−x) (x/n)^x)], χ² with one degree; LR_ind compares a chain whose chance of a hit depends
 * on the one before with a chain whose does not, χ² with one degree; LR_cc = LR_pof + LR_ind, χ² with two.
 *
 * @param starts indexes at which a new stretch begins: no transition leads into them; index 0 need not be named
 * @returns NaN without outcomes
 * Sources: P. Kupiec, "Techniques for verifying the accuracy of risk measurement models" (1995); P. Christoffersen, "Evaluating interval
 * forecasts" (1998).
 */
export function testCoverage(hits: Uint8Array, level: number, starts: ReadonlySet<number>): CoverageTest {
  const count = hits.length;
  let total = 0;
  const moved = [0, 0, 0, 0];
  for (let i = 0; i < count; i += 1) {
    total += hits[i]!;
    if (i > 0 && !starts.has(i)) moved[2 * hits[i - 1]! + hits[i]!]! += 1;
  }
  const [from00, from01, from10, from11] = moved as [number, number, number, number];
  const chain = logLikelihood(from01, from00) + logLikelihood(from11, from10);
  const together = logLikelihood(from01 + from11, from00 + from10);
  const independence = ratio(chain - together, 1);
  const unconditional = ratio(logLikelihood(total, count - total) - logAt(total, count - total, level), 1);
  const conditional = ratio((unconditional.statistic + independence.statistic) / 2, 2);
  return { count, hits: total, unconditional, independence, conditional };
}

/** Log likelihood of hits and misses at their own share; 0 ln 0 = 0. */
function logLikelihood(hits: number, misses: number): number {
  const n = hits + misses;
  return n === 0 ? 0 : logAt(hits, misses, hits / n);
}

function logAt(hits: number, misses: number, share: number): number {
  return (hits === 0 ? 0 : hits * Math.log(share)) + (misses === 0 ? 0 : misses * Math.log(1 - share));
}

function ratio(gain: number, degrees: 1 | 2): LikelihoodRatio {
  const statistic = Math.max(0, 2 * gain);
  return { statistic, pValue: chiSquareAbove(statistic, degrees) };
}

/** Chance that a χ² variable of one or two degrees lies above x ≥ 0: 2 Φ(−√x), or exp(−x / 2). */
export function chiSquareAbove(x: number, degrees: 1 | 2): number {
  return degrees === 1 ? 2 * normalCdf(-Math.sqrt(x)) : Math.exp(-x / 2);
}
