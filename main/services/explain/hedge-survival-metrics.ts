import type { Metric } from './metric.ts';
import { hedgeMetric, legMetric } from './hedge-metrics.ts';
import { orReason, percentText, usdText } from './number-text.ts';

const OFF = 'nothing was taken to go wrong with hedges';

/** Whether the suggested hedges are there when they are needed. */
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
