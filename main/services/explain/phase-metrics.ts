import type { Cell } from '../../contract/cell.ts';
import type { PhaseMap } from '../../contract/phase-map.ts';
import { phaseMapKey } from '../../contract/question-key.ts';
import { fail } from '../../domain/failure.ts';
import { figure, percent, shockWords } from '../analysis/words.ts';
import { askedResult, type ExplainedInput, type Metric } from './metric.ts';
import { numberText, percentText, usdText } from './number-text.ts';

type Words = Pick<Metric, 'id' | 'title' | 'unit' | 'definition' | 'formula'>;

/** Where on the map: row by thinning, column by size of the shock. */
type Place = { readonly map: PhaseMap; readonly row: number; readonly column: number };

function at<T>(matrix: readonly (readonly T[])[], { row, column }: Place): T | undefined {
  return matrix[row]?.[column];
}

function cellInputs(place: Place): ExplainedInput[] {
  const { map, row, column } = place;
  const whole = (matrix: PhaseMap['rounds']): string => figure(at(matrix, place) ?? NaN, 0);
  return [
    {
      name: 'size of the shock',
      value: `${figure(map.scales[column] ?? NaN, 1)} × (${shockWords(map.shock.moves)})`,
      source: 'column of the map; volatility in proportion',
    },
    { name: 'depth gone', value: percent(map.thinnings[row] ?? NaN), source: 'row of the map' },
    {
      name: 'rounds',
      value: whole(map.rounds),
      source: at(map.hasConverged, place) === 1 ? 'came to rest' : 'stopped at the round limit: not at rest',
    },
    { name: 'accounts that fall', value: whole(map.accountsFallen), source: 'of the book' },
    {
      name: 'of these only because others sell',
      value: whole(map.fallenOnlyJointly),
      source: 'above their requirement right after the shock',
    },
    { name: 'loss of the book', value: usdText(at(map.lossUsd, place)), source: 'from before the shock to the end' },
  ];
}

/** A figure of one cell; the subject names the map, the row and the column, both from 0. */
function cellMetric(words: Words, explain: (place: Place) => { readonly value: Cell; readonly worked: string }): Metric {
  return {
    ...words,
    notes: ['Each cell is a whole cascade, everybody together, at the assumptions of the map.'],
    find: ({ phaseMaps }, subjectId) => {
      const found = askedResult(phaseMaps, { subjectId, keyOf: phaseMapKey, screen: 'Stress' });
      if (!found.ok) return found;
      const { result: map, rest } = found.value;
      const [row = NaN, column = NaN] = rest.split(' ').map(Number);
      const place = { map, row, column };
      if (at(map.rounds, place) === undefined) return fail('notFound', `the phase map has no cell ${rest}`);
      const gone = percent(map.thinnings[row] ?? 0);
      const subject = `${map.leadDriver} ${percent(map.leadMoves[column] ?? 0, 1)}, ${gone} of the depth gone`;
      return { ok: true, value: { subject, ...explain(place), inputs: cellInputs(place) } };
    },
  };
}

/** Numbers of the phase map, by cell. */
export const phaseMetrics: readonly Metric[] = [
  cellMetric(
    {
      id: 'phaseMap.accountsFallen',
      title: 'Accounts that fall in a cell',
      unit: 'accounts',
      definition: 'Accounts of the book that are liquidated in any round of the cell’s cascade.',
      formula: 'count of accounts with a round of fall',
    },
    (place) => ({
      value: at(place.map.accountsFallen, place) ?? 0,
      worked: `${at(place.map.accountsFallen, place) ?? 0} fall, ${at(place.map.fallenOnlyJointly, place) ?? 0} of them only because others sell`,
    }),
  ),
  cellMetric(
    {
      id: 'phaseMap.lossAmplification',
      title: 'Loss over first-round loss in a cell',
      unit: 'ratio',
      definition: 'Loss of the book at the end of the cell’s cascade over its loss before anybody sells.',
      formula: 'total loss / first-round loss',
    },
    (place) => {
      const value = at(place.map.lossAmplification, place) ?? 0;
      const loss = at(place.map.lossUsd, place) ?? 0;
      return {
        value,
        worked: typeof value === 'number' ? `${usdText(loss)} / ${usdText(loss / value)} = ${numberText(value)}` : value.message,
      };
    },
  ),
  cellMetric(
    {
      id: 'phaseMap.priceAmplification',
      title: 'Price move over its shock in a cell',
      unit: 'ratio',
      definition: 'Move of the driver that the shock moves most at the end of the cell’s cascade over its move in the shock.',
      formula: 'total move / move of the shock',
    },
    (place) => {
      const value = at(place.map.priceAmplification, place) ?? 0;
      const asked = place.map.leadMoves[place.column] ?? 0;
      const worked =
        typeof value === 'number' ? `${percentText(value * asked)} / ${percentText(asked)} = ${numberText(value)}` : value.message;
      return { value, worked };
    },
  ),
  cellMetric(
    {
      id: 'phaseMap.badDebtUsd',
      title: 'Bad debt in a cell',
      unit: 'USD',
      definition: 'Debt that no collateral covers at the end of the cell’s cascade, the crowd’s and the book’s.',
      formula: 'Σ over borrowers of max(0, debt − collateral), and negative equity of margin accounts',
    },
    (place) => ({ value: at(place.map.badDebtUsd, place) ?? 0, worked: usdText(at(place.map.badDebtUsd, place)) }),
  ),
  cellMetric(
    {
      id: 'phaseMap.rounds',
      title: 'Rounds in a cell',
      unit: 'rounds',
      definition: 'Round of the last liquidation of the cell’s cascade.',
      formula: 'largest round in which somebody is liquidated',
    },
    (place) => ({
      value: at(place.map.rounds, place) ?? 0,
      worked: `${at(place.map.rounds, place) ?? 0} rounds, ${at(place.map.hasConverged, place) === 1 ? 'then at rest' : 'then stopped by the limit'}`,
    }),
  ),
];
