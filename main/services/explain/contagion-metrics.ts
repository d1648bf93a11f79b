import type { FailureResult } from '../../contract/contagion.ts';
import type { TransfersResult } from '../../contract/transfers.ts';
import { answerFrom, askedResult, lookUp, type ExplainedInput, type ExplainedNumber, type Metric } from './metric.ts';
import { percentText, usdText } from './number-text.ts';

type Words = Pick<Metric, 'id' | 'title' | 'definition' | 'formula'> & { readonly notes?: readonly string[] };
type Model = FailureResult['models'][number];
type Transfer = TransfersResult['transfers'][number];

const FAILURE_NOTES = [
  'Losses are above zero here. The figure is the severe end; the mild end stands beside it.',
  'A loss ends at the equity of the account, except where prices fall by sales.',
];
const PLAN_NOTES = ['At the reference shock, everybody reacting, no position sold before the money arrives.'];

/** How a figure names the failure it belongs to. */
function failureKey({ nodeId, recoveryFraction }: FailureResult): string {
  return `${nodeId}@${recoveryFraction}`;
}

function planKey({ horizonHours }: TransfersResult): string {
  return String(horizonHours);
}

function failureInputs(result: FailureResult): ExplainedInput[] {
  const rows = result.assumptions.filter(({ value }) => value !== '').slice(0, 3);
  return [
    { name: 'recovered', value: percentText(result.recoveryFraction), source: 'asked; models without recovery take none' },
    ...rows.map(({ text, value, source }) => ({ name: text, value, source })),
    {
      name: 'direct claims on somebody who publishes a balance sheet',
      value: percentText(result.publishedFraction),
      source: `system as of ${result.systemAsOf}`,
    },
  ];
}

function modelMetric(words: Words, pick: (model: Model) => Model['lossUsd']): Metric {
  return {
    unit: 'USD',
    ...words,
    notes: [...(words.notes ?? []), ...FAILURE_NOTES],
    find: ({ contagion }, subjectId) => {
      const found = askedResult(contagion, { subjectId, keyOf: failureKey, screen: 'Network' });
      if (!found.ok) return found;
      const { result, rest } = found.value;
      return answerFrom(
        lookUp(result.models, (model) => model.id === rest, `model ${rest}`),
        (model) => ({
          subject: `${result.nodeName} fails: ${model.name}`,
          value: pick(model).high,
          worked: `${usdText(pick(model).low)} to ${usdText(pick(model).high)}`,
          inputs: failureInputs(result),
          notes: [model.belief],
        }),
      );
    },
  };
}

function planMetric(words: Words, explain: (result: TransfersResult) => Pick<ExplainedNumber, 'value' | 'worked'>): Metric {
  return {
    unit: 'USD',
    ...words,
    notes: [...(words.notes ?? []), ...PLAN_NOTES],
    find: ({ transfers }, subjectId) =>
      answerFrom(askedResult(transfers, { subjectId, keyOf: planKey, screen: 'Network' }), ({ result }) => ({
        subject: `within ${result.horizonHours} h`,
        ...explain(result),
        inputs: planInputs(result),
      })),
  };
}

function planInputs({ funding, requirement, termsAsOf, bufferFraction, solver }: TransfersResult): ExplainedInput[] {
  return [
    {
      name: 'missing, nothing moved',
      value: usdText(funding.siloedUsd),
      source: `accounts below their buffer of ${percentText(bufferFraction)}`,
    },
    { name: 'missing, all in one place', value: usdText(funding.unifiedUsd), source: 'what lacks less what is to spare elsewhere' },
    { name: 'missing after the plan', value: usdText(funding.feasibleUsd), source: solver },
    {
      name: 'required account by account',
      value: usdText(requirement.siloedUsd),
      source: 'worst of one set of scenarios, loans as they are',
    },
    { name: 'required as one book', value: usdText(requirement.unifiedUsd), source: `the same set; terms as of ${termsAsOf}` },
  ];
}

