import type { AnalysisResult } from '../../contract/analysis.ts';
import { analysisMetric, answerFrom, lookUp } from './metric.ts';
import type { ExplainedInput, Metric } from './metric.ts';
import { numberText, percentText } from './number-text.ts';

const OWN = 'A measure of this house, not an industry standard: compare it with itself over time, and read its parts.';
const REFERENCE = 'Amplification and coupling are those of the reference shock.';

type Part = AnalysisResult['leverageIndex']['parts'][number];

/** How each share comes from its figure. */
const FORMULAS: Readonly<Record<Part['id'], string>> = {
  L: '1 − 1 / look-through leverage',
  A: '1 − first-round loss / total loss',
  X: '(joint − Σ parts) / joint, at least 0',
  K: 'mean |ρ| of the drivers over the worst tenth of days',
};

function partInputs({ leverageIndex }: AnalysisResult): ExplainedInput[] {
  return leverageIndex.parts.map((part) => ({ name: `${part.id} ${part.name}`, value: numberText(part.value), source: part.meaning }));
}

/** The systemic leverage index and its parts. */
export const indexMetrics: readonly Metric[] = [
  analysisMetric(
    {
      id: 'leverageIndex.value',
      title: 'Systemic leverage index',
      unit: 'of 100',
      definition:
        'How much more the book is leveraged, through claims, forced selling, ties and common moves, than its balance sheet says.',
      formula: '100 × (1 − Π (1 − part)^weight), four parts of weight 1/4',
      notes: ['No part can be averaged away: one part at 1 makes it 100.', OWN, REFERENCE],
    },
    (analysis) => {
      const { value, parts, coverageFraction, leastCoverageFraction } = analysis.leverageIndex;
      const factors = parts.map((part) => `(1 − ${numberText(part.value)})^${numberText(part.weight)}`).join(' × ');
      return {
        value,
        worked: typeof value === 'number' ? `100 × (1 − ${factors}) = ${numberText(value)}` : value.message,
        inputs: partInputs(analysis),
        notes: [`Freshly priced: ${percentText(coverageFraction)} of gross value; refused below ${percentText(leastCoverageFraction)}.`],
      };
    },
  ),
  {
    id: 'leverageIndex.parts.value',
    title: 'Part of the systemic leverage index',
    unit: '0 to 1',
    definition: 'One of the four shares that make up the index, with the figure it is taken from.',
    formula: 'L: 1 − 1/λ; A: 1 − 1/amplification; X: (joint − Σ parts)/joint; K: mean |ρ| in the worst tenth of days',
    notes: [OWN, REFERENCE],
    find: ({ analysis }, subjectId) =>
      answerFrom(
        lookUp(analysis.leverageIndex.parts, (part) => part.id === subjectId, `part ${subjectId ?? '(none named)'} of the index`),
        (part) => ({
          subject: part.name,
          value: part.value,
          worked: `${FORMULAS[part.id]} = ${numberText(part.value)}, from ${numberText(part.raw)}${part.rawUnit === '' ? '' : ` ${part.rawUnit}`}`,
          inputs: [{ name: part.name, value: numberText(part.raw), source: part.meaning }],
        }),
      ),
  },
];
