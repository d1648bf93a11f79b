import type { CascadeResult } from '../../contract/analysis.ts';
import { cascadeKey } from '../../contract/question-key.ts';
import type { RootCauses } from '../../contract/root-causes.ts';
import type { Result } from '../../domain/failure.ts';
import { percent, shockWords } from '../analysis/words.ts';
import { answerFrom, askedResult, lookUp } from './metric.ts';
import type { ExplainedNumber, KnownResults, Metric } from './metric.ts';
import { numberText, percentText, usdText } from './number-text.ts';

/** The cascade a subject means, and what of it: a subject that begins with a key names one of the Stress screen, any other the reference. */
function toldCascade({ analysis, cascades }: KnownResults, subjectId: string | undefined): Result<{ result: CascadeResult; rest: string }> {
  if (subjectId === undefined || !/^[0-9a-f]{8} /.test(subjectId))
    return { ok: true, value: { result: analysis.cascade, rest: subjectId ?? '' } };
  return askedResult([...cascades, analysis.cascade], { subjectId, keyOf: cascadeKey, screen: 'Stress' });
}

/** What a figure of one cascade holds for. */
function shockNote({ shock, assumptions }: CascadeResult): string {
  return `At ${shockWords(shock.moves)} with ${percent(assumptions.depthThinningFraction)} of the depth gone; other shocks give other causes.`;
}

/** A number of an element of one cascade. */
function cascadeMetric<T>(
  metric: Omit<Metric, 'find'>,
  find: (cascade: CascadeResult, id: string) => Result<T>,
  explain: (element: T, cascade: CascadeResult) => ExplainedNumber,
): Metric {
  return {
    ...metric,
    find: (known, subjectId) => {
      const told = toldCascade(known, subjectId);
      if (!told.ok) return told;
      const { result, rest } = told.value;
      return answerFrom(find(result, rest), (element) => {
        const answer = explain(element, result);
        return { ...answer, notes: [...(answer.notes ?? []), shockNote(result)] };
      });
    },
  };
}

function fallOf({ causes }: CascadeResult, id: string): Result<RootCauses['falls'][number]> {
  return lookUp(causes.falls, (fall) => fall.accountId === id, `a fall of account ${id === '' ? '(none named)' : id}`);
}

/** Largest shares of a move with their sellers, at most six. */
function sellersOf({ sellers }: RootCauses, move: RootCauses['moves'][number]): { name: string; value: string; source: string }[] {
  return move.shares.slice(0, 6).map((share) => ({
    name: sellers.find((seller) => seller.id === share.sellerId)?.words ?? share.sellerId,
    value: numberText(share.moved),
    source: 'its part of what was sold into the market, round by round',
  }));
}

function moveWords({ moves }: RootCauses, id: string): string {
  return moves.find((move) => move.id === id)?.words ?? id;
}

