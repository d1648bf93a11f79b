import type { Drawn, ForecastAccount, ForecastHorizon, ForecastResult } from '../../contract/forecast.ts';
import { fail, type Result } from '../../domain/failure.ts';
import { horizonWords } from '../forecast/forecast-words.ts';
import { answerFrom, type ExplainedInput, type ExplainedNumber, type Metric } from './metric.ts';
import { percentText, usdText } from './number-text.ts';

type Told = { readonly result: ForecastResult; readonly account: ForecastAccount; readonly horizon: ForecastHorizon };

const MODEL = 'Recorded days drawn with today’s volatility; a model, whose coverage tests are told beside it.';

/** A metric of one account within one time; the subject names both: 'MKR-A 168'. */
function horizonMetric(
  metric: Omit<Metric, 'find' | 'notes'>,
  explain: (told: Told) => Omit<ExplainedNumber, 'subject' | 'inputs'>,
): Metric {
  return {
    ...metric,
    notes: [MODEL],
    find: ({ forecasts }, subjectId) =>
      answerFrom(toldOf(forecasts, subjectId), (told) => ({
        subject: `${told.account.accountId}, within ${horizonWords(told.horizon.hours)}`,
        inputs: inputsOf(told),
        ...explain(told),
      })),
  };
}

function toldOf(forecasts: readonly ForecastResult[], subjectId: string | undefined): Result<Told> {
  const result = forecasts.at(-1);
  if (result === undefined)
    return fail('notFound', 'nothing has been forecast on this book', { remedy: 'Run the command forecast, or the Accounts screen.' });
  for (const account of result.accounts) {
    const horizon = account.horizons.find(({ hours }) => subjectId === `${account.accountId} ${hours}`);
    if (horizon !== undefined) return { ok: true, value: { result, account, horizon } };
  }
  return fail('notFound', `${subjectId ?? '(none named)'} is not in the last forecast`, { remedy: 'Name the account and the hours.' });
}

function inputsOf({ result, account, horizon }: Told): ExplainedInput[] {
  const low = horizon.excessUsd.find((each) => each.level === 0.05);
  const need = horizon.requirementUsd.find((each) => each.level === 0.95);
  return [
    { name: 'excess now', value: usdText(account.excessUsd), source: 'rules of the venue' },
    { name: 'excess, 5 of 100 paths below', value: usdText(low?.value), source: `${result.draws} paths, seed ${result.seed}` },
    { name: 'requirement now', value: usdText(account.requirementUsd), source: 'rules of the venue' },
    { name: 'requirement, 5 of 100 paths above', value: usdText(need?.value), source: 'rules of the venue at the end of every path' },
    ...result.factors.slice(0, 2).map((factor) => ({
      name: `${factor.id}, volatility of a day`,
      value: percentText(factor.dailyVolatility),
      source: factor.source,
    })),
  ];
}

function chance({ value, from, to }: Drawn): string {
  return `${percentText(value)} of the paths; 95 of 100 simulations lie within ${percentText(from)} and ${percentText(to)}`;
}

function cash({ value, from, to }: Drawn, alpha: number): string {
  return `${usdText(value)} make the chance ${percentText(alpha)}; within simulation error ${usdText(from)} to ${usdText(to)}`;
}

/** What requirements may come to. */
export const forecastMetrics: readonly Metric[] = [
  horizonMetric(
    {
      id: 'forecast.horizons.requirementUsd',
      title: 'Requirement that may come',
      unit: 'USD',
      definition:
        'The requirement above which the account ends in 5 of 100 drawn paths: the venue’s rules at the prices, sizes and volatility there.',
      formula: 'quantile over paths of the requirement at the end',
    },
    ({ account, horizon }) => {
      const high = horizon.requirementUsd.find((each) => each.level === 0.95);
      return {
        value: high?.value ?? 0,
        worked: `${usdText(account.requirementUsd)} now; ${usdText(high?.from)} to ${usdText(high?.to)} within simulation error`,
      };
    },
  ),
  horizonMetric(
    {
      id: 'forecast.horizons.excessUsd',
      title: 'Excess that may come',
      unit: 'USD',
      definition: 'The excess below which the account ends in 5 of 100 drawn paths, every requirement taken anew at its end.',
      formula: 'quantile over paths of resources − requirement at the end',
    },
    ({ horizon }) => {
      const low = horizon.excessUsd.find((each) => each.level === 0.05);
      return {
        value: low?.value ?? 0,
        worked: `${usdText(low?.value)}; within simulation error ${usdText(low?.from)} to ${usdText(low?.to)}`,
      };
    },
  ),
  horizonMetric(
    {
      id: 'forecast.horizons.callProbability',
      title: 'Chance of a call',
      unit: 'share',
      definition: 'Share of the drawn paths at whose end the excess is below zero.',
      formula: 'paths with excess < 0 at the end / paths',
    },
    ({ horizon }) => ({ value: horizon.callProbability.value, worked: chance(horizon.callProbability) }),
  ),
  horizonMetric(
    {
      id: 'forecast.horizons.liquidationProbability',
      title: 'Chance of liquidation',
      unit: 'share',
      definition: 'Share of the drawn paths on which the excess is below zero at any look, the end included; venues liquidate at once.',
      formula: 'paths with excess < 0 at any look / paths',
    },
    ({ horizon }) => ({
      value: horizon.liquidationProbability.value,
      worked: chance(horizon.liquidationProbability),
      notes: ['Between two looks a fall that comes back is missed. The first-passage chance elsewhere is a closed form without tails.'],
    }),
  ),
  horizonMetric(
    {
      id: 'forecast.horizons.jointProbability',
      title: 'Chance of liquidation, joint',
      unit: 'share',
      definition: 'The same, where at the end of every path the cascade of everybody also follows the drawn move.',
      formula: 'paths with excess < 0 at any look, or after the cascade at the end / paths',
    },
    ({ horizon }) => ({
      value: horizon.jointProbability.value,
      worked: `${chance(horizon.jointProbability)}; the others take ${usdText(-horizon.couplingUsd)} in half of the paths or more`,
      notes: ['Recorded moves already hold the forced sales of their days: the truth lies between alone and joint.'],
    }),
  ),
  horizonMetric(
    {
      id: 'forecast.horizons.headroomUsd',
      title: 'Headroom for the end',
      unit: 'USD',
      definition: 'Smallest cash today with which the chance of a call at the end is no more than the one taken; 0 where none is needed.',
      formula: 'max(0, −quantile of the excess at the chance taken)',
    },
    ({ result, horizon }) => ({ value: horizon.headroomUsd.value, worked: cash(horizon.headroomUsd, result.alpha) }),
  ),
  horizonMetric(
    {
      id: 'forecast.horizons.survivalHeadroomUsd',
      title: 'Headroom on the way',
      unit: 'USD',
      definition:
        'Smallest cash today with which the chance of liquidation on the way is no more than the one taken; 0 where none is needed.',
      formula: 'max(0, −quantile of the lowest excess of each path at the chance taken)',
    },
    ({ result, horizon }) => ({ value: horizon.survivalHeadroomUsd.value, worked: cash(horizon.survivalHeadroomUsd, result.alpha) }),
  ),
];
