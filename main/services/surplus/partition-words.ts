import type { PartitionResult } from '../../contract/surplus.ts';
import { figure, listing, money, percent, plural, shockWords } from '../analysis/words.ts';

/** What is told of: everything but the words themselves. */
export type PartitionFigures = Omit<PartitionResult, 'verdict' | 'headline' | 'sentences'>;

/** A joint loss this close to the sum of the parts counts as the same. */
const SAME = 0.005;
/** Share of the loss that must offset before the parts count as diversified. */
const OFFSET = 0.02;

const NOUNS: Record<PartitionResult['by'], readonly [one: string, many: string]> = {
  venue: ['venue', 'venues'],
  strategy: ['strategy', 'strategies'],
  collateral: ['kind of collateral', 'kinds of collateral'],
  account: ['account', 'accounts'],
  custom: ['group', 'groups'],
};

/** The verdict, its one line and the sentences that make a newcomer see why. */
export function tellPartition(figures: PartitionFigures): Pick<PartitionResult, 'verdict' | 'headline' | 'sentences'> {
  const verdict = verdictOf(figures);
  const pair = strongestTie(figures);
  const share = shareSentence(figures);
  return {
    verdict,
    headline: headline(figures, verdict),
    sentences: [calmSentence(figures), drawdownSentence(figures), ...(pair === null ? [] : [pair]), ...(share === null ? [] : [share])],
  };
}

function verdictOf({ jointUsd, sumOfPartsUsd }: PartitionFigures): PartitionResult['verdict'] {
  const size = Math.max(Math.abs(jointUsd), Math.abs(sumOfPartsUsd));
  if (size < 1) return 'calm';
  if (Math.abs(jointUsd - sumOfPartsUsd) <= SAME * size) return 'separate';
  return jointUsd > sumOfPartsUsd ? 'coupled' : 'sheltered';
}

function headline(figures: PartitionFigures, verdict: PartitionResult['verdict']): string {
  const ratio = figures.calm.diversificationRatio;
  const calm =
    typeof ratio !== 'number' ? 'Without losses in calm' : ratio >= 1 / (1 - OFFSET) ? 'Diversified in calm' : 'Hardly diversified in calm';
  const drawdown = {
    coupled: 'coupled in drawdown',
    separate: 'separate in drawdown',
    sheltered: 'sheltering each other in drawdown',
    calm: 'nobody is forced to sell at this shock',
  }[verdict];
  return `${calm}, ${drawdown}`;
}

function calmSentence({ calm, by, blocks }: PartitionFigures): string {
  const [one, many] = NOUNS[by];
  const nouns = plural(blocks.length, one, many);
  if (typeof calm.diversificationRatio !== 'number') return `On ordinary days the ${nouns} lose nothing.`;
  const offset = 1 - calm.expectedShortfallUsd / calm.sumOfPartsUsd;
  const effect =
    offset >= OFFSET
      ? `part of the losses of the ${nouns} offsets: the book loses ${percent(offset, 0)} less than they would one by one`
      : `the ${nouns} lose together almost what they lose one by one`;
  return `On the worst ${percent(1 - calm.confidence, 1)} of ordinary days, nobody forced to sell, ${effect}.`;
}

function drawdownSentence({ shock, by, blocks, jointUsd, sumOfPartsUsd }: PartitionFigures): string {
  const [one, many] = NOUNS[by];
  const nouns = plural(blocks.length, one, many);
  const start = `At ${shockWords(shock.moves)}`;
  if (Math.max(Math.abs(jointUsd), Math.abs(sumOfPartsUsd)) < 1)
    return `${start} forced selling costs the book nothing, together or apart.`;
  const more = jointUsd - sumOfPartsUsd;
  const change = changeWords(jointUsd, sumOfPartsUsd);
  const why = more > 0 ? ': each sells into the price that the others have already pushed down' : '';
  return `${start} forced selling costs the ${nouns} ${money(sumOfPartsUsd)} USD one by one but ${money(jointUsd)} USD together${change}${why}.`;
}

/** ', 81 % more' or ', 28 times as much'; nothing where the two are the same. */
function changeWords(jointUsd: number, sumOfPartsUsd: number): string {
  const more = jointUsd - sumOfPartsUsd;
  if (!(sumOfPartsUsd > 0) || Math.abs(more) <= SAME * sumOfPartsUsd) return '';
  if (more > 2 * sumOfPartsUsd) return `, ${figure(jointUsd / sumOfPartsUsd, 0)} times as much`;
  return `, ${percent(Math.abs(more) / sumOfPartsUsd, 0)} ${more > 0 ? 'more' : 'less'}`;
}

function strongestTie({ ties, blocks }: PartitionFigures): string | null {
  const tie = ties[0];
  if (tie === undefined) return null;
  const name = (id: string): string => blocks.find((block) => block.id === id)?.name ?? id;
  return `The strongest tie is ${name(tie.firstId)} with ${name(tie.secondId)}: those two alone lose ${money(tie.surplusUsd)} USD more together than apart.`;
}

/** Whoever answers for most, and whoever bears much more than that answers for. */
function shareSentence({ blocks, jointUsd }: PartitionFigures): string | null {
  const most = blocks.toSorted((left, right) => right.shapleyUsd - left.shapleyUsd)[0];
  if (most === undefined || !(jointUsd > 1) || !(most.shapleyUsd > 0)) return null;
  const victims = blocks
    .filter((block) => block.id !== most.id && block.borneUsd - block.shapleyUsd > 0.02 * jointUsd)
    .toSorted((left, right) => right.borneUsd - right.shapleyUsd - (left.borneUsd - left.shapleyUsd))
    .slice(0, 3);
  const names = listing(victims.map((block) => block.name));
  const verb = plural(victims.length, 'bears more of it than it causes', 'bear more of it than they cause');
  const around =
    most.crowdAccounts > 0 && most.accountIds.length > 0 ? ` with the ${figure(most.crowdAccounts, 0)} borrowers around it` : '';
  return `${most.name}${around} answers for ${percent(most.shapleyUsd / jointUsd, 0)} of the joint loss${victims.length === 0 ? '' : `; ${names} ${verb}`}.`;
}
