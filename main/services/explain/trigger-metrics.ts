import type { TriggerCell, TriggerResult } from '../../contract/trigger.ts';
import { fail, type Result } from '../../domain/failure.ts';
import { figure } from '../analysis/words.ts';
import { answerFrom, type ExplainedNumber, type Metric } from './metric.ts';
import { numberText, percentText, usdText } from './number-text.ts';

type Named = 'none' | 'cost' | 'target' | 'safety';
type Told = { readonly result: TriggerResult; readonly named: Named; readonly cell: TriggerResult['none'] & Partial<TriggerCell> };

const NAMES: readonly Named[] = ['none', 'cost', 'target', 'safety'];

/** A metric of one of the named orders of an account; the subject names both: 'MKR-A cost', or 'none' for no order. */
function orderMetric(metric: Omit<Metric, 'find'>, explain: (told: Told) => Omit<ExplainedNumber, 'subject' | 'inputs'>): Metric {
  return {
    ...metric,
    find: ({ triggers }, subjectId) =>
      answerFrom(toldOf(triggers, subjectId), (told) => ({
        subject: `${told.result.accountId}, ${orderWords(told)}`,
        inputs: [
          { name: 'health factor now', value: numberText(told.result.healthFactor), source: 'rules of the venue' },
          {
            name: 'sold and repaid',
            value: `${told.result.soldAssetId} for ${told.result.repaidAssetId}`,
            source: 'largest of the account',
          },
          { name: 'keeper’s fee', value: percentText(told.result.terms.keeperFeeFraction), source: 'asked for' },
          { name: 'slippage cap', value: percentText(told.result.terms.slippageCapFraction), source: 'asked for' },
          { name: 'first attempt after', value: `${figure(told.result.terms.latencyMinutes, 0)} min`, source: 'asked for' },
          { name: 'paths', value: `${told.result.draws}`, source: `seed ${told.result.seed}` },
        ],
        ...explain(told),
      })),
  };
}

function orderWords({ cell, named }: Told): string {
  if (named === 'none') return 'without an order';
  return `below ${figure(cell.trigger ?? NaN, 3)} up to ${figure(cell.target ?? NaN, 3)}`;
}

function toldOf(triggers: readonly TriggerResult[], subjectId: string | undefined): Result<Told> {
  if (triggers.length === 0)
    return fail('notFound', 'no trigger orders have been tried on this book', { remedy: 'Run the command trigger, or the Hedges screen.' });
  for (const result of triggers.toReversed()) {
    for (const named of NAMES) {
      if (subjectId !== `${result.accountId} ${named}`) continue;
      const cell = named === 'none' ? result.none : (result.best[named] ?? result.none);
      return { ok: true, value: { result, named, cell } };
    }
  }
  return fail('notFound', `${subjectId ?? '(none named)'} is not in the last trial of orders`, {
    remedy: 'Name the account and the order.',
  });
}

/** What trigger orders cost and prevent. */
export const triggerMetrics: readonly Metric[] = [
  orderMetric(
    {
      id: 'trigger.orders.expectedCostUsd',
      title: 'Expected cost of the order',
      unit: 'USD',
      definition:
        'Mean over all paths of what the order costs when it executes and of what a liquidation costs where it comes all the same.',
      formula: 'Σ paths (fees + gas + slippage + bonus on what is liquidated) / paths',
      notes: ['What prices do after a sale is no cost, since no drift is forecast.'],
    },
    ({ cell }) => ({
      value: cell.expectedCostUsd.value,
      worked: `${usdText(cell.orderCostUsd ?? 0)} for the order (${figure(cell.executions ?? 0, 2)} executions a path) + ${usdText(cell.liquidationLossUsd)} lost in liquidations`,
      notes: [`Within simulation error ${usdText(cell.expectedCostUsd.from)} to ${usdText(cell.expectedCostUsd.to)}.`],
    }),
  ),
  orderMetric(
    {
      id: 'trigger.orders.liquidationProbability',
      title: 'Chance of liquidation with the order',
      unit: 'share',
      definition: 'Share of the paths on which health falls below 1 at any look, with the order at work.',
      formula: 'paths liquidated / paths',
      notes: ['Nobody else reacts on these paths: in a cascade an order is overtaken more often.'],
    },
    ({ cell }) => ({
      value: cell.liquidationProbability.value,
      worked: `${percentText(cell.liquidationProbability.value)}; 95 of 100 simulations lie within ${percentText(cell.liquidationProbability.from)} and ${percentText(cell.liquidationProbability.to)}`,
    }),
  ),
];
