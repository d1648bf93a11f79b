import type { PartitionResult, SurplusBlock } from '../../contract/surplus.ts';
import { fail, type Result } from '../../domain/failure.ts';
import { answerFrom, lookUp, type ExplainedInput, type ExplainedNumber, type KnownResults, type Metric } from './metric.ts';
import { numberText, usdText } from './number-text.ts';

const NOTES = [
  'Losses are above zero here, and counted on the accounts of the book only.',
  'A part lives with the borrowers at its venues, or they stand apart as a part of their own; the markets are never shared out.',
];

function cutOf({ partition }: KnownResults): Result<PartitionResult> {
  if (partition !== null) return { ok: true, value: partition };
  return fail('notFound', 'the book has not been cut into parts yet', { remedy: 'Open the Stress screen.' });
}

/** The largest parts, by what they answer for. */
function inputsOf(result: PartitionResult): ExplainedInput[] {
  const largest = result.blocks.toSorted((left, right) => right.shapleyUsd - left.shapleyUsd).slice(0, 4);
  return [
    { name: 'joint', value: usdText(result.jointUsd), source: 'second-round loss, everybody together' },
    { name: 'sum of the parts', value: usdText(result.sumOfPartsUsd), source: 'each part alone, added up' },
    ...largest.map((block) => ({
      name: block.name,
      value: usdText(block.aloneUsd),
      source: `alone; answers for ${usdText(block.shapleyUsd)}`,
    })),
  ];
}

type Words = Pick<Metric, 'id' | 'title' | 'definition' | 'formula'> & { readonly notes?: readonly string[] };

function blockMetric(
  words: Words,
  pick: (block: SurplusBlock) => number,
  worked: (block: SurplusBlock, result: PartitionResult) => string,
): Metric {
  return {
    unit: 'USD',
    ...words,
    notes: [...(words.notes ?? []), ...NOTES],
    find: (known, subjectId) => {
      const result = cutOf(known);
      if (!result.ok) return result;
      const found = lookUp(result.value.blocks, (block) => block.id === subjectId, `part ${subjectId ?? '(none named)'}`);
      return answerFrom(found, (block) => ({
        subject: block.name,
        value: pick(block),
        worked: worked(block, result.value),
        inputs: inputsOf(result.value),
      }));
    },
  };
}

function wholeMetric(words: Words, explain: (result: PartitionResult) => Pick<ExplainedNumber, 'value' | 'worked'>): Metric {
  return {
    unit: '×',
    ...words,
    notes: [...(words.notes ?? []), ...NOTES],
    find: (known) => answerFrom(cutOf(known), (result) => ({ subject: `by ${result.by}`, ...explain(result), inputs: inputsOf(result) })),
  };
}

/** Numbers of a book cut into parts. */
export const partitionMetrics: readonly Metric[] = [
  wholeMetric(
    {
      id: 'partition.ratio',
      title: 'Whole over parts, in drawdown',
      definition: 'Loss by forced selling when everybody reacts together over the sum of what each part would lose by itself.',
      formula: 'Λ(all) / Σ Λ(part alone)',
      notes: ['Above 1 the ties between the parts make it worse than the parts.'],
    },
    (result) => ({
      value: result.ratio,
      worked: `${usdText(result.jointUsd)} / ${usdText(result.sumOfPartsUsd)} = ${numberText(result.ratio)}`,
    }),
  ),
  wholeMetric(
    {
      id: 'partition.calm.diversificationRatio',
      title: 'Parts over whole, in calm',
      definition: 'Sum of the expected shortfalls of the parts over that of the book, on ordinary days and with nobody forced to sell.',
      formula: 'Σ ES(part) / ES(book)',
      notes: ['Above 1 part of the losses offsets. It says nothing about days on which people are forced to sell.'],
    },
    ({ calm }) => ({
      value: calm.diversificationRatio,
      worked: `${usdText(calm.sumOfPartsUsd)} / ${usdText(calm.expectedShortfallUsd)} = ${numberText(calm.diversificationRatio)}`,
    }),
  ),
  blockMetric(
    {
      id: 'partition.blocks.aloneUsd',
      title: 'A part by itself',
      definition: 'Loss by forced selling when only this part and the borrowers around it react.',
      formula: 'Λ(part alone)',
    },
    (block) => block.aloneUsd,
    (block) =>
      `${block.fallenAlone.length === 0 ? 'nobody of it falls' : `${block.fallenAlone.join(', ')} falls`}: ${usdText(block.aloneUsd)}`,
  ),
  blockMetric(
    {
      id: 'partition.blocks.borneUsd',
      title: 'What a part bears',
      definition: 'Loss by forced selling that falls on the accounts of this part when everybody reacts.',
      formula: 'Σ over its accounts of (equity right after the shock − equity at the end)',
    },
    (block) => block.borneUsd,
    (block, result) => `${usdText(block.borneUsd)} of ${usdText(result.jointUsd)}`,
  ),
  blockMetric(
    {
      id: 'partition.blocks.shapleyUsd',
      title: 'What a part answers for',
      definition: 'Shapley share of the joint loss: what this part adds when it joins the others, averaged over every order of joining.',
      formula: 'Σ over S without it of |S|! (n − |S| − 1)! / n! × (Λ(S + it) − Λ(S))',
      notes: ['Exact to twelve parts; beyond that from sampled orders, with a standard error. The shares sum to the joint loss.'],
    },
    (block) => block.shapleyUsd,
    (block, { shapley }) =>
      shapley.method === 'exact'
        ? `${usdText(block.shapleyUsd)} from all ${shapley.cascades} combinations`
        : `${usdText(block.shapleyUsd)} ± ${usdText(block.standardErrorUsd)} from ${shapley.orders} orders, seed ${shapley.seed}`,
  ),
];