function transferMetric(words: Words, explain: (transfer: Transfer) => Pick<ExplainedNumber, 'value' | 'worked'>): Metric {
  return {
    unit: 'USD',
    ...words,
    notes: [...(words.notes ?? []), ...PLAN_NOTES],
    find: ({ transfers }, subjectId) => {
      const found = askedResult(transfers, { subjectId, keyOf: planKey, screen: 'Network' });
      if (!found.ok) return found;
      const { result, rest } = found.value;
      return answerFrom(
        lookUp(result.transfers, (row) => row.id === rest, `transfer ${rest}`),
        (row) => ({
          subject: `${row.fromAccountId} to ${row.toAccountId}`,
          ...explain(row),
          inputs: planInputs(result),
        }),
      );
    },
  };
}

/** Numbers of the failure of one institution, and of the plan of transfers. */
export const contagionMetrics: readonly Metric[] = [
  modelMetric(
    {
      id: 'contagion.models.lossUsd',
      title: 'Loss when one institution fails',
      definition: 'What the book loses by one model of how a failure passes on, the rest of the system as bracketed.',
      formula: 'Σ over accounts of (equity before − equity after)',
    },
    (model) => model.lossUsd,
  ),
  modelMetric(
    {
      id: 'contagion.models.passedOnUsd',
      title: 'Passed on by others',
      definition: 'Part of the loss that reaches the book through somebody else than the failed one.',
      formula: 'loss by the model − direct loss at the recovery the model takes',
      notes: ['DebtRank and the threshold without recovery take none: their direct loss is the whole claim.'],
    },
    (model) => model.passedOnUsd,
  ),
  planMetric(
    {
      id: 'transfers.costUsd',
      title: 'Cost of the transfers',
      definition: 'Fees and swaps of every transfer of the plan of least cost.',
      formula: 'Σ over transfers of (value × swap cost + fee)',
    },
    ({ costUsd, transfers }) => ({ value: costUsd, worked: `${transfers.length} transfers: ${usdText(costUsd)}` }),
  ),
  planMetric(
    {
      id: 'transfers.funding.feasibleUsd',
      title: 'Missing after the plan',
      definition: 'What accounts lack to their buffer at the reference shock after every transfer that arrives in time.',
      formula: 'Σ over accounts of max(0, buffer − planned excess)',
    },
    ({ funding }) => ({
      value: funding.feasibleUsd,
      worked: `${usdText(funding.siloedUsd)} before, ${usdText(funding.feasibleUsd)} after; ${usdText(funding.strandedAfterUsd)} of it lies elsewhere`,
    }),
  ),
  transferMetric(
    {
      id: 'transfers.transfers.valueUsd',
      title: 'Value of a transfer',
      definition: 'What leaves the giving account, at the price of now.',
      formula: 'quantity × price',
    },
    (row) => ({ value: row.valueUsd, worked: `${row.quantity} ${row.assetId}: ${usdText(row.valueUsd)}` }),
  ),
  transferMetric(
    {
      id: 'transfers.transfers.costUsd',
      title: 'Cost of a transfer',
      definition: 'Fee of the way, and what changing the form of the thing loses.',
      formula: 'value × (1 − share that arrives) + fee',
    },
    (row) => ({ value: row.costUsd, worked: `${usdText(row.costUsd)} for ${usdText(row.valueUsd)}, ${row.minutes} min` }),
  ),
  transferMetric(
    {
      id: 'transfers.transfers.worthUsd',
      title: 'Worth of a transfer',
      definition: 'How much dearer the plan is without this way, a dollar missing counted as a dollar.',
      formula: 'cost of the best plan without it − cost of the plan',
      notes: ['Small where another way would do nearly as well.'],
    },
    (row) => ({ value: row.worthUsd, worked: usdText(row.worthUsd) }),
  ),
];
