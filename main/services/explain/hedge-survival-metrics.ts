import type { LegLatency } from '../../contract/hedge-latency.ts';
import type { StateFall } from '../../contract/hedge-survival.ts';
import { fail } from '../../domain/failure.ts';
import { answerFrom, lookUp, type ExplainedInput, type Metric } from './metric.ts';
import { hedgeMetric, legMetric } from './hedge-metrics.ts';
import { orReason, percentText, usdText } from './number-text.ts';

const UNTIMED = 'nothing was known of how long transfers take';
const OFF = 'nothing was taken to go wrong with hedges';

/** Whether the suggested hedges are there when they are needed, and in time. */
export const hedgeSurvivalMetrics: readonly Metric[] = [
  hedgeMetric(
    {
      id: 'hedge.survival.countedUsd',
      title: 'Expected shortfall with lost hedges counted',
      unit: 'USD',
      definition:
        'Mean loss of the worst days with the suggestion, where on a bad day a venue may halt, deleverage a leg, or pay in a fallen coin.',
      formula: 'mean loss beyond the confidence level over the days and the states in which hedges are lost, by their weights',
      notes: ['As the program sees it; the figure without lost hedges is checked by the full cascade.'],
    },
    ({ survival }) => ({
      value: orReason(survival?.countedUsd, OFF),
      worked: survival ? `${usdText(survival.idealUsd)} if none ever is lost, ${usdText(survival.countedUsd)} counting them` : OFF,
      inputs: [
        { name: 'scenarios in which hedges are lost', value: String(survival?.scenarios ?? 0), source: 'states × worst days' },
        ...(survival?.stated ?? []).map((text, index) => ({ name: `assumption ${index + 1}`, value: text, source: 'stated' })),
      ],
    }),
  ),
  {
    id: 'hedge.survival.falls.shortUsd',
    title: 'Short in a state in which hedges are lost',
    unit: 'USD',
    definition:
      'What an account that the suggestion keeps alive would lack at worst, in a retained scenario, if one state came true as well.',
    formula: 'requirement and buffer − excess in the state, the largest over the retained scenarios',
    notes: ['As the program sees it, position by position; no cascade is run in these states.'],
    find: ({ hedge }, subjectId) => {
      if (hedge === null)
        return fail('notFound', 'nothing has been suggested for this book yet', { remedy: 'Ask for a suggestion first.' });
      const named = ({ accountId, kind, subject }: StateFall): string => `${accountId} ${kind} ${subject}`;
      const found = lookUp(hedge.survival?.falls ?? [], (fall) => named(fall) === subjectId, `fall ${subjectId ?? '(none named)'}`);
      return answerFrom(found, (fall) => ({
        subject: fall.accountId,
        value: fall.shortUsd,
        worked: fall.text,
        inputs: (hedge.survival?.stated ?? []).map((value, index) => ({ name: `assumption ${index + 1}`, value, source: 'stated' })),
      }));
    },
  },
  legMetric(
    {
      id: 'hedge.legs.latency.minutes',
      title: 'Time until it has arrived',
      unit: 'minutes',
      definition:
        'Time by which this action has surely arrived: out of one venue, into the other, and through a swap where the coin changes.',
      formula: 'slow end of withdrawal + swap + deposit',
      notes: ['A scenario that may come sooner counts what has left, and not what is to arrive.'],
    },
    ({ latency }) => ({
      value: orReason(latency?.minutes, UNTIMED),
      worked: latency?.text ?? UNTIMED,
      inputs: latency === undefined ? [] : worthOfTime(latency),
    }),
  ),
  legMetric(
    {
      id: 'hedge.legs.survival.keptFraction',
      title: 'Gain that is kept',
      unit: 'fraction',
      definition: 'Part of what this trade gains on the worst days that is left on average, counting the states in which it is lost.',
      formula: '1 − Σ probability of a state × part of the gain that it takes',
      notes: ['Of this action only.', 'The probabilities are stated assumptions, given a day among the worst.'],
    },
    ({ survival }) => ({
      value: orReason(survival?.keptFraction, 'it opens no contract that gains on the worst days'),
      worked: survival ? `${percentText(survival.keptFraction)}: ${survival.text}` : 'it opens no contract that gains on the worst days',
    }),
  ),
];

/** What the action takes off the expected shortfall for its cost and for its time. */
function worthOfTime({ reductionPerUsd, reductionPerHourUsd }: LegLatency): ExplainedInput[] {
  return [
    {
      name: 'taken off per USD of cost',
      value: reductionPerUsd === null ? 'costs nothing' : usdText(reductionPerUsd),
      source: 'its effect over its cost',
    },
    {
      name: 'taken off per hour',
      value: reductionPerHourUsd === null ? 'there at once' : usdText(reductionPerHourUsd),
      source: 'its effect over its time',
    },
  ];
}
