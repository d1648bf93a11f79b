import type { FeedbackResult } from '../../contract/feedback.ts';
import { fail, type Result } from '../../domain/failure.ts';
import { answerFrom, lookUp, type ExplainedInput, type KnownResults, type Metric } from './metric.ts';
import { numberText, percentText, usdText } from './number-text.ts';

function feedbackOf({ feedback }: KnownResults): Result<FeedbackResult> {
  if (feedback !== null) return { ok: true, value: feedback };
  return fail('notFound', 'the feedback has not been measured yet', { remedy: 'Open the screen that shows it.' });
}

function inputsOf({ points, referencePoint, markets }: FeedbackResult): ExplainedInput[] {
  const there = points[referencePoint];
  return [
    { name: 'place', value: percentText(there?.move), source: 'reference shock as a move of the common axis' },
    { name: 'forced sales', value: usdText(there?.forcedUsd), source: 'put up for sale by the next step of the fall' },
    ...markets
      .slice(0, 4)
      .map((market) => ({ name: market.id, value: usdText(market.depthUsd), source: `depth left; ${market.depthSource}` })),
  ];
}

const LADDER =
  'Whoever is below the requirement is liquidated once by the venue’s rule; the slope is taken over the next 2 % of the common fall.';

/** Numbers of how selling feeds on itself. */
export const feedbackMetrics: readonly Metric[] = [
  {
    id: 'feedback.reproduction',
    title: 'Liquidation reproduction number',
    unit: '×',
    definition: 'How much forced selling one unit of forced selling brings about, in the mix of markets in which that is most.',
    formula: 'ρ(M), M = fall of each market per unit of fall of each market, by the sales it forces = (2 / depth in coins) × Δq / Δ',
    notes: [LADDER, 'Below 1 rounds die out, from 1 on they grow until the sellers run out. Buying back is left out.'],
    find: (known) =>
      answerFrom(feedbackOf(known), (result) => {
        const there = result.points[result.referencePoint];
        return {
          subject: `at ${percentText(there?.move)}`,
          value: there?.reproduction ?? NaN,
          worked: `spectral radius of the ${result.markets.length} × ${result.markets.length} feedback matrix = ${numberText(there?.reproduction)}`,
          inputs: inputsOf(result),
        };
      }),
  },
  {
    id: 'feedback.kappaPassesOneAt',
    title: 'Where selling feeds on itself',
    unit: 'fraction of the common move',
    definition: 'First common fall from which one more per cent forces sales that make another per cent.',
    formula: 'κ(x) = (f′ / V₀) π′Λ ≥ 1',
    notes: [
      LADDER,
      'π: collateral of everybody who owes, by driver; Λ: what is sold over depth; f′: share sold per share lost. Cont and Wagalath (2013).',
    ],
    find: (known) =>
      answerFrom(feedbackOf(known), (result) => ({
        subject: 'along the common axis',
        value: result.kappaPassesOneAt,
        worked: `κ = ${numberText(result.points[result.referencePoint]?.kappa)} at the reference shock; passes 1 at ${percentText(result.kappaPassesOneAt)}`,
        inputs: inputsOf(result),
      })),
  },
  {
    id: 'feedback.exit.criticalLeverage',
    title: 'Critical leverage',
    unit: '×',
    definition: 'Assets over equity from which selling everything within a day no longer pays the debts.',
    formula: 'λ = 3 / (2 I), I = Σ Y σ √(Q / V) × share of the assets',
    notes: [
      'Square-root law with Y = 1. Claims are taken as sold in the market of what backs them; their own thinner market is not counted.',
      'Of the day’s volume the same share is taken to have gone as of the depth.',
    ],
    find: (known, subjectId) => {
      const result = feedbackOf(known);
      if (!result.ok) return result;
      const { accounts, book, volumes } = result.value.exit;
      const rows = subjectId === undefined ? [book] : accounts;
      const found = lookUp(rows, (row) => row.accountId === (subjectId ?? null), `account ${subjectId ?? ''}`);
      return answerFrom(found, (row) => ({
        subject: row.accountId ?? 'the book, together',
        value: row.criticalLeverage,
        worked: `3 / (2 × ${numberText(row.impactFraction)}) = ${numberText(row.criticalLeverage)}; leverage now ${numberText(row.leverage)}`,
        inputs: [
          { name: 'to sell', value: usdText(row.assetsUsd), source: 'collateral of a borrower, net contracts of a margin account' },
          { name: 'cost', value: usdText(row.exitCostUsd), source: '⅔ of the impact on average' },
          ...volumes.slice(0, 3).map((volume) => ({
            name: `${volume.driver}, coins a day`,
            value: numberText(volume.dailyCoins),
            source: `${volume.source}; volatility ${percentText(volume.dailyVolatility)} a day`,
          })),
        ],
      }));
    },
  },
];
