import type { LatencyRule } from '../../../domain/cascade-axes.ts';
import { normalQuantile } from '../../math/normal.ts';
import { randomUniform } from '../../math/random.ts';

/** Longest delay, rounds: the tail beyond it is cut there. */
const LONGEST_DELAY = 500;

/** Stream of the delays, apart from every other use of a seed. */
const STREAM = 61;

/** Rounds from falling to being liquidated, by (seed, borrower) alone: the same in whatever order borrowers are looked at. */
export function liquidationDelay(rule: LatencyRule, borrower: number): number {
  if (rule.distribution === 'fixed') return rule.rounds;
  const uniform = randomUniform(rule.seed, borrower, STREAM);
  if (rule.distribution === 'geometric') {
    if (rule.meanRounds === 0) return 0;
    return Math.min(LONGEST_DELAY, Math.floor(Math.log(uniform) / Math.log(rule.meanRounds / (1 + rule.meanRounds))));
  }
  return Math.min(LONGEST_DELAY, Math.round(rule.medianRounds * Math.exp(rule.sigma * normalQuantile(uniform))));
}
