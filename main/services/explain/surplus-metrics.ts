import type { AnalysisResult } from '../../contract/analysis.ts';
import { analysisMetric, answerFrom, lookUp } from './metric.ts';
import type { ExplainedInput, Metric } from './metric.ts';
import { numberText, usdText } from './number-text.ts';

const LOSS_SIGN = 'Losses are above zero here.';
const REFERENCE = 'At the reference shock of the scenario set only; other shocks give other numbers.';

function surplusInputs({ surplus }: AnalysisResult): ExplainedInput[] {
  const parts = surplus.parts.toSorted((left, right) => right.secondRoundLossUsd - left.secondRoundLossUsd).slice(0, 5);
  return [
    { name: 'joint', value: usdText(surplus.jointUsd), source: 'second-round loss, everybody together' },
    ...parts.map((part) => ({
      name: `${part.venueName} alone`,
      value: usdText(part.secondRoundLossUsd),
      source: part.fallen.length === 0 ? 'nobody falls' : `${part.fallen.join(', ')} falls`,
    })),
  ];
}

const SURPLUS_NOTE = 'Parts: one venue at a time with its own share of the crowd; losses are counted on the accounts of the book.';

/** Numbers of the interconnection surplus. */
export const surplusMetrics: readonly Metric[] = [
  analysisMetric(
    {
      id: 'surplus.ratio',
      title: 'Interconnection surplus ratio',
      unit: '×',
      definition: 'Second-round loss of everything together over the sum of what each venue would lose by itself.',
      formula: 'Λ(all) / Σ Λ(venue alone)',
      notes: [SURPLUS_NOTE, 'Above 1: the ties between venues make it worse than its parts. Not the diversification ratio.', REFERENCE],
    },
    (analysis) => ({
      value: analysis.surplus.ratio,
      worked: `${usdText(analysis.surplus.jointUsd)} / ${usdText(analysis.surplus.sumOfPartsUsd)} = ${numberText(analysis.surplus.ratio)}`,
      inputs: surplusInputs(analysis),
    }),
  ),
  analysisMetric(
    {
      id: 'surplus.surplusUsd',
      aliases: ['book.surplusUsd'],
      title: 'Interconnection surplus',
      unit: 'USD',
      definition: 'Second-round loss that exists only because the venues are tied together.',
      formula: 'Λ(all) − Σ Λ(venue alone)',
      notes: [LOSS_SIGN, SURPLUS_NOTE, REFERENCE],
    },
    (analysis) => ({
      value: analysis.surplus.surplusUsd,
      worked: `${usdText(analysis.surplus.jointUsd)} − ${usdText(analysis.surplus.sumOfPartsUsd)} = ${usdText(analysis.surplus.surplusUsd)}`,
      inputs: surplusInputs(analysis),
    }),
  ),
  analysisMetric(
    {
      id: 'surplus.jointUsd',
      title: 'Joint second-round loss',
      unit: 'USD',
      definition: 'Loss by forced selling when all venues and the crowd react together.',
      formula: 'Λ(all) = total loss − first-round loss',
      notes: [LOSS_SIGN, REFERENCE],
    },
    (analysis) => ({ value: analysis.surplus.jointUsd, worked: usdText(analysis.surplus.jointUsd), inputs: surplusInputs(analysis) }),
  ),
  analysisMetric(
    {
      id: 'surplus.sumOfPartsUsd',
      title: 'Sum of the parts',
      unit: 'USD',
      definition: 'Second-round losses of the venues, each run by itself, added up.',
      formula: 'Σ Λ(venue alone)',
      notes: [LOSS_SIGN, SURPLUS_NOTE, REFERENCE],
    },
    (analysis) => ({
      value: analysis.surplus.sumOfPartsUsd,
      worked: usdText(analysis.surplus.sumOfPartsUsd),
      inputs: surplusInputs(analysis),
    }),
  ),
  {
    id: 'surplus.parts.secondRoundLossUsd',
    title: 'A venue by itself',
    unit: 'USD',
    definition: 'Second-round loss of the book when only the accounts of this venue react.',
    formula: 'Λ(venue alone)',
    notes: [LOSS_SIGN, SURPLUS_NOTE, REFERENCE],
    find: ({ analysis }, subjectId) =>
      answerFrom(
        lookUp(analysis.surplus.parts, (part) => part.venueId === subjectId, `venue ${subjectId ?? '(none named)'}`),
        (part) => ({
          subject: part.venueName,
          value: part.secondRoundLossUsd,
          worked:
            part.fallen.length === 0 ? 'nobody falls by itself' : `${part.fallen.join(', ')} falls: ${usdText(part.secondRoundLossUsd)}`,
          inputs: surplusInputs(analysis),
        }),
      ),
  },
];
