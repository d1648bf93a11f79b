import type { FanResult } from '../../contract/cascade-fan.ts';
import { fanKey } from '../../contract/question-key.ts';
import { figure, percent } from '../analysis/words.ts';
import { answerFrom, askedResult, lookUp, type ExplainedInput, type Metric } from './metric.ts';
import { usdText } from './number-text.ts';

type Words = Pick<Metric, 'id' | 'title' | 'definition' | 'formula'>;

const FAN_NOTES = ['A quantile is of its own figure: no single draw need follow several of them.'];

/** What the draws are made from. */
function fanInputs({ draws, spread, unfinished, assumptions }: FanResult): ExplainedInput[] {
  const { latency } = spread;
  const delay =
    latency.distribution === 'fixed'
      ? `always ${latency.rounds}`
      : latency.distribution === 'geometric'
        ? `geometric, mean ${latency.meanRounds}`
        : `lognormal, median ${latency.medianRounds}`;
  return [
    { name: 'draws', value: figure(draws, 0), source: `seed ${spread.seed}; the same for any number of threads` },
    { name: 'depth left', value: `lognormal, σ ${spread.depthSigma}`, source: 'assumed; the same for all markets' },
    {
      name: 'recovery a round',
      value: `${percent(spread.recoveryLow)} to ${percent(spread.recoveryHigh)}`,
      source: 'assumed, uniform',
    },
    { name: 'rounds until a liquidation', value: delay, source: assumptions.latency === undefined ? 'assumed' : 'assumptions of the bar' },
    { name: 'draws not at rest', value: figure(unfinished, 0), source: 'stopped at the round limit: their ends are no answers' },
  ];
}

/** A quantile at the end of the draws; the subject names the fan and the probability. */
function quantileMetric(words: Words, pick: (fan: FanResult) => readonly number[]): Metric {
  return {
    unit: 'USD',
    ...words,
    notes: FAN_NOTES,
    find: ({ fans }, subjectId) => {
      const found = askedResult(fans, { subjectId, keyOf: fanKey, screen: 'Stress' });
      if (!found.ok) return found;
      const { result, rest } = found.value;
      const rows = result.probabilities.map((probability, i) => ({ probability, usd: pick(result)[i] ?? NaN }));
      return answerFrom(
        lookUp(rows, ({ probability }) => probability === Number(rest), `the quantile at ${rest}`),
        ({ probability, usd }) => ({
          subject: `${percent(probability)} quantile of ${result.draws} draws`,
          value: usd,
          worked: rows.map((row) => `${percent(row.probability)}: ${usdText(row.usd)}`).join('; '),
          inputs: fanInputs(result),
          notes: [result.basis],
        }),
      );
    },
  };
}

/** A figure of one account over the draws; the subject names the fan and the account. */
function accountMetric(
  words: Words & Pick<Metric, 'unit'>,
  explain: (fan: FanResult, row: FanResult['accounts'][number]) => { value: number; worked: string },
): Metric {
  return {
    ...words,
    notes: ['A share of draws, with spreads that are assumed: it is no chance of the market.'],
    find: ({ fans }, subjectId) => {
      const found = askedResult(fans, { subjectId, keyOf: fanKey, screen: 'Stress' });
      if (!found.ok) return found;
      const { result, rest } = found.value;
      return answerFrom(
        lookUp(result.accounts, (row) => row.accountId === rest, `account ${rest}`),
        (row) => ({ subject: row.accountId, ...explain(result, row), inputs: fanInputs(result), notes: [result.basis] }),
      );
    },
  };
}

/** Numbers of the fan of cascades. */
export const fanMetrics: readonly Metric[] = [
  quantileMetric(
    {
      id: 'fan.finalLossUsd',
      title: 'Loss of the book over the draws',
      definition: 'Loss of the book from before the shock to the end of the cascade that a share of the draws does not exceed.',
      formula: 'quantile over draws of (equity before − equity at the end)',
    },
    ({ finalLossUsd }) => finalLossUsd,
  ),
  quantileMetric(
    {
      id: 'fan.badDebtUsd',
      title: 'Bad debt over the draws',
      definition: 'Debt left uncovered at the end of the cascade that a share of the draws does not exceed.',
      formula: 'quantile over draws of the bad debt',
    },
    ({ badDebtUsd }) => badDebtUsd,
  ),
  accountMetric(
    {
      id: 'fan.accounts.fallFraction',
      title: 'How often an account falls',
      unit: 'share of draws',
      definition: 'Share of the draws in which the account is liquidated in any round.',
      formula: 'draws with a fall / draws; standard error √(s (1 − s) / n)',
    },
    ({ draws }, { fallFraction, standardError }) => ({
      value: fallFraction,
      worked: `${figure(fallFraction * draws, 0)} / ${figure(draws, 0)} = ${percent(fallFraction, 1)} ± ${percent(standardError, 1)}`,
    }),
  ),
  accountMetric(
    {
      id: 'fan.accounts.roundsToFall',
      title: 'Round by which it has fallen in half of the draws',
      unit: 'rounds',
      definition: 'Smallest round by which the account has fallen in half of the draws; without end where it holds in more than half.',
      formula: 'median over draws of the round of the first fall, ∞ where it holds',
    },
    ({ probabilities }, { roundsToFall }) => ({
      value: roundsToFall[probabilities.indexOf(0.5)] ?? Infinity,
      worked: roundsToFall
        .map((round, i) => `${percent(probabilities[i] ?? NaN)}: ${Number.isFinite(round) ? figure(round, 0) : 'holds'}`)
        .join('; '),
    }),
  ),
];