/** Numbers of the causes behind each fall, line by line of the tree. */
export const causeMetrics: readonly Metric[] = [
  cascadeMetric(
    {
      id: 'cascade.causes.falls.atFallUsd',
      title: 'Excess at which an account falls',
      unit: 'USD',
      definition: 'Excess before anything moves, plus what the shock and each later move took of it.',
      formula: 'before + shock + Σ parts of moves + rest',
      notes: ['Parts are Shapley values over what moved: the order of the moves has no say, and they add up exactly.'],
    },
    fallOf,
    (fall, { causes }) => ({
      subject: fall.accountId,
      value: fall.atFallUsd,
      worked: `${[fall.beforeUsd, fall.shockUsd, ...fall.parts.map((part) => part.excessUsd), ...(fall.restUsd === 0 ? [] : [fall.restUsd])].map(usdText).join(' + ')} = ${usdText(fall.atFallUsd)}`,
      inputs: fall.parts.slice(0, 6).map((part) => ({
        name: moveWords(causes, part.moveId),
        value: usdText(part.excessUsd),
        source: 'change of the excess that is its',
      })),
    }),
  ),
  cascadeMetric(
    {
      id: 'cascade.causes.falls.shockUsd',
      title: 'What the shock itself took of an account’s excess',
      unit: 'USD',
      definition: 'Part of the change of the excess, up to the fall, that is the shock’s.',
      formula: 'Shapley value of the shock among everything that had moved',
      notes: ['With the parts of the moves it adds up to the whole change; its share of the line above is its part of that change.'],
    },
    fallOf,
    ({ accountId, round, beforeUsd, shockUsd, atFallUsd }) => ({
      subject: accountId,
      value: shockUsd,
      worked: `${usdText(shockUsd)} of ${usdText(atFallUsd - beforeUsd)} up to round ${round} = ${percentText(shockUsd / (atFallUsd - beforeUsd))}`,
      inputs: [
        { name: 'excess before anything moved', value: usdText(beforeUsd), source: 'values and requirements now' },
        { name: 'excess in which it falls', value: usdText(atFallUsd), source: `prices at the start of round ${round}` },
      ],
    }),
  ),
  cascadeMetric(
    {
      id: 'cascade.causes.moves.moved',
      title: 'A move made by forced sales',
      unit: 'relative',
      definition: 'Move of a price, or of what a claim is worth of its backing, from the shock to the start of a round.',
      formula: 'Σ shares of sellers + what no sale made',
      notes: ['Within a round each seller has its part of the sum sold into the market; rounds add up in logarithms.'],
    },
    ({ causes }, id) => lookUp(causes.moves, (move) => move.id === id, `the move ${id === '' ? '(none named)' : id}`),
    (move, { causes }) => ({
      subject: move.words,
      value: move.moved,
      worked: `${move.shares.map((share) => numberText(share.moved)).join(' + ')} + ${numberText(move.otherMoved)} = ${numberText(move.moved)}`,
      inputs: sellersOf(causes, move),
    }),
  ),
  cascadeMetric(
    {
      id: 'cascade.causes.sellers.soldUsd',
      title: 'What a seller was forced to sell',
      unit: 'USD',
      definition: 'Collateral and positions sold by force by one account, or by the crowd of one venue, before a round.',
      formula: 'Σ over rounds of quantity sold × price at the round’s start',
      notes: ['The share of the line above is the seller’s part of the move, not of the sum sold everywhere.'],
    },
    ({ causes }, id) => lookUp(causes.sellers, (seller) => seller.id === id, `the seller ${id === '' ? '(none named)' : id}`),
    (seller, { causes }) => ({
      subject: seller.words,
      value: seller.soldUsd,
      worked:
        seller.reasons.length === 0
          ? `${usdText(seller.soldUsd)} before round ${seller.beforeRound}`
          : `${usdText(seller.soldUsd)} before round ${seller.beforeRound}; of the fall of what it sold, ${seller.reasons.map(({ share }) => percentText(share)).join(' + ')}`,
      inputs: seller.reasons.slice(0, 6).map(({ moveId, share }) => ({
        name: moveWords(causes, moveId),
        value: percentText(share),
        source: 'its share of what pushed the seller below',
      })),
    }),
  ),
  cascadeMetric(
    {
      id: 'cascade.recordedMarkets.usedFraction',
      title: 'How far a market went along its record',
      unit: 'share',
      definition: 'Most that was sold into a market, or bought from it, at any time since the shock over what its record covers.',
      formula: 'max over time of |net sold| / recorded quantity, both over the depth that was left',
      notes: ['Above one the price beyond the record is an assumption against the seller.'],
    },
    ({ recordedMarkets }, id) =>
      lookUp(recordedMarkets ?? [], ({ assetId }) => assetId === id, `a market of ${id === '' ? '(none named)' : id} along its record`),
    ({ assetId, usedFraction, sentence, source, asOf, form }) => ({
      subject: assetId,
      value: usedFraction ?? { reason: 'unsupported', message: sentence },
      worked: sentence,
      inputs: [{ name: form === 'none' ? 'law' : 'record', value: asOf ?? 'none', source }],
    }),
  ),
];
