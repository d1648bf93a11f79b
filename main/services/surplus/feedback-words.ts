import type { FeedbackResult } from '../../contract/feedback.ts';
import { figure, money, percent } from '../analysis/words.ts';

type Figures = Omit<FeedbackResult, 'headline' | 'sentences'>;

/** The feedback in one line and what it means. */
export function tellFeedback(figures: Figures): Pick<FeedbackResult, 'headline' | 'sentences'> {
  return {
    headline: headline(figures),
    sentences: [nowSentence(figures), referenceSentence(figures), correlationSentence(figures), exitSentence(figures)],
  };
}

function headline({ kappaPassesOneAt, points }: Figures): string {
  if (typeof kappaPassesOneAt === 'number') {
    return kappaPassesOneAt === 0
      ? 'Selling feeds on itself already at today’s prices'
      : `From ${percent(kappaPassesOneAt, 0)} on, selling feeds on itself: each per cent of fall forces more than another`;
  }
  const most = Math.max(...points.map((point) => point.kappa));
  return most < 0.1
    ? 'Forced selling is absorbed all the way down'
    : `Forced selling is absorbed all the way down: κ stays below ${figure(most + 0.005, 2)}`;
}

function nowSentence({ points, windowFraction }: Figures): string {
  const now = points[0];
  if (now === undefined) return '';
  return `Now the next ${percent(windowFraction, 0)} of a common fall put ${money(now.forcedUsd)} USD up for sale (κ ${figure(now.kappa, 2)}): ${now.kappa < 0.1 ? 'the market takes that without a mark' : 'felt, but absorbed'}.`;
}

function referenceSentence({ points, referencePoint, windowFraction }: Figures): string {
  const there = points[referencePoint];
  if (there === undefined) return '';
  const round =
    there.reproduction >= 1
      ? `every dollar sold by force forces ${figure(there.reproduction, 2)} more, so rounds grow until the sellers run out`
      : `every dollar sold by force forces ${figure(there.reproduction, 2)} more, so rounds die out`;
  return `At ${percent(there.move, 0)} the next ${percent(windowFraction, 0)} put ${money(there.forcedUsd)} USD up for sale (κ ${figure(there.kappa, 2)}); in the worst mix of markets ${round}.`;
}

/** The pair whose correlation rises most, and the volatility that grows most, where sales still come to rest. */
function correlationSentence({ points, stressedPoint, markets, calmCorrelation }: Figures): string {
  const point = points[stressedPoint];
  const stressed = point?.stressed;
  if (point === undefined || stressed === null || stressed === undefined) return 'Sales do not come to rest even at today’s prices.';
  let best = { rise: 0, first: 0, second: 0 };
  markets.forEach((_, i) =>
    markets.slice(0, i).forEach((__, j) => {
      const rise = (stressed.correlation[i]?.[j] ?? 0) - (calmCorrelation[i]?.[j] ?? 0);
      if (rise > best.rise) best = { rise, first: i, second: j };
    }),
  );
  const loudest = stressed.volatilityRatio.reduce((most, each, i) => (each > (stressed.volatilityRatio[most] ?? 0) ? i : most), 0);
  const louder = `${markets[loudest]?.id ?? ''} ${figure(stressed.volatilityRatio[loudest] ?? 0, 2)} times as volatile`;
  const at = `At ${percent(point.move, 0)}, the last step at which sales come to rest, selling alone makes ${louder}`;
  if (best.rise < 0.005) return `${at}; correlations stay as they were.`;
  const calm = figure(calmCorrelation[best.first]?.[best.second] ?? 0, 2);
  const then = figure(stressed.correlation[best.first]?.[best.second] ?? 0, 2);
  return `${at} and lifts the correlation of ${markets[best.second]?.id ?? ''} with ${markets[best.first]?.id ?? ''} from ${calm} to ${then}.`;
}

function exitSentence({ exit }: Figures): string {
  const { book, togetherOverAlone } = exit;
  if (typeof book.exitCostUsd !== 'number') return `What it costs to sell everything is not known: ${book.exitCostUsd.message}.`;
  const dearer =
    typeof togetherOverAlone === 'number' ? `, ${figure(togetherOverAlone, 2)} times what the accounts would pay one by one` : '';
  const limit =
    typeof book.leverage === 'number' && typeof book.criticalLeverage === 'number'
      ? ` Leverage is ${figure(book.leverage, 2)} ×; selling would no longer pay the debts at ${figure(book.criticalLeverage, 0)} ×.`
      : '';
  return `Selling everything in a day at the recorded volume, as far as it has not gone, would cost ${money(book.exitCostUsd)} USD${dearer}.${limit}`;
}
