import { accountMetrics } from './account-metrics.ts';
import { alternativeMetrics } from './alternative-metrics.ts';
import { backtestMetrics } from './backtest-metrics.ts';
import { blotterMetrics } from './blotter-metrics.ts';
import { bookMetrics } from './book-metrics.ts';
import { contagionMetrics } from './contagion-metrics.ts';
import { fanMetrics } from './fan-metrics.ts';
import { feedbackMetrics } from './feedback-metrics.ts';
import { causeMetrics } from './cause-metrics.ts';
import { forecastMetrics } from './forecast-metrics.ts';
import { hedgeMetrics } from './hedge-metrics.ts';
import { hedgeSurvivalMetrics } from './hedge-survival-metrics.ts';
import { liquidationMetrics } from './liquidation-metrics.ts';
import type { Metric } from './metric.ts';
import { indexMetrics } from './index-metrics.ts';
import { networkFigures } from './network-figures.ts';
import { networkMetrics } from './network-metrics.ts';
import { partitionMetrics } from './partition-metrics.ts';
import { phaseMetrics } from './phase-metrics.ts';
import { policyMetrics } from './policy-metrics.ts';
import { positionMetrics } from './position-metrics.ts';
import { replayMetrics } from './replay-metrics.ts';
import { requirementMetrics } from './requirement-metrics.ts';
import { riskMetrics } from './risk-metrics.ts';
import { ruleSetMetrics } from './rule-set-metrics.ts';
import { surplusMetrics } from './surplus-metrics.ts';
import { triggerMetrics } from './trigger-metrics.ts';
import { whatIfMetrics } from './what-if-metrics.ts';

/** Every number that can be asked about. */
export const catalogue: readonly Metric[] = [
  ...accountMetrics,
  ...liquidationMetrics,
  ...requirementMetrics,
  ...positionMetrics,
  ...bookMetrics,
  ...riskMetrics,
  ...surplusMetrics,
  ...causeMetrics,
  ...fanMetrics,
  ...phaseMetrics,
  ...indexMetrics,
  ...networkMetrics,
  ...networkFigures,
  ...hedgeMetrics,
  ...alternativeMetrics,
  ...hedgeSurvivalMetrics,
  ...ruleSetMetrics,
  ...replayMetrics,
  ...partitionMetrics,
  ...feedbackMetrics,
  ...policyMetrics,
  ...contagionMetrics,
  ...backtestMetrics,
  ...forecastMetrics,
  ...triggerMetrics,
  ...whatIfMetrics,
  ...blotterMetrics,
];

const byName = new Map(catalogue.flatMap((metric) => [metric.id, ...(metric.aliases ?? [])].map((name) => [name, metric] as const)));

/** The metric of that id or alias. */
export function metricNamed(name: string): Metric | undefined {
  return byName.get(name);
}

/** Up to five known ids nearest to a name that is not one: those sharing its last word or its group, fewest edits first. */
export function metricsNear(name: string): string[] {
  const group = name.split('.')[0];
  const scored = catalogue.map(({ id }) => ({ id, score: editDistance(name, id) - (id.split('.')[0] === group ? 3 : 0) }));
  return scored
    .toSorted((left, right) => left.score - right.score)
    .slice(0, 5)
    .map(({ id }) => id);
}

/** Levenshtein distance. */
function editDistance(left: string, right: string): number {
  let previous = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (const [row, letter] of Array.from(left).entries()) {
    const current = [row + 1];
    for (const [column, other] of Array.from(right).entries()) {
      const replaced = (previous[column] ?? 0) + (letter === other ? 0 : 1);
      current.push(Math.min(replaced, (previous[column + 1] ?? 0) + 1, (current[column] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[right.length] ?? 0;
}
