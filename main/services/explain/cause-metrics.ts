import type { RootCauses } from '../../contract/root-causes.ts';
import { answerFrom, lookUp } from './metric.ts';
import type { Metric } from './metric.ts';
import { numberText, usdText } from './number-text.ts';

const REFERENCE = 'At the reference shock of the scenario set only; other shocks give other causes.';

/** Largest shares of a move with their sellers, at most six. */
function sellersOf({ sellers }: RootCauses, move: RootCauses['moves'][number]): { name: string; value: string; source: string }[] {
  return move.shares.slice(0, 6).map((share) => ({
    name: sellers.find((seller) => seller.id === share.sellerId)?.words ?? share.sellerId,
    value: numberText(share.moved),
    source: 'its part of what was sold into the market, round by round',
  }));
}

/** Numbers of the causes behind each fall. */
export const causeMetrics: readonly Metric[] = [
  {
    id: 'cascade.causes.falls.atFallUsd',
    title: 'Excess at which an account falls',
    unit: 'USD',
    definition: 'Excess before anything moves, plus what the shock and each later move took of it.',
    formula: 'before + shock + Σ parts of moves + rest',
    notes: ['Parts are Shapley values over what moved: the order of the moves has no say, and they add up exactly.', REFERENCE],
    find: ({ analysis }, subjectId) =>
      answerFrom(
        lookUp(analysis.cascade.causes.falls, (fall) => fall.accountId === subjectId, `a fall of account ${subjectId ?? '(none named)'}`),
        (fall) => ({
          subject: fall.accountId,
          value: fall.atFallUsd,
          worked: `${[fall.beforeUsd, fall.shockUsd, ...fall.parts.map((part) => part.excessUsd)].map(usdText).join(' + ')} = ${usdText(fall.atFallUsd)}`,
          inputs: fall.parts.slice(0, 6).map((part) => ({
            name: analysis.cascade.causes.moves.find((move) => move.id === part.moveId)?.words ?? part.moveId,
            value: usdText(part.excessUsd),
            source: 'change of the excess that is its',
          })),
        }),
      ),
  },
  {
    id: 'cascade.causes.moves.moved',
    title: 'A move made by forced sales',
    unit: 'relative',
    definition: 'Move of a price, or of what a claim is worth of its backing, from the shock to the start of a round.',
    formula: 'Σ shares of sellers + what no sale made',
    notes: ['Within a round each seller has its part of the sum sold into the market; rounds add up in logarithms.', REFERENCE],
    find: ({ analysis }, subjectId) =>
      answerFrom(
        lookUp(analysis.cascade.causes.moves, (move) => move.id === subjectId, `the move ${subjectId ?? '(none named)'}`),
        (move) => ({
          subject: move.words,
          value: move.moved,
          worked: `${move.shares.map((share) => numberText(share.moved)).join(' + ')} + ${numberText(move.otherMoved)} = ${numberText(move.moved)}`,
          inputs: sellersOf(analysis.cascade.causes, move),
        }),
      ),
  },
];
