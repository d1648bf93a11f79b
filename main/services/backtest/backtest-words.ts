import type { BacktestStrategy, BacktestWindow, Comparison } from '../../contract/backtest.ts';
import type { ReplayResult } from '../../contract/replay.ts';
import type { Shock } from '../../domain/scenario.ts';
import { figure, listing, money, percent, shockWords } from '../analysis/words.ts';
import { countOf, fallen, surenessWords } from './compare.ts';
import { RESAMPLING } from './figures.ts';
import { BUDGET_SHARE } from './strategies.ts';

type Told = Pick<BacktestWindow, 'strategies' | 'comparisons' | 'decisionHours' | 'confidence' | 'lossHours' | 'basis'> & {
  /** The shock within which the program keeps every account. */
  readonly reference: Shock;
};

/** What the window says of the program, in one sentence; then each way in which it did not do well. */
export function backtestWords(
  told: Told,
  treatments: ReplayResult['treatments'],
): Pick<BacktestWindow, 'headline' | 'honest' | 'assumptions'> {
  return { headline: headline(told), honest: honestLines(told), assumptions: assumptions(told, treatments) };
}

function strategyOf({ strategies }: Told, id: string): BacktestStrategy | undefined {
  return strategies.find((each) => each.id === id);
}

function headline(told: Told): string {
  const own = strategyOf(told, 'program');
  const asIs = strategyOf(told, 'nothing');
  if (own === undefined || asIs === undefined) return '';
  const lost = told.comparisons.filter((each) => each.outcome !== 'won').map((each) => nameOf(told, each));
  const verdict = lost.length === 0 ? 'The program beats every baseline' : `The program does not beat ${listing(lost)}`;
  const reduction = own.shortfallReduction.value;
  const worst =
    typeof reduction === 'number' ? `, its worst hours ${percent(Math.abs(reduction), 0)} ${reduction >= 0 ? 'milder' : 'worse'}` : '';
  return `${verdict}: ${liquidated(own, asIs)}${worst}, for ${money(own.costUsd)} USD of costs in ${countOf(own.decisions.length, 'decision')}.`;
}

function liquidated(own: BacktestStrategy, asIs: BacktestStrategy): string {
  const isNone = own.liquidations.length === 0 && asIs.liquidations.length === 0;
  return isNone
    ? 'no account liquidated with or without it'
    : `${fallen(own)} liquidated against ${fallen(asIs)} with the book left as it is`;
}

function nameOf(told: Told, { strategyId }: Comparison): string {
  return `“${(strategyOf(told, strategyId)?.name ?? strategyId).toLowerCase()}”`;
}

function honestLines(told: Told): string[] {
  const own = strategyOf(told, 'program');
  const asIs = strategyOf(told, 'nothing');
  if (own === undefined || asIs === undefined) return [];
  const near = told.comparisons.filter((each) => each.by === 'shortfall' && each.surerFraction > 0.1 && each.surerFraction < 0.9);
  const refused = [...new Set(own.decisions.flatMap(({ notes }) => notes.map((note) => `The program: ${note}.`)))];
  return [
    ...told.comparisons.filter((each) => each.outcome !== 'won').map((each) => each.sentence),
    ...near.map((each) => surenessWords(each.surerFraction, strategyOf(told, each.strategyId)?.name ?? each.strategyId)),
    ...own.liquidations.map((each) => fallLine(own, each, told.reference)),
    ...(own.gainUsd < asIs.gainUsd
      ? [
          `By the window’s end the program is ${money(asIs.gainUsd - own.gainUsd)} USD behind the book left as it is: what a hedge costs when prices come back.`,
        ]
      : []),
    ...refused,
  ];
}

/** When an account fell under the program, how far prices had come since the decision before, and what had been taken out of it. */
function fallLine(
  own: BacktestStrategy,
  { accountId, at, moves, leftUsd }: BacktestStrategy['liquidations'][number],
  reference: Shock,
): string {
  const paidUsd = own.decisions.reduce((sum, each) => sum + (each.at < at ? (each.paidOutUsd[accountId] ?? 0) : 0), 0);
  const paid = paidUsd > 0 ? ` The program had paid ${money(paidUsd)} USD out of it for other accounts.` : '';
  return `${accountId} fell under the program at ${at.slice(0, 10)} ${at.slice(11, 16)} with ${money(leftUsd)} USD left: since the decision before, prices had moved ${shockWords(moves)}; the program’s scenarios go up to ${shockWords(reference.moves)} and leave all else at its price.${paid}`;
}

function assumptions({ decisionHours, confidence, lossHours, basis }: Told, treatments: ReplayResult['treatments']): string[] {
  const followers = treatments.filter((each) => !each.isRecorded && each.shareFraction > 0);
  return [
    `Decisions come at the window’s first close and every ${figure(decisionHours, 0)} hours after it, from the prices of that bar, closes of earlier days and what is held by then; nothing later enters one. Each is carried out at once, at the listings’ half spread, fees, market impact and gas.`,
    `Between decisions accounts are judged at every bar’s close, at all its lows and at all its highs. One below its requirement is sold out by the engine’s own cascade of its venue, without other shock or crowd, once; what is left of it stays in dollars to the end and neither falls further nor comes back with the prices, and what a venue cannot collect is the venue’s loss.`,
    `A loss is a fall of equity over ${figure(lossHours, 0)} ${lossHours === 1 ? 'hour' : 'hours'} between closes, costs included; the realised shortfall is the mean of the worst ${percent(1 - confidence)} of them.`,
    `Intervals hold the middle ${percent(1 - 2 * RESAMPLING.leftOut)} of ${figure(RESAMPLING.draws, 0)} resamplings of the hours in blocks of ${RESAMPLING.blockHours} (a fifth of a shorter window), the same hours for every strategy. They say how much one window can tell, not what another would bring; liquidations are not drawn anew.`,
    `The small budget is ${percent(BUDGET_SHARE)} of what the program pays at its first decision, for the whole window.`,
    basis === 'levels'
      ? 'The window holds the book’s own instant: spreads, depth, implied volatilities and borrowers recorded at it are used before it too.'
      : 'Spreads, depth, implied volatilities and borrowers are those of the book’s own market, not of the window’s; borrowers whom prices have taken below their requirement are gone.',
    'Implied volatility rises with the fall of the common axis as the scenario set says; no time passes, so bought options lose nothing by waiting, which makes them look better than they were (the decay that is not charged is told beside each strategy); neither funding nor interest is paid or received.',
    ...followers.map(({ assetId, shareFraction, treatment }) => `${assetId} (${percent(shareFraction, 1)} of the book): ${treatment}.`),
  ];
}
